#pragma once

#include <filesystem>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/record/meta.hpp"
#include "record/chunk.hpp"
#include "record/file.hpp"
#include "record/payload.hpp"

namespace attune::record {

/// The file being written: appends chunks, keeps their chain and their index.
class ChunkLog {
 public:
  /// Makes the file and writes header and meta data in one go. Errors: as `File::create`, and a full disk.
  [[nodiscard]] static core::Result<ChunkLog> create(const std::filesystem::path& path, const Meta& meta,
                                                     const Key& key, bool synchronise_each);

  /// Appends one chunk: one write, one fdatasync. After an error the file ends where it ended before.
  [[nodiscard]] core::Result<void> append(Chunk streams);
  /// Appends the closing chunk, with what is still to be said.
  [[nodiscard]] core::Result<void> append_closing(Chunk streams);

 private:
  ChunkLog(File file, std::filesystem::path path, const Meta& meta, const Key& key, bool synchronise_each)
      : file_(std::move(file)),
        path_(std::move(path)),
        meta_(meta),
        sealer_(key),
        synchronise_each_(synchronise_each) {}
  core::Result<void> append_payload(const Payload& payload, std::span<const std::uint8_t> in_front);

  File file_;
  std::filesystem::path path_;
  Meta meta_;
  Sealer sealer_;
  bool synchronise_each_ = true;
  std::uint64_t end_ = 0;
  std::uint32_t next_number_ = 0;
  Hash before_{};
  std::vector<IndexEntry> index_;
};

}  // namespace attune::record
