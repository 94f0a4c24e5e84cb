#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>

#include "attune/sim/controllers.hpp"
#include "attune/sim/population.hpp"
#include "attune/sim/random.hpp"

/// Many virtual patients under one controller, and the controller that the specification's tables have beside
/// the named ones.
namespace attune::sim::testing_cohort {

/// Holds X near a target. Reads it with an error of 0.08 by person and of 0.12 by moment; the breathing guide
/// is on while what is read stays above 0.80, or always.
class Integral final : public Controller {
 public:
  explicit Integral(double target, bool guide_always = false)
      : target_(target), guide_always_(guide_always) {}

  PlantInput step(const ControllerView& view, std::mt19937_64& random) override {
    const bool first = !started_;
    started_ = true;
    if (first) person_error_ = 0.08 * normal(random);
    const double read = view.truth.anxiety + person_error_ + 0.12 * normal(random);
    mean_ = first ? read : 0.8 * mean_ + 0.2 * read;
    return {.z = view.intensity + 0.015 * (target_ - read), .u = guide_always_ || mean_ > 0.80 ? 1.0 : 0.0};
  }

 private:
  double target_;
  bool guide_always_, started_ = false;
  double person_error_ = 0.0, mean_ = 0.0;
};

using Maker = std::function<std::unique_ptr<Controller>()>;

inline Maker named(const char* name, PlantKind plant) {
  return [=] { return controller_by_name(name, plant); };
}
inline Maker integral(double target, bool guide_always = false) {
  return [=] { return std::make_unique<Integral>(target, guide_always); };
}

struct Mean {
  double habituation = 0, learning = 0, productive = 0, minutes_above_85 = 0, dropouts = 0, steps = 0,
         feedback = 0;
};

inline Mean mean_outcome(const Population& population, PlantKind plant, const Maker& controller,
                         std::uint64_t seed, int patients) {
  std::mt19937_64 random(seed);
  Mean mean;
  for (int i = 0; i < patients; ++i) {
    const auto patient = draw_patient(population, random);
    const auto outcome = run_session(patient, *controller(), 1200.0, random(), plant);
    mean.habituation += outcome.habituation / patients;
    mean.learning += outcome.learning / patients;
    mean.productive += outcome.productive / patients;
    mean.minutes_above_85 += outcome.minutes_above_85 / patients;
    mean.dropouts += (outcome.dropped_out ? 1.0 : 0.0) / patients;
    mean.steps += static_cast<double>(outcome.steps) / patients;
    mean.feedback += outcome.feedback_share / patients;
  }
  return mean;
}

inline Population population_of(const std::string& keys) {
  const auto found = Population::parse("name = \"test\"\nbased_on = \"shipped\"\n" + keys, "test.toml");
  EXPECT_TRUE(found) << found.error().message;
  return *found;
}

}  // namespace attune::sim::testing_cohort
