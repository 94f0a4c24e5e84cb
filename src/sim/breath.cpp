#include "sim/breath.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/random.hpp"

namespace attune::sim {

namespace {

constexpr double breath_variation = 0.08;  // deviation of the logarithm; healthy adults at rest 5-15 %
constexpr double slowest_per_min = 3.0, fastest_per_min = 60.0;
constexpr double newest_breath_counts = 0.4;  // belts smooth the rate over some three breaths

}  // namespace

Breath::Breath(const PatientParameters& patient, std::uint64_t seed)
    : patient_(patient),
      random_(seed),
      rate_per_min_(14.0 + 8.0 * patient.gain_breath * patient.x0),
      phase_(unit(random_)) {}

void Breath::live(double start_s, double length_s, double anxiety, double guide_per_min) {
  phase_ = phase(start_s);
  if (start_s > start_s_ && phase_ < phase_per_s_ * (start_s - start_s_)) {  // a breath has begun
    const double began_s = start_s - phase_ / std::max(phase_per_s_, 1e-9);
    if (breath_began_s_ >= 0.0) {
      const double latest = 60.0 / (began_s - breath_began_s_);
      const double share = measured_per_min_ > 0.0 ? newest_breath_counts : 1.0;
      measured_per_min_ += share * (latest - measured_per_min_);
    }
    breath_began_s_ = began_s;
    pace_ = lognormal(random_, 1.0, breath_variation);
  }
  start_s_ = start_s;

  if (guide_per_min > 0.0) guide_per_min_ = guide_per_min;
  const double drawn = guide_per_min > 0.0 ? 1.0 : 0.0;
  guided_ += length_s * (drawn - guided_) * patient_.compliance / 20.0;
  const double natural = 14.0 + 8.0 * patient_.gain_breath * anxiety;
  rate_per_min_ =
      std::clamp(natural + guided_ * (guide_per_min_ - natural), slowest_per_min, fastest_per_min);
  phase_per_s_ = rate_per_min_ * pace_ / 60.0;
}

double Breath::phase(double time_s) const {
  const double phase = phase_ + phase_per_s_ * (time_s - start_s_);
  return phase - std::floor(phase);
}

void Breath::read(double now_s, telemetry::Vitals& vitals) const {
  const auto age_s = static_cast<float>(now_s - start_s_);
  vitals.breath_phase = {static_cast<float>(phase_), age_s, true};
  if (measured_per_min_ > 0.0) vitals.breaths_per_min = {static_cast<float>(measured_per_min_), age_s, true};
}

}  // namespace attune::sim
