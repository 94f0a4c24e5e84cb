#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>

#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// `attune analyse ecg|ppg|resp|eda` and `attune evaluate heart` as a user meets them.
namespace attune {
namespace {

using nlohmann::json;

constexpr double rate_hz = 250.0;
constexpr int samples = 5000;

double bell(double t, double centre, double width) {
  return std::exp(-0.5 * (t - centre) * (t - centre) / (width * width));
}

/// Twenty seconds of a heart at 75 a minute; beats at rows 100, 300, 500 …
double ecg(int row) {
  const double t = std::fmod(row / rate_hz + 0.4, 0.8) - 0.0;
  const double since = t > 0.4 ? t - 0.8 : t;
  return bell(since, 0.0, 0.011) + 0.25 * bell(since, 0.26, 0.045) + 0.25 * bell(since, -0.54, 0.045) +
         0.004 * std::sin(1.7 * row);
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string column() {
  std::string text;
  for (int i = 0; i < samples; ++i) text += std::to_string(ecg(i)) + "\n";
  return text;
}

json analysed(const std::vector<std::string>& arguments) {
  const auto outcome = test::attune(arguments);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find("nan"), std::string::npos);
  const auto figures = json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(figures.is_discarded()) << outcome.out;
  return figures;
}

void expect_beats(const json& figures, int shift = 0) {
  ASSERT_EQ(figures.at("beats").size(), 25u);
  for (std::size_t i = 0; i < 25; ++i)
    EXPECT_NEAR(figures["beats"][i].get<int>(), 100 + 200 * static_cast<int>(i) + shift, 1);
  EXPECT_NEAR(figures.at("heart_rate_bpm").get<double>(), 75.0, 0.1);
  EXPECT_LT(figures.at("rmssd_ms").get<double>(), 4.0);
  EXPECT_TRUE(figures.at("lf_ms2").is_null() && figures.at("hf_ms2").is_null()) << "too short for a spectrum";
}

TEST(AnalyseEcg, TellsBeatsRatesAndMeasures) {
  const test::ScratchFolder scratch;
  write(scratch / "heart.csv", column());
  expect_beats(analysed({"analyse", "ecg", (scratch / "heart.csv").string(), "--rate", "250", "--json"}));
}

TEST(AnalyseEcg, TakesTheSameRecordingHoweverItIsWritten) {
  const test::ScratchFolder scratch;
  std::string european = "\xEF\xBB\xBFt_s;ecg\r\n";
  for (int i = 0; i < samples; ++i) {
    auto line = std::to_string(i / rate_hz) + ";" + std::to_string(ecg(i)) + "\r\n";
    std::replace(line.begin(), line.end(), '.', ',');
    european += line;
  }
  write(scratch / "european.csv", european);
  expect_beats(analysed({"analyse", "ecg", (scratch / "european.csv").string(), "--json"}));
  write(scratch / "stated.csv", "# rate_hz=250\necg\n" + column());
  expect_beats(analysed({"analyse", "ecg", (scratch / "stated.csv").string(), "--json"}));
  write(scratch / "shifted_250hz.csv", std::string(100, '\n').insert(0, "ecg\n") + column());
  expect_beats(analysed({"analyse", "ecg", (scratch / "shifted_250hz.csv").string(), "--json"}), 100);
}

TEST(AnalyseEcg, NamesTheRowThatIsNoNumberAndTheRateThatLacks) {
  const test::ScratchFolder scratch;
  write(scratch / "text.csv", "ecg\n1\n2\nthree\n4\n");
  const auto text = test::attune({"analyse", "ecg", (scratch / "text.csv").string(), "--rate", "250"});
  EXPECT_EQ(text.status, 2);
  EXPECT_NE(text.err.find("text.csv:4: column 'ecg' is 'three'"), std::string::npos) << text.err;
  write(scratch / "rateless.csv", column());
  const auto rateless = test::attune({"analyse", "ecg", (scratch / "rateless.csv").string()});
  EXPECT_EQ(rateless.status, 2);
  EXPECT_NE(rateless.err.find("--rate"), std::string::npos) << rateless.err;
  EXPECT_EQ(test::attune({"analyse", "ecg", "/nowhere.csv", "--rate", "250"}).status, 2);
}

TEST(AnalyseSignals, AnswerAFlatLineWithNothingKnown) {
  const test::ScratchFolder scratch;
  std::string flat;
  for (int i = 0; i < samples; ++i) flat += "1\n";
  write(scratch / "flat.csv", flat);
  const auto file = (scratch / "flat.csv").string();
  for (const char* kind : {"ecg", "ppg"}) {
    const auto figures = analysed({"analyse", kind, file, "--rate", "250", "--json"});
    EXPECT_TRUE(figures.at("beats").empty() && figures.at("heart_rate_bpm").is_null());
  }
  EXPECT_TRUE(analysed({"analyse", "resp", file, "--rate", "250", "--json"}).at("breaths_per_min").is_null());
  EXPECT_EQ(analysed({"analyse", "eda", file, "--rate", "250", "--json"}).at("responses_per_min"), 0.0);
}

TEST(AnalyseResp, TellsHowCloselyBreathingKeepsAGuidesPace) {
  const test::ScratchFolder scratch;
  std::string belt;
  for (int i = 0; i < 3000; ++i)
    belt += std::to_string(512.0 + 30.0 * std::sin(0.4 * std::numbers::pi * i / 25.0)) + "\n";
  write(scratch / "belt.csv", belt);  // two minutes of twelve a minute
  const auto coherence = [&](const std::string& guide) {
    return analysed({"analyse", "resp", (scratch / "belt.csv").string(), "--rate", "25", "--guide", guide,
                     "--json"})
        .at("guide_coherence")
        .get<double>();
  };
  EXPECT_GT(coherence("12"), 0.95);
  EXPECT_LT(coherence("6"), 0.2);
  const auto without =
      analysed({"analyse", "resp", (scratch / "belt.csv").string(), "--rate", "25", "--json"});
  EXPECT_FALSE(without.contains("guide_coherence"));
}

TEST(AnalyseSignals, DrawWhatTheyFound) {
  const test::ScratchFolder scratch;
  write(scratch / "heart.csv", column());
  const auto plot = scratch / "heart.svg";
  analysed({"analyse", "ecg", (scratch / "heart.csv").string(), "--rate", "250", "--plot", plot.string(),
            "--json"});
  std::ifstream file(plot);
  const std::string svg{std::istreambuf_iterator<char>(file), {}};
  std::size_t marks = 0;
  for (auto at = svg.find("<line"); at != std::string::npos; at = svg.find("<line", at + 1)) ++marks;
  EXPECT_EQ(marks, 25u);
}

TEST(EvaluateHeart, AgreesWithTheBeatsThatAreMarked) {
  const test::ScratchFolder scratch;
  write(scratch / "ecg_made_250hz.csv", "ecg\n" + column());
  std::string beats = "sample\n";
  for (int beat = 100; beat < samples; beat += 200) beats += std::to_string(beat) + "\n";
  write(scratch / "ecg_made_beats.csv", beats + "4999\n");
  const auto figures = analysed({"evaluate", "heart", "--data", scratch.path().string(), "--json"});
  ASSERT_EQ(figures.at("files").size(), 1u);
  const auto& made = figures["files"][0];
  EXPECT_EQ(made.at("name"), "made");
  EXPECT_NEAR(made.at("sensitivity_75ms").get<double>(), 25.0 / 26.0, 1e-9) << "the last mark is no beat";
  EXPECT_EQ(made.at("ppv_75ms"), 1.0);
  EXPECT_LT(made.at("rr_error_ms").get<double>(), 3.0);
}

}  // namespace
}  // namespace attune
