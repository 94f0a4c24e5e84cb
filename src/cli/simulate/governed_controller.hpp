#pragma once

#include "attune/sim/suds_controller.hpp"
#include "attune/treatment/governor.hpp"

namespace attune::cli {

/// The rival `suds` behind the product's governor: what it asks for once a second passes the governor, with
/// its own belief and the answers it was given, as the product's does every frame.
class GovernedSuds final : public sim::Controller {
 public:
  GovernedSuds(const sim::SudsPrior& prior, const treatment::ProgrammeLimits& limits);

  sim::PlantInput step(const sim::ControllerView& view, std::mt19937_64& random) override;
  [[nodiscard]] const sim::SudsController& inner() const { return suds_; }

 private:
  /// A second of the governor, ten steps. @return the intensity it lets through.
  double govern_a_second(double wanted);

  sim::SudsController suds_;
  treatment::Governor governor_;
  treatment::ProgrammeLimits limits_;
  double time_s_ = 0.0;  ///< of the governor: it has lived through the way into the world before
};

}  // namespace attune::cli
