#include "attune/scene/world.hpp"

#include <cmath>
#include <fstream>
#include <glm/geometric.hpp>
#include <set>

#include "scene/dice.hpp"
#include "scene/support.hpp"
#include "support/allocations.hpp"

namespace attune::scene::test {

namespace {

/// Height of the patient over the street, from where the city is drawn; nothing when it is not.
std::optional<double> height_m(const World& world, const DrawList& list) {
  for (const auto& instance : list.instances) {
    if (world.geometry().meshes[instance.mesh].name == "horizon")
      return -static_cast<double>(instance.to_session[3].y);
  }
  return std::nullopt;
}

const telemetry::AoiShape* find(const AoiList& aois, const World& world, std::string_view name) {
  for (const auto& aoi : aois) {
    for (const auto& named : world.aoi_names()) {
      if (named.id == aoi.id && named.name == name) return &aoi;
    }
  }
  return nullptr;
}

/// True when any part of a box lies in a view of 45° half angles.
bool in_view(const telemetry::AoiShape& aoi, const telemetry::Pose& head) {
  for (int i = 0; i < 125; ++i) {
    const auto share = glm::vec3(i % 5, (i / 5) % 5, i / 25) * 0.5F - 1.0F;
    const auto p = glm::conjugate(head.orientation) * (aoi.centre_m + share * aoi.extent_m - head.position_m);
    if (p.z < -0.05F && std::abs(p.x) < -p.z && std::abs(p.y) < -p.z) return true;
  }
  return false;
}

}  // namespace

TEST(World, ShowsTheAskedIntensityAtTheHeightOfItsTable) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 1.0F;
  EXPECT_NEAR(*height_m(world, player.frame()), 60.0, 1e-3) << "the first frame starts where it is asked to";
  EXPECT_NEAR(world.stimulus().intensity, 1.0F, 1e-5F);
}

TEST(World, HeightChangesKeepToTheComfortLimitsWhateverIsAsked) {
  auto world = loaded_heights();
  auto player = Player(world);
  auto dice = Dice(21);
  player.frame();
  auto last = *height_m(world, player.frame()), speed = 0.0;
  auto covered = false;
  for (int i = 0; i < 40000; ++i) {
    if (dice.chance(0.01F)) player.directive.intensity = dice.unit();
    const auto& list = player.frame();
    const auto now = *height_m(world, list);
    const auto speed_now = list.fade < 1.0F ? (now - last) / frame_s : 0.0;
    if (list.fade < 1.0F && !covered) {
      ASSERT_LE(std::abs(speed_now), 1.2 * 1.001) << i;
      ASSERT_LE(std::abs(speed_now - speed), 0.4 * frame_s + 2e-3) << i;  // heights are floats
    }
    speed = speed_now;
    covered = list.fade >= 1.0F;
    last = now;
    ASSERT_GE(now, 0.39);
    ASSERT_LE(now, 60.001);
  }
}

TEST(World, AFallFasterThanTheLimitIsAFadeAndNeverADescent) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 1.0F;
  auto last = *height_m(world, player.run(1.0));
  player.directive.intensity = 0.1F;
  auto descended = 0.0, seconds = 0.0;
  auto covered = false;
  while (seconds < 6.0) {
    const auto& list = player.frame();
    const auto now = *height_m(world, list);
    if (list.fade < 1.0F && !covered) descended += std::max(0.0, last - now);
    covered = list.fade >= 1.0F;
    last = now;
    seconds += frame_s;
  }
  EXPECT_LT(descended, 0.1);
  EXPECT_NEAR(world.stimulus().intensity, 0.1F, 1e-4F);
  EXPECT_EQ(player.frame().fade, 0.0F);
}

TEST(World, ASlowFallIsADescentWithoutFade) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 0.6F;
  player.frame();
  for (int i = 0; i < 72 * 10; ++i) {
    player.directive.intensity -= 0.008F / 72.0F;
    ASSERT_EQ(player.frame().fade, 0.0F);
  }
  player.run(6.0);
  EXPECT_NEAR(world.stimulus().intensity, 0.52F, 1e-3F);
}

TEST(World, AStopHidesTheHeightInTheNextFrameAndTheGardenComesOutOfTheGrey) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 1.0F;
  player.run(1.0);
  player.directive.place = Place::safe_place;
  const auto& list = player.frame();
  EXPECT_EQ(list.fade, 1.0F);
  EXPECT_FALSE(height_m(world, list)) << "the city is still drawn";
  EXPECT_EQ(world.stimulus().intensity, 0.0F);
  auto last = 1.0F;
  for (int i = 0; i < 72 * 2; ++i) {
    const auto& next = player.frame();
    ASSERT_FALSE(height_m(world, next));
    ASSERT_LE(next.fade, last);
    last = next.fade;
  }
  EXPECT_EQ(last, 0.0F);
  EXPECT_NE(find(world.aois(), world, "pond"), nullptr);
  EXPECT_EQ(find(world.aois(), world, "the drop"), nullptr);
}

TEST(World, TheWayBackFromTheSafePlaceGoesThroughTheGreyToo) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.place = Place::safe_place;
  player.run(3.0);
  player.directive.place = Place::world;
  player.directive.intensity = 0.3F;
  auto greyest = 0.0F;
  for (int i = 0; i < 72 * 4; ++i) {
    const auto& list = player.frame();
    if (!height_m(world, list))
      greyest = std::max(greyest, list.fade);
    else
      ASSERT_TRUE(greyest > 0.9F) << "the world appears without a fade";
  }
  EXPECT_NEAR(world.stimulus().intensity, 0.3F, 1e-4F);
  EXPECT_EQ(player.frame().fade, 0.0F);
}

TEST(World, AHiddenStimulusIsCoveredAtOnceAndCountsAsNone) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 0.8F;
  player.run(0.5);
  player.directive.stimulus_hidden = true;
  EXPECT_EQ(player.frame().fade, 1.0F);
  EXPECT_EQ(world.stimulus().intensity, 0.0F);
  EXPECT_EQ(find(world.aois(), world, "the drop"), nullptr);
  EXPECT_EQ(world.wind(), 0.0F);
}

TEST(World, AreasOfInterestHaveTheirRolesAndLieInViewOfAPatientWhoLooksOverTheDrop) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 0.9F;
  player.view.head = head_at(0.0F, -15.0F);
  player.run(0.2);
  using telemetry::AoiRole;
  for (const auto& [name, role] : {std::pair{"the drop", AoiRole::threat},
                                   {"gap in the railing", AoiRole::threat},
                                   {"railing", AoiRole::neutral},
                                   {"roof garden", AoiRole::calm},
                                   {"skyline", AoiRole::neutral},
                                   {"stop mark", AoiRole::neutral}}) {
    const auto* aoi = find(world.aois(), world, name);
    ASSERT_NE(aoi, nullptr) << name;
    EXPECT_EQ(aoi->role, role) << name;
    EXPECT_TRUE(in_view(*aoi, player.view.head)) << name;
  }
  std::set<std::uint16_t> ids;
  for (const auto& named : world.aoi_names())
    EXPECT_TRUE(ids.insert(named.id).second) << named.name << " shares its id";
}

TEST(World, LookingDownIsTheDropAndLookingAtTheHorizonIsNot) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 1.0F;
  player.run(0.1);
  const auto* drop = find(world.aois(), world, "the drop");
  ASSERT_NE(drop, nullptr);
  const auto meets = [&](float pitch_deg) {
    const auto ray = turned(0.0F, pitch_deg) * glm::vec3(0, 0, -1);
    for (auto t = 0.5F; t < 120.0F; t += 0.02F) {
      const auto off = glm::abs(glm::vec3(0, 1.6F, 0) + t * ray - drop->centre_m);
      if (glm::all(glm::lessThan(off, drop->extent_m))) return true;
    }
    return false;
  };
  EXPECT_TRUE(meets(-45.0F));
  EXPECT_TRUE(meets(-25.0F));
  EXPECT_FALSE(meets(-5.0F));
  EXPECT_FALSE(meets(0.0F));
}

TEST(World, TheStopMarkIsDrawnInEveryFrameWhereItsPlacementSays) {
  auto world = loaded_heights();
  auto player = Player(world);
  PanelPlacement placement;
  auto dice = Dice(2);
  for (int i = 0; i < 2000; ++i) {
    if (dice.chance(0.02F)) player.directive.place = dice.chance(0.5F) ? Place::world : Place::safe_place;
    if (dice.chance(0.02F))
      player.view.head = head_at(dice.between(-180.0F, 180.0F), dice.between(-60.0F, 30.0F));
    const auto& list = player.frame();
    placement.step(player.directive.time, player.view.head);
    auto marks = 0;
    for (const auto& panel : list.panels) {
      if (!panel.round) continue;
      ++marks;
      ASSERT_EQ(panel.to_session, placement.layout().stop.to_session);
      ASSERT_FALSE(panel.text.empty());
    }
    ASSERT_EQ(marks, 1);
  }
}

TEST(World, PanelsSayWhatIsAskedAndTheSliderShowsItsNumber) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.prompt = 2;
  player.directive.question = {telemetry::ReportKind::suds, {}, 0.42F, 0.3F, 1, 0};
  player.directive.stop_progress = 0.7F;
  const auto& list = player.frame();
  const auto texts = some_texts();
  std::multiset<std::string> said;
  for (const auto& panel : list.panels) {
    said.insert(std::string(panel.text));
    EXPECT_EQ(panel.progress, panel.round ? 0.7F : panel.slider >= 0.0F ? 0.3F : 0.0F);
    EXPECT_TRUE(panel.slider < 0.0F || panel.slider == 0.42F);
  }
  for (const auto& text : {texts.prompts[1], texts.questions[0].title, texts.stop, std::string("42"),
                           std::string("0"), std::string("100")}) {
    EXPECT_EQ(said.count(text), 1U) << text;
  }
  player.directive.prompt = 40;  // a programme with fewer prompts
  for (const auto& panel : player.frame().panels) EXPECT_NE(panel.text, texts.prompts[1]);
}

TEST(World, AnotherVariantIsAnotherDayThatComesSlowly) {
  auto world = loaded_heights();
  auto player = Player(world);
  const auto clear = player.frame().environment;
  player.directive.variant = 1;
  auto before = clear;
  for (int i = 0; i < 72 * 21; ++i) {
    const auto& now = player.frame().environment;
    ASSERT_LT(glm::distance(now.sun_colour, before.sun_colour), 0.001F) << "no flash";
    before = now;
  }
  EXPECT_GT(before.haze_per_m, 3.0F * clear.haze_per_m);
  EXPECT_GT(glm::distance(before.zenith_colour, clear.zenith_colour), 0.2F);
  EXPECT_EQ(before.to_sun, clear.to_sun) << "painted shadows stay true";
  player.directive.variant = 2;
  for (int i = 0; i < 72 * 21; ++i) before = player.frame().environment;
  EXPECT_EQ(before.sun_colour, clear.sun_colour);
}

TEST(World, TheGuideBreathesAndShowsOnlyWhenAsked) {
  auto world = loaded_heights();
  auto player = Player(world);
  const auto radius = [&](const DrawList& list) {
    for (const auto& instance : list.instances) {
      if (world.geometry().meshes[instance.mesh].name == "breathing guide")
        return glm::length(glm::vec3(instance.to_session[0]));
    }
    return 0.0F;
  };
  EXPECT_EQ(radius(player.run(1.0)), 0.0F);
  player.directive.calm_feedback = 1.0F;
  player.directive.breath_phase = 0.0F;
  const auto empty = radius(player.run(2.0));
  player.directive.breath_phase = 0.4F;
  const auto full = radius(player.frame());
  EXPECT_GT(empty, 0.0F);
  EXPECT_GT(full, 1.5F * empty);
}

TEST(World, ApplyAllocatesNothingAfterItsFirstFrame) {
  auto world = loaded_heights();
  auto player = Player(world);
  player.directive.intensity = 1.0F;
  player.frame();
  auto dice = Dice(31);
  const auto before = attune::test::allocations();
  for (int i = 0; i < 3000; ++i) {
    auto& d = player.directive;
    if (dice.chance(0.05F)) d.intensity = dice.unit();
    if (dice.chance(0.02F)) d.place = dice.chance(0.5F) ? Place::world : Place::safe_place;
    if (dice.chance(0.05F)) d.prompt = static_cast<std::uint16_t>(dice.whole(0, 3));
    if (dice.chance(0.05F)) d.question.kind = static_cast<telemetry::ReportKind>(dice.whole(0, 3));
    d.question.value = dice.unit();
    d.calm_feedback = dice.unit();
    d.gaze_lead = dice.unit();
    player.view.head = head_at(dice.between(-180.0F, 180.0F), dice.between(-60.0F, 30.0F));
    player.frame();
  }
  EXPECT_EQ(attune::test::allocations() - before, 0U);
  auto seen = std::make_unique<int>(0);
  EXPECT_GT(attune::test::allocations() - before, static_cast<std::size_t>(*seen))
      << "the counter does not count";
}

TEST(World, EqualDirectivesGiveEqualFramesAndNonsenseHarmsNothing) {
  auto one = loaded_heights(), other = loaded_heights();
  auto dice = Dice(8);
  Directive directive;
  for (int i = 0; i < 500; ++i) {
    directive.time.ns += dice.whole(-1'000'000, 40'000'000);
    directive.intensity = dice.chance(0.1F) ? std::nanf("") : dice.between(-1.0F, 2.0F);
    directive.fade = dice.chance(0.1F) ? std::nanf("") : 0.0F;
    directive.gaze_lead = dice.chance(0.1F) ? INFINITY : dice.unit();
    const auto view = WorldView{head_at(dice.between(-90.0F, 90.0F)), false};
    const auto& a = one.apply(directive, view);
    const auto& b = other.apply(directive, view);
    ASSERT_EQ(a.instances.size(), b.instances.size());
    ASSERT_EQ(a.fade, b.fade);
    for (std::size_t k = 0; k < a.instances.size(); ++k) {
      ASSERT_EQ(a.instances[k].to_session, b.instances[k].to_session);  // false for NaN as well
      ASSERT_EQ(a.instances[k].mesh, b.instances[k].mesh);
    }
    ASSERT_TRUE(one.stimulus().intensity >= 0.0F && one.stimulus().intensity <= 1.0F);
  }
}

TEST(LoadWorld, NamesTheKnownWorldsWhenOneIsUnknown) {
  const auto world = load_world("volcano");
  ASSERT_FALSE(world);
  EXPECT_NE(world.error().message.find("volcano"), std::string::npos);
  EXPECT_NE(world.error().message.find("heights"), std::string::npos);
  EXPECT_EQ(world.error().kind, core::Error::Kind::bad_input);
}

TEST(LoadWorld, ReportsAllMistakesOfAWorldsFileWithTheirLines) {
  const auto folder = std::filesystem::path(ATTUNE_BUILD_DIR) / "scene_assets";
  std::filesystem::create_directories(folder / "worlds/heights");
  std::ofstream(folder / "worlds/heights/world.toml") << R"(id = "depths"
title = "x"
colour = "red"
[comfort]
speed_m_s = 50
acceleration_m_s2 = 0.4
[sky]
sun_azimuth_deg = 118
sun_elevation_deg = 41
[city]
seed = 11
[[step]]
intensity = 0.0
height_m = 0.4
railing = "solid"
gap_m = 0.0
gusts = 0.0
[[step]]
intensity = 1.0
height_m = 75
railing = "open"
gap_m = 0.0
gusts = 0.0
)";
  const auto world = load_world("heights", {}, folder);
  ASSERT_FALSE(world);
  const auto& message = world.error().message;
  for (const auto* part :
       {":1: id", ":3: colour", ":5: comfort.speed_m_s", ":7: sky.haze_per_m", ":20: step"}) {
    EXPECT_NE(message.find(part), std::string::npos) << part << " is missing in\n" << message;
  }
}

}  // namespace attune::scene::test
