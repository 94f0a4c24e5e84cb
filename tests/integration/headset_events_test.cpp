#include <gtest/gtest.h>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"
#include "integration/person.hpp"

// What happens to a headset is seen by the real program and named in its recording.
namespace attune {
namespace {

constexpr double rate_hz = 60.0;

/// A person who stands for 8 s; `happen` changes the frames.
void record_person(const std::filesystem::path& path, const std::function<void(telemetry::Frame&)>& happen) {
  test::record_person(path, rate_hz, 8.0, happen);
}

record::Recording play(const test::ScratchFolder& scratch) {
  const auto outcome =
      test::attune(test::session_on((scratch / "person.attune").string(), scratch / "s.attune"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  auto recording = record::Recording::open(scratch / "s.attune");
  EXPECT_TRUE(recording.ok());
  return *recording;
}

int headset_events(const record::Recording& recording, const std::string& words) {
  int found = 0;
  const auto events = recording.events();
  EXPECT_TRUE(events.ok());
  for (const auto& event : *events) {
    if (event.kind == record::EventKind::headset && event.words().find(words) != std::string_view::npos)
      ++found;
  }
  return found;
}

TEST(HeadsetEvents, AQuietSessionHasNone) {
  const test::ScratchFolder scratch;
  record_person(scratch / "person.attune", [](auto&) {});
  const auto recording = play(scratch);
  EXPECT_EQ(headset_events(recording, "taken off"), 0);
  EXPECT_EQ(headset_events(recording, "recentred"), 0);
  EXPECT_EQ(headset_events(recording, "has the patient's input"), 1);
}

TEST(HeadsetEvents, AHeadsetThatIsTakenOffIsSeenAndPausesTheSession) {
  const test::ScratchFolder scratch;
  record_person(scratch / "person.attune", [](auto& frame) {
    const double t = frame.time.seconds();
    frame.headset.worn = t < 3.0 || t > 4.0;
  });
  const auto recording = play(scratch);
  EXPECT_EQ(headset_events(recording, "taken off"), 1);
  EXPECT_EQ(headset_events(recording, "put on"), 1);
  bool off_seen = false;
  float last = 1.0F;
  ASSERT_TRUE(recording
                  .for_each_moment([&](const record::Moment& moment) {
                    const double t = moment.frame.time.seconds();
                    if (t > 3.2 && t < 3.8) {
                      EXPECT_FALSE(moment.frame.headset.worn);
                      EXPECT_LE(moment.decision.directive.intensity, last);
                      last = moment.decision.directive.intensity;
                      off_seen = true;
                    }
                    return true;
                  })
                  .ok());
  EXPECT_TRUE(off_seen);
}

TEST(HeadsetEvents, ARecentringMovesTheOriginAndIsNoTurnOfTheHead) {
  const test::ScratchFolder scratch;
  record_person(scratch / "person.attune", [](auto& frame) {
    frame.recentred = frame.index == 240;
    if (frame.index < 240) return;
    // Before the patient asks to be recentred, so the runtime's space says, it stands elsewhere and looks
    // aside.
    frame.head.position_m = {1.0F, 1.6F, 0.5F};
    frame.head.orientation = glm::angleAxis(0.8F, glm::vec3(0, 1, 0));
    frame.gaze.origin_m = frame.head.position_m;
    frame.gaze.direction = frame.head.orientation * glm::vec3(0, 0, -1);
  });
  const auto recording = play(scratch);
  EXPECT_EQ(headset_events(recording, "recentred"), 1);
  int marked = 0;
  ASSERT_TRUE(recording
                  .for_each_moment([&](const record::Moment& moment) {
                    marked += moment.frame.recentred ? 1 : 0;
                    if (moment.frame.time.seconds() > 4.2) {
                      EXPECT_NEAR(moment.frame.head.position_m.x, 0.0F, 1e-3F);
                      EXPECT_NEAR(moment.frame.gaze.direction.x, 0.0F, 1e-3F);
                    }
                    return true;
                  })
                  .ok());
  EXPECT_EQ(marked, 1);
}

}  // namespace
}  // namespace attune
