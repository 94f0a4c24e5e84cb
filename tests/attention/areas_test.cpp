#include "attune/attention/areas.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <glm/geometric.hpp>
#include <vector>

namespace attune::attention {
namespace {

using telemetry::AoiRole;
using telemetry::AoiShape;

constexpr glm::vec3 eye{0.0F, 1.6F, 0.0F};
constexpr glm::vec3 ahead{0.0F, 0.0F, -1.0F};

TEST(AreaHit, TakesTheNearerOfTwoBoxesBehindEachOther) {
  const std::array areas{AoiShape{1, AoiRole::threat, {0.0F, 1.6F, -6.0F}, glm::vec3{0.5F}},
                         AoiShape{2, AoiRole::neutral, {0.0F, 1.6F, -3.0F}, glm::vec3{0.5F}}};
  EXPECT_EQ(area_hit(eye, ahead, 0.0F, areas), 1U);
  EXPECT_EQ(area_hit(eye, -ahead, 0.0F, areas), std::nullopt);
}

TEST(AreaHit, ForgivesTheTrackersErrorButPrefersWhatTheRayItselfMeets) {
  // 10 cm box, 5 m away, its edge 1° beside the ray.
  const float beside = 5.0F * std::tan(0.0175F) + 0.1F;
  const std::array areas{AoiShape{1, AoiRole::threat, {beside, 1.6F, -5.0F}, glm::vec3{0.1F}},
                         AoiShape{2, AoiRole::calm, {0.0F, 1.6F, -20.0F}, glm::vec3{1.0F}}};
  const std::span small(areas.data(), 1);
  EXPECT_EQ(area_hit(eye, ahead, 0.002F, small), std::nullopt);
  EXPECT_EQ(area_hit(eye, ahead, 0.017F, small), 0U);
  EXPECT_EQ(area_hit(eye, ahead, 0.017F, areas), 1U) << "the far box is met, the near one only nearly";
}

TEST(AreaHit, CountsABoxAroundTheEyeOnlyWhenThereIsNoOther) {
  const std::array areas{AoiShape{1, AoiRole::threat, {0.0F, 0.0F, 0.0F}, glm::vec3{4.0F}},
                         AoiShape{2, AoiRole::calm, {0.0F, 1.6F, -9.0F}, glm::vec3{0.5F}}};
  EXPECT_EQ(area_hit(eye, ahead, 0.0F, areas), 1U);
  EXPECT_EQ(area_hit(eye, -ahead, 0.0F, areas), 0U);
}

TEST(AreaHit, StandsRaysAlongTheSidesOfABox) {
  const std::array areas{AoiShape{1, AoiRole::threat, {0.5F, 1.6F, -5.0F}, glm::vec3{0.5F}}};
  for (const auto& way :
       {glm::vec3{0, 0, -1}, glm::vec3{0, 1, 0}, glm::vec3{1, 0, 0}, glm::vec3{-0.0F, -0.0F, -1}}) {
    const auto hit = area_hit(eye, way, 0.0F, areas);
    EXPECT_TRUE(!hit || *hit == 0U);
  }
}

TEST(AreaInView, SeesAWideThingBesideTheMiddleOfTheView) {
  const AoiShape drop{1, AoiRole::threat, {0.0F, -20.0F, -10.0F}, {10.0F, 20.0F, 10.0F}};
  EXPECT_TRUE(area_in_view(eye, ahead, 0.7F, drop));
  EXPECT_FALSE(area_in_view(eye, -ahead, 0.3F, {2, AoiRole::threat, {0.0F, 1.6F, -5.0F}, glm::vec3{0.5F}}));
}

std::vector<Visit> visits(const std::vector<std::optional<std::uint16_t>>& ids, double step_s) {
  AreaFollower follower;
  std::vector<Visit> all;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto visit = follower.push(core::at_seconds(static_cast<double>(i) * step_s), ids[i]))
      all.push_back(*visit);
  }
  return all;
}

TEST(AreaFollower, ReportsALookWithItsLength) {
  std::vector<std::optional<std::uint16_t>> ids(10, std::nullopt);
  ids.insert(ids.end(), 36, std::uint16_t{7});
  ids.insert(ids.end(), 5, std::uint16_t{8});
  const auto all = visits(ids, 1.0 / 72.0);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, 7);
  EXPECT_NEAR(core::seconds_between(all[0].start, all[0].end), 0.5, 1e-6);
}

TEST(AreaFollower, ABreakOfFiftyMillisecondsDoesNotEndALookAndOneOfTwoHundredDoes) {
  for (const auto& [lost, expected] : {std::pair{3U, 1U}, std::pair{15U, 2U}}) {
    std::vector<std::optional<std::uint16_t>> ids(30, std::uint16_t{7});
    ids.insert(ids.end(), lost, std::nullopt);
    ids.insert(ids.end(), 30, std::uint16_t{7});
    ids.insert(ids.end(), 20, std::nullopt);
    EXPECT_EQ(visits(ids, 1.0 / 72.0).size(), expected);
  }
}

TEST(AreaFollower, ABlinkEndsNoLookAndALongerLossDoes) {
  const auto looks = [](double loss_s, bool seen) {
    AreaFollower follower;
    int count = 0;
    for (double t = 0.0; t < 3.0; t += 1.0 / 90.0) {
      const bool away = t > 1.0 && t < 1.0 + loss_s;
      if (follower.push(core::at_seconds(t), away ? std::nullopt : std::optional<std::uint16_t>(1),
                        !away || seen))
        ++count;
    }
    return count + (follower.finish() ? 1 : 0);
  };
  EXPECT_EQ(looks(0.25, false), 1);
  EXPECT_EQ(looks(0.25, true), 2) << "eyes that are seen elsewhere have left";
  EXPECT_EQ(looks(0.6, false), 2);
}

TEST(AreaFollower, GivesTheVisitThatTheStreamEndedInOnce) {
  AreaFollower follower;
  for (double t = 0.0; t < 1.0; t += 0.01) follower.push(core::at_seconds(t), 7);
  const auto visit = follower.finish();
  ASSERT_TRUE(visit);
  EXPECT_EQ(visit->id, 7);
  EXPECT_NEAR(core::seconds_between(visit->start, visit->end), 0.99, 0.011);
  EXPECT_FALSE(follower.finish());
}

TEST(AreaFollower, AGlanceOfOneFrameIsNoLook) {
  std::vector<std::optional<std::uint16_t>> ids(20, std::nullopt);
  ids[10] = std::uint16_t{7};
  EXPECT_TRUE(visits(ids, 1.0 / 72.0).empty());
}

}  // namespace
}  // namespace attune::attention
