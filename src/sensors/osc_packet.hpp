#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "attune/core/static_vector.hpp"

namespace attune::sensors {

/// One argument of an OSC message, as far as sensors use them.
struct OscValue {
  enum class Kind : std::uint8_t { whole, real, truth, other };
  Kind kind = Kind::other;
  double number = 0.0;  ///< truth: 1 or 0; other: nothing
};

/// One message of a packet. Valid while it is visited.
struct OscMessage {
  static constexpr std::size_t most_arguments = 16;

  std::string_view address;
  core::StaticVector<OscValue, most_arguments> arguments;  ///< the first of them
  /// When the sender says it was measured: the time tag of its bundle, seconds since 1900 on the sender's
  /// clock.
  std::optional<double> time_s;
};

/// What a packet turned out to be.
struct OscPacket {
  std::size_t messages = 0;
  bool whole = true;  ///< false: some of it is no OSC
};

/// Visits every message of a UDP packet, those in bundles included. Hostile bytes cost nothing but
/// themselves: a bundle nests at most four deep, and what is not whole is left out. Open Sound Control 1.0
/// and 1.1 (opensoundcontrol.stanford.edu); single messages are read by liblo.
OscPacket read_osc_packet(std::span<const std::uint8_t> packet,
                          const std::function<void(const OscMessage&)>& visit);

}  // namespace attune::sensors
