#pragma once

#include <string>

#include "report/pupil.hpp"
#include "report/words.hpp"

namespace attune::report {

/// What the page says of the pupil, without a heading: its width, what light did to it, and phase by phase
/// what light does not explain; where the light is not known, that. Empty where no width was measured.
[[nodiscard]] std::string pupil_html(const PupilFigures& figures, const Vocabulary& words);

}  // namespace attune::report
