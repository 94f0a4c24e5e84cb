#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "attune/core/result.hpp"

namespace attune::datasets {

/// Which person and which visit.
using VisitKey = std::pair<std::string, std::string>;

/// State anxiety (STAI, state form) after each visit to the café.
/// @param folder  `vr-cafe`, below which `labels/STAI` lies.
/// @return total 20..80 by (person, "3_3"); the visit "pre" is before VR. The nine calm items of this version
/// are reversed.
///   Up to two missing answers count as the mean of the person's others (Spielberger 1983); with more there
///   is no total.
/// Errors (naming file and row): file missing, not 20 items, an answer outside 1..4.
[[nodiscard]] core::Result<std::map<VisitKey, double>> read_stai(const std::filesystem::path& folder);

/// Frustration after each visit to the queue.
/// @param folder  `vr-wait`, below which `labels/TreatmentResponses` lies.
/// @return 1..5 by (person, "6_MINUTE_WAIT"). Errors: as `read_stai`.
[[nodiscard]] core::Result<std::map<VisitKey, double>> read_frustration(const std::filesystem::path& folder);

}  // namespace attune::datasets
