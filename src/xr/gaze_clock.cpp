#include "attune/xr/gaze_clock.hpp"

#include <algorithm>

namespace attune::xr {

core::SessionTime GazeClock::place(core::SessionTime frame_time, std::int64_t display_time,
                                   std::int64_t sampled, const glm::vec3& direction) {
  const double age_s = (static_cast<double>(display_time) - static_cast<double>(sampled)) * 1e-9;
  const bool believable = sampled > 0 && age_s >= 0.0 && age_s <= oldest_s;
  const bool same_time = any_ && sampled == last_sampled_ && sampled > 0;
  const bool same_sample = same_time || (any_ && !believable && direction == last_direction_);
  if (same_sample) return last_;
  auto time = believable ? core::SessionTime{frame_time.ns - (display_time - sampled)} : frame_time;
  if (any_) time.ns = std::min(std::max(time.ns, last_.ns + 1), frame_time.ns);
  any_ = true;
  last_sampled_ = sampled;
  last_direction_ = direction;
  last_ = std::max(time, last_);
  return last_;
}

}  // namespace attune::xr
