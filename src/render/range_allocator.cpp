#include "render/range_allocator.hpp"

#include <algorithm>
#include <cassert>

namespace attune::render {

RangeAllocator::RangeAllocator(std::uint64_t size) : size_(size), free_{{0, size}} {}

std::optional<std::uint64_t> RangeAllocator::allocate(std::uint64_t size, std::uint64_t alignment) {
  assert(size > 0 && alignment > 0 && (alignment & (alignment - 1)) == 0);
  const auto aligned = [alignment](std::uint64_t offset) {
    return (offset + alignment - 1) & ~(alignment - 1);
  };
  auto best = free_.end();
  for (auto range = free_.begin(); range != free_.end(); ++range) {
    const auto lost = aligned(range->offset) - range->offset;
    const bool fits = range->size >= lost && range->size - lost >= size;
    if (fits && (best == free_.end() || range->size < best->size)) best = range;
  }
  if (best == free_.end()) return std::nullopt;

  const auto start = aligned(best->offset);
  const Range before{best->offset, start - best->offset};
  const Range after{start + size, best->offset + best->size - (start + size)};
  auto at = free_.erase(best);
  if (after.size > 0) at = free_.insert(at, after);
  if (before.size > 0) free_.insert(at, before);
  return start;
}

void RangeAllocator::free(std::uint64_t offset, std::uint64_t size) {
  assert(offset + size <= size_);
  auto next = std::lower_bound(free_.begin(), free_.end(), offset,
                               [](const Range& range, std::uint64_t value) { return range.offset < value; });
  assert(next == free_.end() || offset + size <= next->offset);
  next = free_.insert(next, {offset, size});
  if (const auto after = next + 1; after != free_.end() && next->offset + next->size == after->offset) {
    next->size += after->size;
    free_.erase(after);
  }
  if (next != free_.begin()) {
    const auto before = next - 1;
    assert(before->offset + before->size <= next->offset);
    if (before->offset + before->size == next->offset) {
      before->size += next->size;
      free_.erase(next);
    }
  }
}

std::uint64_t RangeAllocator::free_bytes() const {
  std::uint64_t sum = 0;
  for (const auto& range : free_) sum += range.size;
  return sum;
}

}  // namespace attune::render
