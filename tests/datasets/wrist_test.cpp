#include "attune/datasets/wrist.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace attune::datasets {
namespace {

test::Files wrist() {
  return {{"S02/BVP.csv", "1644227574.00\n64.000000\n-0.5\n1.25\n2\n"},
          {"S02/EDA.csv", "1644227575.000000\n4.000000\n0.000000\n0.622764\n"},
          {"S02/TEMP.csv", "1644227574.000000\n4.000000\n34.79\n34.81\n"},
          {"S02/IBI.csv", "1644227574.000000, IBI\n604.0,0.6875\n"},
          {"S02/labels.csv",
           "unix_s,hr_bpm,resp_rate_bpm,stress\n1644227583,118.0,12.1,0\n1644227584,,12.1,1\n"}};
}

TEST(Wrist, EverySignalHasItsStartAndItsRate) {
  test::ScratchFolder scratch;
  test::pack(scratch / "S02.tar.xz", wrist());
  const auto recording = read_stress_predict(scratch / "S02.tar.xz");
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->id, "S02");
  EXPECT_EQ(recording->licence, "MIT");
  EXPECT_EQ(recording->pulse.rate_hz, 64.0);
  EXPECT_EQ(recording->pulse.values, (std::vector{-0.5, 1.25, 2.0}));
  EXPECT_EQ(recording->conductance.start_s, 1.0) << "it began a second after the pulse";
  EXPECT_EQ(recording->temperature.values, (std::vector{34.79, 34.81}));
  ASSERT_EQ(recording->labels.size(), 2U);
  EXPECT_EQ(recording->labels[0].time_s, 9.0);
  EXPECT_FALSE(recording->labels[0].stress);
  EXPECT_TRUE(recording->labels[1].stress);
}

TEST(Wrist, APersonWithoutLabelsHasNone) {
  test::ScratchFolder scratch;
  auto files = wrist();
  files["S02/labels.csv"] = "unix_s,hr_bpm,resp_rate_bpm,stress\n";
  test::write_files(scratch.path(), files);
  const auto recording = read_stress_predict(scratch / "S02");
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_TRUE(recording->labels.empty());
}

TEST(Wrist, WhatIsWrongIsNamedWithItsRow) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases{
      {"S02/BVP.csv", "0.1\n64\n1\n2\n", "BVP.csv:1: does not begin with its start"},
      {"S02/EDA.csv", "1644227575\n0\n1\n2\n", "EDA.csv:1: does not begin with its start"},
      {"S02/labels.csv", "unix_s,hr_bpm,resp_rate_bpm,stress\n1644227583,1,1,2\n", "labels.csv:2: 'stress'"},
      {"S02/labels.csv", "unix_s,hr_bpm,resp_rate_bpm,stress\n1644227583,1,1,0\n1644227583,1,1,0\n",
       "labels.csv:3: 'unix_s'"}};
  for (const auto& [file, text, message] : cases) {
    test::ScratchFolder scratch;
    auto files = wrist();
    files[file] = text;
    test::write_files(scratch.path(), files);
    const auto recording = read_stress_predict(scratch / "S02");
    ASSERT_FALSE(recording) << file;
    EXPECT_NE(recording.error().message.find(message), std::string::npos) << recording.error().message;
    EXPECT_TRUE(recording.error().message.starts_with((scratch / file).string() + ":"))
        << "the file that is there: " << recording.error().message;
  }
}

TEST(Wrist, AMissingFileIsNamed) {
  test::ScratchFolder scratch;
  auto files = wrist();
  files.erase("S02/TEMP.csv");
  test::write_files(scratch.path(), files);
  const auto recording = read_stress_predict(scratch / "S02");
  ASSERT_FALSE(recording);
  EXPECT_NE(recording.error().message.find("holds no TEMP.csv"), std::string::npos);
}

}  // namespace
}  // namespace attune::datasets
