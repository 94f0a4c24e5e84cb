#include "render/range_allocator.hpp"

#include <gtest/gtest.h>

#include <random>

namespace attune::render {
namespace {

TEST(RangeAllocator, HandsOutAlignedRangesThatDoNotOverlap) {
  RangeAllocator ranges(1024);
  const auto first = ranges.allocate(100, 1);
  const auto second = ranges.allocate(100, 256);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, 0U);
  EXPECT_EQ(*second, 256U);
}

TEST(RangeAllocator, UsesTheGapThatAlignmentLeft) {
  RangeAllocator ranges(1024);
  ASSERT_TRUE(ranges.allocate(100, 1));
  ASSERT_TRUE(ranges.allocate(512, 256));
  EXPECT_EQ(ranges.allocate(156, 1), 100U);
}

TEST(RangeAllocator, SaysNoWhenNothingFits) {
  RangeAllocator ranges(1024);
  EXPECT_FALSE(ranges.allocate(1025, 1));
  ASSERT_TRUE(ranges.allocate(1, 1));
  EXPECT_FALSE(ranges.allocate(1024, 1));
  EXPECT_FALSE(ranges.allocate(1, 2048)) << "the only multiple of 2048 is taken";
}

TEST(RangeAllocator, JoinsNeighboursOnBothSides) {
  RangeAllocator ranges(300);
  ASSERT_EQ(ranges.allocate(100, 1), 0U);
  ASSERT_EQ(ranges.allocate(100, 1), 100U);
  ASSERT_EQ(ranges.allocate(100, 1), 200U);
  ranges.free(0, 100);
  ranges.free(200, 100);
  EXPECT_EQ(ranges.free_ranges(), 2U);
  ranges.free(100, 100);
  EXPECT_EQ(ranges.free_ranges(), 1U);
  EXPECT_TRUE(ranges.unused());
}

TEST(RangeAllocator, NeverLosesOrSharesAByteOverManyRandomSteps) {
  constexpr std::uint64_t size = 1 << 16;
  RangeAllocator ranges(size);
  std::mt19937 random(7);
  struct Held {
    std::uint64_t offset, bytes;
  };
  std::vector<Held> held;
  std::vector<int> owner(size, 0);
  std::uint64_t in_use = 0;
  for (int step = 0; step < 20000; ++step) {
    if (held.empty() || random() % 5 < 3) {
      const std::uint64_t bytes = 1 + random() % 2000, alignment = 1ULL << (random() % 9);
      const auto offset = ranges.allocate(bytes, alignment);
      if (!offset) continue;
      ASSERT_EQ(*offset % alignment, 0U);
      for (auto at = *offset; at < *offset + bytes; ++at)
        ASSERT_EQ(owner[at]++, 0) << "byte " << at << " has two owners";
      held.push_back({*offset, bytes});
      in_use += bytes;
    } else {
      std::swap(held[random() % held.size()], held.back());
      for (auto at = held.back().offset; at < held.back().offset + held.back().bytes; ++at) --owner[at];
      ranges.free(held.back().offset, held.back().bytes);
      in_use -= held.back().bytes;
      held.pop_back();
    }
    ASSERT_EQ(ranges.free_bytes(), size - in_use);
  }
  for (const auto& range : held) ranges.free(range.offset, range.bytes);
  EXPECT_TRUE(ranges.unused());
  EXPECT_EQ(ranges.free_ranges(), 1U);
}

}  // namespace
}  // namespace attune::render
