#pragma once

#include <span>
#include <vector>

#include "attune/sensors/clock_estimator.hpp"
#include "sensors/heart_rate_measurement.hpp"
#include "sensors/message.hpp"

namespace attune::sensors {

/// Gives every beat of a heart-rate sensor an instant. The sensor sends no time, but the sum of its RR
/// intervals is a clock: a beat lies exactly one interval after the one before, whenever the radio gets round
/// to telling. Where measurements went missing the sum has a hole and begins anew.
class BeatClock {
 public:
  static constexpr double longest_silence_s = 3.0;  // sensors send once a second; two lost ones are a hole

  /// The samples of one measurement that arrived at `arrival_ns` (CLOCK_MONOTONIC): each beat, then the rate.
  /// @param out  cleared first
  void take(const HeartRateMeasurement& measurement, std::int64_t arrival_ns, std::vector<Sample>& out);
  /// The link is gone: both streams are flagged.
  void lose(Fault why, std::int64_t now_ns, std::vector<Sample>& out);

  [[nodiscard]] ClockEstimate clock() const { return estimator_.current(); }

 private:
  void take_beats(std::span<const std::uint16_t> rr_1024, std::int64_t arrival_ns, std::vector<Sample>& out);
  void begin_anew();

  ClockEstimator estimator_{2.0};  // a beat waits for the next second's value, and that for the radio
  double beats_s_ = 0.0;           // sum of the intervals: the sensor's time of the last beat
  std::int64_t last_arrival_ns_ = 0, last_beat_ns_ = 0;
  bool counting_ = false;
};

}  // namespace attune::sensors
