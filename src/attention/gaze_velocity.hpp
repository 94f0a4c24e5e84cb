#pragma once

#include "attention/gaze_slots.hpp"
#include "attune/attention/gaze_parameters.hpp"

namespace attune::attention {

/// Takes single outliers out of the places of gaze and gives each slot its velocity, as soon as enough of
/// what follows is there.
class GazeVelocity {
 public:
  explicit GazeVelocity(const GazeClassifierParameters& parameters) : parameters_(&parameters) {}

  /// Takes note of the newest slot.
  /// @param last  nothing will follow: all that is there has its velocity after this.
  void follow(GazeSlots& slots, bool last);
  /// Slots before this number have their velocity.
  [[nodiscard]] std::int64_t known() const { return known_; }
  void reset() { smooth_ = known_ = 0; }

 private:
  [[nodiscard]] double longest_bridge_s(const GazeSlots& slots) const;
  [[nodiscard]] std::int64_t last_good(const GazeSlots& slots, std::int64_t before) const;
  [[nodiscard]] std::int64_t decided(const GazeSlots& slots, bool last) const;
  void bridge(GazeSlots& slots) const;
  void smooth(GazeSlots& slots, std::int64_t number) const;
  [[nodiscard]] bool ready(const GazeSlots& slots, bool last) const;
  void measure(GazeSlots& slots, std::int64_t number) const;

  const GazeClassifierParameters* parameters_;
  std::int64_t smooth_ = 0;  ///< slots before it have their final place
  std::int64_t known_ = 0;
};

}  // namespace attune::attention
