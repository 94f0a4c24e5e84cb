#include "attune/learn/training.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "attune/core/files.hpp"
#include "attune/learn/card.hpp"
#include "attune/learn/model.hpp"
#include "support.hpp"

namespace attune::learn {
namespace {

TEST(TrainMonitor, LearnsWhatTheFeaturesTellAndBeatsAConstant) {
  TrainingOptions options;
  std::vector<EpochLoss> seen;
  options.on_epoch = [&](const EpochLoss& loss) { seen.push_back(loss); };
  const auto trained = train_monitor(test::people(16, 48), options);
  ASSERT_TRUE(trained.ok()) << trained.error().message;
  ASSERT_EQ(seen.size(), 10U);
  EXPECT_LT(seen.back().training, 0.5 * seen.front().training);
  EXPECT_LT(trained->figures.model, 0.7 * trained->figures.constant);
  EXPECT_EQ(trained->figures.validation_people, 4U);
  EXPECT_EQ(trained->figures.training_people, 12U);
  EXPECT_GT(trained->figures.model, 0.0);
}

TEST(TrainMonitor, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  const auto data = test::people(8, 12);
  TrainingOptions options;
  options.epochs = 2;
  const auto first = train_monitor(data, options), again = train_monitor(data, options);
  options.seed = 2;
  const auto other = train_monitor(data, options);
  ASSERT_TRUE(first.ok() && again.ok() && other.ok());
  EXPECT_TRUE(first->bytes == again->bytes);
  EXPECT_FALSE(first->bytes == other->bytes);
}

TEST(TrainMonitor, RefusesWhatItCannotLearnFrom) {
  const auto alone = train_monitor(test::people(1), {});
  ASSERT_FALSE(alone.ok());
  EXPECT_NE(alone.error().message.find("too few people"), std::string::npos) << alone.error().message;
  auto data = test::people(4);
  auto sample = data[0];
  sample.label = 35.0F;
  data.add(sample);
  const auto unscaled = train_monitor(data, {});
  ASSERT_FALSE(unscaled.ok());
  EXPECT_NE(unscaled.error().message.find("outside 0..1"), std::string::npos) << unscaled.error().message;
  TrainingOptions wild;
  wild.learning_rate = 1e30;
  const auto diverged = train_monitor(test::people(8), wild);
  ASSERT_FALSE(diverged.ok());
  EXPECT_NE(diverged.error().message.find("no longer finite"), std::string::npos) << diverged.error().message;
}

TEST(ObservationSd, IsWideForAModelThatKnowsNothingAndLeavesTheErrorItShowed) {
  EXPECT_GT(observation_sd_of(0.25, 0.24), 1.0) << "worse than a constant";
  EXPECT_EQ(observation_sd_of(0.30, 0.24), observation_sd_of(0.24, 0.24));
  const double spread = 0.2, error = 0.1, sd = observation_sd_of(error, spread);
  const double left = 1.0 / (1.0 / (spread * spread) + 1.0 / (sd * sd));
  EXPECT_NEAR(std::sqrt(left), error, 1e-9);
}

TEST(TrainTreatment, ImitatesTheRuleBehindItsMonitor) {
  test::ScratchFolder folder;
  const auto data = test::people(16, 48);
  TrainingOptions options;
  const auto monitor = train_monitor(data, options);
  ASSERT_TRUE(monitor.ok()) << monitor.error().message;
  ASSERT_TRUE(write_monitor(folder / "state_monitor.pt", *monitor, options, test::card_text()).ok());
  const auto loaded = load_monitor(folder / "state_monitor.pt");
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  const auto treatment = train_treatment(data, loaded->weights, options);
  ASSERT_TRUE(treatment.ok()) << treatment.error().message;
  EXPECT_LT(treatment->agreement_rmse, 0.1);
  ASSERT_TRUE(
      write_treatment(folder / "treatment.pt", *treatment, options, test::card_text(), loaded->card).ok());
  const auto model = load_treatment(folder / "treatment.pt", loaded->card.hash);
  ASSERT_TRUE(model.ok()) << model.error().message;

  const auto stranger = load_treatment(folder / "treatment.pt", std::string(64, '0'));
  ASSERT_FALSE(stranger.ok());
  EXPECT_NE(stranger.error().message.find("another monitor"), std::string::npos) << stranger.error().message;

  // LibTorch in the loop says what the folded kernels say.
  TorchMonitor torch_monitor(*loaded);
  TorchTreatment torch_treatment(*model);
  const state::StateMonitor folded(loaded->weights);
  const treatment::TreatmentModel folded_treatment(model->weights);
  for (std::size_t i = 0; i < 20; ++i) {
    const auto a = folded.infer(data[i].features, data[i].own),
               b = torch_monitor.infer(data[i].features, data[i].own);
    EXPECT_NEAR(a.estimate, b.estimate, 1e-5F);
    EXPECT_EQ(a.sd, b.sd);
    const auto wanted = folded_treatment.wanted_change(a.embedding),
               torch_wanted = torch_treatment.wanted_change(b.embedding);
    ASSERT_TRUE(wanted && torch_wanted);
    EXPECT_NEAR(*wanted, *torch_wanted, 1e-4F);
  }
}

}  // namespace
}  // namespace attune::learn
