#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace attune::attention {

/// What the eyes did at one instant. The numbers are those of every label file of the project.
enum class GazeLabel : std::uint8_t {
  none = 0,         ///< tracking lost, and not by a blink
  fixation = 1,     ///< at rest on one place
  saccade = 2,      ///< a jump from place to place
  oscillation = 3,  ///< post-saccadic: the eye, or its lens, swings after landing
  pursuit = 4,      ///< follows something that moves
  blink = 5,
  undefined = 6,  ///< tracked, but no movement that eyes make
};
inline constexpr std::size_t gaze_label_count = 7;

/// The word for a label in tables, plots and figures for machines.
[[nodiscard]] constexpr std::string_view name_of(GazeLabel label) {
  constexpr std::array<std::string_view, gaze_label_count> names{"none",    "fixation", "saccade",  "pso",
                                                                 "pursuit", "blink",    "undefined"};
  return names.at(static_cast<std::size_t>(label));
}

}  // namespace attune::attention
