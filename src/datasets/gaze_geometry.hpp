#pragma once

#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attune/datasets/gaze_recording.hpp"

namespace attune::datasets {

/// The screen that one of the comments states. Nothing when a part is missing or not above 0.
[[nodiscard]] std::optional<GazeScreen> stated_screen(const std::vector<std::string>& comments);

/// Where a pixel lies seen from the eyes, which look at the screen's centre: a unit vector. Nothing for what
/// no tracker on a screen measures: not a number, exactly 0,0, or more than half a screen outside.
[[nodiscard]] std::optional<glm::vec3> direction_of_pixel(const GazeScreen& screen, double x_px, double y_px);

/// A direction by its angles, right and up. Nothing when it is not a number or the pitch is beyond ±90°.
[[nodiscard]] std::optional<glm::vec3> direction_of_angles(double yaw_deg, double pitch_deg);

}  // namespace attune::datasets
