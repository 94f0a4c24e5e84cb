#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// What `attune analyse gaze` and `attune evaluate gaze` print and write.
namespace attune {
namespace {

using test::attune;

const std::string golden = ATTUNE_SOURCE_DIR "/tests/golden/gaze/";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(GazeCommands, SayOfASmallRecordingWhatTheySaidBefore) {
  const test::ScratchFolder scratch;
  for (const std::string mode : {"offline", "online"}) {
    const auto outcome = attune({"analyse", "gaze", golden + "looking.csv", "--mode", mode, "--labels",
                                 (scratch / "labels.csv").string()});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, text_of(golden + "looking." + mode + ".txt"));
    EXPECT_EQ(text_of(scratch / "labels.csv"), text_of(golden + "looking." + mode + ".labels.csv"));
  }
}

TEST(GazeCommands, AnalyseGivesStrictJsonAndAPicture) {
  const test::ScratchFolder scratch;
  const auto outcome = attune(
      {"analyse", "gaze", golden + "looking.csv", "--json", "--plot", (scratch / "gaze.svg").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(said["rows"], 401);
  EXPECT_NEAR(said["rate_hz"].get<double>(), 120.0, 0.5);
  EXPECT_EQ(said["counts"]["saccade"], 4);
  EXPECT_EQ(said["counts"]["blink"], 1);
  EXPECT_TRUE(said["measures"]["microsaccades"].is_null());
  EXPECT_TRUE(said["measures"]["ambient_focal_k_last_20"].is_null());
  EXPECT_EQ(text_of(scratch / "gaze.svg").rfind("<svg", 0), 0U);
}

TEST(GazeCommands, EvaluateComparesWithEveryExpertByKind) {
  const test::ScratchFolder scratch;
  std::istringstream rows(text_of(golden + "looking.csv")),
      labels(text_of(golden + "looking.offline.labels.csv"));
  std::ofstream marked(scratch / "wall__someone.csv");
  std::string row, label;
  std::getline(rows, row);
  std::getline(labels, label);
  marked << row << ",label_US,label_NOBODY\n";
  while (std::getline(rows, row) && std::getline(labels, label))
    marked << row << ',' << label.substr(label.find(',') + 1) << ",1\n";
  marked.close();
  const auto outcome = attune({"evaluate", "gaze", "--data", scratch.path().string(), "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(said["mode"], "offline");
  EXPECT_GT(said["us_per_sample"].get<double>(), 0.0);
  EXPECT_DOUBLE_EQ(said["kinds"]["wall"]["US"]["saccade"].get<double>(), 1.0);
  EXPECT_DOUBLE_EQ(said["kinds"]["wall"]["US"]["fixation"].get<double>(), 1.0);
  EXPECT_NEAR(said["kinds"]["wall"]["NOBODY"]["fixation"].get<double>(), 0.0, 1e-9);
  EXPECT_DOUBLE_EQ(said["kinds"]["wall"]["NOBODY"]["saccade"].get<double>(), 0.0);
}

/// The folder of a public set, or nothing where it is not at hand.
std::filesystem::path public_set(const std::string& name) {
  const char* data = std::getenv("ATTUNE_DATA");
  const std::filesystem::path all = data != nullptr ? data : ATTUNE_SOURCE_DIR "/../shared/data";
  return std::filesystem::exists(all / name) ? all / name : std::filesystem::path();
}

TEST(GazeCommands, AgreeWithAnExpertOnLund2013AsWellAsTheyShould) {
  const auto set = public_set("lund2013");
  if (set.empty()) GTEST_SKIP() << "lund2013 is not in $ATTUNE_DATA: agreement with experts is not checked";
  struct Goal {
    const char *mode, *kind, *label;
    double kappa;
  };
  constexpr Goal goals[]{
      {"offline", "img", "fixation", 0.75},   {"offline", "img", "saccade", 0.86},
      {"offline", "img", "pso", 0.65},        {"online", "img", "fixation", 0.70},
      {"online", "img", "saccade", 0.84},     {"online", "img", "pso", 0.55},
      {"offline", "dots", "pursuit", 0.66},   {"offline", "dots", "saccade", 0.84},
      {"offline", "video", "fixation", 0.52}, {"offline", "video", "saccade", 0.82},
      {"offline", "video", "pursuit", 0.52},
  };
  for (const std::string mode : {"offline", "online"}) {
    const auto outcome = attune({"evaluate", "gaze", "--data", set.string(), "--mode", mode, "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    const auto kinds = nlohmann::json::parse(outcome.out)["kinds"];
    for (const auto& goal : goals) {
      if (mode != goal.mode) continue;
      EXPECT_GE(kinds[goal.kind]["MN"][goal.label].get<double>(), goal.kappa)
          << mode << ' ' << goal.kind << ' ' << goal.label;
    }
  }
}

TEST(GazeCommands, BadInputIsOneLineThatNamesTheRow) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "bad.csv") << "t_s,yaw_deg,pitch_deg\n0.00,1,2\n0.01,one,2\n";
  const auto outcome = attune({"analyse", "gaze", (scratch / "bad.csv").string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("bad.csv:3: column 'yaw_deg' is 'one'"), std::string::npos) << outcome.err;
  EXPECT_EQ(attune({"analyse", "gaze", "/nowhere.csv"}).status, 2);
  EXPECT_EQ(attune({"evaluate", "gaze", "--data", "/nowhere"}).status, 2);
  EXPECT_EQ(attune({"evaluate", "gaze", "--data", scratch.path().string()}).status, 2);
}

}  // namespace
}  // namespace attune
