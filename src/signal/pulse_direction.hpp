#pragma once

namespace attune::signal {

/// Which way round a pulse wave is. Its foot is the mark that wanders least, so the marks around which the
/// waves are the more alike are the feet; where both are, as in a clean signal, a pulse rises more steeply
/// than it falls. Sensors are not turned around while they are worn: what was learned counts for minutes.
class PulseDirection {
 public:
  explicit PulseDirection(double inner_rate_hz) : rate_hz_(inner_rate_hz) {}

  /// The next value of the band, and how alike the waves are lately that rise, and those that fall.
  void push(double value, double rising, double falling);
  /// @return whether pulses rise.
  [[nodiscard]] bool upward() const { return upward_; }
  /// Whether enough was seen to tell.
  [[nodiscard]] bool known() const { return known_; }

 private:
  double rate_hz_;
  double last_ = 0.0, usual_step_ = 0.0, steps_ = 0.0, informed_ = 0.0;
  double weight_ = 0.0, upright_ = 0.0;  // mean, and mean of what speaks for waves that rise
  bool upward_ = true, known_ = false;
};

}  // namespace attune::signal
