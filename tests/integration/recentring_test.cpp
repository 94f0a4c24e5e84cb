#include <gtest/gtest.h>

#include <cmath>

#include "attune/state/features.hpp"
#include "integration/field.hpp"
#include "integration/steadiness.hpp"

// The runtime's LOCAL space moves by 0.7 m and turns by a quarter within one frame, while the patient stands
// still. However the runtime tells of it, head, gaze, hands and scene stay in one frame of reference, and
// nobody takes it for a movement of the patient.
namespace attune {
namespace {

using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;

constexpr std::size_t moved_at = 449;  // place of frame 450 in the recording
constexpr float degree = 0.0174533F;

struct Recentring {
  const char* name;
  const char* fault;
};

constexpr Recentring ways[] = {
    {"Known", "recentre@450:known"},
    {"Unknown", "recentre@450:unknown"},
    {"WellAhead", "recentre@450:ahead"},
    {"ToldTooLate", "recentre@450:late"},
    {"UntoldButForTheStage", "recentre@450:silent"},
    {"UntoldWithTheStage", "recentre@450:silent,stage"},
    {"UntoldWithoutAStage", "recentre@450:silent;no_stage@0"},
    {"UnknownWithoutAStage", "recentre@450:unknown;no_stage@0"},
    {"WhileTheClockLeaps", "recentre@450:known;leap@450:3600"},
};

void PrintTo(const Recentring& way, std::ostream* out) { *out << way.fault; }

test::FieldRecord session_with(const std::string& fault, test::FaultReport* faults = nullptr) {
  test::FieldOptions options;
  options.seconds = "12";
  test::FieldSession session(fault, options);
  EXPECT_EQ(session.end().status, 0);
  if (faults != nullptr) *faults = session.faults();
  return test::record_of(session.path());
}

const test::FieldRecord& undisturbed() {
  static const auto record = session_with("");
  return record;
}

float angle(const glm::vec3& a, const glm::vec3& b) {
  return std::atan2(glm::length(glm::cross(a, b)), glm::dot(a, b));
}

/// Where something is as the head sees it.
glm::vec3 from_the_head(const telemetry::Frame& frame, const glm::vec3& point) {
  return glm::conjugate(frame.head.orientation) * (point - frame.head.position_m);
}
glm::vec3 eye_in_head(const telemetry::Frame& frame) {
  return glm::conjugate(frame.head.orientation) * frame.gaze.direction;
}

/// How gaze and hands moved as seen from the head, and the head in height, from one frame to the next.
struct Moved {
  float eye_rad = 0.0F, hand_m = 0.0F, height_m = 0.0F;
};
Moved moved_into(const test::FieldRecord& record, std::size_t place) {
  const auto &before = record.moments[place - 1].frame, &after = record.moments[place].frame;
  Moved moved;
  const bool eyes =
      before.gaze.source == telemetry::GazeSource::eye && after.gaze.source == telemetry::GazeSource::eye;
  if (eyes) moved.eye_rad = angle(eye_in_head(before), eye_in_head(after));
  for (std::size_t side = 0; side < 2; ++side) {
    const auto grip = [&](const auto& f) { return from_the_head(f, f.hands[side].grip.position_m); };
    moved.hand_m = std::max(moved.hand_m, glm::distance(grip(before), grip(after)));
  }
  moved.height_m = std::abs(after.head.position_m.y - before.head.position_m.y);
  return moved;
}

float beside_ahead_rad(const telemetry::Pose& head) {
  const auto ahead = head.orientation * glm::vec3(0, 0, -1);
  return std::abs(std::atan2(-ahead.x, -ahead.z));
}

AssertionResult marked_in_its_own_frame(const test::FieldRecord& record) {
  for (std::size_t i = 0; i < record.moments.size(); ++i) {
    if (record.moments[i].frame.recentred != (i == moved_at)) return AssertionFailure() << "at frame " << i;
  }
  return AssertionSuccess();
}

/// Gaze and hands are in the head's frame of reference throughout.
AssertionResult one_frame_of_reference(const test::FieldRecord& record) {
  for (std::size_t i = moved_at - 5; i < moved_at + 10; ++i) {
    const auto moved = moved_into(record, i), usual = moved_into(undisturbed(), i);
    if (!(std::abs(moved.eye_rad - usual.eye_rad) < 0.5F * degree))
      return AssertionFailure() << "the eye turns by " << moved.eye_rad / degree << " deg at frame " << i;
    if (!(std::abs(moved.hand_m - usual.hand_m) < 0.005F))
      return AssertionFailure() << "a hand moves by " << moved.hand_m << " m at frame " << i;
    if (!(std::abs(moved.height_m - usual.height_m) < 0.005F))
      return AssertionFailure() << "the head rises by " << moved.height_m << " m at frame " << i;
  }
  return AssertionSuccess();
}

/// The patient stands within a step of the middle and looks ahead in every frame, and the scene has not moved
/// but for what the patient had turned away.
AssertionResult scene_before_the_patient(const test::FieldRecord& record) {
  for (std::size_t i = moved_at - 5; i < moved_at + 10; ++i) {
    const auto &before = record.moments[i - 1].frame, &after = record.moments[i].frame;
    if (!(beside_ahead_rad(after.head) < 20.0F * degree))
      return AssertionFailure() << "looks away at frame " << i;
    if (!(std::hypot(after.head.position_m.x, after.head.position_m.z) < 0.3F))
      return AssertionFailure() << "stands elsewhere at frame " << i;
    if (before.aois.empty() || before.aois.size() != after.aois.size())
      return AssertionFailure() << "another scene at frame " << i;
    for (std::size_t k = 0; k < after.aois.size(); ++k) {
      const auto moved =
          angle(from_the_head(before, before.aois[k].centre_m), from_the_head(after, after.aois[k].centre_m));
      if (!(moved < beside_ahead_rad(before.head) + 4.0F * degree))
        return AssertionFailure() << "area " << after.aois[k].id << " jumps at frame " << i;
    }
  }
  return AssertionSuccess();
}

struct Feature {
  const char* name;
  float tolerance;  ///< in the feature's own unit
};
// A turn of 90 degrees in one frame would add some 18 degrees a second to a mean over five seconds.
constexpr Feature features[] = {
    {"Num_of_Saccade", 0.15F},   {"Max_Saccade_Amplitude", 2.0F}, {"Mean_Saccade_Amplitude", 1.0F},
    {"Num_of_Fixations", 0.15F}, {"Head_Speed_Mean", 1.0F},       {"Head_Speed_SD", 2.0F},
    {"Head_Sway_Speed", 1.0F},   {"Hand_Speed_Mean", 0.02F},      {"Target_Share", 0.05F},
    {"Threat_Bias", 0.05F},      {"Gaze_Eccentricity", 1.0F},
};

AssertionResult neither_saccade_nor_turn_nor_avoidance(const test::FieldRecord& record) {
  if (record.snapshots.empty()) return AssertionFailure() << "nothing was counted";
  const auto &now = record.snapshots.back(), &usual = undisturbed().snapshots.back();
  for (const auto& [name, tolerance] : features) {
    const auto place = state::feature_index(name);
    if (!usual.present[place] || !now.present[place])
      return AssertionFailure() << name << ": the session is too short to show anything";
    if (!(std::abs(now.features[place] - usual.features[place]) < tolerance))
      return AssertionFailure() << name << " is " << now.features[place] << ", else "
                                << usual.features[place];
  }
  return AssertionSuccess();
}

/// For a second after it, within what the patient's own chance makes of another frame.
AssertionResult same_decisions(const test::FieldRecord& record) {
  for (std::size_t i = moved_at; i < moved_at + 90; ++i) {
    const auto &now = record.moments[i].decision, &usual = undisturbed().moments[i].decision;
    const bool same = std::abs(now.directive.intensity - usual.directive.intensity) < 0.001F &&
                      std::abs(now.x_mean - usual.x_mean) < 0.02F && now.engagement == usual.engagement;
    if (!same) return AssertionFailure() << "another decision at frame " << i;
  }
  return AssertionSuccess();
}

TEST(RecentringChecks, FailOnWhatTheyAreThereFor) {
  const auto turned = [](std::size_t from, std::size_t to, bool gaze) {
    auto record = undisturbed();
    const auto turn = glm::angleAxis(1.57F, glm::vec3(0, 1, 0));
    for (std::size_t i = from; i < to; ++i) {
      auto& frame = record.moments[i].frame;
      frame.head.orientation = turn * frame.head.orientation;
      frame.head.position_m = turn * frame.head.position_m + glm::vec3(0.6F, 0, 0.36F);
      if (gaze) frame.gaze.direction = turn * frame.gaze.direction;
    }
    return record;
  };
  EXPECT_TRUE(one_frame_of_reference(undisturbed()) && scene_before_the_patient(undisturbed()));
  EXPECT_FALSE(marked_in_its_own_frame(undisturbed()));
  EXPECT_FALSE(one_frame_of_reference(turned(moved_at, moved_at + 1, false)));
  EXPECT_FALSE(scene_before_the_patient(turned(moved_at, moved_at + 1, true)));
  for (const auto& [name, tolerance] : features) {
    auto record = undisturbed();
    record.snapshots.back().features[state::feature_index(name)] += 1.01F * tolerance;
    EXPECT_FALSE(neither_saccade_nor_turn_nor_avoidance(record)) << name;
  }
  auto record = undisturbed();
  record.moments[moved_at + 40].decision.x_mean += 0.03F;
  EXPECT_FALSE(same_decisions(record));
}

class Recentred : public ::testing::TestWithParam<Recentring> {};

TEST_P(Recentred, IsNoMovementOfThePatientAndKeepsOneFrameOfReference) {
  test::FaultReport faults;
  const auto record = session_with(GetParam().fault, &faults);
  ASSERT_EQ(faults.missing(GetParam().fault), "");
  EXPECT_EQ(faults.count("picture_at_another_pose"), 0u);
  ASSERT_GT(record.moments.size(), moved_at + 100);
  EXPECT_TRUE(marked_in_its_own_frame(record));
  EXPECT_EQ(record.events_with("recentred"), 1) << record.told();
  EXPECT_TRUE(one_frame_of_reference(record));
  EXPECT_TRUE(scene_before_the_patient(record));
  EXPECT_TRUE(neither_saccade_nor_turn_nor_avoidance(record));
  EXPECT_TRUE(same_decisions(record));
  EXPECT_TRUE(test::exposure_is_steady(record));
  EXPECT_TRUE(test::time_goes_forward(record));
  EXPECT_TRUE(test::poses_are_possible(record));
}

INSTANTIATE_TEST_SUITE_P(However, Recentred, ::testing::ValuesIn(ways),
                         [](const auto& way) { return std::string(way.param.name); });

}  // namespace
}  // namespace attune
