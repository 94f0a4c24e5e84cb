#pragma once

#include <cstdint>
#include <string>

/// Pieces of OSC 1.0 messages, for what oscsend cannot send.
namespace attune::test {

/// A text as OSC writes it: ended by one to four zeros, so that a multiple of four bytes is full.
inline std::string osc_text(std::string text) {
  text.resize((text.size() / 4 + 1) * 4, '\0');
  return text;
}

/// The lowest bytes of a number, the highest of them first.
inline std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>((value >> (8 * i)) & 0xFF);
  return text;
}

}  // namespace attune::test
