#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "attune/record/meta.hpp"
#include "attune/record/recording.hpp"
#include "record/bytes.hpp"

/// What is inside a chunk before it is compressed and sealed: blocks of a tag, a length and a body.
namespace attune::record {

/// Where a chunk lies and what it holds: one line of the seek index.
struct IndexEntry {
  std::uint64_t offset = 0;  ///< of its first byte in the file
  std::uint32_t number = 0;
  std::int64_t first_ns = 0;  ///< of its frames; both 0 without any
  std::int64_t last_ns = 0;
  std::uint32_t moments = 0;
  std::uint32_t decisions = 0;
  bool operator==(const IndexEntry&) const = default;
};

/// The contents of one chunk.
struct Payload {
  std::optional<Meta> meta;
  Chunk streams;
  std::optional<std::vector<IndexEntry>> index;  ///< only the closing chunk has one
};

/// The index line of a chunk.
[[nodiscard]] IndexEntry index_entry(std::uint64_t offset, std::uint32_t number, const Chunk& streams);

[[nodiscard]] Bytes encode(const Payload& payload);
/// Nothing when the bytes are no payload. Never allocates more than a small multiple of `bytes`.
[[nodiscard]] std::optional<Payload> decode(std::span<const std::uint8_t> bytes);

void encode_meta(ByteWriter& out, const Meta& meta);
[[nodiscard]] std::optional<Meta> decode_meta(std::span<const std::uint8_t> bytes);

}  // namespace attune::record
