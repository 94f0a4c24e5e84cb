#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "attune/record/key.hpp"
#include "record/bytes.hpp"

/// The outer shape of a recording: the clear header and the sealed chunks after it (docs/recording.md).
namespace attune::record {

using Hash = std::array<std::uint8_t, 32>;

inline constexpr std::uint16_t format_version = 1;
inline constexpr std::size_t file_header_bytes = 64;
inline constexpr std::size_t chunk_header_bytes = 88;
inline constexpr std::array<std::uint8_t, 8> file_magic{0x89, 'A', 'T', 'T', 'U', 'N', 'E', '\n'};
inline constexpr std::array<std::uint8_t, 8> chunk_magic{0xA7, 'c', 'h', 'u', 'n', 'k', 0x0D, 0x1A};
/// Beyond these a chunk is no chunk: a second of a session has some 100 kB before it is compressed.
inline constexpr std::size_t max_sealed_bytes = std::size_t{32} << 20;
inline constexpr std::size_t max_payload_bytes = std::size_t{128} << 20;

/// What can be read without the key.
struct FileHeader {
  std::uint16_t version = format_version;
  KeyId key_id{};
  std::array<std::uint8_t, 16> recording_id{};  ///< random: no two recordings share their chain of hashes
  std::int64_t start_unix_ns = 0;
};

[[nodiscard]] Bytes encode_file_header(const FileHeader& header);
/// Nothing when a byte of it is not as it was written.
[[nodiscard]] std::optional<FileHeader> decode_file_header(std::span<const std::uint8_t> bytes);

/// BLAKE2b-256.
[[nodiscard]] Hash hash_of(std::span<const std::uint8_t> bytes);

struct ChunkHead {
  std::uint32_t sealed_bytes = 0;  ///< that follow the header
  std::uint32_t number = 0;
  Hash before{};  ///< of the whole chunk before, or of the file's header
};

/// Seals payloads into chunks and opens them again.
class Sealer {
 public:
  explicit Sealer(const Key& key);
  ~Sealer();
  Sealer(const Sealer&) = default;
  Sealer& operator=(const Sealer&) = default;

  /// A whole chunk, header and all; it differs from call to call by its random nonce. Nothing when the
  /// payload is larger than a chunk can be.
  [[nodiscard]] std::optional<Bytes> seal(std::uint32_t number, const Hash& before,
                                          std::span<const std::uint8_t> payload) const;
  /// The header of a chunk sealed with this key; nothing else gets through, so its length can be relied on.
  [[nodiscard]] std::optional<ChunkHead> read_head(std::span<const std::uint8_t> header) const;
  /// The payload of a whole chunk; nothing when any byte of it has changed.
  [[nodiscard]] std::optional<Bytes> open(std::span<const std::uint8_t> chunk) const;

 private:
  std::array<std::uint8_t, 32> payload_key_{}, header_key_{};
};

}  // namespace attune::record
