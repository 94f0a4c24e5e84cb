#pragma once

#include <optional>

#include "attune/core/ring.hpp"
#include "attune/signal/butterworth.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/slip_guard.hpp"
#include "attune/signal/turning_points.hpp"

namespace attune::signal {

/// One breath.
struct Breath {
  double start_s = 0.0;    ///< start of breathing in
  double top_s = 0.0;      ///< start of breathing out
  double end_s = 0.0;      ///< start of the next
  double amplitude = 0.0;  ///< of breathing in, in the unit of the signal
  bool connected = false;  ///< no gap since the breath before
};

/// Breathing from a belt or a thermistor whose values rise while breathing in, any unit. A breath is a swing
/// of at least 0.3 of what the last swings were; after 15 s without one, ever smaller ones count. Gaps up to
/// 0.5 s are bridged.
///
/// A chest moves smoothly: where what swings at 1.5 to 4 Hz is mostly more than a tenth of what seems to be
/// breaths, these are noise or hum, and nothing is told. And what goes in comes out: however much breaths
/// differ, each falls about as far as it rose, as what wanders does not. That speaks for breathing breath by
/// breath; four to seven of them, and all since the last that spoke against it, are told once it is believed.
/// Rates below 6 Hz, as of breathing from the heart, are spared both.
class Respiration {
 public:
  /// @param rate_hz  2 to 10000.
  explicit Respiration(double rate_hz);

  /// @return a breath, soon after the next has begun; at the start, and where none was believed for a while,
  /// later, one a call.
  std::optional<Breath> push(double sample);
  /// Of the filter at 0.25 Hz; a turn needs 0.3 of a swing more.
  [[nodiscard]] double delay_s() const { return delay_s_; }

  // What is known now; nothing before breathing is believed, or when no breath came for 20 s.
  [[nodiscard]] std::optional<double> breaths_per_min() const;  ///< by the median of the last eight
  [[nodiscard]] std::optional<double> regularity()
      const;  ///< 1 − deviation / mean of the last eight periods, 0..1
  [[nodiscard]] std::optional<double> phase() const;  ///< 0..1, 0 = start of breathing in

 private:
  [[nodiscard]] double threshold() const;
  [[nodiscard]] bool smooth() const;
  void follow_haste(double size);
  std::optional<Breath> take(double value);
  std::optional<Breath> turned(const TurningPoints::Turn& turn);
  bool weigh(double rise, double fall);
  [[nodiscard]] bool believed() const;
  void restart();

  double rate_hz_;
  SlipGuard slips_;
  GapFiller filler_;
  Butterworth low_pass_, faster_;
  double delay_s_;
  TurningPoints turns_;
  core::Ring<double, 9> swings_;
  core::Ring<double, 8> periods_s_;
  double haste_ = 0.0;     // median size of what is faster than breathing
  double evidence_ = 0.0;  // that these are breaths, nats
  bool believed_ = false;
  core::Ring<Breath, 16> held_;  // found, and not told yet
  double now_s_ = 0.0, mean_ = 0.0, square_ = 0.0, last_turn_s_ = 0.0, since_start_s_ = 0.0;
  std::optional<TurningPoints::Turn> before_;
  std::optional<double> start_s_, top_s_;
  double rise_ = 0.0;
  bool connected_ = false;
};

/// How closely breathing follows the guide that the patient sees: 1 = a sine at the guide's pace, with
/// whatever lag.
class GuideCoherence {
 public:
  explicit GuideCoherence(double rate_hz, double window_s = 30.0) : share_(1.0 / (rate_hz * window_s)) {}
  /// @param breathing    its mean need not be 0. @param guide_phase  0..1.
  void push(double breathing, double guide_phase);
  /// 0..1; nothing in the first window.
  [[nodiscard]] std::optional<double> value() const;

 private:
  double share_, known_ = 0.0, mean_ = 0.0, cosine_ = 0.0, sine_ = 0.0, square_ = 0.0;
};

}  // namespace attune::signal
