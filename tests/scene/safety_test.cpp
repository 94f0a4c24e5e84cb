#include <cmath>
#include <deque>
#include <map>
#include <set>
#include <string>

#include "scene/dice.hpp"
#include "scene/support.hpp"

// What the scene owes whoever stands in it, whatever directives come: a platform that carries its patient, no
// plunge, no flash, and a view that nothing but the head moves (docs/safety.md).
namespace attune::scene::test {
namespace {

/// Where every mesh of a frame is drawn, by name; several of one name in their order.
std::map<std::string, std::vector<glm::mat4>> drawn(const World& world, const DrawList& list) {
  std::map<std::string, std::vector<glm::mat4>> found;
  for (const auto& instance : list.instances)
    found[world.geometry().meshes[instance.mesh].name].push_back(instance.to_session);
  return found;
}

std::optional<double> height_m(const World& world, const DrawList& list) {
  for (const auto& instance : list.instances) {
    if (world.geometry().meshes[instance.mesh].name == "horizon")
      return -static_cast<double>(instance.to_session[3].y);
  }
  return std::nullopt;
}

/// Anything that may be asked of the scene: other heights, stops, ways back, hidden stimuli, fades.
void ask_anything(Directive& directive, Dice& dice, float eagerness) {
  if (dice.chance(eagerness)) directive.intensity = dice.unit();
  if (dice.chance(eagerness)) directive.place = dice.chance(0.7F) ? Place::world : Place::safe_place;
  if (dice.chance(eagerness)) directive.stimulus_hidden = dice.chance(0.2F);
  if (dice.chance(eagerness)) directive.fade = dice.chance(0.6F) ? 0.0F : dice.unit();
}

}  // namespace

TEST(SceneSafety, APlatformThatRisesCarriesItsPatient) {
  // The patient's space never moves: deck, wall and roof garden stay where they are, and the city sinks.
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 0.1F;
  const auto before = drawn(world, player.run(1.0));
  player.directive.intensity = 0.6F;
  double risen_m = 0.0;
  const double from_m = *height_m(world, player.frame());
  for (int i = 0; i < 72 * 30; ++i) {
    const auto& list = player.frame();
    const auto now = drawn(world, list);
    for (const char* carried : {"deck", "roof garden", "planted wall"}) {
      ASSERT_TRUE(now.contains(carried)) << carried;
      ASSERT_EQ(now.at(carried), before.at(carried)) << carried;
    }
    risen_m = *height_m(world, list) - from_m;
  }
  EXPECT_GT(risen_m, 5.0) << "nothing rose";
}

TEST(SceneSafety, NothingButTheHeadMovesTheView) {
  // Two patients live through the same directives; one looks and steps about. What stands in the world stands
  // where it does for the other: nothing follows a head, nothing sways, nothing turns.
  auto still_world = loaded_heights(), moved_world = loaded_heights();
  auto still = Player(still_world), moved = Player(moved_world);
  auto dice = Dice(5);
  std::set<std::string> seen;
  for (int i = 0; i < 6000; ++i) {
    if (dice.chance(0.01F)) still.directive.intensity = moved.directive.intensity = dice.unit();
    moved.view.head =
        head_at(dice.between(-180.0F, 180.0F), dice.between(-60.0F, 60.0F),
                {dice.between(-0.5F, 0.5F), dice.between(1.2F, 1.8F), dice.between(-0.5F, 0.5F)});
    const auto one = drawn(still_world, still.frame()), other = drawn(moved_world, moved.frame());
    for (const auto& [name, places] : one) {
      ASSERT_TRUE(other.contains(name)) << name;
      ASSERT_EQ(places, other.at(name)) << name << " in frame " << i;
      seen.insert(name);
    }
  }
  EXPECT_GT(seen.size(), 5U);
}

TEST(SceneSafety, NothingTurnsAroundThePatient) {
  auto world = loaded_heights();
  auto player = Player(world);
  auto dice = Dice(6);
  for (int i = 0; i < 20'000; ++i) {
    ask_anything(player.directive, dice, 0.01F);
    for (const auto& instance : player.frame().instances) {
      if (world.geometry().meshes[instance.mesh].name != "horizon") continue;
      const auto upright = glm::mat3(instance.to_session);
      ASSERT_EQ(upright, glm::mat3(1.0F)) << "the horizon turns or tilts";
      ASSERT_EQ(instance.to_session[3].x, 0.0F);
      ASSERT_EQ(instance.to_session[3].z, 0.0F) << "the world slides";
    }
  }
}

TEST(SceneSafety, NothingIsSeenToPlungeWhateverIsAskedAndHoweverOftenItIsStopped) {
  auto world = loaded_heights();
  auto player = Player(world);
  auto dice = Dice(9);
  std::optional<double> last;
  auto covered = true;
  int seen = 0, fast_falls_asked = 0;
  for (int i = 0; i < 60'000; ++i) {
    const auto before = player.directive.intensity;
    ask_anything(player.directive, dice, 0.004F);
    fast_falls_asked += player.directive.intensity < before - 0.2F ? 1 : 0;
    const auto& list = player.frame();
    const auto now = height_m(world, list);
    if (now && last && list.fade < 1.0F && !covered) {
      ASSERT_GE((*now - *last) / frame_s, -1.2 * 1.001) << "falls in frame " << i;
      ASSERT_LE((*now - *last) / frame_s, 1.2 * 1.001) << "rises in frame " << i;
      ++seen;
    }
    covered = list.fade >= 1.0F || !now;
    last = now;
  }
  EXPECT_GT(seen, 10'000);
  EXPECT_GT(fast_falls_asked, 20);
}

TEST(SceneSafety, NothingFlashesMoreThanThreeTimesASecondWhateverIsAsked) {
  // WCAG 2.3.1: a flash is a pair of opposing changes of a tenth or more. The fade is what the scene
  // brightens and darkens the whole picture with; a change of place is one change more.
  auto world = loaded_heights();
  auto player = Player(world);
  std::size_t most = 0;
  for (int run = 0; run < 60; ++run) {
    auto dice = Dice(100 + run);
    const auto eagerness = dice.between(0.01F, 0.5F);
    std::deque<double> turns;
    auto extreme = 0.0F;
    auto rising = true;
    auto in_garden = false;
    for (int i = 0; i < 72 * 10; ++i) {
      ask_anything(player.directive, dice, eagerness);
      const auto& list = player.frame();
      const double now_s = i * frame_s;
      const bool garden = !height_m(world, list).has_value();
      if (garden != in_garden && list.fade < 1.0F) turns.push_back(now_s);
      in_garden = garden;
      extreme = rising ? std::max(extreme, list.fade) : std::min(extreme, list.fade);
      if (std::abs(list.fade - extreme) >= 0.1F) {
        rising = !rising;
        extreme = list.fade;
        turns.push_back(now_s);
      }
      while (!turns.empty() && now_s - turns.front() >= 1.0) turns.pop_front();
      most = std::max(most, turns.size());
    }
  }
  EXPECT_LE(most, 6U) << "opposing changes in one second; two make a flash";
  EXPECT_GE(most, 2U) << "nothing ever faded";
}

}  // namespace attune::scene::test
