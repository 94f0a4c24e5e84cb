#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace attune::render {

/// Hands out ranges of a block of memory. Knows nothing of Vulkan, so that it can be tested by itself.
/// Best fit; neighbouring free ranges are always joined.
class RangeAllocator {
 public:
  explicit RangeAllocator(std::uint64_t size);

  /// Offset of a range of `size` bytes that is a multiple of `alignment` (a power of two); nullopt when none
  /// fits.
  [[nodiscard]] std::optional<std::uint64_t> allocate(std::uint64_t size, std::uint64_t alignment);
  /// Gives a range back, exactly as it was handed out.
  void free(std::uint64_t offset, std::uint64_t size);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t free_bytes() const;
  [[nodiscard]] bool unused() const { return free_bytes() == size_; }
  [[nodiscard]] std::size_t free_ranges() const { return free_.size(); }

 private:
  struct Range {
    std::uint64_t offset, size;
  };
  std::uint64_t size_;
  std::vector<Range> free_;  // by offset
};

}  // namespace attune::render
