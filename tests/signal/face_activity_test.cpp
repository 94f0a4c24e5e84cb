#include "attune/signal/face_activity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "support/allocations.hpp"

namespace attune::signal {
namespace {

using telemetry::Expression;
using Face = std::array<telemetry::Reading, telemetry::expression_count>;

constexpr double step_s = 1.0 / 64.0;  // a power of two: sums of it are exact

Face face(Expression expression, double level) {
  Face all{};
  all[static_cast<std::size_t>(expression)] = {static_cast<float>(level), 0.0F, true};
  return all;
}

/// `seconds` of a smile of one strength.
void smile(FaceActivity& activity, double level, double seconds) {
  for (double t = 0.0; t < seconds; t += step_s) activity.push(step_s, face(Expression::smile, level));
}

TEST(FaceActivity, TellsHowStronglyAndHowOftenAFaceSmiles) {
  FaceActivity activity;
  // Ten times in two minutes: 3 s of a smile of 0.8 after 9 s of next to none.
  for (int i = 0; i < 10; ++i) {
    smile(activity, 0.1, 9.0);
    smile(activity, 0.8, 3.0);
  }
  EXPECT_DOUBLE_EQ(activity.seen_s(Expression::smile), 120.0);
  EXPECT_NEAR(*activity.intensity(Expression::smile), 0.1 * 0.75 + 0.8 * 0.25, 1e-6);
  EXPECT_EQ(activity.times(Expression::smile), 10u);
  EXPECT_DOUBLE_EQ(*activity.lately_per_min(Expression::smile), 5.0);
}

TEST(FaceActivity, CountsOneSmileThatTremblesAndNoneThatIsATrace) {
  FaceActivity trembling, trace;
  for (int i = 0; i < 64 * 30; ++i) {
    const double wave = std::sin(0.5 * i);
    trembling.push(step_s, face(Expression::smile, i < 64 ? 0.0 : 0.4 + 0.15 * wave));
    trace.push(step_s, face(Expression::smile, 0.2 + 0.15 * wave));
  }
  EXPECT_EQ(trembling.times(Expression::smile), 1u);
  EXPECT_EQ(trace.times(Expression::smile), 0u);
}

TEST(FaceActivity, TakesAnExpressionThatIsThereWhenTheFaceIsFirstSeenForNoneThatCame) {
  FaceActivity activity;
  smile(activity, 0.9, 2.0);
  EXPECT_EQ(activity.times(Expression::smile), 0u) << "nobody saw it come";
  smile(activity, 0.0, 1.0);
  smile(activity, 0.9, 1.0);
  EXPECT_EQ(activity.times(Expression::smile), 1u);
  activity.gap();
  smile(activity, 0.9, 1.0);
  EXPECT_EQ(activity.times(Expression::smile), 1u) << "it may have stayed all the while";
}

TEST(FaceActivity, KnowsNothingOfWhatWasNotMeasuredOrNoFaceCanDo) {
  FaceActivity activity;
  smile(activity, 0.0, 30.0);
  for (const float level : {1.5F, -0.5F, std::numeric_limits<float>::quiet_NaN()})
    activity.push(step_s, face(Expression::smile, static_cast<double>(level)));
  auto unflagged = face(Expression::smile, 0.9);
  unflagged[static_cast<std::size_t>(Expression::smile)].valid = false;
  activity.push(step_s, unflagged);
  EXPECT_DOUBLE_EQ(activity.seen_s(Expression::smile), 30.0);
  EXPECT_EQ(activity.times(Expression::smile), 0u);
  EXPECT_EQ(*activity.intensity(Expression::smile), 0.0);
  EXPECT_FALSE(activity.intensity(Expression::frown)) << "no frown was ever measured: none is not 0";
  EXPECT_FALSE(activity.lately_per_min(Expression::frown));
  activity.reset();
  EXPECT_FALSE(activity.intensity(Expression::smile));
}

TEST(FaceActivity, DoesNotDependOnTheRateOfTheFramesAndAllocatesNothing) {
  const auto told_at = [](double rate_hz) {
    FaceActivity activity;
    for (int i = 0; i < static_cast<int>(90.0 * rate_hz); ++i) {
      const double level = 0.5 - 0.5 * std::cos(2.0 * 3.14159265 * i / (6.0 * rate_hz));
      activity.push(1.0 / rate_hz, face(Expression::jaw_open, level));
    }
    return activity;
  };
  const auto before = test::allocations();
  const auto slow = told_at(30.0), quick = told_at(120.0);
  EXPECT_EQ(test::allocations(), before);
  EXPECT_EQ(slow.times(Expression::jaw_open), 15u);
  EXPECT_EQ(quick.times(Expression::jaw_open), 15u);
  EXPECT_NEAR(*slow.intensity(Expression::jaw_open), *quick.intensity(Expression::jaw_open), 1e-3);
  EXPECT_NEAR(*slow.lately_per_min(Expression::jaw_open), 10.0, 1.0);
}

}  // namespace
}  // namespace attune::signal
