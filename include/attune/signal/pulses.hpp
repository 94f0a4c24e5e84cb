#pragma once

#include <memory>
#include <optional>

#include "attune/signal/beat.hpp"

namespace attune::signal {

/// Finds pulses in a photoplethysmogram (finger, ear, wrist), in any unit, either way round, at the foot of
/// their wave: where it begins to rise, which is the mark that wanders least.
///
/// The likeliest sequence of rises in the band of 0.7 to 4 Hz, by their height and the period of the whole,
/// is told once the waves are as alike as only a heart's are: a sensor on a table has no pulse. Where a wrist
/// then moves, a heart is believed for a minute at most, and pulses go on being told; intervals next to waves
/// that are three times louder or weaker than usual, or hardly like the others, are not connected. Samples
/// that are missing for at most 200 ms are bridged; a longer gap, or 1.2 s without any change, is a break. A
/// pulse reaches the skin some 0.2 s after its R peak, a little sooner when blood pressure is high: its
/// intervals vary more than those of R peaks.
class PulseDetector {
 public:
  /// @param rate_hz  20 to 4000.
  explicit PulseDetector(double rate_hz);
  ~PulseDetector();
  PulseDetector(PulseDetector&&) noexcept;
  PulseDetector& operator=(PulseDetector&&) noexcept;

  /// @param light  NaN where missing.
  /// @return a beat, `delay_s()` after it happened; at the start, and where there was no heart for a while,
  /// once some eight waves have shown one: then the beats before are told, 28 at most.
  std::optional<Beat> push(double light);
  /// The beats that are left when no more samples come, one a call.
  std::optional<Beat> finish();
  [[nodiscard]] double delay_s() const;
  void reset();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attune::signal
