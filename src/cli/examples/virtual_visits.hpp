#pragma once

#include <cstdint>
#include <functional>

#include "attune/core/result.hpp"
#include "attune/learn/dataset.hpp"

namespace attune::cli {

/// How virtual patients are brought before a model.
struct VirtualVisits {
  std::string population = "shipped";
  std::string world = "heights";
  std::size_t patients = 240;
  double length_s = 300.0;
  std::uint64_t seed = 1;
};

/// Everybody of a drawn population, by turns of plant A and of plant B and with all sensors, visits a world
/// once, and every 10 s from the first whole window on gives a sample: features as the runtime computes them,
/// label the true anxiety. Exposure follows a random course: a level from 0..1 every 20 to 60 s, approached
/// at the runtime's own pace, calming feedback in three of ten stretches. Who drops out gives no samples any
/// more.
/// @param progress  called with the number of patients done.
/// Errors: those of the population and the world.
[[nodiscard]] core::Result<learn::Dataset> virtual_visits(const VirtualVisits& visits,
                                                          const std::function<void(std::size_t)>& progress);

}  // namespace attune::cli
