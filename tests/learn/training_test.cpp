#include "attune/learn/training.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "attune/core/files.hpp"
#include "attune/learn/card.hpp"
#include "attune/learn/model.hpp"
#include "learn/lessons.hpp"
#include "learn/levelling.hpp"
#include "learn/network_files.hpp"
#include "learn/ridge.hpp"
#include "learn/torch_library.hpp"
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
  ASSERT_EQ(trained->figures.epochs.size(), 11U) << "and what it began at";
  EXPECT_EQ(trained->figures.epochs.front().epoch, 0U);
  EXPECT_LT(seen.back().training, 0.7 * trained->figures.epochs.front().training)
      << "the label is no line of the features";
  EXPECT_LT(trained->figures.model, 0.7 * trained->figures.constant);
  EXPECT_EQ(trained->figures.people, 16U) << "everybody is judged";
  EXPECT_EQ(trained->figures.training_people, 12U);
  EXPECT_EQ(trained->figures.validation_names.size(), 4U);
  EXPECT_GT(trained->figures.model, 0.0);
}

TEST(TrainMonitor, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  const auto data = test::people(8, 12);
  TrainingOptions options;
  options.settings.epochs = 2;
  options.settings.weight_decay = 0.1;
  const auto first = train_monitor(data, options), again = train_monitor(data, options);
  options.seed = 2;
  const auto other = train_monitor(data, options);
  ASSERT_TRUE(first.ok() && again.ok() && other.ok());
  EXPECT_TRUE(first->bytes == again->bytes);
  EXPECT_EQ(first->figures.model, again->figures.model);
  EXPECT_FALSE(first->bytes == other->bytes);
}

TEST(TrainMonitor, KeepsTheEpochThatServesTheValidationPeopleBest) {
  const auto data = test::people(8, 12);
  TrainingOptions options;
  options.settings.epochs = 30;
  options.settings.learning_rate = 0.03;  // so fast that it soon learns its people by heart
  const auto lengthy = train_monitor(data, options);
  ASSERT_TRUE(lengthy.ok()) << lengthy.error().message;
  const auto& figures = lengthy->figures;
  ASSERT_EQ(figures.epochs.size(), 31U);
  ASSERT_LT(figures.best_epoch, 30U);
  for (const auto& loss : figures.epochs)
    EXPECT_GE(loss.validation, figures.epochs[figures.best_epoch].validation);
  options.settings.epochs = figures.best_epoch;
  const auto brief = train_monitor(data, options);
  ASSERT_TRUE(brief.ok()) << brief.error().message;
  EXPECT_TRUE(lengthy->bytes == brief->bytes) << "as if the training had ended with the best epoch";
}

TEST(TrainMonitor, ToldToStopLeavesAWholeModelOfTheEpochsUntilThen) {
  const auto data = test::people(8, 12);
  TrainingOptions options;
  options.settings.epochs = 1'000'000;
  int asked = 0;
  options.stop = [&] { return ++asked == 3; };
  const auto stopped = train_monitor(data, options);
  ASSERT_TRUE(stopped.ok()) << stopped.error().message;
  EXPECT_TRUE(stopped->figures.interrupted);
  EXPECT_EQ(stopped->figures.epochs.back().epoch, 3U);
  options.settings.epochs = 3;
  options.stop = {};
  const auto whole = train_monitor(data, options);
  ASSERT_TRUE(whole.ok());
  EXPECT_FALSE(whole->figures.interrupted);
  EXPECT_TRUE(stopped->bytes == whole->bytes);
}

TEST(TrainerBackend, WeightsThatDecayStaySmaller) {
  const auto library = torch_library();
  ASSERT_TRUE(library.ok()) << library.error().message;
  const auto size_of = [&](double decay) {
    const std::vector<float> ones(100, 1.0F), inputs(100, 0.5F);
    const float label = 0.5F;
    std::string bytes, problem;
    double loss = 0.0;
    const auto trainer = (*library)->train(monitor_shape, {ones, ones, ones}, {1e-3, decay}, 1, problem);
    for (int i = 0; i < 200; ++i) EXPECT_TRUE(trainer->step(inputs.data(), &label, 1, loss, problem));
    EXPECT_TRUE(trainer->save(bytes, problem)) << problem;
    const auto network = open_network(bytes, "m.pt", monitor_shape);
    EXPECT_TRUE(network.ok());
    double squares = 0.0;
    for (const float weight : (*network)->weights().w1) squares += static_cast<double>(weight * weight);
    return squares;
  };
  // 200 steps that each take 2e-3 away: e^-0.4 of every weight is left.
  EXPECT_NEAR(size_of(2.0) / size_of(0.0), std::exp(-0.8), 0.05);
}

TEST(Ridge, FindsALineAndLeavesWhatNeverVaries) {
  Rows rows{state::feature_count, {}, {}, {}};
  std::mt19937_64 random(4);
  std::normal_distribution<float> normal;
  for (int i = 0; i < 4000; ++i) {
    std::vector<float> row(state::feature_count, 0.0F);
    for (const std::size_t k : {0U, 1U, 80U}) row[k] = normal(random);
    rows.inputs.insert(rows.inputs.end(), row.begin(), row.end());
    // Rows that count for nothing say something else.
    const bool counts = i % 4 != 0;
    rows.labels.push_back(counts ? 0.4F + 0.1F * row[0] - 0.1F * row[80] : row[1]);
    rows.weights.push_back(counts ? 1.0F : 0.0F);
  }
  const auto line = ridge_line(rows);
  EXPECT_NEAR(line.back(), 0.4, 0.005);
  EXPECT_NEAR(line[0], 0.1, 0.03)
      << "one group's figure is as good as the other's, but penalties tell groups apart";
  EXPECT_NEAR(line[80], -0.1, 0.03);
  EXPECT_NEAR(line[1], 0.0, 0.005);
  EXPECT_EQ(line[50], 0.0F);
}

TEST(Fit, BeginsAtTheLineItIsGiven) {
  const auto data = test::people(8, 24);
  const auto lessons = lessons_of(data, 5, 1);
  ASSERT_TRUE(lessons.ok()) << lessons.error().message;
  const auto& lesson = lessons->front();
  const auto network = Fit::start(lesson.training_rows, lesson.validation_rows, plan_of(lesson, {}, 1));
  ASSERT_TRUE(network.ok()) << network.error().message;
  double squares = 0.0, weights = 0.0;
  const auto& rows = lesson.training_rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double said = static_cast<double>(lesson.line.back());
    for (std::size_t k = 0; k < rows.width; ++k)
      said += static_cast<double>(lesson.line[k]) * static_cast<double>(rows.inputs[i * rows.width + k]);
    const auto weight = static_cast<double>(rows.weights[i]);
    weights += weight;
    squares += weight * std::pow(said - static_cast<double>(rows.labels[i]), 2);
  }
  ASSERT_EQ((*network)->fitted().epochs.size(), 1U);
  EXPECT_NEAR((*network)->fitted().best.training, squares / weights, 1e-7);
}

TEST(TrainMonitor, ASampleWithoutWeightIsAsIfItWereNotThere) {
  const auto data = test::people(8, 12);
  Dataset with_more = data;
  auto wrong = data[0];
  wrong.label = 1.0F - wrong.label;
  wrong.features.value[0] = 1000.0F;
  wrong.weight = 0.0F;
  for (int i = 0; i < 20; ++i) with_more.add(wrong);
  TrainingOptions options;
  options.settings.epochs = 2;
  const auto plain = train_monitor(data, options), weighed = train_monitor(with_more, options);
  ASSERT_TRUE(plain.ok() && weighed.ok());
  EXPECT_TRUE(plain->bytes == weighed->bytes);
  EXPECT_EQ(plain->figures.model, weighed->figures.model);
}

TEST(TrainMonitor, AnEstimateIsWorthLessWithoutASensor) {
  // Eyes and head tell half of the label each.
  const auto trained = train_monitor(test::people(20, 48), {});
  ASSERT_TRUE(trained.ok()) << trained.error().message;
  const auto noise = trained->figures.noise();
  const auto eyes = state::only(state::Sensor::eyes), head = state::only(state::Sensor::head);
  EXPECT_GT(noise.sd(eyes), 1.3F * noise.sd(state::all_sensors));
  EXPECT_GT(noise.sd(head), 1.3F * noise.sd(state::all_sensors));
  EXPECT_GT(noise.sd(state::only(state::Sensor::body)), 3.0F * noise.sd(eyes)) << "breathing tells nothing";
  EXPECT_EQ(noise.sd(state::only(state::Sensor::hands)), state::MonitorNoise::knows_nothing_sd)
      << "nobody held anything";
}

/// What the card says of all sensors of people whom one feature reads off by as much, always or each time
/// anew.
state::SensorWorth worth_of_misread(bool always) {
  std::mt19937_64 random(11);
  std::normal_distribution<float> normal;
  Dataset data;
  float off = 0.0F;
  std::string before;
  for (auto sample : test::people(40, 48)) {
    if (!always || sample.person != before) off = normal(random);
    before = sample.person;
    sample.features.value[0] += off;
    sample.visit = "whole";
    sample.length_s = 30.0F * 48.0F;
    data.add(sample);
  }
  const auto trained = train_monitor(data, {});
  return trained.ok() ? trained->figures.noise().of(state::all_sensors) : state::SensorWorth{};
}

TEST(TrainMonitor, TheCardTellsWhatAPersonKeepsFromWhatPasses) {
  const auto always = worth_of_misread(true), anew = worth_of_misread(false);
  EXPECT_NEAR(always.sd, anew.sd, 0.25F * anew.sd) << "as large an error";
  EXPECT_GT(always.person_share, 0.4F);
  EXPECT_LT(anew.person_share, 0.1F);
}

TEST(TrainMonitor, AnEstimateFreedOfItsShrinkageIsAMeasurementOfTheLabel) {
  const auto worth = worth_of_misread(false);
  EXPECT_GT(worth.slope, 0.2F);
  EXPECT_LT(worth.slope, 0.8F) << "a feature that is read wrong leaves less of a difference";
  EXPECT_NEAR(worth.intercept, 0.5F * (1.0F - worth.slope), 0.05F) << "labels lie around 0.5";
}

TEST(TrainMonitor, IntervalsOfPeopleKeptApartHoldAboutWhatTheySay) {
  const auto trained = train_monitor(test::people(30, 48), {});
  ASSERT_TRUE(trained.ok()) << trained.error().message;
  const auto& calibration = trained->figures.calibration;
  for (const double nominal : {0.5, 0.8, 0.95}) {
    ASSERT_NE(calibration.at(nominal), nullptr);
    EXPECT_NEAR(calibration.at(nominal)->coverage, nominal, 0.12);
  }
  EXPECT_LT(calibration.at(0.5)->half_width, calibration.at(0.95)->half_width);
  ASSERT_EQ(calibration.bins.size(), 10U);
  EXPECT_GT(calibration.bins.back().label, calibration.bins.front().label + 0.3);
}

TEST(TrainMonitor, HowHighASetsScaleBeginsIsNotWorthLearning) {
  // In one set all labels lie higher, and a feature tells which set it is; nothing else tells anything.
  Dataset data;
  std::mt19937_64 random(6);
  std::normal_distribution<float> noise(0.0F, 1.0F);
  for (auto sample : test::people(20, 24)) {
    const bool high = sample.set == "even";
    sample.label = (high ? 0.7F : 0.3F) + std::clamp(0.05F * noise(random), -0.2F, 0.2F);
    sample.features.value[80] = high ? 10.0F : -10.0F;
    data.add(sample);
  }
  const auto trained = train_monitor(data, {});
  ASSERT_TRUE(trained.ok()) << trained.error().message;
  const auto network = open_network(trained->bytes, "m.pt", monitor_shape);
  ASSERT_TRUE(network.ok());
  const state::StateMonitor monitor(monitor_weights(**network, state::MonitorNoise()));
  std::map<std::string, double> means;
  for (const auto& sample : data)
    means[sample.set] += static_cast<double>(monitor.infer(sample.features, sample.own).estimate) / 240.0;
  EXPECT_NEAR(means["even"], means["odd"], 0.05) << "0.4 apart, had it been learnt";
  EXPECT_LT(trained->figures.skill(), 0.1) << "nor does it count as knowledge";
}

/// A lesson whose validation people say `slope` times what a feature says, and noise.
Lesson lesson_with(const Dataset& data) {
  Lesson lesson;
  for (const auto& sample : data) lesson.validation.push_back(&sample);
  lesson.training = lesson.validation;
  lesson.standardisation.scale.fill(1.0F);
  return lesson;
}
Dataset saying(float slope, std::uint64_t seed) {
  Dataset data;
  std::mt19937_64 random(seed);
  std::normal_distribution<float> noise(0.0F, 1.0F);
  for (auto sample : test::people(20, 24)) {
    sample.features = {};
    sample.features.value[0] = noise(random);
    sample.features.present.set(0);
    sample.label = 0.5F + 0.1F * slope * sample.features.value[0] + 0.05F * noise(random);
    data.add(sample);
  }
  return data;
}

TEST(Level, BringsAnswersToTheSizeThatOtherPeopleBearOut) {
  // A network that says 0.2 + 0.1 · the first feature, through a pair of ReLUs.
  state::MonitorWeights weights;
  weights.standardisation.scale.fill(1.0F);
  weights.network.w1[0] = 1.0F;
  weights.network.b1[0] = 20.0F;
  weights.network.w2[0] = 1.0F;
  weights.network.w3[0] = 0.1F;
  weights.network.b3[0] = 0.2F - 2.0F;
  const state::StateMonitor monitor(weights);
  for (const float slope : {0.0F, 0.4F, 1.0F, 3.0F, -1.0F}) {
    const auto data = saying(slope, 2);
    const auto level = level_of(lesson_with(data), monitor);
    EXPECT_NEAR(level.factor, std::clamp(slope, 0.0F, 1.0F), 0.05) << "slope " << slope;
    EXPECT_NEAR(level.factor * 0.2 + level.shift, 0.5, 0.02) << "the labels' mean, at the answers' mean";
  }
}

TEST(Level, ItsNetworkAnswersByThatLine) {
  const auto library = torch_library();
  ASSERT_TRUE(library.ok()) << library.error().message;
  const std::vector<float> ones(100, 1.0F);
  std::string bytes, problem;
  const auto trainer = (*library)->train(monitor_shape, {ones, ones, ones}, 1e-3, 1, problem);
  ASSERT_TRUE(trainer && trainer->save(bytes, problem)) << problem;
  auto levelled = bytes;
  ASSERT_TRUE((*library)->level(levelled, monitor_shape, 0.25, 0.5, problem)) << problem;
  const auto before = open_network(bytes, "m.pt", monitor_shape),
             after = open_network(levelled, "m.pt", monitor_shape);
  ASSERT_TRUE(before.ok() && after.ok());
  std::mt19937_64 random(3);
  std::normal_distribution<float> normal;
  for (int i = 0; i < 50; ++i) {
    std::array<float, 100> inputs{};
    for (auto& input : inputs) input = normal(random);
    EXPECT_NEAR((*after)->forward(inputs.data(), nullptr),
                0.25F * (*before)->forward(inputs.data(), nullptr) + 0.5F, 1e-6F);
  }
  std::string nonsense = "no model";
  EXPECT_FALSE((*library)->level(nonsense, monitor_shape, 0.25, 0.5, problem));
}

TEST(Lessons, NobodyIsJudgedByWhatLearntFromThemOrWasChosenByThem) {
  const auto data = test::people(11, 12);
  const auto lessons = lessons_of(data, 5, 4);
  ASSERT_TRUE(lessons.ok()) << lessons.error().message;
  ASSERT_EQ(lessons->size(), 6U);
  EXPECT_TRUE(lessons->front().judged.empty()) << "the network that is kept";
  std::map<std::string, int> judged;
  for (const auto& lesson : *lessons) {
    std::map<std::string, std::set<const Samples*>> parts_of;
    for (const auto* part : {&lesson.training, &lesson.validation, &lesson.judged}) {
      for (const auto* sample : *part) parts_of[sample->person].insert(part);
    }
    EXPECT_EQ(parts_of.size(), 11U);
    for (const auto& [person, parts] : parts_of) EXPECT_EQ(parts.size(), 1U) << person;
    std::set<std::string> people;
    for (const auto* sample : lesson.judged) people.insert(sample->person);
    for (const auto& person : people) ++judged[person];
  }
  ASSERT_EQ(judged.size(), 11U);
  for (const auto& [person, times] : judged) EXPECT_EQ(times, 1) << person;
}

TEST(TrainMonitor, RefusesWhatItCannotLearnFrom) {
  for (const std::size_t few : {1U, 2U}) {
    const auto alone = train_monitor(test::people(few), {});
    ASSERT_FALSE(alone.ok());
    EXPECT_NE(alone.error().message.find("too few people"), std::string::npos) << alone.error().message;
  }
  auto data = test::people(4);
  auto sample = data[0];
  sample.label = 35.0F;
  data.add(sample);
  const auto unscaled = train_monitor(data, {});
  ASSERT_FALSE(unscaled.ok());
  EXPECT_NE(unscaled.error().message.find("outside 0..1"), std::string::npos) << unscaled.error().message;
  Dataset same;
  for (auto unlabelled : test::people(4)) {
    unlabelled.label = 0.5F;
    same.add(unlabelled);
  }
  const auto told_nothing = train_monitor(same, {});
  ASSERT_FALSE(told_nothing.ok());
  EXPECT_NE(told_nothing.error().message.find("same label"), std::string::npos);
  TrainingOptions wild;
  wild.settings.learning_rate = 1e30;
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

/// Embeddings at random, and an oracle whose wish one of their values tells.
std::vector<TreatmentExample> advised(std::size_t people, bool told) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<float> uniform(0.0F, 1.0F);
  std::vector<TreatmentExample> examples;
  for (std::size_t person = 0; person < people; ++person) {
    for (int i = 0; i < 40; ++i) {
      TreatmentExample example;
      for (auto& value : example.embedding) value = uniform(random);
      example.wanted = 0.8F * (told ? 1.0F - 2.0F * example.embedding[3] : 1.0F - 2.0F * uniform(random));
      example.person = person;
      examples.push_back(example);
    }
  }
  return examples;
}

TEST(TrainTreatment, ImitatesTheOracleAsFarAsTheEmbeddingTells) {
  test::ScratchFolder folder;
  const auto data = test::people(16, 48);
  TrainingOptions options;
  const auto monitor = train_monitor(data, options);
  ASSERT_TRUE(monitor.ok()) << monitor.error().message;
  ASSERT_TRUE(write_monitor(folder / "state_monitor.pt", *monitor, options, test::card_text()).ok());
  const auto loaded = load_monitor(folder / "state_monitor.pt");
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  const auto treatment = train_treatment(advised(30, true), options);
  ASSERT_TRUE(treatment.ok()) << treatment.error().message;
  EXPECT_LT(treatment->error_rms, 0.3 * treatment->error_mean);
  const auto untold = train_treatment(advised(30, false), options);
  ASSERT_TRUE(untold.ok()) << untold.error().message;
  EXPECT_GT(untold->error_rms, 0.9 * untold->error_mean) << "what no embedding tells cannot be learnt";
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

TEST(TrainTreatment, ToldToStopTheCardSaysSo) {
  test::ScratchFolder folder;
  TrainingOptions options;
  const auto whole = train_treatment(advised(10, true), options);
  options.stop = [] { return true; };
  const auto stopped = train_treatment(advised(10, true), options);
  ASSERT_TRUE(whole.ok() && stopped.ok());
  EXPECT_FALSE(whole->interrupted);
  EXPECT_TRUE(stopped->interrupted);
  EXPECT_EQ(stopped->epochs.size(), 1U);
  ASSERT_TRUE(write_treatment(folder / "t.pt", *stopped, options, test::card_text(), ModelCard()).ok());
  const auto card = core::read_text(folder / "t.json");
  ASSERT_TRUE(card.ok());
  EXPECT_NE(card->find("\"interrupted\": true"), std::string::npos) << *card;
}

}  // namespace
}  // namespace attune::learn
