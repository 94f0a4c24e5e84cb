#include "attune/xr/gaze_clock.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace attune::xr {
namespace {

constexpr std::int64_t frame_ns = 11'111'111;  // 90 Hz
constexpr std::int64_t display_start = 5'000'000'000;

glm::vec3 towards(double rad) {
  return {static_cast<float>(std::sin(rad)), 0.0F, -static_cast<float>(std::cos(rad))};
}

TEST(GazeClock, GivesASampleItsOwnTime) {
  GazeClock clock;
  const core::SessionTime frame{30 * frame_ns};
  EXPECT_EQ(clock.place(frame, display_start, display_start - 20'000'000, towards(0)).ns,
            frame.ns - 20'000'000);
}

TEST(GazeClock, ASampleThatIsMetAgainKeepsItsTime) {
  // A tracker of 30 Hz under frames of 90: every sample is met three times.
  GazeClock clock;
  int distinct = 0;
  core::SessionTime last{-1};
  for (std::int64_t i = 30; i < 120; ++i) {
    const core::SessionTime frame{i * frame_ns};
    const std::int64_t display = display_start + i * frame_ns;
    const std::int64_t sampled = display_start + i / 3 * 3 * frame_ns - 15'000'000;
    const auto time = clock.place(frame, display, sampled, towards(0.01 * static_cast<double>(i / 3)));
    EXPECT_NEAR(static_cast<double>(frame.ns - time.ns), static_cast<double>(display - sampled), 2.0);
    distinct += time == last ? 0 : 1;
    last = time;
  }
  EXPECT_EQ(distinct, 30);
}

TEST(GazeClock, ASampleThatStandsStillGrowsOldInsteadOfBeingNew) {
  GazeClock clock;
  const core::SessionTime begin{frame_ns};
  const auto first = clock.place(begin, display_start, display_start - 1'000'000, towards(0));
  for (std::int64_t i = 1; i < 500; ++i) {
    const core::SessionTime frame{begin.ns + i * frame_ns};
    EXPECT_EQ(clock.place(frame, display_start + i * frame_ns, display_start - 1'000'000, towards(0)), first);
  }
}

TEST(GazeClock, WhereTimesCannotBeTheEyesMovementTellsASampleFromTheLast) {
  for (const std::int64_t absurd :
       {std::int64_t{0}, std::int64_t{-7}, std::numeric_limits<std::int64_t>::max()}) {
    GazeClock clock;
    const auto first = clock.place({0}, display_start, absurd, towards(0.0));
    EXPECT_EQ(first.ns, 0);
    EXPECT_EQ(clock.place({frame_ns}, display_start + frame_ns, absurd == 0 ? 0 : absurd - 1, towards(0.0)),
              first);
    EXPECT_EQ(
        clock.place({2 * frame_ns}, display_start + 2 * frame_ns, absurd == 0 ? 0 : absurd - 2, towards(0.1))
            .ns,
        2 * frame_ns);
  }
}

TEST(GazeClock, NeverFallsAndNeverRunsAheadOfTheFrame) {
  GazeClock clock;
  constexpr std::int64_t ages[] = {5'000'000, 40'000'000, -3'000'000, 2'000'000'000, 0, 900'000'000, 1};
  core::SessionTime last{-1};
  for (std::int64_t i = 0; i < 700; ++i) {
    const core::SessionTime frame{i * frame_ns};
    const std::int64_t display = display_start + i * frame_ns;
    const auto time =
        clock.place(frame, display, display - ages[i % 7], towards(0.001 * static_cast<double>(i)));
    EXPECT_GE(time, last);
    EXPECT_LE(time, frame);
    last = time;
  }
}

}  // namespace
}  // namespace attune::xr
