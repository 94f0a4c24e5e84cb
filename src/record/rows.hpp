#pragma once

#include <cstddef>

#include "record/bytes.hpp"

/// Samples as rows of equal width. Every value is stored against the same value of the row before (integers
/// of eight bytes as difference, all others as exclusive or), and the rows are laid down byte column by byte
/// column: what hardly changes becomes runs of zeros, which is what the compressor after it is good at.
/// Lossless to the bit.
namespace attune::record {

/// Adds up the width of a row.
class RowWidth {
 public:
  static constexpr bool decoding = false;
  template <Scalar T>
  void operator()(const T&) {
    width_ += sizeof(T);
  }
  [[nodiscard]] std::size_t width() const { return width_; }

 private:
  std::size_t width_ = 0;
};

/// Writes rows into columns.
class RowEncoder {
 public:
  static constexpr bool decoding = false;

  RowEncoder(std::size_t rows, std::size_t width) : rows_(rows), previous_(width), columns_(rows * width) {}

  template <Scalar T>
  void operator()(const T& value) {
    using Bits = BitsOf<T>;
    const auto bits = to_bits(value);
    const auto before = load_little<Bits>(&previous_[at_]);
    store_little(&previous_[at_], bits);
    const auto stored =
        static_cast<Bits>(sizeof(T) == 8 && std::is_integral_v<T> ? bits - before : bits ^ before);
    for (std::size_t byte = 0; byte < sizeof(T); ++byte, ++at_) {
      columns_[at_ * rows_ + row_] = static_cast<std::uint8_t>(stored >> (8 * byte));
    }
  }
  void end_row() {
    ++row_;
    at_ = 0;
  }
  [[nodiscard]] const Bytes& columns() const { return columns_; }

 private:
  std::size_t rows_, row_ = 0, at_ = 0;
  Bytes previous_, columns_;
};

/// Reads rows out of columns. The caller has checked that there are rows × width bytes.
class RowDecoder {
 public:
  static constexpr bool decoding = true;

  RowDecoder(std::span<const std::uint8_t> columns, std::size_t rows, std::size_t width)
      : rows_(rows), previous_(width), columns_(columns) {}

  template <Scalar T>
  void operator()(T& value) {
    using Bits = BitsOf<T>;
    std::uint64_t stored = 0;
    const auto start = at_;
    for (std::size_t byte = 0; byte < sizeof(T); ++byte, ++at_) {
      stored |= std::uint64_t{columns_[at_ * rows_ + row_]} << (8 * byte);
    }
    const auto before = load_little<Bits>(&previous_[start]);
    const auto bits =
        static_cast<Bits>(sizeof(T) == 8 && std::is_integral_v<T> ? before + stored : before ^ stored);
    store_little(&previous_[start], bits);
    value = from_bits<T>(bits);
  }
  void end_row() {
    ++row_;
    at_ = 0;
  }
  /// A row said something that cannot be.
  void fail() { ok_ = false; }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::size_t rows_, row_ = 0, at_ = 0;
  Bytes previous_;
  std::span<const std::uint8_t> columns_;
  bool ok_ = true;
};

}  // namespace attune::record
