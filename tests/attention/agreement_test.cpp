#include "attune/attention/agreement.hpp"

#include <gtest/gtest.h>

namespace attune::attention {
namespace {

void add(LabelAgreement& agreement, GazeLabel first, GazeLabel second, int times) {
  for (int i = 0; i < times; ++i) agreement.add(first, second);
}

TEST(LabelAgreement, IsCohensKappaOfOneLabel) {
  // The textbook's table: 20 both yes, 5 and 10 apart, 15 both no: kappa 0.4.
  LabelAgreement agreement;
  add(agreement, GazeLabel::saccade, GazeLabel::saccade, 20);
  add(agreement, GazeLabel::saccade, GazeLabel::fixation, 5);
  add(agreement, GazeLabel::fixation, GazeLabel::saccade, 10);
  add(agreement, GazeLabel::fixation, GazeLabel::blink, 15);
  EXPECT_NEAR(*agreement.kappa(GazeLabel::saccade), 0.4, 1e-12);
  EXPECT_EQ(agreement.count(GazeLabel::fixation, GazeLabel::blink), 15);
  EXPECT_EQ(agreement.samples(), 50);
}

TEST(LabelAgreement, SaysNothingOfALabelThatNobodyGave) {
  LabelAgreement agreement;
  EXPECT_FALSE(agreement.kappa(GazeLabel::saccade).has_value());
  add(agreement, GazeLabel::fixation, GazeLabel::fixation, 9);
  EXPECT_FALSE(agreement.kappa(GazeLabel::saccade).has_value());
  EXPECT_FALSE(agreement.kappa(GazeLabel::fixation).has_value());
  agreement.add(GazeLabel::fixation, GazeLabel::saccade);
  EXPECT_NEAR(*agreement.kappa(GazeLabel::saccade), 0.0, 1e-12);
}

}  // namespace
}  // namespace attune::attention
