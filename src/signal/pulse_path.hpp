#pragma once

#include <optional>

#include "attune/core/ring.hpp"
#include "signal/pulse_waves.hpp"

namespace attune::signal {

/// What is known of a rhythm when a wave comes.
struct PulseRhythm {
  double period = 0.0;    ///< inner samples; 0 where none is known
  double strength = 0.0;  ///< as in `PulsePeriod`
  double size = 0.0;      ///< mean size of the band lately
  bool believed = false;  ///< to be a heart's
};

/// A wave that is a pulse.
struct PathPulse {
  PulseWave wave;
  double interval =
      0.0;  ///< in values of the band, since the pulse before; 0 where something broke between them
  bool plausible = false;  ///< as high as pulses are here: what is much louder or weaker is movement
};

/// Chooses the pulses among the rises of the band. The sequence of rises that is likeliest as a whole, given
/// how high each is compared with the pulses before and how well the intervals fit the period, wins (dynamic
/// programming over the last seconds); what lies on it is told once it is certain.
class PulsePath {
 public:
  explicit PulsePath(double inner_rate_hz) : rate_hz_(inner_rate_hz) {}

  void push(const PulseWave& wave, const PulseRhythm& rhythm);
  /// The next pulse before inner sample `until`; call until there is none.
  std::optional<PathPulse> next(double until);
  /// The signal broke: no interval leads across inner sample `at`, and no wave within `guard` of it counts.
  void break_at(double at, double guard);

 private:
  struct Entry {
    PulseWave wave;
    PulseRhythm rhythm;
    float weight = 0.0F, score = 0.0F;  // of the wave, and of the best path that ends with it
    int before = -1;                    // index of the pulse before on it
    bool told = false, dropped = false, after_break = false;
  };

  [[nodiscard]] float weight_of(double height) const;
  [[nodiscard]] float leap_cost(const Entry& entry, double interval) const;
  void link(std::size_t i);
  void relink();
  PathPulse tell(std::size_t i);
  void follow_size(double at, const PulseRhythm& rhythm);

  double rate_hz_;
  core::Ring<Entry, 48> entries_;
  std::optional<double> last_at_;              // of the pulse told last
  double log_height_ = 0.0;                    // natural logarithm of what is usual
  double log_by_size_ = 0.0, sized_at_ = 0.0;  // the same by the size of the band, and when it was looked at
  int pulses_ = 0;
  bool break_pending_ = false;
};

}  // namespace attune::signal
