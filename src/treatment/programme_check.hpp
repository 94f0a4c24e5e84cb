#pragma once

#include <string>

#include "attune/core/config.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// What a programme's text is read for.
struct ReadingRules {
  /// A file that is to be prescribed must hold what good practice asks (an exposure's card) and fit its
  /// world. A text out of a recording was prescribed once; it is read as it was.
  bool prescribed = true;
  std::string feared;  ///< the patient's own words; empty: those of the file
};

/// Reads a whole programme; every mistake becomes a problem of `file`. What is returned is of use only when
/// there is none.
[[nodiscard]] Programme read_programme(core::ConfigFile& file, const ReadingRules& rules);

[[nodiscard]] std::string_view name_of(Phase phase);  ///< as files write it

}  // namespace attune::treatment
