#pragma once

#include <string>

namespace attune::cli {

/// The processor's name and its number of cores, for whoever reads a figure.
[[nodiscard]] std::string machine_name();

}  // namespace attune::cli
