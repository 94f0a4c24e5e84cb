#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "attune/core/result.hpp"
#include "record/bytes.hpp"

namespace attune::record {

/// An open file descriptor that closes itself.
class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File();

  /// Opens for reading. Errors: missing, a folder, unreadable.
  [[nodiscard]] static core::Result<File> open(const std::filesystem::path& path);
  /// Makes a new file for writing. Errors: it exists, its folder is missing or not writable.
  [[nodiscard]] static core::Result<File> create(const std::filesystem::path& path);

  [[nodiscard]] core::Result<std::uint64_t> size() const;
  /// Up to `count` bytes from `offset` on; fewer only at the end of the file.
  [[nodiscard]] core::Result<Bytes> read(std::uint64_t offset, std::size_t count) const;
  /// Writes at `offset`, in one call where the system allows it. False, with errno set, when not all was
  /// written.
  [[nodiscard]] bool write(std::uint64_t offset, std::span<const std::uint8_t> bytes) const;
  /// Cuts the file. Best effort: it is called when writing failed already.
  void cut(std::uint64_t length) const;
  /// Waits until the data is on the disk. False with errno set.
  [[nodiscard]] bool synchronise() const;

 private:
  int descriptor_ = -1;
};

/// Waits until the folder's entry for a new file is on the disk, where the file system offers that.
void synchronise_folder(const std::filesystem::path& file);

}  // namespace attune::record
