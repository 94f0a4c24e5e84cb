#include "attune/session/panel_texts.hpp"

namespace attune::session {

scene::PanelTexts panel_texts(const treatment::Programme& programme, treatment::Language language) {
  scene::PanelTexts texts;
  for (const auto& prompt : programme.prompts) texts.prompts.push_back(prompt.text.in(language));
  for (const auto& question : programme.questions) {
    auto& shown = texts.questions.emplace_back(scene::QuestionText{question.text.in(language), {}});
    for (const auto& option : question.options) shown.options.push_back(option.in(language));
  }
  if (language == treatment::Language::chinese) texts.stop = "停止";
  return texts;
}

}  // namespace attune::session
