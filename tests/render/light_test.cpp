#include <cmath>

#include "render/frame_fixture.hpp"

// How bright the pictures are that a renderer has shown.
namespace attune::render::test {
namespace {

/// The light of a picture, once it is known: two more are drawn after it.
double light_of(Renderer& renderer, const scene::DrawList& list,
                const std::array<scene::Eye, 2>& pair = eyes()) {
  auto target = StereoTarget::make(device(), renderer.spec().width, renderer.spec().height,
                                   renderer.spec().colour_format);
  if (!target) throw std::runtime_error(target.error().message);
  for (int i = 0; i < 3; ++i) {
    if (auto drawn = renderer.draw(list, pair, target->image()); !drawn)
      throw std::runtime_error(drawn.error().message);
  }
  renderer.forget_targets();
  return static_cast<double>(renderer.light().value().luminance);
}

double decoded(std::uint8_t stored) {
  const double encoded = stored / 255.0;
  return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

/// The same from every pixel of what was drawn.
double light_in(const std::array<Picture, 2>& pictures, const std::array<scene::Eye, 2>& pair = eyes()) {
  double light = 0.0, angle = 0.0;
  for (std::size_t e = 0; e < 2; ++e) {
    const auto& picture = pictures[e];
    const auto tangent = [](float from, float to, double share) {
      const double a = std::tan(static_cast<double>(from)), b = std::tan(static_cast<double>(to));
      return a + share * (b - a);
    };
    for (std::uint32_t y = 0; y < picture.height; ++y) {
      for (std::uint32_t x = 0; x < picture.width; ++x) {
        const auto p = picture.at(x, y);
        const double across = tangent(pair[e].left_rad, pair[e].right_rad, (x + 0.5) / picture.width);
        const double down = tangent(pair[e].up_rad, pair[e].down_rad, (y + 0.5) / picture.height);
        const double weight = std::pow(1.0 + across * across + down * down, -1.5);
        light += weight * (0.2126 * decoded(p[0]) + 0.7152 * decoded(p[1]) + 0.0722 * decoded(p[2]));
        angle += weight;
      }
    }
  }
  return light / angle;
}

scene::DrawList at_exposure(float exposure) {
  auto list = draw_list();
  list.environment.exposure = exposure;
  return list;
}

TEST_F(Frame, ItsLightIsThatOfThePicture) {
  for (const float exposure : {0.02F, 0.3F, 1.0F}) {
    const auto list = at_exposure(exposure);
    const double seen = light_in(draw(small(), list));
    EXPECT_NEAR(light_of(small(), list), seen, 0.02 * seen) << "at exposure " << exposure;
  }
}

TEST_F(Frame, TenTimesTheLightIsMeasuredAsTenTimesTheLight) {
  // Below the knee of the film curve, where a display gives what the scene has.
  const double dark = light_of(small(), at_exposure(0.02F)), bright = light_of(small(), at_exposure(0.2F));
  EXPECT_NEAR(bright / dark, 10.0, 0.1);
  EXPECT_GT(light_of(small(), at_exposure(2.0F)), bright);
  EXPECT_EQ(light_of(small(), at_exposure(0.0F)), 0.0) << "black";
}

TEST_F(Frame, ItsLightIsTakenFromBothEyesAndTheWholeView) {
  auto list = draw_list();
  list.instances.clear();
  const auto both = light_of(small(), list);
  auto pair = eyes();
  pair[1].orientation = glm::angleAxis(-1.5F, glm::vec3(1.0F, 0.0F, 0.0F));  // the right eye alone, down
  const auto one_turned = light_of(small(), list, pair);
  EXPECT_GT(std::abs(one_turned - both), 0.1 * both);
  EXPECT_NEAR(one_turned, light_in(draw(small(), list, pair), pair), 0.02 * one_turned);
}

TEST_F(Frame, ItsLightIsThatOfTheGreyWhichAFadeShows) {
  auto list = draw_list();
  list.fade = 1.0F;
  EXPECT_NEAR(light_of(small(), list), decoded(118), 0.002);
}

TEST_F(Frame, ItsLightIsKnownTwoPicturesLaterWhateverTheGpuDoes) {
  auto renderer = make_renderer();
  auto target = StereoTarget::make(device(), width, height, renderer.spec().colour_format);
  ASSERT_TRUE(target);
  const auto draw_at = [&](float exposure) {
    ASSERT_TRUE(renderer.draw(at_exposure(exposure), eyes(), target->image()));
  };
  draw_at(0.2F);
  draw_at(0.02F);
  device().wait_idle();
  EXPECT_FALSE(renderer.light()) << "it is done, and still nobody has waited for it";
  draw_at(0.02F);
  ASSERT_TRUE(renderer.light());
  EXPECT_EQ(renderer.light()->frame, 1U);
  const auto first = renderer.light()->luminance;
  draw_at(0.02F);
  EXPECT_EQ(renderer.light()->frame, 2U);
  EXPECT_NEAR(first / renderer.light()->luminance, 10.0, 0.1);
  renderer.forget_targets();
}

}  // namespace
}  // namespace attune::render::test
