#include "attune/datasets/gaze_recording.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <sstream>

// Files of gaze as they come from the field.
namespace attune::datasets {
namespace {

const std::string screen = "# rate_hz=500 screen_px=1000x800 screen_m=0.4000x0.3200 distance_m=0.5000\n";

double yaw_deg(const glm::vec3& d) { return std::atan2(d.x, -d.z) * 180.0 / 3.14159265358979; }
double pitch_deg(const glm::vec3& d) { return std::asin(d.y) * 180.0 / 3.14159265358979; }

GazeRecording parsed(const std::string& text) {
  const auto recording = parse_gaze("gaze.csv", text);
  EXPECT_TRUE(recording.ok()) << (recording ? "" : recording.error().message);
  return recording ? *recording : GazeRecording{};
}

std::string refused(const std::string& text) {
  const auto recording = parse_gaze("gaze.csv", text);
  EXPECT_FALSE(recording.ok());
  return recording ? "" : recording.error().message;
}

TEST(GazeRecording, PixelsBecomeAnglesSeenFromTheEyes) {
  const auto recording = parsed(screen + "t_s,x_px,y_px\n0.000,500,400\n0.002,1000,400\n0.004,500,0\n");
  ASSERT_EQ(recording.samples.size(), 3U);
  EXPECT_NEAR(yaw_deg(recording.samples[0].direction), 0.0, 1e-4);
  EXPECT_NEAR(yaw_deg(recording.samples[1].direction), std::atan(0.2 / 0.5) * 180.0 / 3.14159265, 1e-3);
  EXPECT_NEAR(pitch_deg(recording.samples[2].direction), std::atan(0.16 / 0.5) * 180.0 / 3.14159265, 1e-3);
  EXPECT_EQ(recording.samples[2].time, core::at_seconds(0.004));
}

TEST(GazeRecording, PixelsAndDistanceTwiceAsLargeAreTheSameGaze) {
  const std::string rows = "t_s,x_px,y_px\n0.000,310,220\n0.002,700,650\n";
  const auto near = parsed(screen + rows);
  const auto far = parsed("# screen_px=1000x800 screen_m=0.8000x0.6400 distance_m=1.0000\n" + rows);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_LT(glm::length(near.samples[i].direction - far.samples[i].direction), 1e-6F);
}

TEST(GazeRecording, MarksOfExpertsComeByName) {
  const auto recording = parsed(screen + "t_s,x_px,y_px,label_MN,label_RA\n0.000,1,2,1,2\n0.002,1,2,,6\n");
  ASSERT_EQ(recording.marks.size(), 2U);
  EXPECT_EQ(recording.marks[0].expert, "MN");
  EXPECT_EQ(recording.marks[0].label_of_row, (std::vector<int>{1, 0}));
  EXPECT_EQ(recording.marks[1].label_of_row, (std::vector<int>{2, 6}));
}

TEST(GazeRecording, TheWritersHabitsMakeNoDifference) {
  const std::string plain = "t_s,yaw_deg,pitch_deg\n0.00,1.5,-2.5\n0.01,1.6,-2.5\n0.02,1.7,-2.25\n";
  const auto wanted = parsed(plain);
  std::string lines = plain, semicolons = plain;
  for (std::size_t at = 0; (at = lines.find('\n', at)) != std::string::npos; at += 2)
    lines.replace(at, 1, "\r\n");
  for (auto& c : semicolons) c = c == ',' ? ';' : c == '.' ? ',' : c;
  for (const auto& text : {"\xEF\xBB\xBF" + plain, lines, semicolons, plain.substr(plain.find('\n') + 1)}) {
    const auto recording = parsed(text);
    ASSERT_EQ(recording.samples.size(), wanted.samples.size()) << text;
    for (std::size_t i = 0; i < wanted.samples.size(); ++i) {
      EXPECT_EQ(recording.samples[i].direction, wanted.samples[i].direction) << text;
      EXPECT_EQ(recording.samples[i].time, wanted.samples[i].time) << text;
    }
  }
}

TEST(GazeRecording, WhatIsNotMeasuredIsNotTracked) {
  const auto recording =
      parsed(screen +
             "t_s,x_px,y_px\n0.000,500,400\n0.002,0,0\n0.004,nan,nan\n0.006,,\n0.008,9000,400\n"
             "0.010,500,400\n");
  std::vector<bool> tracked;
  for (const auto& sample : recording.samples) tracked.push_back(sample.tracked);
  EXPECT_EQ(tracked, (std::vector<bool>{true, false, false, false, false, true}));
}

TEST(GazeRecording, ZeroDegreesIsAPlaceAndTwoOfThemAreClosedEyes) {
  const auto recording = parsed(
      "t_s,yaw_deg,pitch_deg\n0.00,0.1,0.1\n0.01,0,0\n0.02,0.1,0\n0.03,9,9\n0.04,0,0\n0.05,0,0\n0.06,9,9\n");
  std::vector<bool> tracked;
  for (const auto& sample : recording.samples) tracked.push_back(sample.tracked);
  EXPECT_EQ(tracked, (std::vector<bool>{true, true, true, true, false, false, true}));
}

TEST(GazeRecording, RowsKeepTheirNumbersWhateverTheirStampsSay) {
  std::ostringstream text;
  text << "t_s,yaw_deg,pitch_deg\n";
  for (int i = 0; i < 200; ++i) {
    const int at = i % 40 == 7 ? i + 1 : i % 40 == 8 ? i - 1 : i;  // two rows changed places
    text << at * 0.01 << ',' << at * 0.1 << ",1\n";
  }
  const auto recording = parsed(text.str());
  ASSERT_EQ(recording.samples.size(), 200U);
  EXPECT_EQ(recording.time_of_row_s.size(), 200U);
  for (std::size_t i = 1; i < recording.samples.size(); ++i) {
    EXPECT_GT(recording.samples[i].time, recording.samples[i - 1].time);
    EXPECT_GT(yaw_deg(recording.samples[i].direction), yaw_deg(recording.samples[i - 1].direction));
  }
  EXPECT_EQ(recording.samples[7].row, 8U);
}

TEST(GazeRecording, WhatCannotBeReadIsNamedWithItsRow) {
  EXPECT_NE(
      refused(screen + "t_s,x_px,y_px\n0.0,1,2\n0.1,one,2\n").find("gaze.csv:4: column 'x_px' is 'one'"),
      std::string::npos);
  EXPECT_NE(refused("t_s,x_px,y_px\n0.0,1,2\n").find("gaze.csv:2: pixels need"), std::string::npos);
  EXPECT_NE(refused("0.0,500,300\n0.1,500,300\n").find("gaze.csv:1: a pitch beyond 90"), std::string::npos);
  EXPECT_NE(refused("t_s,left,right\n0.0,1,2\n").find("gaze.csv"), std::string::npos);
  EXPECT_NE(refused("").find("gaze.csv"), std::string::npos);
  EXPECT_NE(refused("1\n2\n").find("gaze.csv:1: a row of gaze needs"), std::string::npos);
}

}  // namespace
}  // namespace attune::datasets
