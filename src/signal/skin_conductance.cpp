#include "attune/signal/skin_conductance.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

constexpr double smooth_hz = 1.0;  // a response rises in a second or more
constexpr double tonic_hz = 0.05;  // Boucsein et al. (2012)
constexpr double bridged_s = 1.0, noise_window_s = 20.0, slope_window_s = 20.0;
constexpr double least_amplitude = 0.03;  // µS
constexpr double noise_times = 6.0;
constexpr double slope_times_s = 2.5;  // of the usual slope: wavering at the pace of breathing stays below
constexpr double least_rise_s = 0.5, longest_rise_s = 7.0;

}  // namespace

SkinConductance::SkinConductance(double rate_hz)
    : rate_hz_(rate_hz),
      slips_(rate_hz),
      filler_(static_cast<std::size_t>(bridged_s * rate_hz)),
      smooth_(Butterworth::low(2, smooth_hz, rate_hz)),
      fast_(Butterworth::high(2, tonic_hz, rate_hz)),
      delay_s_(smooth_.delay_s(0.2)) {}

/// Moves a figure toward the median of what comes, by the same share whatever comes: a burst has little hold
/// on it.
void SkinConductance::follow_median(double& figure, double value, double seconds, double window_s) const {
  if (seconds < window_s) {
    const double bounded = figure > 0.0 ? std::min(value, 20.0 * figure + least_amplitude) : value;
    figure += (bounded - figure) / (rate_hz_ * seconds);
  } else {
    figure *= 1.0 + (value > figure ? 1.0 : -1.0) / (rate_hz_ * window_s);
  }
}

/// Height below which a rise is no response.
double SkinConductance::least() const {
  return std::max({least_amplitude, noise_times * noise_, slope_times_s * usual_slope_});
}

/// Follows what the signal mostly does: the noise that smoothing took away, and the median of the phasic
/// part's slope, on which responses, being rare, have no hold.
void SkinConductance::learn(double removed, double slope) {
  const double seconds = std::max(since_s_, 1.0 / rate_hz_);
  // What the smoothing leaves of white noise is the square root of the bands' ratio.
  const double kept = std::sqrt(std::min(1.0, 2.0 * smooth_hz / rate_hz_));
  follow_median(noise_, kept * std::abs(removed), seconds, noise_window_s);
  follow_median(usual_slope_, std::abs(slope), seconds, slope_window_s);
}

/// From the last calm moment to the top, told once the signal has come a tenth of the way back.
std::optional<SkinResponse> SkinConductance::follow_rise(double slope, double level, bool level_falls) {
  if (!rising_) {
    // After a response the phasic part comes back from below, though the level falls.
    if (level_falls || slope <= usual_slope_) {
      onset_ = top_ = {now_s_, phasic_, level};
    } else if (phasic_ - onset_.value > 0.3 * least()) {
      rising_ = true;
    }
  }
  if (!rising_) return std::nullopt;
  if (level <
      onset_.level) {  // a wobble while the phasic part came back from below: the skin goes on falling
    rising_ = false;
    onset_ = top_ = {now_s_, phasic_, level};
    return std::nullopt;
  }
  top_.value = std::max(top_.value, phasic_);
  if (level > top_.level) {
    top_.at_s = now_s_;
    top_.level = level;
  }
  if (top_.value - phasic_ < 0.1 * std::max(top_.value - onset_.value, least())) return std::nullopt;
  const double amplitude = top_.level - onset_.level;
  const SkinResponse response{onset_.at_s - delay_s_, top_.at_s - delay_s_, amplitude};
  rising_ = false;
  onset_ = top_ = {now_s_, phasic_, level};
  const double rise_s = response.top_s - response.onset_s;
  if (amplitude < least() || rise_s < least_rise_s || rise_s > longest_rise_s) return std::nullopt;
  return response;
}

std::optional<SkinResponse> SkinConductance::take(double value) {
  now_s_ += 1.0 / rate_hz_;
  since_s_ += 1.0 / rate_hz_;
  const double smooth = smooth_.push(value), before = phasic_, level_before = before + tonic_;
  phasic_ = fast_.push(smooth);
  tonic_ = smooth - phasic_;
  const double slope = known_ ? (phasic_ - before) * rate_hz_ : 0.0;
  if (!known_) onset_ = top_ = {now_s_, phasic_, smooth};
  known_ = true;
  learn(value - smooth, slope);
  return follow_rise(slope, smooth, smooth <= level_before);
}

std::optional<SkinResponse> SkinConductance::push(double sample) {
  const auto filled = filler_.push(slips_.push(sample));
  if (filled.lost > 0) {
    now_s_ += static_cast<double>(filled.lost) / rate_hz_;
    smooth_.reset();
    fast_.reset();
    rising_ = known_ = false;
  }
  std::optional<SkinResponse> found;
  for (const double value : filled.samples) {
    if (const auto response = take(value)) found = response;
  }
  if (filler_.in_gap()) known_ = false;
  return found;
}

std::optional<double> SkinConductance::tonic() const { return known_ ? std::optional(tonic_) : std::nullopt; }
std::optional<double> SkinConductance::phasic() const {
  return known_ ? std::optional(phasic_) : std::nullopt;
}

}  // namespace attune::signal
