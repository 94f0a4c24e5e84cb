#include "attune/treatment/treatment_model.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace attune::treatment {
namespace {

/// A network that passes the sum of the first two inputs (where positive) through to its output, times
/// `gain`.
state::TreatmentNetwork::Weights adding(float gain) {
  state::TreatmentNetwork::Weights weights;
  weights.w1[0] = weights.w1[1] = 1.0F;  // row 0: inputs 0 and 1
  weights.w2[0] = 1.0F;
  weights.w3[0] = gain;
  weights.b3[0] = -0.25F;
  return weights;
}

TEST(TreatmentModel, GivesWhatItsWeightsSay) {
  std::array<float, 32> embedding{};
  embedding[0] = 0.25F;
  embedding[1] = 0.5F;
  const auto change = TreatmentModel(adding(1.0F)).wanted_change(embedding);
  ASSERT_TRUE(change.has_value());
  EXPECT_FLOAT_EQ(*change, 0.5F);
}

TEST(TreatmentModel, ClipsToTheUnitRange) {
  std::array<float, 32> embedding{};
  embedding[0] = 100.0F;
  EXPECT_EQ(TreatmentModel(adding(1.0F)).wanted_change(embedding), 1.0F);
  EXPECT_EQ(TreatmentModel(adding(-1.0F)).wanted_change(embedding), -1.0F);
}

TEST(TreatmentModel, SaysNothingWhenItsAnswerIsNoNumber) {
  std::array<float, 32> embedding{};
  embedding[0] = std::numeric_limits<float>::infinity();
  EXPECT_FALSE(TreatmentModel(adding(1.0F)).wanted_change(embedding).has_value());
  EXPECT_FALSE(clipped_change(std::numeric_limits<float>::quiet_NaN()).has_value());
  EXPECT_EQ(clipped_change(-3.0F), -1.0F);
}

}  // namespace
}  // namespace attune::treatment
