#pragma once

#include <algorithm>
#include <cstdint>

#include "attune/sim/plant.hpp"
#include "sim/breath.hpp"
#include "sim/heart.hpp"
#include "sim/skin.hpp"

namespace attune::sim {

/// Everything that sensors beside the headset measure of one person.
class BodySignals {
 public:
  BodySignals(const PatientParameters& patient, std::uint64_t seed);

  /// The step of the plant that begins at `start_s`. @param guide_per_min  of the breathing guide; 0: none.
  void begin_step(double start_s, double anxiety, double guide_per_min) {
    breath_.live(start_s, Plant::step_s, anxiety, guide_per_min);
  }
  /// When something happens of itself next.
  [[nodiscard]] double next_s() const { return std::min(heart_.next_s(), skin_s()); }
  /// What happens at `next_s`. Call once then.
  void live(double anxiety);
  [[nodiscard]] telemetry::Vitals read(double now_s) const;

 private:
  [[nodiscard]] double skin_s() const { return static_cast<double>(skin_ticks_ + 1) * Skin::tick_s; }

  Breath breath_;
  Heart heart_;
  Skin skin_;
  std::int64_t skin_ticks_ = 0;
};

}  // namespace attune::sim
