#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/signal/beat.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/slip_guard.hpp"
#include "signal/pulse_band.hpp"
#include "signal/pulse_direction.hpp"
#include "signal/pulse_period.hpp"
#include "signal/pulse_track.hpp"

namespace attune::signal {

/// The pulses of a photoplethysmogram: gaps, breaks and both ways round about `PulseTrack`, and whether there
/// is a heart at all.
class PulseFinder {
 public:
  explicit PulseFinder(double rate_hz);

  std::optional<Beat> push(double sample);  ///< NaN where missing
  std::optional<Beat> finish();             ///< what is left when no more samples come, one a call
  [[nodiscard]] double delay_s() const;
  void reset() { *this = PulseFinder(rate_hz_); }

 private:
  void take(double value);
  void see(double value, std::int64_t at, std::int64_t until);
  void run_out();
  void break_here(double guard);
  void decide(double until);
  void judge();
  std::optional<Beat> tell();
  [[nodiscard]] bool certain() const { return belief_s_ > 0.0; }
  [[nodiscard]] const PulseTrack& chosen() const { return tracks_[direction_.upward() ? 0 : 1]; }

  double rate_hz_;
  SlipGuard slips_;
  GapFiller filler_;
  PulseBand band_;
  BandMemory memory_;
  PulsePeriod period_;
  PulseDirection direction_;
  std::array<PulseTrack, 2> tracks_;  // that rise, that fall
  std::int64_t taken_ = 0;            // of these, up to the last that is known
  std::int64_t seen_ = 0;             // samples that the band has seen, with those made up at breaks
  std::int64_t stretch_from_ = 0;     // sample after the last break
  std::int64_t unchanged_ = 0;
  double last_ = 0.0;
  bool broken_ = true, finished_ = false;
  double belief_s_ = 0.0, size_ = 0.0;  // how long a heart is believed yet; the band's size when it showed
  bool told_upward_ = true;
  double told_ = -1e9;  // sample of the beat told last
};

}  // namespace attune::signal
