#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attune/core/result.hpp"
#include "attune/record/recording.hpp"

namespace attune::cli {

/// How two streams of decisions agree.
struct Comparison {
  bool compared = false;  ///< false: there was nothing to compare, or `problem` says why not
  bool same_build = true;
  std::uint64_t differences = 0;  ///< bitwise within one build, above 1e-5 across builds
  std::optional<double> first_difference_s;
  double session_s_per_s = 0.0;  ///< of a rerun: seconds of session in a second of time
  std::string problem;           ///< why the decisions cannot be compared, as other models
};

/// Feeds the frames of a recording through today's pipeline and compares decision by decision. Behind a hole
/// in the frames the pipeline's state is not that of the session any more, so what follows is not compared.
/// Errors: the recording changed while it was read, its programme cannot be read.
[[nodiscard]] core::Result<Comparison> run_again(const record::Recording& recording);

/// Compares the decisions of two recordings by frame.
[[nodiscard]] core::Result<Comparison> compare(const record::Recording& one, const record::Recording& other);

/// The version and commit this program was built from.
[[nodiscard]] std::string build_name();

}  // namespace attune::cli
