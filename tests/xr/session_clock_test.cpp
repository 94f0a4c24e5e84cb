#include "attune/xr/session_clock.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

namespace attune::xr {
namespace {

constexpr std::int64_t frame_ns = 13'888'889;  // 72 Hz
constexpr double period_s = 1.0 / 72.0;

TEST(SessionClock, StartsAtZeroAndFollowsTheRuntime) {
  SessionClock clock;
  EXPECT_EQ(clock.advance(5'000'000'000, period_s).ns, 0);
  EXPECT_EQ(clock.advance(5'000'000'000 + frame_ns, period_s).ns, frame_ns);
  EXPECT_EQ(clock.advance(5'000'000'000 + 3 * frame_ns, period_s).ns, 3 * frame_ns)
      << "a dropped frame is real time";
}

TEST(SessionClock, RisesByAtLeastAMillisecondWhateverTheRuntimeSays) {
  constexpr std::int64_t odd[] = {0,
                                  -5,
                                  std::numeric_limits<std::int64_t>::max(),
                                  std::numeric_limits<std::int64_t>::min(),
                                  7'000'000'000,
                                  7'000'000'000,
                                  6'000'000'000,
                                  9'000'000'000'000};
  SessionClock clock;
  auto last = clock.advance(1'000'000'000, period_s);
  for (int round = 0; round < 50; ++round) {
    for (const auto display_time : odd) {
      const auto now = clock.advance(display_time, round % 2 == 0 ? period_s : -1.0);
      ASSERT_GE(now.ns - last.ns, SessionClock::shortest_step_ns);
      ASSERT_LE(core::seconds_between(last, now), SessionClock::longest_stall_s);
      last = now;
    }
  }
}

TEST(SessionClock, ALeapCountsAsOneFrameAndIsNamed) {
  SessionClock clock;
  clock.advance(1, period_s);
  clock.advance(1 + frame_ns, period_s);
  const auto before = clock.advance(1 + 2 * frame_ns, period_s);
  EXPECT_FALSE(clock.leapt());
  const auto after = clock.advance(3'600'000'000'000, period_s);
  EXPECT_TRUE(clock.leapt());
  EXPECT_NEAR(core::seconds_between(before, after), period_s, 1e-6);
  EXPECT_EQ(clock.advance(3'600'000'000'000 + frame_ns, period_s).ns - after.ns, frame_ns);
}

TEST(SessionClock, FramesThatComeLateAreTimeThatPassed) {
  SessionClock clock;
  clock.advance(1'000'000'000, period_s);
  std::int64_t display = 1'000'000'000;
  for (const double late_s : {0.6, 1.0, 3.0, 9.0, 0.7}) {
    display += core::at_seconds(late_s).ns;
    EXPECT_EQ(clock.advance(display, late_s, 0.9 * late_s).ns, display - 1'000'000'000);
    EXPECT_TRUE(clock.missed());
    EXPECT_FALSE(clock.leapt());
  }
  display += frame_ns;
  EXPECT_EQ(clock.advance(display, period_s, period_s).ns, display - 1'000'000'000);
  EXPECT_FALSE(clock.missed());
}

TEST(SessionClock, ALeapForWhichNobodyWaitedIsNoTimeThatPassed) {
  SessionClock clock;
  std::int64_t display = 1'000'000'000;
  clock.advance(display, period_s);
  for (int i = 0; i < 20; ++i) {
    display += frame_ns + (i == 5 ? 5'000'000'000 : 0);
    EXPECT_NEAR(clock.advance(display, period_s, period_s).seconds(), (i + 1) * period_s, 1e-4);
    EXPECT_FALSE(clock.missed());
  }
}

TEST(SessionClock, AFrameWithoutATrueTimeCountsAsTheLastTruePeriod) {
  SessionClock clock;
  constexpr double period_90_s = 1.0 / 90.0;
  clock.advance(0, period_90_s);
  for (int i = 1; i <= 60; ++i) EXPECT_NEAR(clock.advance(-i, -1.0).seconds(), i * period_90_s, 1e-6);
}

TEST(SessionClock, IsWhereItWouldHaveBeenWhenTheRuntimeComesToItsSenses) {
  // A lie for some frames: what the runtime says of the frame that is truly shown at `truth`.
  const std::function<std::int64_t(std::int64_t)> lies[] = {
      [](std::int64_t) { return std::int64_t{-1}; },
      [](std::int64_t) { return std::int64_t{0}; },
      [](std::int64_t) { return std::numeric_limits<std::int64_t>::max(); },
      [](std::int64_t truth) { return truth - 7'200'000'000'000; },
      [](std::int64_t truth) { return truth + 7'200'000'000'000; },
      [](std::int64_t) { return 3'000'000'000 + 99 * frame_ns; },  // stands still
  };
  for (const auto& lie : lies) {
    for (const int length : {1, 3, 10, 200}) {
      SessionClock clock;
      int leaps = 0;
      for (std::int64_t i = 0; i < 500; ++i) {
        const std::int64_t truth = 3'000'000'000 + i * frame_ns;
        const bool lying = i >= 100 && i < 100 + length;
        const auto now = clock.advance(lying ? lie(truth) : truth, period_s);
        leaps += clock.leapt() ? 1 : 0;
        ASSERT_NEAR(now.seconds(), static_cast<double>(i * frame_ns) * 1e-9, 1.01 * period_s)
            << i << " of " << length;
      }
      EXPECT_GT(leaps, 0) << "there was no lie";
    }
  }
}

TEST(SessionClock, RestsForAsLongAsItIsToldWhereverTheRuntimeGoesOn) {
  for (const std::int64_t next_display :
       {std::int64_t{3'100'000'000}, std::int64_t{0}, std::int64_t{1} << 60}) {
    SessionClock clock;
    clock.advance(3'000'000'000, period_s);
    for (int i = 0; i < 20; ++i) clock.rest(0.1);
    const auto rested = clock.rest(0.1);
    EXPECT_NEAR(rested.seconds(), 2.1, 1e-6);
    const auto next = clock.advance(next_display, period_s);
    EXPECT_NEAR(core::seconds_between(rested, next), period_s, 1e-6);
    EXPECT_FALSE(clock.leapt()) << "a rest is no leap";
    EXPECT_EQ(clock.advance(next_display + frame_ns, period_s).ns - next.ns, frame_ns);
  }
}

}  // namespace
}  // namespace attune::xr
