#include "attune/signal/skin_conductance.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

constexpr double smooth_hz = 1.0;  // a response rises in a second or more
constexpr double tonic_hz = 0.05;  // Boucsein et al. (2012)
constexpr double bridged_s = 1.0, noise_window_s = 20.0, swing_window_s = 60.0;
constexpr double least_amplitude = 0.03;  // µS
constexpr double noise_times = 6.0;
constexpr double swing_times =
    0.2;  // of the phasic part's deviation over the last minute: wavering is no response
constexpr double least_rise_s = 0.5, longest_rise_s = 6.0;

}  // namespace

SkinConductance::SkinConductance(double rate_hz)
    : rate_hz_(rate_hz),
      filler_(static_cast<std::size_t>(bridged_s * rate_hz)),
      smooth_(Butterworth::low(2, smooth_hz, rate_hz)),
      fast_(Butterworth::high(2, tonic_hz, rate_hz)),
      delay_s_(smooth_.delay_s(0.2)) {}

std::optional<SkinResponse> SkinConductance::take(double value) {
  now_s_ += 1.0 / rate_hz_;
  since_s_ += 1.0 / rate_hz_;
  const double smooth = smooth_.push(value);
  phasic_ = fast_.push(smooth);
  tonic_ = smooth - phasic_;
  known_ = true;
  const auto share = [&](double window_s) {
    return 1.0 / (rate_hz_ * std::min(std::max(since_s_, 1.0 / rate_hz_), window_s));
  };
  // What the smoothing leaves of white noise is the square root of the bands' ratio.
  const double kept = std::sqrt(std::min(1.0, 2.0 * smooth_hz / rate_hz_));
  noise_ += share(noise_window_s) *
            (kept * std::min(std::abs(value - smooth), 5.0 * noise_ / kept + least_amplitude) - noise_);
  swing_ += share(swing_window_s) * (phasic_ * phasic_ - swing_);
  const double least = std::max({least_amplitude, noise_times * noise_, swing_times * std::sqrt(swing_)});
  // A response on the back of another shows in the phasic part, where the level does not carry it.
  const auto turn = turns_.push(now_s_, phasic_, least);
  if (!turn) return std::nullopt;
  if (!turn->top) {
    bottom_ = turn;
    return std::nullopt;
  }
  if (!bottom_) return std::nullopt;
  const SkinResponse response{bottom_->at_s - delay_s_, turn->at_s - delay_s_, turn->value - bottom_->value};
  const double rise_s = response.top_s - response.onset_s;
  if (rise_s < least_rise_s || rise_s > longest_rise_s) return std::nullopt;
  return response;
}

std::optional<SkinResponse> SkinConductance::push(double sample) {
  const auto filled = filler_.push(sample);
  if (filled.lost > 0) {
    now_s_ += static_cast<double>(filled.lost) / rate_hz_;
    smooth_.reset();
    fast_.reset();
    turns_.reset();
    bottom_.reset();
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
