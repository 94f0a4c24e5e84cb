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
    EXPECT_TRUE(before.hands[side].grip.valid() && after.hands[side].grip.valid());
    moved.hand_m = std::max(moved.hand_m, glm::distance(grip(before), grip(after)));
  }
  moved.height_m = std::abs(after.head.position_m.y - before.head.position_m.y);
  return moved;
}

void expect_marked_in_its_own_frame(const test::FieldRecord& record) {
  for (std::size_t i = 0; i < record.moments.size(); ++i)
    ASSERT_EQ(record.moments[i].frame.recentred, i == moved_at) << "at frame " << i;
  EXPECT_EQ(record.events_with("recentred"), 1);
}

void expect_gaze_and_hands_as_the_head_sees_them(const test::FieldRecord& record) {
  for (std::size_t i = moved_at - 5; i < moved_at + 10; ++i) {
    const auto moved = moved_into(record, i), usual = moved_into(undisturbed(), i);
    EXPECT_NEAR(moved.eye_rad, usual.eye_rad, 0.5F * degree) << "at frame " << i;
    EXPECT_NEAR(moved.hand_m, usual.hand_m, 0.005F) << "at frame " << i;
    EXPECT_NEAR(moved.height_m, usual.height_m, 0.005F) << "at frame " << i;
  }
}

/// The patient stood within a step of the middle and looked ahead, and does so afterwards.
void expect_the_scene_before_the_patient(const test::FieldRecord& record) {
  const auto &before = record.moments[moved_at - 1].frame, &after = record.moments[moved_at].frame;
  ASSERT_FALSE(before.aois.empty());
  ASSERT_EQ(before.aois.size(), after.aois.size());
  const auto ahead = after.head.orientation * glm::vec3(0, 0, -1);
  EXPECT_LE(std::abs(std::atan2(-ahead.x, -ahead.z)), 20.0F * degree);
  EXPECT_LE(std::hypot(after.head.position_m.x, after.head.position_m.z), 0.3F);
  for (std::size_t i = 0; i < after.aois.size(); ++i) {
    const auto moved =
        angle(from_the_head(before, before.aois[i].centre_m), from_the_head(after, after.aois[i].centre_m));
    const auto head = before.head.orientation * glm::vec3(0, 0, -1);
    const float was_beside = std::abs(std::atan2(-head.x, -head.z));
    EXPECT_LE(moved, was_beside + 2.0F * degree) << "area " << after.aois[i].id;
  }
}

void expect_neither_saccade_nor_turn_nor_avoidance(const test::FieldRecord& record) {
  ASSERT_FALSE(record.snapshots.empty());
  ASSERT_EQ(record.snapshots.size(), undisturbed().snapshots.size());
  const auto &now = record.snapshots.back(), &usual = undisturbed().snapshots.back();
  struct Feature {
    const char* name;
    float tolerance;  // in the feature's unit
  };
  // A turn of 90 degrees in one frame would add some 18 degrees a second to a mean over five seconds.
  for (const auto& [name, tolerance] :
       {Feature{"Num_of_Saccade", 0.15F}, Feature{"Max_Saccade_Amplitude", 2.0F},
        Feature{"Mean_Saccade_Amplitude", 1.0F}, Feature{"Num_of_Fixations", 0.15F},
        Feature{"Head_Speed_Mean", 1.0F}, Feature{"Head_Speed_SD", 2.0F}, Feature{"Head_Sway_Speed", 1.0F},
        Feature{"Hand_Speed_Mean", 0.02F}, Feature{"Target_Share", 0.05F}, Feature{"Threat_Bias", 0.05F},
        Feature{"Gaze_Eccentricity", 1.0F}}) {
    const auto place = state::feature_index(name);
    ASSERT_TRUE(usual.present[place]) << name << ": the session is too short to show anything";
    ASSERT_TRUE(now.present[place]) << name;
    EXPECT_NEAR(now.features[place], usual.features[place], tolerance) << name;
  }
}

void expect_the_same_decisions(const test::FieldRecord& record) {
  for (std::size_t i = moved_at; i < moved_at + 90; ++i) {
    const auto &now = record.moments[i].decision, &usual = undisturbed().moments[i].decision;
    ASSERT_NEAR(now.directive.intensity, usual.directive.intensity, 0.001F) << "at frame " << i;
    ASSERT_NEAR(now.x_mean, usual.x_mean, 0.02F) << "at frame " << i;
    ASSERT_EQ(now.engagement, usual.engagement) << "at frame " << i;
  }
}

class Recentred : public ::testing::TestWithParam<Recentring> {};

TEST_P(Recentred, IsNoMovementOfThePatientAndKeepsOneFrameOfReference) {
  test::FaultReport faults;
  const auto record = session_with(GetParam().fault, &faults);
  ASSERT_EQ(faults.missing(GetParam().fault), "");
  EXPECT_EQ(faults.count("picture_at_another_pose"), 0u);
  ASSERT_GT(record.moments.size(), moved_at + 100);
  expect_marked_in_its_own_frame(record);
  expect_gaze_and_hands_as_the_head_sees_them(record);
  expect_the_scene_before_the_patient(record);
  expect_neither_saccade_nor_turn_nor_avoidance(record);
  expect_the_same_decisions(record);
  EXPECT_TRUE(test::exposure_is_steady(record));
  EXPECT_TRUE(test::time_goes_forward(record));
  EXPECT_TRUE(test::poses_are_possible(record));
}

INSTANTIATE_TEST_SUITE_P(However, Recentred, ::testing::ValuesIn(ways),
                         [](const auto& way) { return std::string(way.param.name); });

}  // namespace
}  // namespace attune
