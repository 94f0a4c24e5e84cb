#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attune/signal/eeg.hpp"
#include "sensors/message.hpp"

namespace attune::sensors {

/// Turns raw EEG, which comes sample by sample, into shares of the bands and the asymmetry of alpha.
///
/// Samples are counted, not dated: senders hand them over in bursts, as their radio does. So the rate must be
/// the one that was said; where it is not, within a tenth, nothing is told, for every band would be another.
/// A datagram that was lost is a sample less, which a filter hardly feels; a silence of `gap_s` begins anew.
class EegChannels {
 public:
  static constexpr double least_hz = 100.0, most_hz = 10000.0;
  static constexpr double gap_s = 0.25;
  static constexpr double tell_every_s = 0.25;
  static constexpr double rate_seen_over_s = 4.0;  ///< and told nothing before
  static constexpr double rate_tolerance = 0.1;

  /// One sample of one side, `sample.measured_ns`; `sample.value` is not read.
  /// @param rate_hz  from `least_hz` to `most_hz`
  /// @param out  gets shares and asymmetry some times a second, or what is wrong
  void take(const Sample& sample, double microvolts, double rate_hz, std::vector<Sample>& out);

 private:
  struct Channel {
    explicit Channel(double rate) : rate_hz(rate), powers(rate) {}
    double rate_hz;
    signal::EegBandPowers powers;
    std::optional<double> level_uv;  ///< of the electrode, which amplifiers send along
    std::int64_t since_ns = 0, last_ns = 0, told_ns = 0;
    std::uint64_t count = 0;  ///< since then
    std::optional<double> seen_hz;
    std::optional<std::int64_t> alpha_ns;  ///< when its bands were told, if they were at the last turn
  };
  void tell(Channel& channel, const Sample& sample, std::vector<Sample>& out);

  std::array<std::optional<Channel>, part_count> channels_;
};

}  // namespace attune::sensors
