#pragma once

#include <optional>

#include "attune/signal/butterworth.hpp"
#include "attune/signal/respiration.hpp"
#include "attune/signal/rr_series.hpp"
#include "attune/telemetry/samples.hpp"
#include "state/evidence.hpp"

namespace attune::state {

/// Turns readings of RR intervals into intervals of which is known what they are worth, and into breathing as
/// the heart shows it. A reading's age says when its beat was; a reading seen before counts once, and where
/// beats went missing the intervals around do not follow each other.
class HeartEvidence {
 public:
  HeartEvidence();

  /// Takes the readings of a frame.
  void push(const telemetry::Reading& rr_ms, core::SessionTime now, Intervals& intervals);
  /// A step of 250 ms ended.
  void end_step();
  /// Breaths a minute by respiratory sinus arrhythmia, where it shows them; for when no belt is worn.
  [[nodiscard]] std::optional<double> breaths_per_min() const;

 private:
  void take(double beat_s, bool connected, Intervals& intervals);

  signal::RrSeries series_;
  signal::Butterworth breathing_band_;
  signal::Respiration breathing_;
  std::optional<core::SessionTime> last_beat_;
  double clock_s_ = 0.0;                ///< sum of the intervals, for exact differences
  core::SessionTime clock_is_{};        ///< the instant of `clock_s_`
  std::optional<double> newest_rr_ms_;  ///< while it is the interval that goes on
  double since_beat_s_ = 0.0;
};

}  // namespace attune::state
