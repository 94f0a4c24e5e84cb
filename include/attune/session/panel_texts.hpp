#pragma once

#include "attune/scene/world.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::session {

/// What a programme's panels say to the patient; `Directive::prompt` and `QuestionPanel::text` point into it.
[[nodiscard]] scene::PanelTexts panel_texts(const treatment::Programme& programme,
                                            treatment::Language language);

}  // namespace attune::session
