#include "attune/session/panel_texts.hpp"

namespace attune::session {

scene::PanelTexts panel_texts(const treatment::Programme& programme, treatment::Language language) {
  scene::PanelTexts texts;
  for (const auto& prompt : programme.prompts) texts.prompts.push_back(prompt.text.in(language));
  for (const auto& question : programme.questions)
    texts.questions.push_back({question.text.in(language), {}});
  if (language == treatment::Language::chinese) texts.stop = "停止";
  return texts;
}

}  // namespace attune::session
