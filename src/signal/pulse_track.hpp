#pragma once

#include <optional>
#include <vector>

#include "attune/core/ring.hpp"
#include "attune/signal/beat.hpp"
#include "signal/band_memory.hpp"
#include "signal/pulse_likeness.hpp"
#include "signal/pulse_path.hpp"
#include "signal/pulse_waves.hpp"

namespace attune::signal {

/// A value of the band, and where it belongs.
struct BandValue {
  double value = 0.0;
  std::int64_t number = 0;
  double sample = 0.0;        ///< of the input
  double samples_each = 1.0;  ///< of the input, from one value to the next
};

struct SampleRange {
  double first = 0.0, last = 0.0;
};

/// Pulses whose waves rise, or whose waves fall: finds them, and keeps them until it is known whether they
/// are a heart's.
class PulseTrack {
 public:
  /// @param sign  1 for waves that rise, -1 for those that fall.
  PulseTrack(double inner_rate_hz, double sign);

  /// @param known  samples of the input since the last break; what is found elsewhere is made up.
  void push(const BandValue& value, const PulseRhythm& rhythm, const SampleRange& known);
  void restart() { waves_.restart(); }
  void break_at(double number, double guard) { path_.break_at(number, guard); }
  /// Makes certain the next pulse before a value of the band. @return whether there was one; call until not.
  bool decide(double until, const BandMemory& band);

  /// How alike the waves are lately, as `PulseLikeness` says, at a value of the band; 0 where there were
  /// none.
  [[nodiscard]] double likeness(double number) const {
    return number - newest_foot_ < silence_ ? likeness_.lately() : 0.0;
  }
  void forget_likeness() { likeness_.restart(); }
  /// The oldest pulse that is kept.
  std::optional<Beat> take();
  /// Forgets all pulses but the newest.
  void keep_newest(std::size_t most);
  /// Forgets pulses before a sample of the input.
  void forget_before(double sample);

 private:
  void forget_oldest();

  double sign_, silence_, newest_foot_ = 0.0;
  PulseWaves waves_;
  PulsePath path_;
  PulseLikeness likeness_;
  std::vector<double> wave_;
  core::Ring<Beat, 32> kept_;
  bool plausible_before_ = false;
};

}  // namespace attune::signal
