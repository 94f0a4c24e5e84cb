#include "sensors/heart_rate_measurement.hpp"

namespace attune::sensors {

namespace {

constexpr std::size_t longest_attribute = 512;  // Bluetooth Core 5.4, vol. 3, part F, 3.2.9

enum Flag : std::uint8_t {
  rate_has_16_bits = 1 << 0,
  contact_there = 1 << 1,
  contact_told = 1 << 2,
  energy_follows = 1 << 3,
  intervals_follow = 1 << 4,
};

/// Little-endian numbers, one after the other.
class Fields {
 public:
  explicit Fields(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::optional<std::uint16_t> next(std::size_t size) {
    if (bytes_.size() < size) return std::nullopt;
    unsigned value = bytes_[0];
    if (size == 2) value |= static_cast<unsigned>(bytes_[1]) << 8U;
    bytes_ = bytes_.subspan(size);
    return static_cast<std::uint16_t>(value);
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace

std::optional<HeartRateMeasurement> parse_heart_rate_measurement(std::span<const std::uint8_t> value) {
  if (value.size() > longest_attribute) return std::nullopt;
  Fields fields(value);
  const auto flags = fields.next(1);
  if (!flags) return std::nullopt;
  const auto rate = fields.next((*flags & rate_has_16_bits) != 0 ? 2 : 1);
  if (!rate) return std::nullopt;

  HeartRateMeasurement measurement;
  measurement.rate_bpm = *rate;
  if ((*flags & contact_told) != 0)
    measurement.contact = (*flags & contact_there) != 0 ? Contact::there : Contact::missing;
  if ((*flags & energy_follows) != 0) {
    measurement.energy_kj = fields.next(2);
    if (!measurement.energy_kj) return std::nullopt;
  }
  if ((*flags & intervals_follow) != 0) {
    while (const auto interval = fields.next(2)) measurement.rr_1024.push_back(*interval);
  }
  return measurement;
}

}  // namespace attune::sensors
