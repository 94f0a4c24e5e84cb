#pragma once

#include "attention/gaze_slots.hpp"
#include "attune/attention/gaze_parameters.hpp"

namespace attune::attention {

/// Finds trackers that repeat their last value while the eyes are closed. A measured eye is never at exactly
/// the same place for long, unless the stream repeats its values anyway (no noise, or filled up to a higher
/// rate): there standing still says nothing.
class GazeStillness {
 public:
  explicit GazeStillness(const GazeClassifierParameters& parameters) : parameters_(&parameters) {}

  /// Takes the newest slot, and marks it and those that stood still with it as lost when they are.
  /// @return the first slot that was marked, or `none`.
  std::int64_t push(GazeSlots& slots, std::int64_t number);
  void reset() { *this = GazeStillness(*parameters_); }

  static constexpr std::int64_t none = -1;

 private:
  const GazeClassifierParameters* parameters_;
  std::int64_t run_ = none;  ///< slot whose value has been repeated since
  glm::vec3 value_deg_{0.0F};
  std::int64_t run_begin_ns_ = 0;
  float moves_ = 0.0F, repeats_ = 0.0F;  ///< counts that forget
};

}  // namespace attune::attention
