#pragma once

#include <memory>
#include <optional>

#include "attune/signal/beat.hpp"

namespace attune::signal {

/// Finds R peaks in one lead of an electrocardiogram, in any unit, either way round, with any offset.
///
/// Candidates from two bands (8–20 and 20–60 Hz) are weighed by what this person's beats and noise have been
/// like, and the likeliest sequence of beats is told (`BeatPath`). No threshold is carried through a burst of
/// movement: levels follow slowly, limit what any sample may teach, and are learned anew after 4.5 s without
/// a beat. Samples that are missing for at most 60 ms are bridged; a longer gap, or 1.2 s without any change,
/// is a break.
class RPeakDetector {
 public:
  /// @param rate_hz  100 to 4000.
  explicit RPeakDetector(double rate_hz);
  ~RPeakDetector();
  RPeakDetector(RPeakDetector&&) noexcept;
  RPeakDetector& operator=(RPeakDetector&&) noexcept;

  /// @param ecg  NaN where missing.
  /// @return a beat, `delay_s()` after it happened; up to 8 s late at the start and after a change of level.
  std::optional<Beat> push(double ecg);
  /// The beats that are left when no more samples come, one a call.
  std::optional<Beat> finish();
  [[nodiscard]] double delay_s() const;
  void reset();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attune::signal
