#include "attune/learn/model.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "attune/learn/card.hpp"
#include "attune/learn/training.hpp"
#include "learn/card_hash.hpp"
#include "learn/network_files.hpp"
#include "learn/torch_library.hpp"
#include "support.hpp"

namespace attune::learn {
namespace {

/// A monitor trained once, for all tests of this file.
class MonitorFile : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    TrainingOptions options;
    options.settings.epochs = 1;
    const auto trained = train_monitor(test::people(8, 12), options);
    ASSERT_TRUE(trained.ok()) << trained.error().message;
    bytes_ = trained->bytes;
    test::ScratchFolder folder;
    ASSERT_TRUE(write_monitor(folder / "m.pt", *trained, options, test::card_text()).ok());
    card_ = *core::read_text(folder / "m.json");
  }

  void SetUp() override { write(bytes_, card_); }
  void write(const std::string& bytes, const std::string& card) const {
    ASSERT_TRUE(core::write_whole(model_, bytes).ok());
    ASSERT_TRUE(core::write_whole(folder_ / "m.json", card).ok());
  }
  /// The card with one value replaced.
  static std::string card_with(const std::string& key, const nlohmann::json& value) {
    auto json = nlohmann::json::parse(card_);
    json[key] = value;
    return json.dump();
  }
  /// The card, as if it had been written for other bytes.
  static std::string card_for(const std::string& bytes) {
    auto json = nlohmann::json::parse(card_);
    json["hash"] = core::hash_hex(bytes);
    json["sha256"] = sha256_hex(bytes);
    return json.dump();
  }
  void expect_refused(const std::string& because) const {
    const auto loaded = load_monitor(model_);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().kind, core::Error::Kind::bad_input);
    EXPECT_NE(loaded.error().message.find(because), std::string::npos) << loaded.error().message;
    EXPECT_NE(loaded.error().message.find("m."), std::string::npos) << loaded.error().message;
    EXPECT_EQ(loaded.error().message.find('\n'), std::string::npos) << loaded.error().message;
  }

  static std::string bytes_, card_;
  test::ScratchFolder folder_;
  std::filesystem::path model_ = folder_ / "m.pt";
};
std::string MonitorFile::bytes_, MonitorFile::card_;

TEST_F(MonitorFile, LoadsWithItsCard) {
  const auto loaded = load_monitor(model_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded->card.hash, core::hash_hex(bytes_));
  EXPECT_EQ(loaded->card.trained_on, Population::people);
  EXPECT_FALSE(loaded->card.research_only);
  EXPECT_GT(loaded->weights.standardisation.scale[0], 0.0F);
  EXPECT_EQ(loaded->weights.standardisation.scale[1], 0.0F) << "a feature that was never seen is ignored";
  EXPECT_EQ(loaded->weights.noise.sd(state::all_sensors), loaded->card.noise.sd(state::all_sensors));
}

TEST_F(MonitorFile, IsRefusedWhenAByteChanged) {
  auto bytes = bytes_;
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write(bytes, card_);
  expect_refused("the hash differs");
}

TEST_F(MonitorFile, IsRefusedWhenOneOfItsHashesIsNot) {
  write(bytes_, card_with("sha256", std::string(64, '0')));
  expect_refused("the hash differs");
  EXPECT_EQ(nlohmann::json::parse(card_)["sha256"].get<std::string>().size(), 64U);
}

TEST_F(MonitorFile, IsRefusedWithoutAModelInIt) {
  const std::string bytes = "not a model";
  write(bytes, card_for(bytes));
  expect_refused("holds no network");
}

TEST_F(MonitorFile, IsRefusedWithoutFileOrCard) {
  std::filesystem::remove(folder_ / "m.json");
  expect_refused("model card");
  std::filesystem::remove(model_);
  expect_refused("no such file");
}

TEST_F(MonitorFile, IsRefusedWithACardThatIsNone) {
  write(bytes_, "{");
  expect_refused("no model card");
  write(bytes_, card_with("observation_sd", "small"));
  expect_refused("no model card");
  write(bytes_, card_with("observation_sd", -1.0));
  expect_refused("outside 0..100");
  write(bytes_, card_with("trained_on", "cats"));
  expect_refused("cats");
  write(bytes_, card_with("noise", {{{"sensors", {"whiskers"}}, {"observation_sd", 0.3}}}));
  expect_refused("whiskers");
  const auto eyes_with = [&](const char* key, double value) {
    nlohmann::json worth{
        {"sensors", {"eyes"}}, {"observation_sd", 0.3}, {"person_share", 0.3}, {"slope", 0.5}};
    worth["intercept"] = 0.2;
    worth[key] = value;
    return card_with("noise", nlohmann::json::array({worth}));
  };
  write(bytes_, eyes_with("observation_sd", 0.0));
  expect_refused("outside 0..100");
  write(bytes_, eyes_with("person_share", 1.5));
  expect_refused("person_share");
  write(bytes_, eyes_with("slope", 0.0));
  expect_refused("slope");
  write(bytes_, eyes_with("intercept", 7.0));
  expect_refused("intercept");
  write(bytes_, card_with("noise", {{{"sensors", {"eyes"}}, {"observation_sd", 0.3}}}));
  expect_refused("no model card");
}

TEST_F(MonitorFile, IsRefusedForAnotherTableOfFeaturesOrAnotherPart) {
  write(bytes_, card_with("features_hash", std::string(64, 'a')));
  expect_refused("another table of features");
  auto json = nlohmann::json::parse(card_);
  json["model"] = "treatment";
  json["monitor_hash"] = std::string(64, 'a');
  write(bytes_, json.dump());
  expect_refused("not a 'state_monitor'");
}

TEST_F(MonitorFile, IsRefusedWithAnotherShape) {
  const auto network = open_network(bytes_, "m.pt", {100, 64, 33, true});
  ASSERT_FALSE(network.ok());
  EXPECT_NE(network.error().message.find("'fc2."), std::string::npos) << network.error().message;
  const auto classes = open_network(bytes_, "m.pt", {100, 64, 32, true, 4});
  ASSERT_FALSE(classes.ok());
  EXPECT_NE(classes.error().message.find("'fc3."), std::string::npos) << classes.error().message;
  const auto plain = open_network(bytes_, "m.pt", treatment_shape);
  ASSERT_FALSE(plain.ok());
}

TEST_F(MonitorFile, IsRefusedWithAValueThatIsNotFiniteOrADeviationBelowZero) {
  const auto library = torch_library();
  ASSERT_TRUE(library.ok()) << library.error().message;
  for (const auto& [value, because] :
       {std::pair{std::numeric_limits<float>::quiet_NaN(), "not a finite number"},
        std::pair{std::numeric_limits<float>::infinity(), "not a finite number"},
        std::pair{-1.0F, "negative standard deviation"}}) {
    InputScales scales{std::vector<float>(100), std::vector<float>(100, 1.0F), std::vector<float>(100)};
    scales.scale[42] = value;
    std::string bytes, problem;
    const auto trainer = (*library)->train(monitor_shape, scales, 1e-3, 1, problem);
    ASSERT_TRUE(trainer && trainer->save(bytes, problem)) << problem;
    write(bytes, card_for(bytes));
    expect_refused(because);
  }
}

TEST_F(MonitorFile, IsRefusedWithTheShapeOfAnother) {
  const auto library = torch_library();
  ASSERT_TRUE(library.ok()) << library.error().message;
  for (const NetworkShape shape : {NetworkShape{100, 64, 33, true}, NetworkShape{99, 64, 32, true}}) {
    const std::vector<float> ones(shape.inputs, 1.0F);
    std::string bytes, problem;
    const auto trainer = (*library)->train(shape, {ones, ones, ones}, 1e-3, 1, problem);
    ASSERT_TRUE(trainer && trainer->save(bytes, problem)) << problem;
    write(bytes, card_for(bytes));
    expect_refused("holds no network");
  }
}

TEST_F(MonitorFile, IsRefusedWithAWeightThatIsNotFinite) {
  const auto library = torch_library();
  ASSERT_TRUE(library.ok()) << library.error().message;
  const std::vector<float> ones(100, 1.0F);
  std::string bytes, problem;
  const auto trainer = (*library)->train(monitor_shape, {ones, ones, ones}, 1e-3, 1, problem);
  const std::vector<float> inputs(100, std::numeric_limits<float>::quiet_NaN());
  const float label = 0.5F;
  double loss = 0.0;
  ASSERT_TRUE(trainer && trainer->step(inputs.data(), &label, 1, loss, problem)) << problem;
  ASSERT_TRUE(trainer->save(bytes, problem)) << problem;
  write(bytes, card_for(bytes));
  expect_refused("not a finite number");
}

TEST_F(MonitorFile, TheFoldedKernelIsHeldAgainstLibTorch) {
  const auto loaded = load_monitor(model_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_LE(largest_difference(state::MonitorNetwork(loaded->weights.network), *loaded->torch), 1e-5F);
  // One weight, changed a little, shows; so does one that makes the kernel's answer no number.
  auto changed = loaded->weights.network;
  changed.w3[7] += 0.01F;
  EXPECT_GT(largest_difference(state::MonitorNetwork(changed), *loaded->torch), 1e-5F);
  changed.b3[0] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(largest_difference(state::MonitorNetwork(changed), *loaded->torch) <= 1e-5F);
}

TEST_F(MonitorFile, ACardOfDataThatAClinicMayNotUseSaysSo) {
  TrainingOptions options;
  TrainedMonitor trained;
  trained.bytes = bytes_;
  trained.figures.observation_sd = 0.2;
  const auto limits = [&] {
    return nlohmann::json::parse(*core::read_text(folder_ / "m.json"))["must_not_be_used"].dump();
  };
  EXPECT_EQ(limits().find("research"), std::string::npos);
  ASSERT_TRUE(write_monitor(folder_ / "m.pt", trained, options, test::card_text("CC-BY-NC-4.0")).ok());
  const auto card = read_card(folder_ / "m.pt");
  ASSERT_TRUE(card.ok()) << card.error().message;
  EXPECT_TRUE(card->research_only);
  EXPECT_NE(limits().find("research alone"), std::string::npos);
  EXPECT_FALSE(write_monitor(folder_ / "m.txt", trained, options, test::card_text()).ok());
}

TEST(ShippedModels, AreMadeFromDataThatAClinicMayUseAndLoad) {
  const std::filesystem::path folder = ATTUNE_SOURCE_DIR "/models";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".pt") continue;
    ++count;
    const auto card = read_card(entry.path());
    ASSERT_TRUE(card.ok()) << card.error().message;
    EXPECT_FALSE(card->licences.empty()) << entry.path();
    for (const auto& licence : card->licences)
      EXPECT_TRUE(licence_allowed(licence)) << entry.path() << ": " << licence;
    EXPECT_FALSE(card->research_only) << entry.path();
  }
  EXPECT_EQ(count, 4U);
  for (const auto& [monitor, treatment, population] :
       {std::tuple{"state_monitor.pt", "treatment.pt", Population::people},
        std::tuple{"state_monitor_sim.pt", "treatment_sim.pt", Population::virtual_patients}}) {
    const auto loaded = load_monitor(folder / monitor);
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    EXPECT_EQ(loaded->card.trained_on, population);
    const auto behind = load_treatment(folder / treatment, loaded->card.hash);
    ASSERT_TRUE(behind.ok()) << behind.error().message;
    EXPECT_EQ(behind->card.trained_on, population);
  }
}

}  // namespace
}  // namespace attune::learn
