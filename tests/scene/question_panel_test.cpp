#include <algorithm>
#include <string>
#include <vector>

#include "scene/support.hpp"

namespace attune::scene::test {
namespace {

const std::vector<std::string> options{"They did not notice", "It was the game", "They were busy",
                                       "None of these"};

World heights_with_a_choice() {
  auto texts = some_texts();
  texts.questions.push_back({"Which of these could it have been?", options});
  auto world = load_world("heights", texts, std::filesystem::path(ATTUNE_SOURCE_DIR) / "assets");
  if (!world) throw std::runtime_error(world.error().message);
  return std::move(world).value();
}

struct Shown {
  Panel question;
  std::vector<Panel> options;  // in the order of `options`
};

Shown shown_at(float value) {
  auto world = heights_with_a_choice();
  auto player = Player(world);
  player.directive.question = {telemetry::ReportKind::choice, {}, value, 0.0F, 2, 4};
  const auto& panels = player.frame().panels;
  const auto with_text = [&](const std::string& text) {
    const auto found =
        std::ranges::find(panels, text, [](const Panel& panel) { return std::string(panel.text); });
    if (found == panels.end()) throw std::runtime_error("nothing says: " + text);
    return *found;
  };
  Shown shown{with_text("Which of these could it have been?"), {}};
  for (const auto& option : options) shown.options.push_back(with_text(option));
  return shown;
}

/// From the middle of the question's panel to that of a label, in metres to the right.
float right_of_middle_m(const Shown& shown, const Panel& label) {
  const auto offset = glm::vec3(label.to_session[3] - shown.question.to_session[3]);
  return glm::dot(offset, glm::vec3(shown.question.to_session[0]));
}

TEST(QuestionPanel, ShowsEveryOptionOfAChoiceFromLeftToRightWithoutOverlap) {
  const auto shown = shown_at(1.0F / 3.0F);
  EXPECT_EQ(shown.question.slider_places, 4U);
  const float half_panel_m = 0.5F * shown.question.size_m.x;
  float edge_m = -half_panel_m;
  for (const auto& option : shown.options) {
    const float middle_m = right_of_middle_m(shown, option);
    EXPECT_GE(middle_m - 0.5F * option.size_m.x, edge_m) << option.text;
    edge_m = middle_m + 0.5F * option.size_m.x;
  }
  EXPECT_LE(edge_m, half_panel_m);
}

TEST(QuestionPanel, BrightensTheOptionThatTheSliderStandsAt) {
  for (std::size_t chosen = 0; chosen < options.size(); ++chosen) {
    const auto shown = shown_at(static_cast<float>(chosen) / 3.0F);
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (i == chosen)
        EXPECT_EQ(shown.options[i].foreground.a, 1.0F) << options[i];
      else
        EXPECT_LT(shown.options[i].foreground.a, 0.8F) << options[i];
    }
  }
}

TEST(QuestionPanel, MarksAScaleAtItsTenths) {
  auto world = heights_with_a_choice();
  auto player = Player(world);
  player.directive.question = {telemetry::ReportKind::suds, {}, 0.5F, 0.0F, 1, 0};
  for (const auto& panel : player.frame().panels) EXPECT_EQ(panel.slider_places, 0U) << panel.text;
}

}  // namespace
}  // namespace attune::scene::test
