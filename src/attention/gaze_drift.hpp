#pragma once

#include "attention/gaze_slots.hpp"
#include "attune/attention/gaze_parameters.hpp"

namespace attune::attention {

/// Tells pursuit from fixation: a Bayes filter with two states over the drift of gaze between saccades.
class GazeDrift {
 public:
  GazeDrift(const GazeClassifierParameters& parameters, GazeSlots& slots)
      : parameters_(&parameters), slots_(&slots), believed_(parameters.pursuit_prior) {}

  /// Filters the slots whose window of drift is complete.
  /// @param settled  slots before it keep their labels.
  /// @param forced   slots before it are wanted now, with what is there.
  void follow(std::int64_t settled, std::int64_t forced);
  /// Slots from `first` on are not at rest after all.
  void take_back(std::int64_t first);
  /// Slots before this number have their probability.
  [[nodiscard]] std::int64_t known() const { return next_; }
  /// Gives the resting slots of [first, known) their probability by all that is known, later slots included.
  void smooth(std::int64_t first);
  void reset() { *this = GazeDrift(*parameters_, *slots_); }

 private:
  /// Sums over the window, in seconds and degrees from its anchor.
  struct Sums {
    double count = 0, s = 0, ss = 0, square = 0;
    double x = 0, y = 0, z = 0, sx = 0, sy = 0, sz = 0;
  };
  [[nodiscard]] bool at_rest(std::int64_t number) const;
  [[nodiscard]] bool continues(std::int64_t number) const;
  void begin_stretch(std::int64_t number);
  void add(std::int64_t number, double sign);
  void anchor(std::int64_t number);
  void follow_noise(std::int64_t number);
  [[nodiscard]] float evidence_per_s() const;
  void filter(std::int64_t number);

  const GazeClassifierParameters* parameters_;
  GazeSlots* slots_;
  std::int64_t next_ = 0;           ///< next slot to filter
  bool in_stretch_ = false;         ///< the slot before `next_` was at rest
  std::int64_t from_ = 0, to_ = 0;  ///< window [from, to)
  std::int64_t anchor_ns_ = 0;
  glm::vec3 anchor_deg_{0.0F};
  Sums sums_;
  std::int64_t stretch_ = 0;  ///< its first slot
  double noise_ = 0.0;        ///< variance of one place, deg², all axes together
  float believed_;
};

}  // namespace attune::attention
