#pragma once

#include <memory>
#include <optional>

#include "attune/signal/beat.hpp"

namespace attune::signal {

/// Finds pulses in a photoplethysmogram (finger, ear, wrist), in any unit, either way round, at the top of
/// their wave.
///
/// Works as `RPeakDetector` does, on bands of 0.9–4 and 2.5–8 Hz, and tells nothing until rhythm and shape of
/// some beats speak for a heart: a sensor on a table has none. Samples that are missing for at most 200 ms
/// are bridged; a longer gap, or 1.2 s without any change, is a break. A pulse reaches the skin some 0.2 s
/// after its R peak, a little sooner when blood pressure is high: its intervals vary more than those of R
/// peaks.
class PulseDetector {
 public:
  /// @param rate_hz  20 to 4000.
  explicit PulseDetector(double rate_hz);
  ~PulseDetector();
  PulseDetector(PulseDetector&&) noexcept;
  PulseDetector& operator=(PulseDetector&&) noexcept;

  /// @param light  NaN where missing.
  /// @return a beat, `delay_s()` after it happened; later by some five beats at the start and where there was
  /// no heart for a while, and up to 8 s late after a change of level.
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
