#include <gtest/gtest.h>

#include <set>

#include "attune/state/features.hpp"
#include "integration/field.hpp"
#include "integration/steadiness.hpp"

// An eye tracker's own sample time counts, a repeated sample once, and what is no gaze is not taken for one.
namespace attune {
namespace {

test::FieldRecord session_with(const std::string& fault, const std::string& seconds = "12") {
  test::FieldOptions options;
  options.seconds = seconds;
  test::FieldSession session(fault, options);
  EXPECT_EQ(session.end().status, 0);
  EXPECT_EQ(session.faults().missing(fault), "");
  return test::record_of(session.path());
}

const test::FieldRecord& undisturbed() {
  static const auto record = session_with("");
  return record;
}

bool by_eye(const record::Moment& moment) { return moment.frame.gaze.source == telemetry::GazeSource::eye; }

/// Samples a second, each counted once, while eyes are seen.
double samples_a_second(const test::FieldRecord& record) {
  std::set<std::int64_t> times;
  int frames = 0;
  for (const auto& moment : record.moments) {
    if (!by_eye(moment)) continue;
    times.insert(moment.frame.gaze.time.ns);
    ++frames;
  }
  return frames == 0 ? 0.0 : static_cast<double>(times.size()) / frames * test::patient_rate_hz;
}

double oldest_s(const test::FieldRecord& record) {
  double oldest = 0.0;
  for (const auto& moment : record.moments) {
    if (by_eye(moment))
      oldest = std::max(oldest, core::seconds_between(moment.frame.gaze.time, moment.frame.time));
  }
  return oldest;
}

float feature(const test::FieldRecord& record, const char* name) {
  const auto& last = record.snapshots.back();
  const auto place = state::feature_index(name);
  EXPECT_TRUE(last.present[place]) << name;
  return last.features[place];
}

TEST(FieldGaze, OfAnUndisturbedTrackerComesWithEveryFrame) {
  EXPECT_NEAR(samples_a_second(undisturbed()), test::patient_rate_hz, 1.0);
  EXPECT_LT(oldest_s(undisturbed()), 0.02);
}

TEST(FieldGaze, ThatIsRepeatedCountsOnce) {
  const auto record = session_with("gaze@1:twice");
  EXPECT_NEAR(samples_a_second(record), 45.0, 1.5);
  EXPECT_NEAR(feature(record, "Num_of_Saccade"), feature(undisturbed(), "Num_of_Saccade"), 0.6F);
  // Means: the maximum of the newest 20 jumps is that of another stretch where one more or less is seen.
  EXPECT_NEAR(feature(record, "Mean_Saccade_Amplitude"), feature(undisturbed(), "Mean_Saccade_Amplitude"),
              2.0F);
  EXPECT_NEAR(feature(record, "Mean_Saccade_Duration"), feature(undisturbed(), "Mean_Saccade_Duration"),
              10.0F);
  EXPECT_NEAR(feature(record, "Mean_Fixation_Duration"), feature(undisturbed(), "Mean_Fixation_Duration"),
              60.0F);
}

TEST(FieldGaze, AtItsOwnRateKeepsItsOwnTimes) {
  const auto record = session_with("gaze@1:slow");
  EXPECT_NEAR(samples_a_second(record), 30.0, 1.5);
  EXPECT_LT(oldest_s(record), 0.05);
  EXPECT_GT(oldest_s(record), 0.02);
  EXPECT_NEAR(feature(record, "Num_of_Saccade"), feature(undisturbed(), "Num_of_Saccade"), 0.9F);
}

TEST(FieldGaze, ThatStandsStillIsNoGazeAfterAQuarterOfASecond) {
  const auto record = session_with("gaze@400:stale", "6");
  for (std::size_t i = 430; i < record.moments.size(); ++i)
    ASSERT_NE(record.moments[i].frame.gaze.source, telemetry::GazeSource::eye) << "at frame " << i;
}

class WithWrongTimes : public ::testing::TestWithParam<const char*> {};

TEST_P(WithWrongTimes, IsTakenAsOfItsFrameOrNotAtAll) {
  const auto record = session_with(GetParam());
  for (const auto& moment : record.moments) {
    if (!by_eye(moment)) continue;
    ASSERT_LE(moment.frame.gaze.time, moment.frame.time);
    ASSERT_GE(core::seconds_between(moment.frame.time, moment.frame.gaze.time), -0.25);
  }
  EXPECT_NEAR(feature(record, "Num_of_Saccade"), feature(undisturbed(), "Num_of_Saccade"), 0.6F);
  EXPECT_LE(feature(record, "Max_Saccade_Amplitude"), feature(undisturbed(), "Max_Saccade_Amplitude") + 5.0F);
}

INSTANTIATE_TEST_SUITE_P(FieldGaze, WithWrongTimes,
                         ::testing::Values("gaze@300+60:future", "gaze@300+60:zero", "gaze@300+60:absurd",
                                           "gaze@1:future", "gaze@1:zero"));

TEST(FieldGaze, ThatNeverComesIsReplacedByTheHeadAndSaidSo) {
  const auto record = session_with("gaze@1:absent");
  EXPECT_EQ(record.events_with("eye tracker gives nothing"), 1);
  for (const auto& moment : record.moments) ASSERT_FALSE(by_eye(moment));
  EXPECT_EQ(record.moments.back().frame.gaze.source, telemetry::GazeSource::head);
  EXPECT_FALSE(record.snapshots.back().present[state::feature_index("Num_of_Saccade")])
      << "a head makes no saccades";
}

}  // namespace
}  // namespace attune
