#include "scene/comfort_motion.hpp"

#include <algorithm>
#include <cmath>

namespace attune::scene {

void ComfortMotion::step(double target_m, double dt_s, bool hold) {
  if (!(dt_s > 0.0)) return;
  const auto most = limits_.acceleration_m_s2 * dt_s;
  auto wanted = 0.0;
  if (!hold) {
    const auto left = target_m - height_m_;
    // The speed from which the rest of the way suffices to stop, counting that this step's way is still to
    // come: v² / 2a + v dt / 2 = left.
    const auto stoppable =
        std::sqrt(2.0 * limits_.acceleration_m_s2 * std::abs(left) + most * most / 4.0) - most / 2.0;
    wanted = std::copysign(std::min({stoppable, limits_.speed_m_s, std::abs(left) / dt_s}), left);
  }
  speed_m_s_ = std::clamp(wanted, speed_m_s_ - most, speed_m_s_ + most);
  height_m_ += speed_m_s_ * dt_s;
}

}  // namespace attune::scene
