#pragma once

#include "attention/gaze_slots.hpp"
#include "attune/attention/gaze_parameters.hpp"

namespace attune::attention {

/// Finds losses, blinks, saccades and the oscillations after them, slot by slot, and writes their labels.
/// What it leaves as `fixation` is the eye at rest or in pursuit.
class GazeMovements {
 public:
  GazeMovements(const GazeClassifierParameters& parameters, GazeSlots& slots)
      : parameters_(&parameters), slots_(&slots) {}

  /// Takes the next slot, whose velocity is known.
  /// @param free  slots from this number on may still be labelled anew.
  void step(std::int64_t number, std::int64_t free);
  /// Slots from `first` on turned out to be lost: they stood still while the eyes were closed.
  void take_back(std::int64_t first, std::int64_t free);

  /// Slots before this number keep their labels, unless they turn out to belong to a blink.
  [[nodiscard]] std::int64_t settled() const;
  /// First slot whose label was changed to lost or blink since the last call; `none` without one.
  [[nodiscard]] std::int64_t taken_back();
  /// Slots before this number were given to `step`.
  [[nodiscard]] std::int64_t next() const { return next_; }
  void reset();

  static constexpr std::int64_t none = -1;

 private:
  enum class State { resting, saccade, settling, lost, lid };

  void rest(std::int64_t i);
  void begin_saccade(std::int64_t i);
  void in_saccade(std::int64_t i);
  [[nodiscard]] std::int64_t first_moving(std::int64_t from, float least_deg_s, float fast_deg_s) const;
  bool end_saccade(std::int64_t end, std::int64_t next);
  void settle(std::int64_t i);
  void leave_to_pursuit(std::int64_t late);
  void end_oscillation(std::int64_t next);
  [[nodiscard]] bool stays(std::int64_t next) const;
  void lose(std::int64_t i);
  void begin_blink(std::int64_t first_lost);
  [[nodiscard]] bool dragged() const;
  [[nodiscard]] double least_blink_s() const;
  void label_lost(std::int64_t newest);
  void fill(std::int64_t found);
  void find_again(std::int64_t i);
  void under_lid(std::int64_t i);
  void follow_noise(std::int64_t i);
  void label(std::int64_t from, std::int64_t to, GazeLabel label);
  void note_taken_back(std::int64_t first);

  const GazeClassifierParameters* parameters_;
  GazeSlots* slots_;
  State state_ = State::resting;
  std::int64_t next_ = 0;
  std::int64_t free_ = 0;
  std::int64_t taken_back_ = none;
  float median_deg_s_ = 8.0F;  // a good remote tracker, until it shows otherwise

  std::int64_t slow_ = none;  ///< newest resting slot below the onset threshold
  std::int64_t onset_ = 0, peak_ = 0, end_ = 0, before_ = 0;  ///< of the saccade
  std::int64_t kept_ = 0;        ///< newest slot of the oscillation or of the blink
  std::int64_t fast_ = 0;        ///< newest fast slot of either
  std::int64_t first_lost_ = 0;  ///< of the loss
  std::int64_t lost_from_ns_ = 0, lost_to_ns_ = 0;
  bool is_blink_ = false;   ///< the loss is long enough
  bool had_blink_ = false;  ///< lost_from/to hold an earlier one
};

}  // namespace attune::attention
