#include <glm/gtc/matrix_transform.hpp>
#include <set>

#include "render/frame_fixture.hpp"

namespace attune::render::test {
namespace {

/// Columns of the picture where red rules.
std::pair<double, std::size_t> red_centre(const Picture& picture) {
  double sum = 0;
  std::size_t count = 0;
  for (std::uint32_t y = 0; y < picture.height; ++y) {
    for (std::uint32_t x = 0; x < picture.width; ++x) {
      const auto p = picture.at(x, y);
      if (p[0] > 2 * p[1] && p[0] > 2 * p[2]) {
        sum += x;
        ++count;
      }
    }
  }
  return {count == 0 ? 0.0 : sum / static_cast<double>(count), count};
}

TEST_F(Frame, ShowsSkyAboveGround) {
  auto& renderer = small();
  const auto pictures = draw(renderer, draw_list());
  for (const auto& picture : pictures) {
    const auto sky = picture.at(width / 2, 4), floor = picture.at(width / 2, height - 4);
    EXPECT_GT(sky[2], sky[0] + 20) << "the sky is blue";
    EXPECT_LT(std::abs(floor[2] - floor[0]), 30) << "the ground is grey";
    EXPECT_GT(brightness(floor), 50.0);
    EXPECT_EQ(sky[3], 255);
  }
}

TEST_F(Frame, GivesEachEyeItsOwnViewInOnePass) {
  auto& renderer = small();
  const auto pictures = draw(renderer, draw_list());
  const auto [left, left_count] = red_centre(pictures[0]);
  const auto [right, right_count] = red_centre(pictures[1]);
  ASSERT_GT(left_count, 100U);
  ASSERT_GT(right_count, 100U);
  // 64 mm at 3.5 to 4.5 m, 160 pixels over 2 tan 0.7.
  const double expected = 0.064 / 4.0 * width / (2.0 * std::tan(0.70));
  EXPECT_NEAR(left - right, expected, 0.5) << "what is near lies further left for the right eye";
}

TEST_F(Frame, HidesWhatIsBehindWhateverTheOrderOfDrawing) {
  auto& renderer = small();
  auto list = draw_list();
  list.instances = {at(ground, {0, -0.02F, 0}), at(red_box, {0, 1, -3}), at(green_box, {0, 1, -5})};
  const auto front_first = draw(renderer, list)[0];
  std::swap(list.instances[1], list.instances[2]);
  const auto back_first = draw(renderer, list)[0];
  const auto centre = front_first.at(width / 2, height / 2);
  EXPECT_GT(centre[0], 2 * centre[1]) << "the red box stands before the green one";
  EXPECT_EQ(front_first.rgba, back_first.rgba);
}

TEST_F(Frame, TellsSurfacesAMillimetreApartFromSixtyMetresAway) {
  auto& renderer = small();
  auto list = draw_list();
  // 24-bit depth between 0.05 m and 1 km would resolve 4 mm here at best; reverse float depth does far
  // better.
  list.instances = {at(green_box, {0, 0, -60.0F}), at(red_box, {0, 0, -60.0F + 0.001F})};
  for (auto& instance : list.instances)
    instance.to_session = glm::scale(instance.to_session, {20.0F, 20.0F, 0.5F});
  list.instances[1].to_session =
      glm::translate(glm::mat4(1.0F), {0, 0, 0.001F}) * list.instances[0].to_session;
  const auto picture = draw(renderer, list)[0];
  for (std::uint32_t x = width / 2 - 10; x < width / 2 + 10; ++x) {
    const auto p = picture.at(x, height / 2 - 8);
    EXPECT_GT(p[0], p[1] + 40) << "column " << x;
  }
}

TEST_F(Frame, EncodesOnceForTheEye) {
  // An unlit card that sends out a known light: encoded never, or twice, it would be far off.
  scene::WorldGeometry world{{box(glm::vec3(1.0F), rgba(0.05F, 0.05F, 0.05F), 255U | 255U << 8U)}};
  auto renderer = make_renderer();
  ASSERT_TRUE(renderer.load(world));
  scene::DrawList list;
  auto& air = list.environment;
  air.sun_colour = air.zenith_colour = air.horizon_colour = air.ground_colour = glm::vec3(0.0F);
  air.haze_per_m = 0.0F;
  list.instances = {at(0, {0, 1, -2})};
  const auto p = draw(renderer, list)[0].at(width / 2, height / 2);
  // Emission is four times the albedo: 0.05 is stored as 13/255, so 0.204 linear, which sRGB encodes as
  // 0.489.
  EXPECT_NEAR(p[0], 0.489 * 255.0, 3.0);
}

TEST_F(Frame, DarkensWhatTheSunDoesNotReach) {
  auto& renderer = small();
  auto list = draw_list();
  list.environment.to_sun = glm::normalize(glm::vec3(0.02F, 1.0F, 0.02F));
  list.instances = {at(ground, {0, -0.02F, 0}), at(red_box, {0, 2.6F, -3})};
  const auto shaded = draw(renderer, list)[0];
  list.instances[1].casts_shadow = false;
  const auto lit = draw(renderer, list)[0];
  // The box hangs above (0, 0, -3); its shadow lies there, 28 degrees below the eyes.
  const auto y = static_cast<std::uint32_t>((0.5 + 0.5 * (1.6 / 3.0) / std::tan(0.58)) * height);
  const auto inside = brightness(shaded.at(width / 2, y)), open = brightness(lit.at(width / 2, y));
  EXPECT_LT(inside, 0.75 * open);
  EXPECT_GT(inside, 0.1 * open) << "the sky still lights it";
  EXPECT_EQ(shaded.at(4, y), lit.at(4, y)) << "elsewhere nothing changes";
}

TEST_F(Frame, FadesToAnEvenGrey) {
  auto& renderer = small();
  auto list = draw_list();
  list.panels.clear();
  list.fade = 1.0F;
  for (const auto& picture : draw(renderer, list)) {
    for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
      ASSERT_EQ(picture.rgba[i], 118);
      ASSERT_EQ(picture.rgba[i + 1], 118);
      ASSERT_EQ(picture.rgba[i + 2], 118);
    }
  }
  list.fade = 0.5F;
  const auto half = draw(renderer, list)[0];
  list.fade = 0.0F;
  const auto full = draw(renderer, list)[0];
  EXPECT_NEAR(mean(half, 0, 0, width, 20), 0.5 * (118.0 + mean(full, 0, 0, width, 20)), 1.5);
}

TEST_F(Frame, TheFadeLeavesPanelsAsTheyAre) {
  auto& renderer = small();
  auto list = draw_list();
  scene::Panel mark;
  mark.to_session = glm::translate(glm::mat4(1.0F), glm::vec3(0.0F, 1.6F, -1.7F));
  mark.size_m = {0.5F, 0.5F};
  mark.background = {0.8F, 0.1F, 0.1F, 1.0F};
  mark.round = true;
  list.panels = {mark};
  const auto open = draw(renderer, list)[0];
  list.fade = 1.0F;
  const auto covered = draw(renderer, list)[0];
  const auto centre = open.at(width / 2, height / 2);
  ASSERT_GT(centre[0], centre[1] + 50) << "the mark is not there to begin with";
  for (std::size_t channel = 0; channel < 3; ++channel) {
    EXPECT_NEAR(covered.at(width / 2, height / 2)[channel], centre[channel], 2);
  }
  EXPECT_EQ(covered.at(4, 4)[0], 118) << "the world is still there";
}

TEST_F(Frame, GivesTheSamePixelsInTwoRuns) {
  auto list = draw_list();
  auto first_renderer = make_renderer(), second_renderer = make_renderer();
  const auto first = draw(first_renderer, list);
  static_cast<void>(draw(second_renderer, list));
  const auto second = draw(second_renderer, list);
  EXPECT_EQ(first[0].rgba, second[0].rgba);
  EXPECT_EQ(first[1].rgba, second[1].rgba);
  list.time_s = 5.0F;
  EXPECT_NE(draw(first_renderer, list)[0].rgba, first[0].rgba) << "leaves, water and clouds move";
}

TEST_F(Frame, SmoothsEdgesWithFourSamples) {
  auto list = draw_list();
  list.instances = {at(red_box, {0, 1.2F, -3})};
  auto& four = small();
  auto one = make_renderer({.width = width, .height = height, .samples = 1, .shadow_size = 512});
  const auto count_shades = [](const Picture& picture) {
    std::set<std::uint8_t> shades;
    for (std::uint32_t y = 0; y < picture.height; ++y) {
      for (std::uint32_t x = 0; x < picture.width; ++x) shades.insert(picture.at(x, y)[1]);
    }
    return shades.size();
  };
  EXPECT_GT(count_shades(draw(four, list, eyes({0.1F, 1.6F, 0}))[0]),
            count_shades(draw(one, list, eyes({0.1F, 1.6F, 0}))[0]));
}

TEST_F(Frame, BlendsGlassOverWhatIsBehind) {
  auto& renderer = small();
  auto list = draw_list();
  list.instances = {at(red_box, {0, 1.1F, -4}), at(pane, {0, 1.0F, -2})};
  const auto through = draw(renderer, list)[0].at(width / 2, height / 2);
  list.instances.pop_back();
  const auto bare = draw(renderer, list)[0].at(width / 2, height / 2);
  EXPECT_NE(through, bare);
  EXPECT_GT(through[0], through[1] + 20) << "the red box is seen through the pane";
}

TEST_F(Frame, MeasuresWhatTheGpuSpent) {
  auto renderer = make_renderer();
  EXPECT_FALSE(renderer.gpu_times());
  static_cast<void>(draw(renderer, draw_list()));
  const auto times = renderer.gpu_times();
  ASSERT_TRUE(times);
  EXPECT_GT(times->scene_ms, 0.0);
  EXPECT_GT(times->total_ms(), times->scene_ms);
  EXPECT_EQ(renderer.frames(), 1U);
}

TEST_F(Frame, RefusesWhatItCannotDraw) {
  EXPECT_FALSE(Renderer::make(device(), {.width = 0, .height = 10}));
  EXPECT_FALSE(Renderer::make(device(), {.width = 10, .height = 10, .colour_format = VK_FORMAT_R8_UNORM}));
  EXPECT_FALSE(Renderer::make(device(), {.width = 10, .height = 10, .samples = 3}));
  auto& renderer = small();
  auto target = StereoTarget::make(device(), width, height, VK_FORMAT_R8G8B8A8_SRGB);
  ASSERT_TRUE(target);
  scene::DrawList list;
  list.instances = {at(mesh_count, {0, 0, 0})};
  const auto drawn = renderer.draw(list, eyes(), target->image());
  ASSERT_FALSE(drawn);
  EXPECT_NE(drawn.error().message.find("mesh 7"), std::string::npos) << drawn.error().message;
  auto broken = box(glm::vec3(1.0F), 0, 0);
  broken.indices.back() = 1000;
  const auto loaded = renderer.load({{broken}});
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("'box'"), std::string::npos) << loaded.error().message;
  EXPECT_FALSE(renderer.read_back(target->image(), 2));
}

TEST_F(Frame, DrawsAnEmptyList) {
  auto renderer = make_renderer();
  ASSERT_TRUE(renderer.load({}));
  const auto picture = draw(renderer, {})[0];
  EXPECT_GT(mean(picture, 0, 0, width, 10), 40.0) << "the sky is there";
}

}  // namespace
}  // namespace attune::render::test
