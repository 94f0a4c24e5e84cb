#include "signal/pulse_direction.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

constexpr double memory_s = 300.0, step_memory_s = 3.0;
constexpr double least_informed_s = 3.0;  // some waves, for half a one rises
constexpr double most_step = 3.0;         // times the usual one
constexpr double alike_from = 0.72;       // noise seldom is
constexpr double most_alike = 0.9;        // what is more alike is so either way round
constexpr double skew_share = 0.1;        // of a nat of Fisher's z
// Before the direction is changed; little was seen at first.
constexpr double least_difference = 0.01, least_at_first = 0.1, first_s = 12.0;

double fisher_z(double likeness) { return std::atanh(std::clamp(likeness, 0.0, most_alike)); }

}  // namespace

void PulseDirection::push(double value, double rising, double falling) {
  const double step = value - last_;
  last_ = value;
  steps_ += 1.0;
  usual_step_ += (std::abs(step) - usual_step_) / std::min(steps_, step_memory_s * rate_hz_);
  const double weight = std::max(std::max(rising, falling) - alike_from, 0.0);
  if (!(usual_step_ > 0.0 && weight > 0.0 && rising > 0.0 && falling > 0.0)) return;
  informed_ += 1.0;
  const double z = std::clamp(step / usual_step_, -most_step, most_step);
  const double up = fisher_z(rising) - fisher_z(falling) + skew_share * z * z * z;
  const double share = 1.0 / std::min(steps_, memory_s * rate_hz_);
  weight_ += share * (weight - weight_);
  upright_ += share * (weight * up - upright_);
  if (informed_ < least_informed_s * rate_hz_) return;
  const double difference = upright_ / weight_;
  const bool first = informed_ < first_s * rate_hz_;
  const double least = !known_ ? 0.0 : first ? least_at_first : least_difference;
  if (upward_ ? difference < -least : difference > least) upward_ = !upward_;
  known_ = true;
}

}  // namespace attune::signal
