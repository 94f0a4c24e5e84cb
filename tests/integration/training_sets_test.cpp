#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>

#include "attune/state/features.hpp"
#include "integration/attune.hpp"

// `attune train state`, and once `attune evaluate state`, on folders laid out like the public sets, of people
// who are made up.
namespace attune {
namespace {

namespace fs = std::filesystem;

constexpr int people = 8;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

/// Five minutes at the wrist: a task a minute, a rest a minute, half of the people the other way round.
/// Either has been on for 40 s when a minute is full.
void write_stress_predict(const fs::path& folder) {
  constexpr double start_s = 1'600'000'000.0, length_s = 301.0;
  for (int person = 0; person < people; ++person) {
    const auto stressed = [&](double time_s) {
      return (static_cast<int>((time_s + 40.0) / 60.0) + person) % 2 == 0;
    };
    const auto head = number(start_s) + "\n";
    std::string pulse = head + "64.0\n", conductance = head + "4.0\n", temperature = conductance;
    double phase = 0.0;
    for (int i = 0; i < static_cast<int>(64.0 * length_s); ++i) {
      phase += (stressed(i / 64.0) ? 1.5 : 1.0 + 0.02 * person) / 64.0;
      pulse += number(-50.0 * std::exp(-40.0 * std::pow(phase - std::round(phase), 2))) + "\n";
    }
    for (int i = 0; i < static_cast<int>(4.0 * length_s); ++i) {
      conductance += number(1.0 + 0.1 * person + (stressed(i / 4.0) ? 0.3 : 0.0)) + "\n";
      temperature += "33.5\n";
    }
    std::string labels = "unix_s,hr_bpm,resp_rate_bpm,stress\n";
    for (int s = 0; s <= 300; ++s)
      labels += std::to_string(static_cast<long>(start_s) + s) + ",70,12," + (stressed(s) ? "1" : "0") + "\n";
    const auto of_person = folder / ("S0" + std::to_string(person + 2));
    write(of_person / "BVP.csv", pulse);
    write(of_person / "EDA.csv", conductance);
    write(of_person / "TEMP.csv", temperature);
    write(of_person / "labels.csv", labels);
  }
}

/// Heads that turn the wider the more is felt.
void write_ceap(const fs::path& folder) {
  for (int person = 0; person < people; ++person) {
    std::string head = "video,t_s,head_pitch_deg,head_yaw_deg\n", annotation = "video,t_s,valence,arousal\n";
    std::string fixations = "video,start_s,end_s,pitch_deg,yaw_deg\n";
    for (int video = 1; video <= 8; ++video) {
      const auto name = "V" + std::to_string(video) + ",";
      for (int i = 1; i <= 200; ++i) {
        const double t = 0.2 * i, wide = 5.0 * video + person;
        head += name + number(t) + ",1.0," + number(wide * std::sin(t)) + "\n";
        annotation += name + number(t) + ",5.0," + number(1.0 + video) + "\n";
        if (i % 3 == 0)
          fixations += name + number(t - 0.4) + "," + number(t - 0.1) + ",0.0," + number(wide) + "\n";
      }
    }
    const auto start = std::string("P0") + std::to_string(person + 1);
    write(folder / (start + "_head.csv"), head);
    write(folder / (start + "_annotation.csv"), annotation);
    write(folder / (start + "_fixations.csv"), fixations);
  }
}

void write_vreed(const fs::path& folder) {
  std::string table = "Subject_ID,Quad_Cat";
  for (std::size_t i = 0; i < 75; ++i) table += "," + std::string(state::feature_table[i].name);
  table += "\n";
  std::mt19937_64 random(2);
  std::normal_distribution<double> normal;
  for (int person = 0; person < people; ++person) {
    for (int scene = 0; scene < 8; ++scene) {
      table += std::to_string(person) + "," + std::to_string(scene % 4);
      for (int i = 0; i < 75; ++i) table += "," + number(normal(random));
      table += "\n";
    }
  }
  write(folder / "features.csv", table);
}

class TrainingSets : public ::testing::Test {
 protected:
  void SetUp() override {
    write_stress_predict(scratch_ / "stress-predict");
    write_ceap(scratch_ / "ceap360vr");
    write_vreed(scratch_ / "vreed");
  }
  /// The card of a model that is trained on the folder.
  nlohmann::json trained(const std::vector<std::string>& more) {
    std::vector<std::string> words{"train",    "state", "--data", scratch_.path().string(),    "--json",
                                   "--epochs", "2",     "-o",     (scratch_ / "m.pt").string()};
    words.insert(words.end(), more.begin(), more.end());
    const auto outcome = test::attune(words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.status == 0 ? nlohmann::json::parse(outcome.out) : nlohmann::json();
  }
  test::ScratchFolder scratch_;
};

TEST_F(TrainingSets, UnlessNamedOnlyThoseAreTakenThatAClinicsModelMayBeMadeFrom) {
  const auto card = trained({});
  ASSERT_FALSE(card.is_null());
  ASSERT_EQ(card["data"].size(), 1U);
  EXPECT_EQ(card["data"][0]["set"], "stress-predict");
  EXPECT_EQ(card["data"][0]["licence"], "MIT");
  EXPECT_EQ(card["data"][0]["people"], people);
  EXPECT_EQ(card["data"][0]["samples"], people * 5) << "one a minute";
  EXPECT_FALSE(card["research_only"].get<bool>());
  // People at the wrist alone: nothing is known of what eyes or head are worth.
  ASSERT_EQ(card["noise"].size(), 1U);
  EXPECT_EQ(card["noise"][0]["sensors"], nlohmann::json::array({"body"}));
  // Their hearts tell it.
  EXPECT_LT(card["figures"]["model"], card["figures"]["set_constant"]);
  EXPECT_EQ(card["calibration"]["80"], nullptr) << "a label of two values lies in no interval";
}

TEST_F(TrainingSets, AnyPeopleAreTheSetAndWhatIsHiddenIsNobody) {
  // A folder need not hold the public set's first people.
  fs::rename(scratch_ / "stress-predict" / "S02", scratch_ / "stress-predict" / "S30");
  write(scratch_ / "stress-predict" / ".DS_Store", "of a Mac");
  const auto card = trained({"--sets", "stress-predict"});
  EXPECT_EQ(card["data"][0]["people"], people);
}

TEST_F(TrainingSets, AMissingFileOfSomebodyIsNamed) {
  fs::remove(scratch_ / "ceap360vr" / "P03_head.csv");
  const auto outcome = test::attune({"train", "state", "--data", scratch_.path().string(), "--sets", "ceap",
                                     "-o", (scratch_ / "m.pt").string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("P03_head.csv: no such file"), std::string::npos) << outcome.err;
}

TEST_F(TrainingSets, WhatAClinicMayNotUseMakesAModelForResearch) {
  const auto card = trained({"--sets", "ceap,vreed", "--vreed-aroused", "1,2"});
  ASSERT_FALSE(card.is_null());
  EXPECT_TRUE(card["research_only"].get<bool>());
  EXPECT_NE(card["must_not_be_used"].dump().find("research alone"), std::string::npos);
  ASSERT_EQ(card["data"].size(), 2U);
  EXPECT_EQ(card["data"][0]["licence"], "CC-BY-NC-4.0");
  EXPECT_EQ(card["data"][0]["visits"], people * 8);
  EXPECT_EQ(card["data"][0]["samples"], people * 8 * 7) << "every 5 s from 10 s on, of 40";
  EXPECT_EQ(card["data"][1]["samples"], people * 8);
  EXPECT_EQ(card["figures"]["judged_people"], 2 * people);
  EXPECT_LT(card["figures"]["sets"][0]["model"], card["figures"]["sets"][0]["set_constant"])
      << "how wide heads turn";
}

TEST_F(TrainingSets, TooFewPeopleForAMonitorCostNoFiguresOfTheEvaluation) {
  for (int person = 2; person < people; ++person)
    fs::remove_all(scratch_ / "stress-predict" / ("S0" + std::to_string(person + 2)));
  const auto outcome = test::attune(
      {"evaluate", "state", "--data", scratch_.path().string(), "--set", "stress-predict", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out);
  EXPECT_FALSE(said["auc"].is_null());
  EXPECT_TRUE(said["calibration"].is_null());
  EXPECT_NE(said["notes"].dump().find("no belief is judged: there are too few people"), std::string::npos)
      << said["notes"];
}

}  // namespace
}  // namespace attune
