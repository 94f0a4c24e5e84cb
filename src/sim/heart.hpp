#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <random>

#include "attune/sim/population.hpp"
#include "attune/telemetry/samples.hpp"
#include "sim/breath.hpp"

namespace attune::sim {

/// A heart beat by beat, and the chest strap that hears it.
///
/// Rate hr0 + 22 G X a minute with slow noise (3 a minute, 20 s); respiratory sinus arrhythmia of amplitude
/// 60 (1 − 0.7 X) ms, shortest in the middle of breathing in; an oscillation at 0.1 Hz of amplitude 25 ms;
/// 8 ms of noise a beat; 0.3 % of the beats come early and are followed by a pause. The strap misses 1.5 % of
/// the beats, and hears as many that are none.
///
/// Breathing at the person's resonance, 5–6.5 a minute, doubles the sinus arrhythmia, and rates within a
/// breath of it strengthen it in part (Vaschillo, Vaschillo & Lehrer, Applied Psychophysiology and
/// Biofeedback 31 (2006) 129); at the rates of nobody who is guided it changes nothing.
class Heart {
 public:
  Heart(const PatientParameters& patient, std::uint64_t seed, std::uint64_t sensor_seed);

  /// When the next beat is, or what the strap takes for one.
  [[nodiscard]] double next_s() const { return std::min(beat_s_, false_beat_s_); }
  /// What happens at `next_s`. Call once then.
  void live(double anxiety, const Breath& breath);
  void read(double now_s, telemetry::Vitals& vitals) const;

 private:
  [[nodiscard]] double interval_s(double anxiety, const Breath& breath);
  void hear(double at_s);

  static constexpr double never = std::numeric_limits<double>::infinity();

  PatientParameters patient_;
  std::mt19937_64 random_, sensor_random_;
  double slow_bpm_ = 0.0;     ///< the slow noise
  double wave_phase_rad_;     ///< of the 0.1 Hz oscillation
  double resonance_per_min_;  ///< of heart and breath, breaths a minute
  double pause_s_ = 0.0;      ///< that an early beat owes
  double beat_s_, false_beat_s_ = never;
  double heard_s_ = -1.0;               ///< last beat of the strap; −1: none yet
  double rr_ms_ = 0.0;                  ///< 0: no interval yet
  std::array<double, 13> latest_ms_{};  ///< intervals that the strap makes its rate of
  std::size_t intervals_ = 0;           ///< heard so far
  double usual_ms_ = 0.0;               ///< of them, without what fits to no heart; 0: too few yet
};

}  // namespace attune::sim
