#pragma once

#include <string>

#include "attune/core/result.hpp"
#include "attune/record/recording.hpp"

namespace attune::report {

/// EEG, face and pupil, each with how much of the session it was measured for; nothing of what a recording
/// does not hold, and no heading where it holds none of them.
/// Errors: the recording changed while it was read.
[[nodiscard]] core::Result<std::string> body_section(const record::Recording& recording);

}  // namespace attune::report
