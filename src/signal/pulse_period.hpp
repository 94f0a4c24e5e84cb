#pragma once

#include <cstddef>
#include <vector>

namespace attune::signal {

/// How a wave repeats itself: its autocorrelation over the last ten seconds or so, forgotten exponentially,
/// of values that are limited to twice what is usual, so that a burst of movement counts little.
class PulsePeriod {
 public:
  /// @param rate_hz  of the values.
  explicit PulsePeriod(double rate_hz);

  void push(double value);
  /// Looks for the period anew.
  void look();
  void restart();

  /// 0 where nothing repeats itself within the pace of hearts.
  [[nodiscard]] double period_s() const { return period_s_; }
  /// How like itself the wave is after a period, -1 to 1. Noise of the band has 0.2, now and then 0.5.
  [[nodiscard]] double strength() const { return strength_; }
  /// Whether it repeats itself faster than any heart.
  [[nodiscard]] bool too_fast() const { return too_fast_; }
  /// How fast most of it swings, Hz.
  [[nodiscard]] double swing_hz() const { return swing_hz_; }
  /// Mean size of the values lately.
  [[nodiscard]] double usual() const { return usual_; }

 private:
  void look_at_swing();

  int factor_, skipped_ = 0;  // values to one that is looked at
  double rate_hz_;            // of these
  std::vector<double> past_, products_;
  std::size_t newest_ = 0;
  double seen_ = 0.0, ever_seen_ = 0.0, usual_ = 0.0;  // seen since the last break, and ever
  double period_s_ = 0.0, strength_ = 0.0, swing_hz_ = 0.0;
  bool too_fast_ = false;
};

}  // namespace attune::signal
