#include "attune/sim/controllers.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "attune/sim/plant_b.hpp"
#include "attune/sim/random.hpp"
#include "sim/plant_law.hpp"
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

/// Plant A's.
class OracleA final : public Controller {
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

/// Plant B's: learning is φ E times what safety behaviour leaves of attention, so the anxiety to hold is the
/// one at which that is largest for this person.
class OracleB final : public Controller {
 public:
  PlantInput step(const ControllerView& view, std::mt19937_64&) override {
    const auto& patient = view.patient;
    const auto& truth = view.truth;
    if (!goal_) choose(patient);
    const double needed = *goal_ + 1.5 * (*goal_ - truth.anxiety) - patient.x0;
    const double gained = patient.rho * patient.v0 * (0.6 + 0.4 * attention_) * truth.expectancy + 1e-6;
    return {.z = std::pow(std::clamp(needed / gained, 0.0, 1.0), 1.0 / patient.gamma),
            .u = truth.anxiety > 0.87 ? 1.0 : 0.0};
  }

 private:
  void choose(const PatientParameters& patient) {
    double best = -1.0;
    for (int percent = 40; percent <= 78; percent += 2) {
      const double anxiety = percent / 100.0;
      const double y = logistic(1.6 - 3.0 * patient.alpha * std::max(anxiety - 0.3, 0.0) + 0.5 * patient.v0);
      const double worth = (anxiety - patient.x0) / (0.6 + 0.4 * y) * (0.3 + 0.7 * y) *
                           (1.0 - patient.omega * PlantB::safety(patient, anxiety, y, 0.0));
      if (worth <= best) continue;
      best = worth;
      goal_ = anxiety;
      attention_ = y;
    }
  }

  std::optional<double> goal_;
  double attention_ = 1.0;
};

}  // namespace

std::unique_ptr<Controller> fixed_controller() { return std::make_unique<Fixed>(); }
std::unique_ptr<Controller> therapist_controller() { return std::make_unique<Therapist>(); }
std::unique_ptr<Controller> oracle_controller(PlantKind plant) {
  if (plant == PlantKind::b) return std::make_unique<OracleB>();
  return std::make_unique<OracleA>();
}

std::unique_ptr<Controller> controller_by_name(std::string_view name, PlantKind plant) {
  if (name == "fixed") return fixed_controller();
  if (name == "therapist") return therapist_controller();
  if (name == "oracle") return oracle_controller(plant);
  return nullptr;
}

Outcome run_session(const PatientParameters& patient, Controller& controller, double seconds,
                    std::uint64_t seed, PlantKind plant) {
  const auto person = make_plant(plant, patient, derived_seed(seed, stream_plant), session_start_intensity);
  return run_session(*person, controller, seconds, seed);
}

Outcome run_session(Plant& plant, Controller& controller, double seconds, std::uint64_t seed,
                    std::uint8_t variant) {
  constexpr double most_up = 0.02, most_down = 0.5;
  constexpr long steps_a_second = 10;
  const long steps = std::lround(seconds / Plant::step_s);

  std::mt19937_64 random(derived_seed(seed, stream_controller));
  PlantInput input{.z = session_start_intensity, .variant = variant};
  OutcomeMeter meter(plant.kind(), plant.patient());
  for (long k = 0; k < steps; ++k) {
    if (k % steps_a_second == 0) {
      const double time_s = static_cast<double>(k) / static_cast<double>(steps_a_second);
      const auto wanted = controller.step({time_s, input.z, plant.state(), plant.patient()}, random);
      const double change = std::clamp(wanted.z - input.z, -most_down, most_up);
      input = {std::clamp(input.z + change, 0.0, 1.0), wanted.u, wanted.lead, variant};
    }
    meter.add(plant.step(input));
  }
  return meter.outcome(seconds);
}

}  // namespace attune::sim
