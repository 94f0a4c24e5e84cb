#include "xr/bindings.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace attune::xr {
namespace {

bool is_button(std::string_view input) { return input.ends_with("/click"); }

TEST(Bindings, GiveEveryHandOfEveryControllerAButtonThatStopsByItself) {
  for (const auto& profile : controller_bindings) {
    const bool left = is_button(profile.select_left) || is_button(profile.menu_left);
    const bool right = is_button(profile.select_right) || is_button(profile.menu_right);
    EXPECT_TRUE(left) << profile.profile;
    EXPECT_TRUE(right) << profile.profile;
  }
}

TEST(Bindings, StopWithNothingThatAnswersOrGrasps) {
  for (const auto& profile : controller_bindings) {
    for (const std::string_view button : {profile.menu_left, profile.menu_right, profile.select_left,
                                          profile.select_right, profile.more_left, profile.more_right}) {
      EXPECT_TRUE(button.empty() || is_button(button)) << profile.profile << button;
      EXPECT_EQ(button.find("trigger"), std::string_view::npos) << profile.profile << button;
      EXPECT_EQ(button.find("squeeze"), std::string_view::npos) << profile.profile << button;
    }
  }
}

TEST(Bindings, KnowEveryControllerOnceAndTheOneThatEveryRuntimeOffers) {
  bool simple = false;
  for (const auto& one : controller_bindings) {
    simple = simple || std::string_view(one.profile) == "/interaction_profiles/khr/simple_controller";
    int times = 0;
    for (const auto& other : controller_bindings)
      times += std::string_view(one.profile) == other.profile ? 1 : 0;
    EXPECT_EQ(times, 1) << one.profile;
  }
  EXPECT_TRUE(simple) << "what a runtime translates its own controllers to";
}

}  // namespace
}  // namespace attune::xr
