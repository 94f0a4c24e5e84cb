#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Values as little-endian bytes and back, the same on every machine.
namespace attune::record {

using Bytes = std::vector<std::uint8_t>;

/// The unsigned integer that carries the bits of a value of type T.
template <typename T>
using BitsOf =
    std::conditional_t<sizeof(T) == 1, std::uint8_t,
                       std::conditional_t<sizeof(T) == 2, std::uint16_t,
                                          std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;

template <typename T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <Scalar T>
constexpr BitsOf<T> to_bits(T value) {
  return std::bit_cast<BitsOf<T>>(value);
}

template <Scalar T>
constexpr T from_bits(BitsOf<T> bits) {
  if constexpr (std::is_same_v<T, bool>) {
    return bits != 0;
  } else {
    return std::bit_cast<T>(bits);
  }
}

template <std::unsigned_integral U>
void store_little(std::uint8_t* at, U value) {
  static_assert(std::endian::native == std::endian::little, "swap the bytes here on a big-endian machine");
  std::memcpy(at, &value, sizeof value);
}

template <std::unsigned_integral U>
U load_little(const std::uint8_t* at) {
  U value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// Appends values to a buffer.
class ByteWriter {
 public:
  template <Scalar T>
  void put(T value) {
    const auto at = bytes_.size();
    bytes_.resize(at + sizeof(T));
    store_little(bytes_.data() + at, to_bits(value));
  }
  void put(std::span<const std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  /// Length (u32) and UTF-8.
  void put_text(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }
  /// Overwrites four bytes that were put before.
  void patch_u32(std::size_t at, std::uint32_t value) { store_little(bytes_.data() + at, value); }

 private:
  Bytes bytes_;
};

/// Takes values from a buffer. After a read beyond the end everything is zero and `ok` is false.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <Scalar T>
  T get() {
    const auto bytes = take(sizeof(T));
    return bytes.size() == sizeof(T) ? from_bits<T>(load_little<BitsOf<T>>(bytes.data())) : T{};
  }
  std::span<const std::uint8_t> take(std::size_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::string get_text() {
    const auto bytes = take(get<std::uint32_t>());
    return {bytes.begin(), bytes.end()};
  }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool ok_ = true;
};

}  // namespace attune::record
