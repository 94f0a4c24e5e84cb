#include "attune/session/panel_texts.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace attune::session {
namespace {

using treatment::Language;

TEST(PanelTexts, GiveEveryQuestionOfTheShippedProgrammesItsWordsAndItsOptions) {
  std::size_t choices = 0;
  for (const auto& listed : treatment::list_programmes(ATTUNE_SOURCE_DIR "/assets/programs")) {
    const auto programme =
        treatment::Programme::load(ATTUNE_SOURCE_DIR "/assets/programs/" + listed.id + ".toml");
    ASSERT_TRUE(programme) << programme.error().message;
    for (const auto language : {Language::english, Language::chinese}) {
      const auto texts = panel_texts(*programme, language);
      ASSERT_EQ(texts.questions.size(), programme->questions.size());
      for (std::size_t i = 0; i < texts.questions.size(); ++i) {
        const auto& question = programme->questions[i];
        EXPECT_EQ(texts.questions[i].title, question.text.in(language));
        ASSERT_EQ(texts.questions[i].options.size(), question.options.size()) << listed.id;
        for (std::size_t option = 0; option < question.options.size(); ++option)
          EXPECT_EQ(texts.questions[i].options[option], question.options[option].in(language));
        choices += question.kind == telemetry::ReportKind::choice ? 1 : 0;
      }
    }
  }
  EXPECT_GT(choices, 10U) << "nothing to choose from was tried";
}

}  // namespace
}  // namespace attune::session
