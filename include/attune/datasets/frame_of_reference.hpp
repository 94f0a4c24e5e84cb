#pragma once

#include <glm/gtc/quaternion.hpp>
#include <glm/vec3.hpp>

namespace attune::datasets {

/// A point of Unity's world (left-handed, Y up, +Z forward) in ours (right-handed, Y up, −Z forward): z
/// changes its sign.
[[nodiscard]] glm::vec3 from_unity_position(const glm::vec3& unity_m);

/// The orientation that Unity's Euler angles mean (degrees; turned about Z first, then X, then Y), in our
/// frame.
/// @return unit quaternion, w ≥ 0, body to world.
[[nodiscard]] glm::quat from_unity_euler(const glm::vec3& unity_deg);

/// Unit vector of a direction given as pitch (degrees, positive up) and yaw (degrees, positive to the right);
/// (0, 0) is −Z.
[[nodiscard]] glm::vec3 direction_from_pitch_yaw(double pitch_deg, double yaw_deg);

/// Orientation that looks that way without roll.
[[nodiscard]] glm::quat orientation_from_pitch_yaw(double pitch_deg, double yaw_deg);

}  // namespace attune::datasets
