#include "attune/attention/pupil.hpp"

#include <algorithm>
#include <cmath>

namespace attune::attention {
namespace {

constexpr double light_follows_s =
    0.5;  // the pupil's own delay and constriction: Ellis, Br J Ophthalmol 65 (1981)
constexpr double forgets_s = 120.0;  // the person's line may change over minutes
constexpr double least_seen_s = 5.0;
constexpr double least_spread = 0.02;  // of log10 luminance, one deviation
constexpr double narrowest_mm = 1.0, widest_mm = 10.0;
constexpr double longest_step_s = 0.1;

}  // namespace

bool PupilCorrection::possible(double width_mm) { return width_mm >= narrowest_mm && width_mm <= widest_mm; }

std::optional<double> PupilCorrection::push(double width_mm, double luminance_cd_m2, double step_s) {
  const double step = std::clamp(step_s, 0.0, longest_step_s);
  if (luminance_cd_m2 > 0.0 && std::isfinite(luminance_cd_m2)) {
    const double log_light = std::log10(luminance_cd_m2);
    light_ = lit_ ? light_ + (log_light - light_) * (1.0 - std::exp(-step / light_follows_s)) : log_light;
    lit_ = true;
  }
  if (!lit_ || !possible(width_mm)) return std::nullopt;
  const double kept = std::exp(-step / forgets_s);
  weight_ = weight_ * kept + step;
  l_ = l_ * kept + step * light_;
  w_ = w_ * kept + step * width_mm;
  ll_ = ll_ * kept + step * light_ * light_;
  lw_ = lw_ * kept + step * light_ * width_mm;
  if (!settled()) return std::nullopt;
  return width_mm - (w_ / weight_ + slope_mm_per_decade() * (light_ - l_ / weight_));
}

bool PupilCorrection::settled() const { return weight_ >= least_seen_s; }

double PupilCorrection::spread() const { return ll_ / weight_ - (l_ / weight_) * (l_ / weight_); }

bool PupilCorrection::light_varied() const { return weight_ > 0.0 && spread() > least_spread * least_spread; }

double PupilCorrection::slope_mm_per_decade() const {
  if (!light_varied()) return 0.0;
  return (lw_ / weight_ - (l_ / weight_) * (w_ / weight_)) / spread();
}

}  // namespace attune::attention
