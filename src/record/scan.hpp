#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "attune/record/recording.hpp"
#include "record/chunk.hpp"
#include "record/file.hpp"
#include "record/payload.hpp"

namespace attune::record {

/// A chunk that is whole.
struct WholeChunk {
  IndexEntry entry;
  std::uint64_t length = 0;
};

/// Walks through a recording from its beginning, tells what is whole and names what is not. It goes on where
/// it stopped when the file has grown.
class Scan {
 public:
  /// Reads the header and picks the key. Errors: no recording, a newer version, no key fits.
  [[nodiscard]] static core::Result<Scan> start(const std::filesystem::path& path,
                                                const std::vector<Key>& keys);

  /// Reads on to the present end of the file. Error: the file cannot be read.
  [[nodiscard]] core::Result<void> go_on();
  /// The payload of a whole chunk. Error: the file changed.
  [[nodiscard]] core::Result<Payload> read(const WholeChunk& chunk) const;

  [[nodiscard]] const std::vector<WholeChunk>& chunks() const { return chunks_; }
  [[nodiscard]] const std::vector<Damage>& damage() const { return damage_; }
  [[nodiscard]] const std::vector<Gap>& gaps() const { return gaps_; }
  [[nodiscard]] const std::optional<Meta>& meta() const { return meta_; }
  [[nodiscard]] const KeyId& key_id() const { return key_id_; }
  [[nodiscard]] bool closed() const { return closing_.has_value() && end_ == size_; }
  [[nodiscard]] std::uint64_t tail_bytes() const { return tail_bytes_; }

 private:
  Scan(File file, std::filesystem::path path, const Sealer& sealer, const KeyId& key_id)
      : file_(std::move(file)), path_(std::move(path)), sealer_(sealer), key_id_(key_id) {}

  enum class Found { whole, unfinished, no_chunk };
  struct Look {
    Found found = Found::no_chunk;
    ChunkHead head;
    Bytes bytes;
    Payload payload;
  };
  core::Result<Look> look_at(std::uint64_t offset) const;
  core::Result<std::optional<std::uint64_t>> next_magic(std::uint64_t from) const;
  void accept(std::uint64_t offset, Look look);
  void check_chain(std::uint64_t offset, const ChunkHead& head);
  void check_against_index(const std::vector<IndexEntry>& index);
  void note_frames(const std::vector<Moment>& moments);
  void note_damage(std::int64_t chunk, std::uint64_t offset, std::uint64_t length, std::string what);

  File file_;
  std::filesystem::path path_;
  Sealer sealer_;
  KeyId key_id_{};
  std::uint64_t size_ = 0;
  std::uint64_t end_ =
      file_header_bytes;  ///< of what is settled: whole chunks and what was passed over between them
  std::uint64_t tail_bytes_ = 0;
  std::size_t settled_damage_ = 0;  ///< damage beyond this many may still turn out to be an unfinished write

  std::vector<WholeChunk> chunks_;
  std::vector<Damage> damage_;
  std::size_t damage_without_end_ = 0;  ///< first damage whose time range is still open
  std::vector<Gap> gaps_;
  std::optional<Meta> meta_;
  std::optional<std::vector<IndexEntry>> closing_;
  std::optional<Hash> last_hash_;  ///< of what is right before `end_`, unless that was damaged
  std::int64_t next_number_ = 0;
  std::optional<std::pair<std::uint64_t, core::SessionTime>> last_frame_;
};

}  // namespace attune::record
