#include <gtest/gtest.h>

#include <cctype>
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

void write_vreed(const std::filesystem::path& root, int people = 3) {
  std::filesystem::create_directories(root / "vreed");
  std::ofstream file(root / "vreed" / "features.csv");
  file << "Subject_ID,Quad_Cat";
  for (std::size_t i = 0; i < 75; ++i) file << "," << state::feature_table[i].name;
  file << "\n";
  std::mt19937_64 random(4);
  std::normal_distribution<double> noise;
  for (int person = 1; person <= people; ++person) {
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

TEST(EvaluateState, OfOnePersonAloneNothingIsSaid) {
  ScratchFolder scratch;
  write_vreed(scratch.path(), 1);
  const auto outcome = attune({"evaluate", "state", "--data", scratch.path().string(), "--set", "vreed"});
  EXPECT_EQ(outcome.status, 2) << outcome.out;
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("vreed: holds only one person"), std::string::npos) << outcome.err;
}

TEST(EvaluateState, AFolderThatIsTheSetsIsNotSaidToLackIt) {
  ScratchFolder scratch;
  write_vreed(scratch.path());
  const auto table = scratch / "vreed" / "features.csv";
  std::ofstream(table, std::ios::app) << "4,joy\n";
  const auto broken = attune({"evaluate", "state", "--data", (scratch / "vreed").string(), "--set", "vreed"});
  EXPECT_EQ(broken.status, 2);
  std::filesystem::rename(scratch / "vreed", scratch / "of mine");
  const auto renamed =
      attune({"evaluate", "state", "--data", (scratch / "of mine").string(), "--set", "vreed"});
  EXPECT_NE(renamed.err.find("of mine/features.csv:26: column 'Quad_Cat'"), std::string::npos) << renamed.err;
  EXPECT_EQ(renamed.err.find("nor is there"), std::string::npos) << renamed.err;
  const auto elsewhere = attune({"evaluate", "state", "--data", scratch.path().string(), "--set", "vreed"});
  EXPECT_NE(elsewhere.err.find("nor is there a folder vreed"), std::string::npos) << elsewhere.err;
}

TEST(EvaluateState, WhatIsNoTextIsNotPrinted) {
  ScratchFolder scratch;
  std::filesystem::create_directory(scratch / "vreed");
  std::ofstream(scratch / "vreed" / "features.csv") << "\x1b[2J\x07" << std::string(5000, 'x') << "\xff,1\n";
  const auto outcome = attune({"evaluate", "state", "--data", scratch.path().string(), "--set", "vreed"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("should be 'Subject_ID'"), std::string::npos) << outcome.err;
  EXPECT_LT(outcome.err.size(), 400U) << "one line that can be read";
  for (const char c : outcome.err)
    EXPECT_TRUE(c == '\n' || std::isprint(static_cast<unsigned char>(c))) << static_cast<int>(c);
}

}  // namespace
}  // namespace attune
