#pragma once

#include <gtest/gtest.h>

#include "cli/simulate/simulation.hpp"

namespace attune::cli::test {

inline SimulationRequest request_for(std::vector<std::string> controllers, std::size_t patients,
                                     std::uint64_t seed = 7, sim::PlantKind plant = sim::PlantKind::a) {
  SimulationRequest request;
  request.patients = patients;
  request.seed = seed;
  request.controllers = std::move(controllers);
  request.plant = plant;
  return request;
}

/// The simulation that was asked for; the test fails where there is none.
inline Simulation simulated(const SimulationRequest& request) {
  auto simulation = simulate(request, {});
  EXPECT_TRUE(simulation) << (simulation ? "" : simulation.error().message);
  return simulation ? std::move(*simulation) : Simulation{};
}

inline const Figure& figure(const Figures& figures, std::string_view name) {
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (measures[m].name == name) return figures[m];
  }
  ADD_FAILURE() << "there is no measure " << name;
  return figures[0];
}

}  // namespace attune::cli::test
