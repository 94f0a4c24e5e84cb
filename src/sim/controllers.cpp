#include "attune/sim/controllers.hpp"

#include <algorithm>
#include <array>
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
                    std::uint64_t seed) {
  constexpr double start_intensity = 0.1, most_up = 0.02, most_down = 0.5, held_s = 30.0;
  constexpr long steps_a_second = 10;
  const long steps = std::lround(seconds / PlantA::step_s);

  PlantA plant(patient, derived_seed(seed, stream_plant), start_intensity);
  std::mt19937_64 random(derived_seed(seed, stream_controller));
  PlantInput input{.z = start_intensity};
  std::array<double, 10> held{};
  double productive_s = 0.0, above_85_s = 0.0, lead_s = 0.0, feedback_s = 0.0;
  for (long k = 0; k < steps; ++k) {
    if (k % steps_a_second == 0) {
      const double time_s = static_cast<double>(k) / static_cast<double>(steps_a_second);
      const auto wanted = controller.step({time_s, input.z, plant.state(), patient}, random);
      const double change = std::clamp(wanted.z - input.z, -most_down, most_up);
      input = {std::clamp(input.z + change, 0.0, 1.0), wanted.u, wanted.lead};
    }
    const bool was_there = !plant.state().left;
    const auto& now = plant.step(input);
    const double z = was_there ? input.z : 0.0;

    const double x = now.anxiety;
    const bool productive = (x >= 0.40 && x <= 0.70) || (x < 0.40 && z >= 0.99);
    if (productive && was_there) productive_s += PlantA::step_s;
    if (x > 0.85) above_85_s += PlantA::step_s;
    if (now.left) continue;
    const int step = std::clamp(static_cast<int>(z * 10.0 + 1e-6) - 1, 0, 9);
    held[static_cast<std::size_t>(step)] += PlantA::step_s;
    if (input.lead > 0.0) lead_s += PlantA::step_s;
    if (input.u > 0.0) feedback_s += PlantA::step_s;
  }

  const auto highest = std::find_if(held.rbegin(), held.rend(), [](double s) { return s >= held_s; });
  return {.habituation = plant.state().h,
          .productive = productive_s / seconds,
          .minutes_above_85 = above_85_s / 60.0,
          .dropped_out = plant.state().left,
          .steps = static_cast<int>(held.rend() - highest),
          .lead_share = lead_s / seconds,
          .feedback_share = feedback_s / seconds};
}

}  // namespace attune::sim
