#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/sensors/config.hpp"
#include "sensors/eeg_bands.hpp"
#include "sensors/eeg_channels.hpp"
#include "sensors/osc_packet.hpp"

namespace attune::sensors {

/// Understands OSC messages by an address map. Some addresses are used by different bridges in different
/// ways; what they sent so far tells which (`Scale::heart_rate_float`).
class AddressReader {
 public:
  /// @param rules  in order of address
  explicit AddressReader(std::vector<AddressRule> rules);

  /// The rules of an address; empty when the map does not name it.
  [[nodiscard]] std::span<const AddressRule> find(std::string_view address) const;
  /// The seconds of the sensor's own clock that a message carries, by its rule or else its bundle.
  [[nodiscard]] static std::optional<double> sensor_time(const AddressRule& rule, const OscMessage& message);
  /// What one rule makes of a message.
  /// @param measured_ns  CLOCK_MONOTONIC
  /// @param fault        what is already known to be wrong, as a time stamp that jumped
  /// @param out          gets nothing when the message has not what the rule reads
  void read(const AddressRule& rule, const OscMessage& message, std::int64_t measured_ns, Fault fault,
            std::vector<Sample>& out);

 private:
  [[nodiscard]] double heart_rate(const std::string& address, double number);

  std::vector<AddressRule> rules_;
  std::map<std::string, bool, std::less<>>
      centred_;  // heart rates of an address are known to be sent as −1..1
  EegBands eeg_;
  EegChannels raw_eeg_;
};

}  // namespace attune::sensors
