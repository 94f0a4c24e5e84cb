#include "attune/attention/pupil.hpp"

#include <gtest/gtest.h>

namespace attune::attention {
namespace {

TEST(PupilCorrection, ClaimsNoSlopeUnderSteadyLight) {
  PupilCorrection steady, changing;
  EXPECT_FALSE(steady.light_varied()) << "before anything was seen";
  for (int i = 0; i < 1000; ++i) {
    steady.push(4.0 + 0.1 * (i % 2), 10.0, 0.011);
    changing.push(4.0, i % 300 < 150 ? 10.0 : 20.0, 0.011);
  }
  EXPECT_TRUE(steady.settled());
  EXPECT_FALSE(steady.light_varied());
  EXPECT_EQ(steady.slope_mm_per_decade(), 0.0);
  EXPECT_TRUE(changing.light_varied());
}

}  // namespace
}  // namespace attune::attention
