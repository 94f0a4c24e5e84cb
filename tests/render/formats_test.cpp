#include <cmath>
#include <map>
#include <ostream>

#include "render/compositor.hpp"
#include "render/frame_fixture.hpp"

// Whatever format a runtime wants its pictures in, a compositor that reads them as OpenXR says (SRGB formats
// decoded, all others taken for linear light) must see the same light, and a screenshot must look the same.
namespace attune::render::test {
namespace {

using attune::test::displayed, attune::test::farthest_patch, attune::test::farthest_pixel,
    attune::test::Light;

struct Row {
  const char* name;
  VkFormat format;
  double pixel_steps;  ///< how far a single pixel may be from the reference
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

constexpr VkFormat reference_format = VK_FORMAT_R8G8B8A8_SRGB;
constexpr Row rows[] = {
    {"R8G8B8A8_SRGB", VK_FORMAT_R8G8B8A8_SRGB, 0.01},
    {"B8G8R8A8_SRGB", VK_FORMAT_B8G8R8A8_SRGB, 0.01},
    {"A8B8G8R8_SRGB", VK_FORMAT_A8B8G8R8_SRGB_PACK32, 0.01},
    {"R16G16B16A16_SFLOAT", VK_FORMAT_R16G16B16A16_SFLOAT, attune::test::fine_steps},
    {"R16G16B16A16_UNORM", VK_FORMAT_R16G16B16A16_UNORM, attune::test::fine_steps},
    {"A2B10G10R10_UNORM", VK_FORMAT_A2B10G10R10_UNORM_PACK32, attune::test::linear_10_bit_steps},
    {"R8G8B8A8_UNORM", VK_FORMAT_R8G8B8A8_UNORM, attune::test::linear_8_bit_steps},
    {"B8G8R8A8_UNORM", VK_FORMAT_B8G8R8A8_UNORM, attune::test::linear_8_bit_steps},
    {"A8B8G8R8_UNORM", VK_FORMAT_A8B8G8R8_UNORM_PACK32, attune::test::linear_8_bit_steps},
};

class Formats : public Frame, public ::testing::WithParamInterface<Row> {
 protected:
  /// What both eyes' compositor sees, and both screenshots.
  struct Shown {
    std::array<Light, 2> light;
    std::array<Picture, 2> picture;
  };

  static Shown show(VkFormat format, const scene::DrawList& list,
                    const scene::WorldGeometry& geometry = world()) {
    // One for each format, since they take long to make under validation; gone before their device.
    static_cast<void>(device());
    static std::map<VkFormat, Renderer> renderers;
    auto known = renderers.find(format);
    if (known == renderers.end()) {
      const RendererSpec spec{.width = width, .height = height, .colour_format = format, .shadow_size = 512};
      known = renderers.emplace(format, make_renderer(spec)).first;
    }
    auto& renderer = known->second;
    if (!renderer.load(geometry)) throw std::runtime_error("the geometry was refused");
    auto target = StereoTarget::make(device(), width, height, format);
    if (!target) throw std::runtime_error(target.error().message);
    const auto drawn = renderer.draw(list, eyes(), target->image());
    if (!drawn) throw std::runtime_error(drawn.error().message);
    Shown shown;
    for (std::uint32_t eye = 0; eye < 2; ++eye) {
      auto picture = renderer.read_back(target->image(), eye);
      if (!picture) throw std::runtime_error(picture.error().message);
      shown.picture[eye] = *std::move(picture);
      shown.light[eye] = light_seen(device(), target->image(), width, height, eye);
    }
    renderer.forget_targets();
    keep(shown.picture);
    return shown;
  }

  static const Shown& reference() {
    static const Shown shown = show(reference_format, draw_list());
    return shown;
  }
};

TEST_P(Formats, ShowACompositorTheSameLight) {
  const auto shown = show(GetParam().format, draw_list());
  for (std::size_t eye = 0; eye < 2; ++eye) {
    EXPECT_LE(farthest_pixel(shown.light[eye], reference().light[eye]), GetParam().pixel_steps) << eye;
    EXPECT_LE(farthest_patch(shown.light[eye], reference().light[eye]), attune::test::patch_steps) << eye;
    for (std::size_t i = 3; i < shown.light[eye].rgba.size(); i += 4)
      ASSERT_EQ(shown.light[eye].rgba[i], 1.0F) << "the world would shine through";
  }
}

TEST_P(Formats, GiveTheSameScreenshot) {
  const auto shown = show(GetParam().format, draw_list());
  for (std::size_t eye = 0; eye < 2; ++eye) {
    const auto &picture = shown.picture[eye], &wanted = reference().picture[eye];
    ASSERT_EQ(picture.rgba.size(), wanted.rgba.size());
    int farthest = 0;
    for (std::size_t i = 0; i < wanted.rgba.size(); ++i)
      farthest = std::max(farthest, std::abs(picture.rgba[i] - wanted.rgba[i]));
    EXPECT_LE(farthest, std::ceil(GetParam().pixel_steps)) << eye;
    const double bright = mean(wanted, 0, 0, width, height);
    EXPECT_GT(bright, 50.0) << "a black reference would prove nothing";
    EXPECT_NEAR(mean(picture, 0, 0, width, height), bright, 1.0) << eye;
  }
}

TEST_P(Formats, HoldALampsLightAsItIs) {
  // Not against another format but against the number itself. An unlit card sends out four times its albedo;
  // 0.05 is stored as 13/255. It fills the middle of the picture; the light is below where the film curve
  // bends.
  const scene::WorldGeometry lamp{{box(glm::vec3(1.0F), rgba(0.05F, 0.05F, 0.05F), 255U | 255U << 8U)}};
  scene::DrawList list;
  auto& air = list.environment;
  air.sun_colour = air.zenith_colour = air.horizon_colour = air.ground_colour = glm::vec3(0.0F);
  air.haze_per_m = 0.0F;
  list.instances = {at(0, {0, 1, -2})};
  const auto light = show(GetParam().format, list, lamp).light[0];
  const auto middle = attune::test::mean_light(light, width / 2 - 10, height / 2 - 10, 20);
  for (const auto channel : middle) EXPECT_NEAR(channel, 4.0 * 13.0 / 255.0, 0.002);
}

TEST_P(Formats, AnEvenGreyIsEven) {
  auto list = draw_list();
  list.panels.clear();
  list.fade = 1.0F;
  for (const auto& light : show(GetParam().format, list).light) {
    for (std::size_t i = 0; i < light.rgba.size(); ++i) {
      ASSERT_EQ(light.rgba[i], light.rgba[i % 4]) << "a dither in an even grey crawls";
    }
    for (std::uint32_t c = 0; c < 3; ++c) EXPECT_NEAR(displayed(light.at(0, 0, c)), 118.0, 0.6);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, Formats, ::testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(Formats, ThatAreEncodedTwiceOrNeverAreTold) {
  // The tolerances above, turned on what they are to catch: every pixel of the reference encoded once too
  // often, and once too seldom.
  const auto& right = reference().light[0];
  Light washed_out = right, dark = right;
  for (std::size_t i = 0; i < right.rgba.size(); ++i) {
    washed_out.rgba[i] = static_cast<float>(displayed(static_cast<double>(right.rgba[i])) / 255.0);
    dark.rgba[i] = std::pow(right.rgba[i], 2.2F);
  }
  for (const auto& wrong : {washed_out, dark}) {
    EXPECT_GT(farthest_pixel(wrong, right), 3.0 * attune::test::linear_8_bit_steps);
    EXPECT_GT(farthest_patch(wrong, right), 10.0 * attune::test::patch_steps);
  }
}

TEST(ChooseFormat, KeepsTheRuntimesOrder) {
  const std::int64_t floats = VK_FORMAT_R16G16B16A16_SFLOAT, bgra = VK_FORMAT_B8G8R8A8_SRGB,
                     depth = VK_FORMAT_D32_SFLOAT, wide = VK_FORMAT_R16G16B16A16_UNORM;
  EXPECT_EQ(Renderer::choose_format(std::array{floats, bgra}), floats);
  EXPECT_EQ(Renderer::choose_format(std::array{bgra, floats}), bgra);
  EXPECT_EQ(Renderer::choose_format(std::array{depth, wide, bgra}), wide);
}

TEST(ChooseFormat, TakesLinearBytesOnlyWhereNothingFinerIsOffered) {
  // OpenXR 1.1 on swapchain images: linear 8-bit colours are to be avoided, since they show bands.
  const std::int64_t bytes = VK_FORMAT_R8G8B8A8_UNORM, ten = VK_FORMAT_A2B10G10R10_UNORM_PACK32,
                     encoded = VK_FORMAT_A8B8G8R8_SRGB_PACK32;
  EXPECT_EQ(Renderer::choose_format(std::array{bytes, ten, encoded}), encoded);
  EXPECT_EQ(Renderer::choose_format(std::array{bytes, ten}), bytes);
  EXPECT_EQ(Renderer::choose_format(std::array{ten, bytes}), ten);
}

TEST(ChooseFormat, FindsNothingAmongWhatCannotBeDrawn) {
  const std::int64_t depth = VK_FORMAT_D16_UNORM, unheard_of = 1'234'567'890'123;
  EXPECT_EQ(Renderer::choose_format(std::array{depth, unheard_of}), std::nullopt);
  EXPECT_EQ(Renderer::choose_format({}), std::nullopt);
}

}  // namespace
}  // namespace attune::render::test
