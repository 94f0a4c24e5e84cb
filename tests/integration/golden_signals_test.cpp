#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "integration/attune.hpp"

// What `attune analyse` says of small signals is what it said before (tests/golden/signals/README.md).
namespace attune {
namespace {

using nlohmann::json;

const std::string folder = ATTUNE_SOURCE_DIR "/tests/golden/signals/";

/// Lists of rows of the file: a top may fall on either of two equal samples.
bool holds_rows(const std::string& name) {
  static const std::set<std::string> names{"beats", "breaths", "onsets", "tops"};
  return names.contains(name);
}

bool near(double a, double b, bool row) {
  return std::abs(a - b) <= (row ? 1.0 : 0.002 * std::max(1.0, std::abs(b)));
}

/// Where two outputs differ, or nothing.
std::string difference(const json& said, const json& golden, const std::string& at = "", bool rows = false) {
  if (said.is_number() && golden.is_number())
    return near(said.get<double>(), golden.get<double>(), rows)
               ? ""
               : at + ": " + said.dump() + ", was " + golden.dump();
  if (said.type() != golden.type() || (said.is_structured() && said.size() != golden.size()))
    return at + ": " + said.dump() + ", was " + golden.dump();
  if (said.is_object()) {
    for (const auto& [name, value] : golden.items()) {
      if (name == "us_per_sample" || name == "file") continue;  // of the day, not of the signal
      if (!said.contains(name)) return at + "/" + name + " is missing";
      if (auto found = difference(said[name], value, at + "/" + name, holds_rows(name)); !found.empty())
        return found;
    }
  } else if (said.is_array()) {
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (auto found = difference(said[i], golden[i], at + "/" + std::to_string(i), rows); !found.empty())
        return found;
    }
  } else if (said != golden) {
    return at + ": " + said.dump() + ", was " + golden.dump();
  }
  return "";
}

json golden_of(const std::string& name) {
  std::ifstream file(folder + name);
  return json::parse(file, nullptr, false);
}

void expect_golden(std::vector<std::string> arguments, const std::string& input, const std::string& golden) {
  arguments.insert(arguments.begin(), "analyse");
  arguments.insert(arguments.end(), {folder + input, "--json"});
  const auto outcome = test::attune(arguments);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto before = golden_of(golden);
  ASSERT_FALSE(before.is_discarded()) << golden;
  EXPECT_EQ(difference(json::parse(outcome.out), before), "") << golden;
}

TEST(GoldenSignals, OfTheBodyAreReadAsBefore) {
  expect_golden({"ecg"}, "ecg.csv", "ecg.json");
  expect_golden({"ppg"}, "ppg.csv", "ppg.json");
  expect_golden({"resp"}, "breathing.csv", "breathing.json");
  expect_golden({"eda"}, "skin.csv", "skin.json");
}

TEST(GoldenSignals, OfGazeAreReadAsBefore) {
  for (const std::string mode : {"offline", "online"}) {
    for (const std::string name : {"gaze_120hz", "gaze_500hz"})
      expect_golden({"gaze", "--mode", mode}, name + ".csv", name + "." + mode + ".json");
  }
}

TEST(GoldenSignals, AreNotTheSameWhenAFigureABeatOrAWordIsAnother) {
  const auto golden = golden_of("ecg.json");
  EXPECT_EQ(difference(golden, golden), "");
  auto changed = golden;
  changed["heart_rate_bpm"] = golden["heart_rate_bpm"].get<double>() * 1.01;
  EXPECT_NE(difference(changed, golden), "");
  changed = golden;
  changed["beats"][3] = golden["beats"][3].get<int>() + 2;
  EXPECT_NE(difference(changed, golden), "");
  changed = golden;
  changed["beats"].erase(0);
  EXPECT_NE(difference(changed, golden), "");
  changed = golden;
  changed["lf_ms2"] = 1.0;
  EXPECT_NE(difference(changed, golden), "") << "what was not known is";
}

}  // namespace
}  // namespace attune
