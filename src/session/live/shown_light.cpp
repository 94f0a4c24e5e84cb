#include "session/live/shown_light.hpp"

namespace attune::session {

void ShownLight::drawn(std::uint64_t frame, core::SessionTime time) {
  pictures_[frame % pictures_.size()] = {frame, time};
}

void ShownLight::measured(const render::ShownLight& light) {
  const auto& picture = pictures_[light.frame % pictures_.size()];
  if (light.frame == 0 || picture.frame != light.frame) return;
  light_ = light;
  shown_ = picture.time;
}

telemetry::Reading ShownLight::at(core::SessionTime now) const {
  const double age_s = core::seconds_between(shown_, now);
  if (light_.frame == 0 || age_s < 0.0 || age_s > good_for_s) return {};
  return {light_.luminance, static_cast<float>(age_s), true};
}

}  // namespace attune::session
