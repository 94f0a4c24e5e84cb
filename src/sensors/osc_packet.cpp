#include "sensors/osc_packet.hpp"

#include <lo/lo_lowlevel.h>

#include <cstring>
#include <memory>
#include <vector>

namespace attune::sensors {

namespace {

constexpr int deepest_bundle = 4;
constexpr std::string_view bundle_mark{"#bundle\0", 8};
constexpr std::uint64_t immediately = 1;  // a time tag that says no time

std::uint64_t big_endian(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = (value << 8U) | byte;
  return value;
}

bool is_bundle(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 16 && std::memcmp(bytes.data(), bundle_mark.data(), bundle_mark.size()) == 0;
}

/// liblo keeps arguments where OSC has them, at every fourth byte, so that longer ones are not aligned.
template <typename T>
double number_at(const void* place) {
  T number;
  std::memcpy(&number, place, sizeof number);
  return static_cast<double>(number);
}

/// @param place  where liblo has the argument, in this machine's byte order
OscValue value_of(char type, const void* place) {
  using Kind = OscValue::Kind;
  switch (type) {
    case LO_INT32:
      return {Kind::whole, number_at<std::int32_t>(place)};
    case LO_INT64:
      return {Kind::whole, number_at<std::int64_t>(place)};
    case LO_FLOAT:
      return {Kind::real, number_at<float>(place)};
    case LO_DOUBLE:
      return {Kind::real, number_at<double>(place)};
    case LO_TRUE:
      return {Kind::truth, 1.0};
    case LO_FALSE:
      return {Kind::truth, 0.0};
    default:
      return {};
  }
}

class PacketReader {
 public:
  explicit PacketReader(const std::function<void(const OscMessage&)>& visit) : visit_(visit) {}

  void read(std::span<const std::uint8_t> bytes, std::optional<double> time_s, int depth) {
    if (!is_bundle(bytes)) {
      read_message(bytes, time_s);
      return;
    }
    if (depth >= deepest_bundle) {
      packet.whole = false;
      return;
    }
    const auto tag = big_endian(bytes.subspan(8, 8));
    if (tag > immediately) time_s = static_cast<double>(tag) / 4294967296.0;  // 32 bits of it are a fraction
    bytes = bytes.subspan(16);
    while (bytes.size() >= 4) {
      const auto size = big_endian(bytes.first(4));
      bytes = bytes.subspan(4);
      if (size > bytes.size()) {
        packet.whole = false;
        return;
      }
      read(bytes.first(size), time_s, depth + 1);
      bytes = bytes.subspan(size);
    }
    packet.whole = packet.whole && bytes.empty();
  }

  OscPacket packet;

 private:
  void read_message(std::span<const std::uint8_t> bytes, std::optional<double> time_s) {
    if (bytes.empty() || bytes[0] != '/') {
      packet.whole = false;
      return;
    }
    // liblo turns the bytes round in place, and wants them aligned.
    copy_.assign((bytes.size() + 7) / 8, 0);
    std::memcpy(copy_.data(), bytes.data(), bytes.size());
    int result = 0;
    const std::unique_ptr<void, decltype(&lo_message_free)> held(
        lo_message_deserialise(copy_.data(), bytes.size(), &result), lo_message_free);
    if (!held) {
      packet.whole = false;
      return;
    }
    OscMessage message;
    message.address = reinterpret_cast<const char*>(bytes.data());
    message.time_s = time_s;
    const char* types = lo_message_get_types(held.get());
    lo_arg** arguments = lo_message_get_argv(held.get());
    const int count = lo_message_get_argc(held.get());
    for (int i = 0; i < count && message.arguments.size() < OscMessage::most_arguments; ++i)
      message.arguments.push_back(value_of(types[i], arguments[i]));
    ++packet.messages;
    visit_(message);
  }

  const std::function<void(const OscMessage&)>& visit_;
  std::vector<std::uint64_t> copy_;
};

}  // namespace

OscPacket read_osc_packet(std::span<const std::uint8_t> packet,
                          const std::function<void(const OscMessage&)>& visit) {
  PacketReader reader(visit);
  reader.read(packet, std::nullopt, 0);
  return reader.packet;
}

}  // namespace attune::sensors
