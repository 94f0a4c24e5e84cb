#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "attune/sim/controllers.hpp"
#include "attune/sim/population.hpp"

/// The honest rival: steers by what the patient says alone, with the published equations of plant A.
namespace attune::sim {

struct Persons;

/// Who a patient might be: persons that are drawn once and shared by all sessions.
class SudsPrior {
 public:
  /// @param population  whose distributions are believed.
  explicit SudsPrior(const Population& population, std::size_t persons = 3072, std::uint64_t seed = 1);

  [[nodiscard]] const Persons& persons() const { return *persons_; }

 private:
  std::shared_ptr<const Persons> persons_;
};

/// Asks SUDS every three minutes, and believes what plant A's equations make of the answers. A particle is a
/// person of the prior who lives through the session as it was shown; answers weigh the persons, their bias
/// and error of reporting included. Every five seconds some ways to go on are tried out with persons drawn by
/// weight, and the best is taken: most habituation and productive time, least time near overwhelm. It knows
/// nothing of the patient but the answers.
class SudsController final : public Controller {
 public:
  static constexpr double first_asked_s = 60.0;
  static constexpr double ask_every_s = 180.0;

  explicit SudsController(const SudsPrior& prior);
  ~SudsController() override;

  PlantInput step(const ControllerView& view, std::mt19937_64& random) override;

  /// What is believed of anxiety now, its fast part included: mean and deviation, 0..1.
  struct Belief {
    double mean = 0.0, deviation = 0.0;
  };
  [[nodiscard]] Belief belief() const;
  [[nodiscard]] std::optional<double> last_suds() const;      ///< 0..100
  [[nodiscard]] std::optional<double> last_answer_s() const;  ///< when that was said

 private:
  struct Filter;
  std::unique_ptr<Filter> filter_;
};

}  // namespace attune::sim
