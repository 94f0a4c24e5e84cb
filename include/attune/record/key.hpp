#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::record {

/// Names a key without telling it: a BLAKE2b-128 of the key.
using KeyId = std::array<std::uint8_t, 16>;

/// The secret that recordings are sealed with. Wiped from memory when it goes.
class Key {
 public:
  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();

  /// A fresh key from the system's random source.
  [[nodiscard]] static Key generate();
  /// Reads a key file: 64 hexadecimal digits, white space around them ignored.
  /// Errors: the file is missing, unreadable, or no key.
  [[nodiscard]] static core::Result<Key> read(const std::filesystem::path& path);
  /// Writes a new key file with mode 0600, its folders with 0700. Error: it exists or cannot be written.
  [[nodiscard]] core::Result<void> write_new(const std::filesystem::path& path) const;

  [[nodiscard]] KeyId id() const;
  [[nodiscard]] const std::array<std::uint8_t, 32>& bytes() const { return bytes_; }

 private:
  std::array<std::uint8_t, 32> bytes_{};
};

/// Eight hexadecimal digits and more: how a key is named to people.
[[nodiscard]] std::string to_text(const KeyId& id);

/// `$ATTUNE_KEY`, else `$XDG_DATA_HOME/attune/key`, else `~/.local/share/attune/key`.
[[nodiscard]] std::filesystem::path own_key_path();

/// Error when `$ATTUNE_KEY` is set and names no key: what a user meant cannot be done.
[[nodiscard]] core::Result<void> check_named_key();

/// The key that a new recording at `recording` is sealed with: inside the assets folder the `demo.key` that
/// lies beside it; elsewhere the key of `own_key_path()`, which is made when it is not there, unless
/// `$ATTUNE_KEY` names it. Errors: the named key is missing or no key, or a new one cannot be written.
[[nodiscard]] core::Result<Key> key_for_new(const std::filesystem::path& recording);

/// Keys that may open a recording: the one of `own_key_path()`, where there is one, and every `*.key` beside
/// the recording. None is made.
[[nodiscard]] std::vector<Key> keys_for_reading(const std::filesystem::path& recording);

}  // namespace attune::record
