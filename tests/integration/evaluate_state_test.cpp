#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "attune/state/features.hpp"
#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// `attune evaluate state` as a user meets it, on a set made up in VREED's form: everybody saw the scenes in
// the same order, and every emotion raises every fourth feature.
namespace attune {
namespace {

using test::attune;
using test::ScratchFolder;

void write_vreed(const std::filesystem::path& root) {
  std::filesystem::create_directories(root / "vreed");
  std::ofstream file(root / "vreed" / "features.csv");
  file << "Subject_ID,Quad_Cat";
  for (std::size_t i = 0; i < 75; ++i) file << "," << state::feature_table[i].name;
  file << "\n";
  std::mt19937_64 random(4);
  std::normal_distribution<double> noise;
  for (int person = 1; person <= 3; ++person) {
    for (int scene = 0; scene < 8; ++scene) {
      file << person << "," << scene % 4;
      for (std::size_t i = 0; i < 75; ++i) {
        const bool raised = static_cast<int>(i % 4) == scene % 4;
        file << "," << noise(random) + (raised ? 3.0 : 0.0);
      }
      file << "\n";
    }
  }
}

nlohmann::json evaluated(const std::filesystem::path& root, const std::string& protocol) {
  const auto outcome = attune(
      {"evaluate", "state", "--data", root.string(), "--set", "vreed", "--protocol", protocol, "--json"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

double value(const nlohmann::json& said, const std::string& predictor) {
  for (const auto& row : said.at("questions").at(0).at("predictors")) {
    if (row.at("name") == predictor) return row.at("value").get<double>();
  }
  ADD_FAILURE() << "no " << predictor;
  return -1.0;
}

TEST(EvaluateState, NamesPeersAndShortcutsBesideTheNetwork) {
  ScratchFolder scratch;
  write_vreed(scratch.path());
  const auto said = evaluated(scratch.path(), "strict");
  EXPECT_EQ(said.at("protocol"), "strict");
  EXPECT_EQ(said.at("questions").at(0).at("people"), 3);
  EXPECT_EQ(said.at("questions").at(0).at("examples"), 24);
  EXPECT_EQ(said.at("accuracy"), value(said, "network")) << "the monitor's own network is the figure";
  EXPECT_GT(value(said, "logistic regression"), 0.9) << "the features tell the emotion";
  EXPECT_DOUBLE_EQ(value(said, "row number"), 1.0) << "so would the order of the scenes";
  EXPECT_DOUBLE_EQ(value(said, "mean"), 0.25);
}

TEST(EvaluateState, WhatIsWrongIsSaid) {
  ScratchFolder scratch;
  const auto missing =
      attune({"evaluate", "state", "--data", scratch.path().string(), "--set", "stress-predict"});
  EXPECT_EQ(missing.status, 2);
  EXPECT_NE(missing.err.find("stress-predict"), std::string::npos) << missing.err;
  EXPECT_EQ(attune({"evaluate", "state", "--data", scratch.path().string(), "--set", "none"}).status, 2);
  EXPECT_EQ(attune({"evaluate", "state", "--set", "vreed"}).status, 2);
}

}  // namespace
}  // namespace attune
