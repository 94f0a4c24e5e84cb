#include "attune/sim/plant.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/plant_a.hpp"
#include "attune/sim/plant_b.hpp"
#include "attune/sim/random.hpp"
#include "sim/plant_law.hpp"

namespace attune::sim {

namespace {

constexpr double dt = Plant::step_s;
constexpr double fast_time_s = 15.0;  // of n, the fast part of anxiety
constexpr double presence_time_s = 60.0;
constexpr double sickness_time_s = 300.0;
constexpr double leaves_after_s = 60.0;
constexpr std::uint64_t attention_steps = 3;

}  // namespace

Plant::Plant(const PatientParameters& patient, std::uint64_t seed, double intensity)
    : patient_(patient), random_(seed), intensity_(intensity) {
  state_.x = state_.anxiety = patient.x0;
  state_.v = patient.v0;
}

double Plant::attention_probability(double lead) const {
  const double away = 3.0 * patient_.alpha * std::max(state_.anxiety - 0.3, 0.0);
  return logistic(1.6 - away + 0.5 * state_.v + 0.8 * lead);
}

const PlantState& Plant::step(const PlantInput& input) {
  auto& now = state_;
  const double z = now.left ? 0.0 : clip(input.z);
  const double u = now.left ? 0.0 : clip(input.u);
  now.felt = {z, u, now.left ? 0.0 : clip(input.lead), std::min(input.variant, novel_variant)};

  if (now.steps++ % attention_steps == 0)
    now.attends = unit(random_) < attention_probability(clip(input.lead));
  const double y = now.attends ? 1.0 : 0.0;
  if (z != raised_from_) {
    now.stimulus = std::pow(z, patient_.gamma);
    raised_from_ = z;
  }

  const double drive =
      clip(patient_.x0 + patient_.rho * now.stimulus * presence() * (0.6 + 0.4 * y) * fear() -
           patient_.relief * patient_.compliance * u);
  const double time_constant_s = drive > now.x ? patient_.tau_up_s : patient_.tau_down_s;
  now.x = clip(now.x + dt * (drive - now.x) / time_constant_s);
  fast_ += -fast_ * dt / fast_time_s + patient_.sigma * std::sqrt(2.0 * dt / fast_time_s) * normal(random_);
  now.anxiety = clip(now.x + fast_);

  learn();

  const double motion = std::min(std::abs(z - intensity_) / dt / 0.05, 5.0);
  now.s = clip(now.s + dt * (patient_.k_s * motion - now.s / sickness_time_s));
  now.v += dt * (patient_.v0 * (1.0 - 0.6 * now.s) - now.v) / presence_time_s;
  intensity_ = z;

  overwhelmed_s_ = now.anxiety > overwhelmed_at ? overwhelmed_s_ + dt : std::max(0.0, overwhelmed_s_ - dt);
  if (overwhelmed_s_ > leaves_after_s && !now.left) {
    now.left = true;
    leave();
  }
  return now;
}

std::unique_ptr<Plant> make_plant(PlantKind kind, const PatientParameters& patient, std::uint64_t seed,
                                  double intensity) {
  if (kind == PlantKind::b) return std::make_unique<PlantB>(patient, seed, intensity);
  return std::make_unique<PlantA>(patient, seed, intensity);
}

}  // namespace attune::sim
