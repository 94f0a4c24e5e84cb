#include "attune/treatment/bearable_intensity.hpp"

#include <algorithm>

namespace attune::treatment {

namespace {

constexpr float usual_rest_suds = 20.0F, least_rise_suds = 10.0F;
constexpr float share_for_unsettled = 0.45F;
constexpr float more = 1.5F, more_from_nothing = 0.1F;

}  // namespace

void BearableIntensity::hear(float suds, float intensity, float limit_suds, float target_suds) {
  if (suds >= limit_suds) {
    const float for_target = intensity * std::max(target_suds - usual_rest_suds, least_rise_suds) /
                             std::max(suds - usual_rest_suds, least_rise_suds);
    at_most_ = std::min(at_most_, share_for_unsettled * for_target);
  } else if (suds <= target_suds) {
    at_most_ = std::max(at_most_, more * intensity + more_from_nothing);
    if (at_most_ >= 1.0F) at_most_ = std::numeric_limits<float>::infinity();
  }
}

}  // namespace attune::treatment
