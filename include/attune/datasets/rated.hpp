#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::datasets {

/// What a person said of a video while it ran.
struct Annotation {
  double time_s = 0.0;                  ///< since the video's start
  double valence = 0.0, arousal = 0.0;  ///< 1..9
};

/// One participant's annotation of one video of CEAP-360VR, by time.
/// @param folder  holds PNN_annotation.csv. @param participant  "P01"; @param video "V1".."V8".
/// Errors (naming file and row): file missing, no such video, a value outside 1..9, time that goes back.
[[nodiscard]] core::Result<std::vector<Annotation>> read_ceap_annotation(const std::filesystem::path& folder,
                                                                         std::string_view participant,
                                                                         std::string_view video);

/// One person's stay in one scene of VREED.
struct VreedRow {
  std::string person;
  std::size_t scene = 0;            ///< from 0: everybody saw the scenes in the same order
  int quadrant = 0;                 ///< 0..3, which emotion; the set does not say which is which
  std::array<double, 75> values{};  ///< in the set's order; NaN where it holds none
};

struct VreedTable {
  std::vector<std::string> names;  ///< of the 75 features
  std::vector<VreedRow> rows;      ///< as published
};

/// The features of VREED (Tabbaa et al., IMWUT 5(4), 2021), as published. @param folder  holds features.csv.
/// Errors: file missing, other than 77 columns, text that is no number, a class outside
/// 0..3.
[[nodiscard]] core::Result<VreedTable> read_vreed(const std::filesystem::path& folder);

}  // namespace attune::datasets
