#include <gtest/gtest.h>

#include <cmath>
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

/// What `evaluate gaze` says of the small recording, labelled by the program itself, at a rate.
nlohmann::json evaluated_at(const std::vector<std::string>& rate) {
  const test::ScratchFolder scratch;
  std::istringstream gaze(text_of(golden + "looking.csv")),
      labels(text_of(golden + "looking.offline.labels.csv"));
  std::ofstream file(scratch / "img__looking.csv");
  for (std::string row, label; std::getline(gaze, row);) {
    if (row.starts_with('#')) {
      file << row << "\n";
      continue;
    }
    std::getline(labels, label);
    const auto last = label.substr(label.find(',') + 1);
    file << row << ',' << (last == "label" ? "label_US" : last) << "\n";
  }
  file.close();
  std::vector<std::string> command{"evaluate", "gaze", "--data", (scratch / "").string(), "--json"};
  command.insert(command.end(), rate.begin(), rate.end());
  const auto outcome = attune(command);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

TEST(GazeCommands, EvaluateAtARateBelowAndAboveTheRecordingsOwn) {
  const auto own = evaluated_at({}), below = evaluated_at({"--rate", "60"}),
             above = evaluated_at({"--rate", "1000"});
  EXPECT_NEAR(own["samples"].get<double>(), 400.0, 5.0);
  EXPECT_NEAR(below["samples"].get<double>(), 200.0, 5.0);
  EXPECT_NEAR(above["samples"].get<double>(), 400.0 * 1000.0 / 120.0, 30.0);
  const auto saccades = [](const nlohmann::json& said) {
    return said["kinds"]["img"]["US"]["saccade"].get<double>();
  };
  EXPECT_GT(saccades(own), 0.99) << "by the labels that it gave itself";
  EXPECT_GT(saccades(above), 0.6) << "labels went with the nearer samples";
  EXPECT_GT(above["kinds"]["img"]["US"]["blink"].get<double>(), 0.6) << "a loss is bridged by nothing";
  EXPECT_GT(above["us_per_sample"].get<double>(), 0.0);
}

/// Two minutes at 60 Hz of eyes that rest, under light that swings by a decade and a pupil that narrows by
/// 0.8 mm with ten times the light, and is 0.4 mm wider than that from the second minute on. Eyes closed for
/// 0.3 s of every 10.
std::string pupil_file(bool with_light) {
  std::ostringstream rows;
  rows << "t_s,yaw_deg,pitch_deg,pupil_mm" << (with_light ? ",luminance_cd_m2" : "") << "\n";
  for (int i = 0; i <= 7200; ++i) {
    const double t_s = i / 60.0;
    const bool closed = std::fmod(t_s, 10.0) > 9.7;
    const double log_light = 1.5 + 0.5 * std::sin(t_s / 4.0);
    const double width_mm = 5.0 - 0.8 * log_light + (t_s >= 60.0 ? 0.4 : 0.0);
    rows << t_s << ',';
    if (closed)
      rows << ",,0";
    else
      rows << 1.0 + 0.03 * (i % 3) << ',' << -2.0 + 0.03 * (i % 2) << ',' << width_mm;
    if (with_light) rows << ',' << std::pow(10.0, log_light);
    rows << "\n";
  }
  return rows.str();
}

nlohmann::json pupil_of(const std::string& text) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "gaze.csv") << text;
  const auto outcome = attune({"analyse", "gaze", (scratch / "gaze.csv").string(), "--json"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out)["pupil"];
}

TEST(GazeCommands, TakeTheLightOutOfThePupilAndLeaveTheArousal) {
  const auto pupil = pupil_of(pupil_file(true));
  EXPECT_NEAR(pupil["known_share"].get<double>(), 0.97, 0.02);
  EXPECT_NEAR(pupil["mean_mm"].get<double>(), 5.0 - 0.8 * 1.5 + 0.2, 0.1);
  EXPECT_NEAR(pupil["slope_mm_per_decade"].get<double>(), -0.8, 0.15);
  const auto& spans = pupil["over_time"];
  ASSERT_EQ(spans.size(), 12u);
  EXPECT_NEAR(spans[6]["start_s"].get<double>(), 60.0, 1e-6);
  EXPECT_NEAR(spans[11]["end_s"].get<double>(), 120.0, 1e-6);
  const auto wider = [&](std::size_t i) { return spans[i]["wider_mm"].get<double>(); };
  EXPECT_GT(wider(6) - wider(5), 0.25) << "0.4 mm more, of which ten seconds are soon the usual";
  EXPECT_LT(std::abs(wider(5) - wider(3)), 0.1) << "only the light differed";
}

TEST(GazeCommands, SayNullOfAPupilThatNobodyCanCorrect) {
  const auto lightless = pupil_of(pupil_file(false));
  EXPECT_NEAR(lightless["mean_mm"].get<double>(), 4.0, 0.1);
  EXPECT_TRUE(lightless["slope_mm_per_decade"].is_null());
  for (const auto& span : lightless["over_time"]) EXPECT_TRUE(span["wider_mm"].is_null());
  const auto brief = pupil_of(
      "t_s,yaw_deg,pitch_deg,pupil_mm,luminance_cd_m2\n0.00,1,2,4.0,10\n0.02,1,2.1,4.0,20\n0.04,1,2,4.1,"
      "10\n");
  EXPECT_TRUE(brief["slope_mm_per_decade"].is_null()) << "not settled";
  EXPECT_TRUE(brief["over_time"][0]["wider_mm"].is_null());
  EXPECT_TRUE(pupil_of("t_s,yaw_deg,pitch_deg\n0.00,1,2\n0.02,1,2.1\n").is_null()) << "no such column";
}

TEST(GazeCommands, PrintThePupilAfterTheEvents) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "gaze.csv") << pupil_file(true);
  const auto outcome = attune({"analyse", "gaze", (scratch / "gaze.csv").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto at = outcome.out.find("pupil ");
  ASSERT_NE(at, std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("with ten times the light -0.8", at), std::string::npos)
      << outcome.out.substr(at);
  EXPECT_NE(outcome.out.find("wider than the light explains, mm", at), std::string::npos);
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
  std::ofstream(scratch / "pupil.csv") << "t_s,yaw_deg,pitch_deg,pupil_mm\n0.00,1,2,4\n0.01,1,2,wide\n";
  const auto pupil = attune({"analyse", "gaze", (scratch / "pupil.csv").string()});
  EXPECT_EQ(pupil.status, 2);
  EXPECT_NE(pupil.err.find("pupil.csv:3: column 'pupil_mm' is 'wide'"), std::string::npos) << pupil.err;
  EXPECT_EQ(attune({"analyse", "gaze", "/nowhere.csv"}).status, 2);
  EXPECT_EQ(attune({"evaluate", "gaze", "--data", "/nowhere"}).status, 2);
  EXPECT_EQ(attune({"evaluate", "gaze", "--data", scratch.path().string()}).status, 2);
}

}  // namespace
}  // namespace attune
