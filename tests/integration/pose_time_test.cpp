#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "integration/field.hpp"
#include "integration/person.hpp"

// The recorded pose is the one that was located at its frame's predicted display time: recorded and played
// poses agree best without any lag, on the virtual clock and on the real one.
namespace attune {
namespace {

constexpr double rate_hz = 90.0, length_s = 7.0;

/// A head that never repeats itself: its yaw wanders from frame to frame.
std::vector<telemetry::Frame> restless_person(const std::filesystem::path& path) {
  std::mt19937_64 random(7);
  std::normal_distribution<float> step(0.0F, 1.0F);
  float yaw_rad = 0.0F, speed_rad = 0.0F;
  return test::record_person(path, rate_hz, length_s, [&](auto& frame) {
    speed_rad = 0.6F * speed_rad + 0.02F * step(random);
    yaw_rad = 0.98F * yaw_rad + speed_rad;
    frame.head.orientation = glm::angleAxis(yaw_rad, glm::vec3(0, 1, 0));
  });
}

double yaw(const telemetry::Pose& pose) {
  const auto ahead = pose.orientation * glm::vec3(0, 0, -1);
  return static_cast<double>(std::atan2(-ahead.x, -ahead.z));
}

/// The person's yaw at any time, on the straight way between two frames.
double yaw_at(const std::vector<telemetry::Frame>& frames, double time_s) {
  const double place = std::clamp(time_s * rate_hz, 0.0, static_cast<double>(frames.size() - 1));
  const auto before = static_cast<std::size_t>(place);
  const auto after = std::min(before + 1, frames.size() - 1);
  const double share = place - static_cast<double>(before);
  return (1.0 - share) * yaw(frames[before].head) + share * yaw(frames[after].head);
}

/// Correlation of turns between frames, as recorded and as played so many frame periods later.
double correlation(const std::vector<record::Moment>& recorded, const std::vector<telemetry::Frame>& played,
                   double lag_frames) {
  double xy = 0.0, xx = 0.0, yy = 0.0;
  for (std::size_t i = 10; i + 20 < recorded.size(); ++i) {
    const auto &before = recorded[i - 1].frame, &after = recorded[i].frame;
    const double lag_s = lag_frames / rate_hz;
    const double x = yaw(after.head) - yaw(before.head);
    const double y =
        yaw_at(played, after.time.seconds() + lag_s) - yaw_at(played, before.time.seconds() + lag_s);
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  return xy / std::sqrt(xx * yy);
}

struct OnClock {
  const char* clock;
  const char* fault;  ///< on the real clock nothing is drawn: on the processor that would take all the time
};

void PrintTo(const OnClock& on, std::ostream* out) { *out << on.clock; }

class RecordedPose : public ::testing::TestWithParam<OnClock> {};

TEST_P(RecordedPose, IsThatOfItsFramesDisplayTime) {
  const test::ScratchFolder scratch;
  const auto played = restless_person(scratch / "person.attune");
  test::FieldOptions options;
  options.source = (scratch / "person.attune").string();
  options.clock = GetParam().clock;
  test::FieldSession session(GetParam().fault, options);
  ASSERT_EQ(session.end().status, 0);
  EXPECT_EQ(session.faults().count("picture_at_another_pose"), 0u);
  const auto recorded = test::record_of(session.path()).moments;
  ASSERT_GT(recorded.size(), 100u);

  const double without = correlation(recorded, played, 0.0);
  EXPECT_GT(without, 0.995);
  for (const double lag : {-2.0, -1.0, -0.5, 0.5, 1.0, 2.0})
    EXPECT_LT(correlation(recorded, played, lag), without - 0.03)
        << "a lag of " << lag << " frames fits as well";
}

INSTANTIATE_TEST_SUITE_P(OnClock, RecordedPose,
                         ::testing::Values(OnClock{"virtual", ""}, OnClock{"real", "no_render@1"}),
                         [](const auto& on) { return std::string(on.param.clock); });

}  // namespace
}  // namespace attune
