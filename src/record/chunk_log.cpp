#include "record/chunk_log.hpp"

#include <sodium.h>

#include <cerrno>
#include <cstring>

namespace attune::record {

namespace {

// Meta data is repeated: a file that lost its first chunk and was never closed still says whose session it
// is.
constexpr std::uint32_t meta_every_chunks = 64;

}  // namespace

core::Result<ChunkLog> ChunkLog::create(const std::filesystem::path& path, const Meta& meta, const Key& key,
                                        bool synchronise_each) {
  if (sodium_init() < 0) return core::failed("libsodium does not start: no random numbers on this machine");
  auto file = File::create(path);
  if (!file) return file.error();

  FileHeader header;
  header.key_id = key.id();
  randombytes_buf(header.recording_id.data(), header.recording_id.size());
  header.start_unix_ns = meta.start_unix_ns;
  const auto header_bytes = encode_file_header(header);

  ChunkLog log(std::move(*file), path, meta, key, synchronise_each);
  log.before_ = hash_of(header_bytes);
  Payload payload;
  payload.meta = meta;
  if (auto written = log.append_payload(payload, header_bytes); !written) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return written.error();
  }
  synchronise_folder(path);
  return log;
}

core::Result<void> ChunkLog::append(Chunk streams) {
  Payload payload;
  payload.streams = std::move(streams);
  if (next_number_ % meta_every_chunks == 1) payload.meta = meta_;
  return append_payload(payload, {});
}

core::Result<void> ChunkLog::append_closing(Chunk streams) {
  Payload payload;
  payload.streams = std::move(streams);
  payload.meta = meta_;
  payload.index = index_;
  auto written = append_payload(payload, {});
  if (written && !synchronise_each_ && !file_.synchronise()) {
    return core::failed(path_.string() + ": cannot be written: " + std::strerror(errno));
  }
  return written;
}

core::Result<void> ChunkLog::append_payload(const Payload& payload, std::span<const std::uint8_t> in_front) {
  const auto plain = encode(payload);
  const auto chunk = sealer_.seal(next_number_, before_, plain);
  if (!chunk) return core::failed(path_.string() + ": a second of the session is too large to be written");

  Bytes bytes(in_front.begin(), in_front.end());
  bytes.insert(bytes.end(), chunk->begin(), chunk->end());
  if (!file_.write(end_, bytes) || (synchronise_each_ && !file_.synchronise())) {
    const std::string why = std::strerror(errno);
    file_.cut(end_);
    return core::failed(path_.string() + ": cannot be written: " + why);
  }
  index_.push_back(index_entry(end_ + in_front.size(), next_number_, payload.streams));
  before_ = hash_of(*chunk);
  end_ += bytes.size();
  ++next_number_;
  return {};
}

}  // namespace attune::record
