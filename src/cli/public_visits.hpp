#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/card.hpp"
#include "attune/learn/dataset.hpp"

namespace attune::cli {

/// Samples of real visits, and what the model card says of them.
struct PublicVisits {
  learn::Dataset data;
  std::vector<learn::SetUsed> sets;
};

/// Reads every visit of the VR café and the VR queue.
/// @param folder    holds `vr-cafe` or `vr-wait` or both, or is one of them.
/// @param windows   samples a visit (`learn::equal_windows`).
/// @param progress  called with people done and people in all.
/// Labels, brought to 0..1: state anxiety after the visit, (STAI − 20)/60; frustration after it, (rating −
/// 1)/4. Visits without a label, or shorter than a window, are left out and counted. Errors: neither set is
/// there; those of the readers.
[[nodiscard]] core::Result<PublicVisits> public_visits(
    const std::filesystem::path& folder, std::size_t windows,
    const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace attune::cli
