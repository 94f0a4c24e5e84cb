#pragma once

#include "attune/core/config.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// Reads a whole programme; every mistake becomes a problem of `file`. What is returned is of use only when
/// there is none.
[[nodiscard]] Programme read_programme(core::ConfigFile& file);

[[nodiscard]] std::string_view name_of(Phase phase);  ///< as files write it

}  // namespace attune::treatment
