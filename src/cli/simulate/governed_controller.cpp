#include "cli/simulate/governed_controller.hpp"

#include <algorithm>

namespace attune::cli {

namespace {

constexpr double governor_step_s = 0.1;
constexpr int steps_a_second = 10;
constexpr int arrival_s = 15;  // from the calm garden into the world and up to where sessions begin

}  // namespace

GovernedSuds::GovernedSuds(const sim::SudsPrior& prior, const treatment::ProgrammeLimits& limits)
    : suds_(prior), governor_(limits), limits_(limits) {
  for (int second = 0; second < arrival_s; ++second) govern_a_second(sim::session_start_intensity);
}

double GovernedSuds::govern_a_second(double wanted) {
  const auto belief = suds_.belief();
  treatment::GovernorInput input;
  input.allowed = {treatment::Place::world, 1.0F, std::min(limits_.ceiling, treatment::absolute::ceiling),
                   true};
  input.asked_intensity = static_cast<float>(wanted);
  input.headset = {.running = true, .visible = true, .focused = true, .worn = true};
  input.head_valid = true;
  input.belief = {static_cast<float>(belief.mean), static_cast<float>(belief.deviation), 0.0, true};
  if (const auto suds = suds_.last_suds()) input.suds = static_cast<float>(*suds);
  for (int step = 0; step < steps_a_second; ++step) {
    time_s_ += governor_step_s;
    input.time = core::at_seconds(time_s_);
    governor_.step(input);
  }
  return static_cast<double>(governor_.previous().intensity);
}

sim::PlantInput GovernedSuds::step(const sim::ControllerView& view, std::mt19937_64& random) {
  auto wanted = suds_.step(view, random);
  wanted.z = govern_a_second(wanted.z);
  return wanted;
}

}  // namespace attune::cli
