#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "attune/core/static_vector.hpp"

namespace attune::sensors {

/// What a heart-rate sensor says of its own contact with the skin.
enum class Contact : std::uint8_t { not_told, missing, there };

/// One value of the characteristic Heart Rate Measurement (0x2A37), as it was sent: nothing is judged here.
/// Bluetooth SIG, Heart Rate Service 1.0, section 3.1, and GATT Specification Supplement, section 3.113.
struct HeartRateMeasurement {
  /// As many RR intervals as fit the longest attribute value of 512 bytes.
  static constexpr std::size_t most_intervals = 255;
  static constexpr double rr_unit_s = 1.0 / 1024.0;

  std::uint16_t rate_bpm = 0;
  Contact contact = Contact::not_told;
  std::optional<std::uint16_t> energy_kj;                     ///< expended since the sensor was reset
  core::StaticVector<std::uint16_t, most_intervals> rr_1024;  ///< in 1/1024 s, the oldest first
};

/// Reads one value. nullopt when it is shorter than its flags say, or longer than an attribute can be. Bytes
/// after the last whole field are left out, as later versions of the service may add some.
[[nodiscard]] std::optional<HeartRateMeasurement> parse_heart_rate_measurement(
    std::span<const std::uint8_t> value);

}  // namespace attune::sensors
