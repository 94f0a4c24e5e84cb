// A population's file, as a researcher may have written it, and the people whom it draws.
#include <cmath>
#include <cstdint>
#include <string>

#include "attune/sim/plant.hpp"
#include "attune/sim/population.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace attune::sim;
  const auto population =
      Population::parse(std::string(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (!population) return 0;
  const bool both = population->check_plant_b().ok();
  std::mt19937_64 random(1);
  for (int person = 0; person < 3; ++person) {
    const auto patient = draw_patient(*population, random);
    for (const auto kind : {PlantKind::a, PlantKind::b}) {
      if (kind == PlantKind::b && !both) continue;
      const auto plant = make_plant(kind, patient, 1, 0.5);
      for (int step = 0; step < 30; ++step) {
        const auto state = plant->step({.z = 1.0, .u = 0.5});
        if (!(state.anxiety >= 0.0 && state.anxiety <= 1.0) || !std::isfinite(state.h)) __builtin_trap();
      }
    }
  }
  return 0;
}
