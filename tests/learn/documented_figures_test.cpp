#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "attune/core/files.hpp"

// What docs/models.md and docs/evaluation.md print is what the shipped cards and the kept evaluations hold.
namespace attune::learn {
namespace {

using nlohmann::json;

std::string text_of(const std::string& file) {
  const auto text = core::read_text(std::string(ATTUNE_SOURCE_DIR "/") + file);
  EXPECT_TRUE(text.ok()) << file;
  return text ? *text : std::string();
}
json figures_of(const std::string& file) { return json::parse(text_of("models/" + file)); }

std::string fixed(const char* format, double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}
std::string three(const json& value) { return fixed("%.3f", value.get<double>()); }

void expect_in(const std::string& document, const std::string& words) {
  EXPECT_NE(text_of(document).find(words), std::string::npos) << document << " does not say: " << words;
}

/// The noise of a card for these sensors alone.
json noise_of(const json& card, const json& sensors) {
  for (const auto& entry : card.at("noise")) {
    if (entry.at("sensors") == sensors) return entry;
  }
  ADD_FAILURE() << "the card knows no noise of " << sensors;
  return {};
}

std::string intervals_of(const json& card) {
  const auto percent = [&](const char* interval) {
    return fixed("%.0f", 100.0 * card.at("calibration").at(interval).get<double>());
  };
  return percent("50") + ", " + percent("80") + " and " + percent("95") + " %";
}

TEST(DocumentedFigures, OfTheModelsAreThoseOfTheirCards) {
  const auto people = figures_of("state_monitor.json"), virtual_people = figures_of("state_monitor_sim.json");
  for (const auto& set : people.at("figures").at("sets")) {
    const auto name = set.at("set") == "stress-predict" ? "Stress-Predict" : set.at("set").get<std::string>();
    expect_in("docs/models.md",
              "| " + name + " | " + three(set.at("model")) + " | " + three(set.at("set_constant")) + " |");
  }
  const auto& errors = virtual_people.at("figures");
  expect_in("docs/models.md",
            "| " + three(errors.at("model")) + " | " + three(errors.at("set_constant")) + " |");
  expect_in("docs/models.md",
            "hold " + intervals_of(people) + "; of virtual patients' " + intervals_of(virtual_people));
  expect_in("docs/models.md",
            three(noise_of(virtual_people, {"body"}).at("observation_sd")) + " by the body alone, " +
                three(noise_of(virtual_people, {"eyes", "head", "hands"}).at("observation_sd")) +
                " by eyes, head and hands");
  const auto treatment = figures_of("treatment_sim.json").at("figures");
  expect_in("docs/models.md", "departs from it by " + three(treatment.at("error_rms")) + ", a constant by " +
                                  three(treatment.at("error_of_mean")));
}

TEST(DocumentedFigures, OfTheEvaluationAreWhatItsCommandsPrinted) {
  for (const auto* set : {"wait", "cafe", "stress-predict", "ceap", "vreed"}) {
    const auto said = figures_of(std::string("evaluation/") + set + ".json");
    for (const auto& question : said.at("questions")) {
      std::string row = "|";
      for (std::size_t i = 0; i < 3; ++i) {
        const auto& predictor = question.at("predictors").at(i);
        row += fixed(" %.2f", predictor.at("value").get<double>()) +
               fixed(" ± %.2f |", predictor.at("error").get<double>());
      }
      expect_in("docs/evaluation.md", row);
    }
    const auto& calibration = said.at("calibration");
    if (calibration.is_null() || !calibration.at("sensors").at(0).contains("intervals")) continue;
    std::string row = "|";
    const auto& intervals = calibration.at("sensors").at(0).at("intervals");
    for (const auto& interval : intervals) {
      row += fixed(" %.1f", 100.0 * interval.at("covered").get<double>()) +
             fixed(" ± %.1f |", 100.0 * interval.at("error").get<double>());
    }
    const double width =
        intervals.at(0).at("width").get<double>() / intervals.at(0).at("width_of_constant").get<double>();
    expect_in("docs/evaluation.md", row + fixed(" %.1f %% |", 100.0 * width));
  }
}

TEST(DocumentedFigures, OfTheEvaluationStandInTheCardAsTheyWerePrinted) {
  const auto card = figures_of("state_monitor.json");
  ASSERT_EQ(card.at("evaluations").size(), 5U);
  for (const auto& of_card : card.at("evaluations")) {
    const auto said = figures_of("evaluation/" + of_card.at("set").get<std::string>() + ".json");
    for (const auto& question : said.at("questions")) {
      const auto key = question.at("key").get<std::string>();
      EXPECT_EQ(of_card.at(key), said.at(key)) << of_card.at("command");
    }
    EXPECT_EQ(of_card.at("calibration"), said.at("calibration")) << of_card.at("command");
  }
}

}  // namespace
}  // namespace attune::learn
