#pragma once

#include "cli/command.hpp"

/// One function a kind of recording, each in `analyse_NAME.cpp`: adds itself to `attune analyse`.
namespace attune::cli {

}  // namespace attune::cli
