#include "signal/beat_evidence.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

// Measured on the pulses of six wrists where they are clean, and on the likeliest paths through generated
// white, pink and brown noise. A leap is that from the interval before or the one before that, whichever is
// less, in natural logarithms: every second beat may be an early one.
constexpr double heart_leap = 0.05, noise_leap = 0.33;
constexpr double any_leap =
    0.15;  // share of a heart's intervals that tell nothing: a beat missed, or many early
constexpr float heart_likeness = 2.0F, heart_spread = 0.6F;
constexpr float noise_likeness = 0.8F, noise_spread = 0.35F;
constexpr float most_for_band = 1.5F, most_against_band = 2.0F;
constexpr float most_against = 1.0F;  // a mean beat that was learned wrongly outweighs no steady rhythm
constexpr float kept = 4.0F;  // nats above `enough` at most: the end of a heart is seen within a few beats

/// Laplace's density for a heart, half a normal one for noise.
float for_rhythm(double leap) {
  const double noise = std::exp(-0.5 * leap * leap / (noise_leap * noise_leap)) / (1.2533 * noise_leap);
  const double heart = std::exp(-leap / heart_leap) / heart_leap;
  return static_cast<float>(std::log(((1.0 - any_leap) * heart + any_leap * noise) / noise));
}

float for_shape(float likeness) {
  const float heart = (std::min(likeness, heart_likeness) - heart_likeness) / heart_spread;
  const float noise = (std::max(likeness, noise_likeness) - noise_likeness) / noise_spread;
  const float nats = 0.5F * (noise * noise - heart * heart) + std::log(noise_spread / heart_spread);
  return std::clamp(nats, -most_against_band, most_for_band);
}

}  // namespace

void BeatEvidence::push(double interval_s, const std::array<float, QrsCandidate::bands>& likeness) {
  if (enough_ <= 0.0F) return;
  float nats = 0.0F;
  for (const float z : likeness) nats += for_shape(z);
  nats = std::max(nats, -most_against);
  if (interval_s > 0.0 && before_s_ > 0.0) {
    double leap = std::abs(std::log(interval_s / before_s_));
    if (before_that_s_ > 0.0) leap = std::min(leap, std::abs(std::log(interval_s / before_that_s_)));
    nats += for_rhythm(leap);
  }
  before_that_s_ = before_s_;
  before_s_ = interval_s;
  nats_ = std::clamp(nats_ + nats, 0.0F, enough_ + kept);
  certain_ = nats_ >= enough_ || (certain_ && nats_ > 0.0F);
}

}  // namespace attune::signal
