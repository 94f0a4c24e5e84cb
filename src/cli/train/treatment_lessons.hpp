#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/training.hpp"
#include "attune/session/networks.hpp"

namespace attune::cli {

/// Virtual sessions in which the oracle says, beside the product that steers, what it would have done.
struct TreatmentLessons {
  std::string population = "shipped";
  std::string programme = "heights";
  std::size_t patients = 40;     ///< on each plant; every other one without sensors beside the headset
  std::uint64_t seed = 1;        ///< of the people; those of one seed are met by no other
  std::size_t first_person = 0;  ///< number of the first one in the examples
};

/// Sessions of 20 minutes on both plants, steered by the product with `networks`; every 5 s an example: the
/// embedding that the treatment network read, and by how much the oracle, which sees the true state and all
/// parameters, would have another intensity. 1 is `treatment::whole_change` of intensity.
/// Source of the way to learn where one's own steering leads: Ross, Gordon & Bagnell, AISTATS 2011 (DAgger).
/// @param progress  called with how many sessions are done.
/// Errors: those of population, programme and world.
[[nodiscard]] core::Result<std::vector<learn::TreatmentExample>> treatment_lessons(
    const TreatmentLessons& lessons, std::shared_ptr<session::Networks> networks,
    const std::function<void(std::size_t)>& progress);

}  // namespace attune::cli
