#include "attune/treatment/bearable_intensity.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace attune::treatment {
namespace {

constexpr float limit_suds = 80.0F, target_suds = 60.0F;

struct Told {
  float suds, intensity;
};
float after(std::initializer_list<Told> reports) {
  BearableIntensity bearable;
  for (const auto& [suds, intensity] : reports) bearable.hear(suds, intensity, limit_suds, target_suds);
  return bearable.at_most();
}

TEST(BearableIntensity, BoundsNobodyWhoNeverReportedTooMuch) {
  EXPECT_TRUE(std::isinf(after({})));
  EXPECT_TRUE(std::isinf(after({{50.0F, 0.4F}, {79.0F, 0.9F}, {0.0F, 0.0F}})));
}

TEST(BearableIntensity, IsLessTheMoreWasReportedAndTheLessWasShown) {
  EXPECT_LT(after({{100.0F, 0.7F}}), after({{80.0F, 0.7F}}));
  EXPECT_LT(after({{80.0F, 0.4F}}), after({{80.0F, 0.7F}}));
  EXPECT_LT(after({{80.0F, 0.7F}}), 0.5F * 0.7F);
}

TEST(BearableIntensity, GrowsByWhatIsBorneUnderExposureStepByStep) {
  const float bound = after({{90.0F, 0.7F}});
  const float once = after({{90.0F, 0.7F}, {40.0F, bound}});
  EXPECT_GT(once, bound);
  EXPECT_LT(once, 1.5F * bound + 0.11F);
  EXPECT_TRUE(std::isinf(after({{90.0F, 0.7F}, {40.0F, 0.9F}}))) << "what was borne at last is no limit";
}

TEST(BearableIntensity, ReportsWithoutExposureAndBetweenTargetAndLimitShowNothing) {
  const float bound = after({{90.0F, 0.7F}});
  EXPECT_EQ(after({{90.0F, 0.7F}, {10.0F, 0.0F}}), bound);
  EXPECT_EQ(after({{90.0F, 0.7F}, {70.0F, 0.6F}}), bound);
}

TEST(BearableIntensity, IsNeverRaisedByAReportOfTooMuch) {
  const float bound = after({{100.0F, 0.3F}});
  EXPECT_EQ(after({{100.0F, 0.3F}, {80.0F, 1.0F}}), bound);
}

}  // namespace
}  // namespace attune::treatment
