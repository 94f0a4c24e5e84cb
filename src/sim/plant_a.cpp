#include "attune/sim/plant_a.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/random.hpp"

namespace attune::sim {

namespace {

constexpr double dt = PlantA::step_s;
constexpr double fast_time_s = 15.0;  // of n, the fast part of anxiety
constexpr double presence_time_s = 60.0;
constexpr double sickness_time_s = 300.0;
constexpr double overwhelmed_at = 0.90;
constexpr double leaves_after_s = 60.0;
constexpr double most_habituated = 0.95;
constexpr std::uint64_t attention_steps = 3;

double logistic(double a) { return 1.0 / (1.0 + std::exp(-a)); }
double clip(double value) { return std::clamp(value, 0.0, 1.0); }

}  // namespace

PlantA::PlantA(const PatientParameters& patient, std::uint64_t seed, double intensity)
    : patient_(patient), random_(seed), intensity_(intensity) {
  state_.x = state_.anxiety = patient.x0;
  state_.v = patient.v0;
}

double PlantA::learning(double anxiety) {
  const double from_best = (anxiety - 0.55) / 0.22;
  return std::exp(-from_best * from_best) - 0.5 * logistic((anxiety - overwhelmed_at) / 0.025);
}

double PlantA::attention_probability(double lead) const {
  const double away = 3.0 * patient_.alpha * std::max(state_.anxiety - 0.3, 0.0);
  return logistic(1.6 - away + 0.5 * state_.v + 0.8 * lead);
}

const PlantState& PlantA::step(const PlantInput& input) {
  const double z = state_.left ? 0.0 : clip(input.z);
  const double u = state_.left ? 0.0 : clip(input.u);
  auto& now = state_;

  if (steps_++ % attention_steps == 0) now.attends = unit(random_) < attention_probability(clip(input.lead));
  const double y = now.attends ? 1.0 : 0.0;
  if (z != raised_from_) {
    stimulus_ = std::pow(z, patient_.gamma);
    raised_from_ = z;
  }

  const double drive = clip(patient_.x0 + patient_.rho * stimulus_ * now.v * (0.6 + 0.4 * y) * (1.0 - now.h) -
                            patient_.relief * patient_.compliance * u);
  const double time_constant_s = drive > now.x ? patient_.tau_up_s : patient_.tau_down_s;
  now.x = clip(now.x + dt * (drive - now.x) / time_constant_s);
  fast_ += -fast_ * dt / fast_time_s + patient_.sigma * std::sqrt(2.0 * dt / fast_time_s) * normal(random_);
  now.anxiety = clip(now.x + fast_);

  const double habituating = 1.6 / (60.0 * patient_.habituation_min) * learning(now.anxiety) *
                             (0.4 + 0.6 * y) * stimulus_ * (1.0 - now.h);
  const double returning = (1.0 - stimulus_) * now.h / (60.0 * patient_.return_min);
  now.h = std::clamp(now.h + dt * (habituating - returning), 0.0, most_habituated);

  const double motion = std::min(std::abs(z - intensity_) / dt / 0.05, 5.0);
  now.s = clip(now.s + dt * (patient_.k_s * motion - now.s / sickness_time_s));
  now.v += dt * (patient_.v0 * (1.0 - 0.6 * now.s) - now.v) / presence_time_s;
  intensity_ = z;

  overwhelmed_s_ = now.anxiety > overwhelmed_at ? overwhelmed_s_ + dt : std::max(0.0, overwhelmed_s_ - dt);
  if (overwhelmed_s_ > leaves_after_s) now.left = true;
  return now;
}

}  // namespace attune::sim
