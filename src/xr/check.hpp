#pragma once

#include <openxr/openxr.h>

#include <string>

#include "attune/core/result.hpp"

namespace attune::xr {

/// The runtime's name for a result code.
[[nodiscard]] std::string name_of(XrResult result);

/// Ok, or one sentence: what was tried, what the runtime answered, and what to do where that is known.
[[nodiscard]] core::Result<void> check(XrResult result, const std::string& tried);

}  // namespace attune::xr
