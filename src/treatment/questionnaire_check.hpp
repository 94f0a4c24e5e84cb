#pragma once

#include "attune/core/config.hpp"
#include "attune/treatment/questionnaire.hpp"

namespace attune::treatment {

/// Reads a whole questionnaire; every mistake becomes a problem of `file`. What is returned is of use only
/// when there is none.
[[nodiscard]] Questionnaire read_questionnaire(core::ConfigFile& file);

}  // namespace attune::treatment
