#include "record/chunk.hpp"

#include <sodium.h>
#include <zstd.h>

#include <algorithm>

namespace attune::record {

namespace {

// Where things lie in a chunk's header.
constexpr std::size_t length_at = 8, number_at = 12, before_at = 16, nonce_at = 48, check_at = 72;
static_assert(nonce_at + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == check_at);
constexpr std::size_t check_bytes = chunk_header_bytes - check_at;
constexpr std::size_t seal_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t file_check_at = 56, file_check_bytes = 8;

// Telemetry at 90 Hz: level 3 is within 2 % of level 9's size at six times its speed.
constexpr int compression_level = 3;

using FileCheck = std::array<std::uint8_t, file_check_bytes>;

FileCheck file_check(const std::uint8_t* header) {
  // libsodium's shortest BLAKE2b has 16 bytes; its first half is plenty against accidents.
  std::array<std::uint8_t, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(), header, file_check_at, nullptr, 0);
  FileCheck check;
  std::copy_n(digest.begin(), check.size(), check.begin());
  return check;
}

void header_check(std::uint8_t* check, const std::uint8_t* header, const std::array<std::uint8_t, 32>& key) {
  crypto_generichash(check, check_bytes, header, check_at, key.data(), key.size());
}

std::array<std::uint8_t, 32> derived(const Key& key, std::uint64_t purpose) {
  std::array<std::uint8_t, 32> result{};
  crypto_kdf_derive_from_key(result.data(), result.size(), purpose, "attunrec", key.bytes().data());
  return result;
}

std::optional<Bytes> decompressed(std::span<const std::uint8_t> packed) {
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > max_payload_bytes)
    return std::nullopt;
  Bytes plain(size);
  const auto got = ZSTD_decompress(plain.data(), plain.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != plain.size()) return std::nullopt;
  return plain;
}

}  // namespace

Bytes encode_file_header(const FileHeader& header) {
  ByteWriter out;
  out.put(file_magic);
  out.put(header.version);
  out.put(static_cast<std::uint16_t>(file_header_bytes));
  out.put(std::uint32_t{0});
  out.put(header.key_id);
  out.put(header.recording_id);
  out.put(header.start_unix_ns);
  out.put(file_check(out.bytes().data()));
  return out.take();
}

std::optional<FileHeader> decode_file_header(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < file_header_bytes) return std::nullopt;
  ByteReader in(bytes.first(file_header_bytes));
  if (!std::ranges::equal(in.take(file_magic.size()), file_magic)) return std::nullopt;
  if (!std::ranges::equal(bytes.subspan(file_check_at, file_check_bytes), file_check(bytes.data())))
    return std::nullopt;
  FileHeader header;
  header.version = in.get<std::uint16_t>();
  in.take(2 + 4);  // the header's length and a reserve, both covered by the check
  std::ranges::copy(in.take(header.key_id.size()), header.key_id.begin());
  std::ranges::copy(in.take(header.recording_id.size()), header.recording_id.begin());
  header.start_unix_ns = in.get<std::int64_t>();
  return header;
}

Hash hash_of(std::span<const std::uint8_t> bytes) {
  Hash hash;
  crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
  return hash;
}

Sealer::Sealer(const Key& key) : payload_key_(derived(key, 1)), header_key_(derived(key, 2)) {}

Sealer::~Sealer() {
  sodium_memzero(payload_key_.data(), payload_key_.size());
  sodium_memzero(header_key_.data(), header_key_.size());
}

std::optional<Bytes> Sealer::seal(std::uint32_t number, const Hash& before,
                                  std::span<const std::uint8_t> payload) const {
  if (payload.size() > max_payload_bytes) return std::nullopt;
  Bytes packed(ZSTD_compressBound(payload.size()));
  const auto size =
      ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), compression_level);
  if (ZSTD_isError(size) != 0 || size + seal_bytes > max_sealed_bytes) return std::nullopt;

  Bytes chunk(chunk_header_bytes + size + seal_bytes);
  std::ranges::copy(chunk_magic, chunk.begin());
  store_little(&chunk[length_at], static_cast<std::uint32_t>(size + seal_bytes));
  store_little(&chunk[number_at], number);
  std::ranges::copy(before, chunk.begin() + before_at);
  randombytes_buf(&chunk[nonce_at], crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  header_check(&chunk[check_at], chunk.data(), header_key_);
  crypto_aead_xchacha20poly1305_ietf_encrypt(&chunk[chunk_header_bytes], nullptr, packed.data(), size,
                                             chunk.data(), nonce_at, nullptr, &chunk[nonce_at],
                                             payload_key_.data());
  return chunk;
}

std::optional<ChunkHead> Sealer::read_head(std::span<const std::uint8_t> header) const {
  if (header.size() < chunk_header_bytes) return std::nullopt;
  if (!std::ranges::equal(header.first(chunk_magic.size()), chunk_magic)) return std::nullopt;
  std::array<std::uint8_t, check_bytes> check{};
  header_check(check.data(), header.data(), header_key_);
  if (sodium_memcmp(check.data(), &header[check_at], check_bytes) != 0) return std::nullopt;
  ChunkHead head;
  head.sealed_bytes = load_little<std::uint32_t>(&header[length_at]);
  head.number = load_little<std::uint32_t>(&header[number_at]);
  std::ranges::copy(header.subspan(before_at, head.before.size()), head.before.begin());
  if (head.sealed_bytes < seal_bytes || head.sealed_bytes > max_sealed_bytes) return std::nullopt;
  return head;
}

std::optional<Bytes> Sealer::open(std::span<const std::uint8_t> chunk) const {
  const auto head = read_head(chunk);
  if (!head || chunk.size() != chunk_header_bytes + head->sealed_bytes) return std::nullopt;
  const auto sealed = chunk.subspan(chunk_header_bytes);
  Bytes packed(sealed.size() - seal_bytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(packed.data(), nullptr, nullptr, sealed.data(),
                                                 sealed.size(), chunk.data(), nonce_at, &chunk[nonce_at],
                                                 payload_key_.data()) != 0) {
    return std::nullopt;
  }
  return decompressed(packed);
}

}  // namespace attune::record
