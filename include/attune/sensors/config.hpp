#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/sensors/streams.hpp"

namespace attune::sensors {

/// How the number of an OSC message becomes the value of a stream.
enum class Scale : std::uint8_t {
  linear,            ///< from `from` to `to`; outside `from` it is out of range
  heart_rate_float,  ///< one of three ways to send a heart rate as a float, which the values themselves tell
                     ///< apart
  positive_part,     ///< −1..1: how far it is above 0
  negative_part,     ///< −1..1: how far it is below 0
  bels,              ///< log10 of a band's power; the shares are made of all bands together
  eeg_microvolts,  ///< a channel itself, sample by sample: shares and asymmetry are made of its bands' powers
};

/// One line of the address map: what the messages of an address mean.
struct AddressRule {
  enum class Says : std::uint8_t {
    value,      ///< a value of `stream`
    connected,  ///< whether the sensor behind `stream` is there: false flags the stream
  };
  enum class Type : std::uint8_t { any, whole, real };

  std::string address;
  Says says = Says::value;
  Stream stream = Stream::heart_rate_bpm;
  Type type = Type::any;  ///< the rule is passed over where the message has another
  Scale scale = Scale::linear;
  double from_low = 0.0, from_high = 1.0, to_low = 0.0, to_high = 1.0;
  bool rescaled = false;  ///< false: the number as it is
  std::uint8_t rank = 1;  ///< 0..2; the lowest that has something to say is believed
  std::uint8_t part = 0;  ///< 0, or 1 for the right side where both are sent
  std::uint8_t argument = 0;
  std::optional<std::uint8_t> time_argument;  ///< where the message carries its sensor's time, in seconds
  std::optional<std::uint8_t> count;          ///< the message must have so many arguments
  double rate_hz = 256.0;                     ///< eeg_microvolts: samples a second
  std::optional<double> placeholder;          ///< what a sender without the sensor sends: passed over
};

/// OSC over UDP.
struct OscConfig {
  std::string listen = "127.0.0.1";  ///< address of this machine; "0.0.0.0" for all
  std::uint16_t port = 9000;         ///< 0: any free one
  std::vector<std::string> senders;  ///< IPv4 addresses that are listened to; empty: all that reach `listen`
  double latency_s = 0.0;          ///< how old values are when they come at the earliest, where that is known
  std::vector<AddressRule> rules;  ///< in order of address
};

/// A heart-rate sensor by Bluetooth LE, through BlueZ.
struct BluetoothConfig {
  std::string device;   ///< name or address; empty: the only one in range
  double look_s = 5.0;  ///< how long to look round before the only one in range is taken
  std::string bus;      ///< D-Bus address; empty: the system's bus
};

/// Which sensors beside the headset a session listens to: `attune session --sensors FILE.toml`.
/// docs/sensors.md explains the keys.
struct Config {
  std::string file;
  std::optional<OscConfig> osc;
  std::optional<BluetoothConfig> bluetooth;

  /// Errors: the file is missing, no TOML, or says something that is none; every mistake with its line.
  [[nodiscard]] static core::Result<Config> read(const std::filesystem::path& path);
  [[nodiscard]] static core::Result<Config> parse(const std::string& text, const std::string& name);
  /// `assets/sensors/default.toml`: what common bridges send.
  [[nodiscard]] static std::filesystem::path default_path();
};

}  // namespace attune::sensors
