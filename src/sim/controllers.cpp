#include "attune/sim/controllers.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/random.hpp"
#include "sim/streams.hpp"
#include "sim/words.hpp"

namespace attune::sim {

namespace {

class Fixed final : public Controller {
 public:
  PlantInput step(const ControllerView& view, std::mt19937_64&) override {
    return {.z = std::min(1.0, 0.1 + 0.1 * std::floor(view.time_s / 120.0))};
  }
};

class Therapist final : public Controller {
 public:
  PlantInput step(const ControllerView& view, std::mt19937_64& random) override {
    if (view.time_s - asked_s_ >= 120.0) {
      asked_s_ = view.time_s;
      const double suds = answer(telemetry::ReportKind::suds, view.truth, view.patient, random);
      peak_ = std::max(peak_, suds);
      const bool up = suds <= 0.6 * peak_ || suds < 40.0;
      const bool down = suds > 80.0;
      step_ = std::clamp(step_ + (up ? 1 : 0) - (down ? 1 : 0), 1, 10);
      if (up || down) peak_ = 0.0;
    }
    return {.z = step_ / 10.0};
  }

 private:
  int step_ = 1;
  double peak_ = 0.0;
  double asked_s_ = 0.0;
};

class Oracle final : public Controller {
 public:
  PlantInput step(const ControllerView& view, std::mt19937_64&) override {
    constexpr double target = 0.55;
    const auto& patient = view.patient;
    const auto& truth = view.truth;
    const double needed = target + 1.5 * (target - truth.anxiety) - patient.x0;
    const double gained = patient.rho * patient.v0 * 0.9 * (1.0 - truth.h) + 1e-6;
    return {.z = std::pow(std::clamp(needed / gained, 0.0, 1.0), 1.0 / patient.gamma),
            .u = truth.anxiety > 0.75 ? 1.0 : 0.0};
  }
};

}  // namespace

std::unique_ptr<Controller> fixed_controller() { return std::make_unique<Fixed>(); }
std::unique_ptr<Controller> therapist_controller() { return std::make_unique<Therapist>(); }
std::unique_ptr<Controller> oracle_controller() { return std::make_unique<Oracle>(); }

std::unique_ptr<Controller> controller_by_name(std::string_view name) {
  if (name == "fixed") return fixed_controller();
  if (name == "therapist") return therapist_controller();
  if (name == "oracle") return oracle_controller();
  return nullptr;
}

Outcome run_session(const PatientParameters& patient, Controller& controller, double seconds,
                    std::uint64_t seed, const SessionWatcher& watcher) {
  constexpr double start_intensity = 0.1, most_up = 0.02, most_down = 0.5;
  constexpr long steps_a_second = 10;
  const long steps = std::lround(seconds / PlantA::step_s);

  PlantA plant(patient, derived_seed(seed, stream_plant), start_intensity);
  std::mt19937_64 random(derived_seed(seed, stream_controller));
  PlantInput input{.z = start_intensity};
  OutcomeTally tally;
  for (long k = 0; k < steps; ++k) {
    if (k % steps_a_second == 0) {
      const double time_s = static_cast<double>(k) / static_cast<double>(steps_a_second);
      const auto wanted = controller.step({time_s, input.z, plant.state(), patient}, random);
      const double change = std::clamp(wanted.z - input.z, -most_down, most_up);
      input = {std::clamp(input.z + change, 0.0, 1.0), wanted.u, wanted.lead};
    }
    const bool was_there = !plant.state().left;
    const auto& now = plant.step(input);
    tally.add(now, input, was_there);
    if (watcher) watcher(now, input);
  }
  return tally.outcome();
}

}  // namespace attune::sim
