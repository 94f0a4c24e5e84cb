#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// How bright what a session shows is, in its frames.
namespace attune {
namespace {

std::vector<telemetry::Reading> light_of(const std::filesystem::path& path) {
  const auto recording = record::Recording::open(path);
  EXPECT_TRUE(recording) << recording.error().message;
  std::vector<telemetry::Reading> light;
  EXPECT_TRUE(recording->for_each_moment([&](const record::Moment& moment) {
    light.push_back(moment.frame.shown_light);
    return true;
  }));
  return light;
}

TEST(ShownLight, IsInTheFramesOfASessionAndTheSameInTwoRuns) {
  const test::ScratchFolder scratch;
  const auto one = scratch / "one.attune", other = scratch / "other.attune";
  ASSERT_EQ(test::attune(test::session_on("patient:shipped:3", one, "8", "30")).status, 0);
  ASSERT_EQ(test::attune(test::session_on("patient:shipped:3", other, "8", "30")).status, 0);
  const auto light = light_of(one);
  ASSERT_GT(light.size(), 500u);
  EXPECT_FALSE(light.front().valid) << "nothing was shown before";
  const auto settled = light.size() / 4;
  std::size_t valid = 0;
  for (auto i = settled; i < light.size(); ++i) {
    valid += light[i].valid ? 1 : 0;
    EXPECT_TRUE(!light[i].valid || (light[i].value > 0.02F && light[i].value < 1.0F)) << i;
    EXPECT_TRUE(!light[i].valid || (light[i].age_s > 0.0F && light[i].age_s <= 1.0F)) << i;
  }
  EXPECT_GT(valid, (light.size() - settled) * 9 / 10);
  const auto again = light_of(other);
  ASSERT_EQ(again.size(), light.size());
  std::size_t differences = 0;
  for (std::size_t i = 0; i < light.size(); ++i)
    differences += light[i].value != again[i].value || light[i].age_s != again[i].age_s ? 1 : 0;
  EXPECT_EQ(differences, 0u) << "a picture's light hangs on the picture alone";
}

}  // namespace
}  // namespace attune
