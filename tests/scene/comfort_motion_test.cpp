#include "scene/comfort_motion.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scene/calm_fade.hpp"
#include "scene/dice.hpp"

namespace attune::scene::test {

TEST(ComfortMotion, NeverExceedsItsLimitsWhateverIsAsked) {
  const auto limits = ComfortLimits{1.2, 0.4};
  auto motion = ComfortMotion(limits);
  auto dice = Dice(3);
  auto target = 0.0;
  for (int i = 0; i < 200000; ++i) {
    if (dice.chance(0.01F)) target = static_cast<double>(dice.between(0.0F, 60.0F));
    const auto dt = static_cast<double>(dice.between(0.004F, 0.1F));
    const auto height = motion.height_m(), speed = motion.speed_m_s();
    motion.step(target, dt, dice.chance(0.1F));
    ASSERT_LE(std::abs(motion.height_m() - height), limits.speed_m_s * dt * (1.0 + 1e-9));
    ASSERT_LE(std::abs(motion.speed_m_s() - speed), limits.acceleration_m_s2 * dt * (1.0 + 1e-9));
  }
}

TEST(ComfortMotion, ArrivesWithoutOvershootAndStays) {
  auto motion = ComfortMotion({1.2, 0.4});
  for (int i = 0; i < 72 * 40; ++i) {
    motion.step(30.0, 1.0 / 72.0, false);
    ASSERT_LE(motion.height_m(), 30.0 + 1e-9);
  }
  EXPECT_NEAR(motion.height_m(), 30.0, 1e-6);
  EXPECT_NEAR(motion.speed_m_s(), 0.0, 1e-4);
}

TEST(ComfortMotion, FollowsASlowlySinkingTargetWithoutFallingBehind) {
  auto motion = ComfortMotion({1.2, 0.4});
  motion.jump_to(40.0);
  auto target = 40.0;
  for (int i = 0; i < 72 * 30; ++i) {
    target -= 1.0 / 72.0;  // 1 m/s
    motion.step(target, 1.0 / 72.0, false);
    ASSERT_FALSE(motion.falls_behind(target));
  }
  EXPECT_TRUE(motion.falls_behind(target - 10.0));
}

TEST(ComfortMotion, TurnsAroundInSightWhereTheTargetSinksALittle) {
  const double dt = 1.0 / 72.0;
  auto motion = ComfortMotion({1.2, 0.4});
  auto target = 0.0;
  for (int i = 0; i < 72 * 20; ++i) motion.step(target += 1.2 * dt, dt, false);
  ASSERT_NEAR(motion.speed_m_s(), 1.2, 0.01);
  auto furthest = 0.0;
  for (int i = 0; i < 72 * 20; ++i) {
    if (i < 72 * 3) target -= 1.4 * dt;
    motion.step(target, dt, false);
    furthest = std::max(furthest, motion.height_m() - target);
    ASSERT_FALSE(motion.falls_behind(target)) << "grey for a fall of four metres";
  }
  EXPECT_GT(furthest, 3.0) << "it turned around with no delay at all";
  EXPECT_NEAR(motion.height_m(), target, 1e-6);
}

/// WCAG 2.3.1 counts a flash for every pair of opposing changes of at least a tenth; three in a second are
/// allowed.
TEST(CalmFade, CannotFlashWhateverIsAsked) {
  auto dice = Dice(7);
  auto most = 0;
  for (int run = 0; run < 200; ++run) {
    CalmFade fade;
    std::vector<double> turns;  // times of completed opposing changes
    auto extreme = 0.0F;
    auto rising = true;
    const auto eager = dice.between(0.02F, 0.6F);
    auto asked = 0.0F;
    auto closing = false;
    for (int i = 0; i < 72 * 20; ++i) {
      if (dice.chance(eager)) asked = dice.chance(0.5F) ? 0.0F : dice.unit();
      if (dice.chance(eager)) closing = dice.chance(0.3F);
      const auto value = fade.step(1.0 / 72.0, asked, closing);
      if (rising ? value > extreme : value < extreme) extreme = value;
      if (std::abs(value - extreme) < 0.1F) continue;
      turns.push_back(i / 72.0);
      rising = !rising;
      extreme = value;
    }
    for (std::size_t i = 0; i < turns.size(); ++i) {
      auto in_second = 0;
      for (auto j = i; j < turns.size() && turns[j] <= turns[i] + 1.0; ++j) ++in_second;
      most = std::max(most, in_second);
    }
  }
  EXPECT_LE(most, 6) << "opposing changes in one second; two make a flash";
  EXPECT_GE(most, 2) << "the fade was never moved";
}

TEST(CalmFade, ClosesAtOnceWhenAskedAndOpensSlowly) {
  CalmFade fade;
  EXPECT_EQ(fade.step(1.0 / 72.0, 1.0F, false), 1.0F);
  auto seconds = 0.0;
  while (fade.step(1.0 / 72.0, 0.0F, false) > 0.0F && seconds < 10.0) seconds += 1.0 / 72.0;
  EXPECT_NEAR(seconds, CalmFade::hold_s + CalmFade::open_s, 0.1);
}

}  // namespace attune::scene::test
