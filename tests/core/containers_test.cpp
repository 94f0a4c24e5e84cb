#include <gtest/gtest.h>

#include <thread>

#include "attune/core/ring.hpp"
#include "attune/core/spsc_queue.hpp"
#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"

namespace attune::core {
namespace {

TEST(Ring, KeepsTheLastValuesOldestFirst) {
  Ring<int, 3> ring;
  for (int i = 1; i <= 5; ++i) ring.push(i);
  EXPECT_TRUE(ring.full());
  EXPECT_EQ(ring[0], 3);
  EXPECT_EQ(ring.back(), 5);
  ring.pop_front();
  EXPECT_EQ(ring.front(), 4);
  EXPECT_EQ(ring.size(), 2u);
}

TEST(StaticVector, TakesNoMoreThanItHasRoomFor) {
  StaticVector<int, 2> values;
  EXPECT_TRUE(values.push_back(1));
  EXPECT_TRUE(values.push_back(2));
  EXPECT_FALSE(values.push_back(3));
  EXPECT_EQ(values.size(), 2u);
}

TEST(SpscQueue, RefusesWhenFullAndKeepsOrder) {
  SpscQueue<int> queue(2);
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_FALSE(queue.push(3));
  int value = 0;
  EXPECT_TRUE(queue.pop(value));
  EXPECT_EQ(value, 1);
  EXPECT_TRUE(queue.push(3));
  EXPECT_TRUE(queue.pop(value));
  EXPECT_TRUE(queue.pop(value));
  EXPECT_EQ(value, 3);
  EXPECT_FALSE(queue.pop(value));
}

TEST(SpscQueue, NothingIsLostOrDoubledBetweenTwoThreads) {
  constexpr int count = 50'000;
  SpscQueue<int> queue(64);
  std::thread producer([&] {
    for (int i = 0; i < count; ++i) {
      while (!queue.push(i)) std::this_thread::yield();
    }
  });
  for (int expected = 0; expected < count;) {
    int value = -1;
    if (!queue.pop(value)) {
      std::this_thread::yield();
      continue;
    }
    ASSERT_EQ(value, expected++);
  }
  producer.join();
}

TEST(SessionTime, SecondsGoBothWays) {
  EXPECT_EQ(at_seconds(1.5).ns, 1'500'000'000);
  EXPECT_DOUBLE_EQ(seconds_between(at_seconds(1.0), at_seconds(3.5)), 2.5);
  EXPECT_LT(at_seconds(1.0), at_seconds(1.000000001));
}

}  // namespace
}  // namespace attune::core
