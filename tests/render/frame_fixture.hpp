#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "render/test_scene.hpp"

namespace attune::render::test {

/// Draws frames of the test scene; every test ends with a silent validation layer. With
/// ATTUNE_PICTURES=FOLDER in the environment, what was drawn is also written there, to look at.
class Frame : public ::testing::Test {
 protected:
  void TearDown() override {
    EXPECT_EQ(device().validation()->count(), 0U) << all(device().validation()->messages());
    device().validation()->clear();
  }

  static Renderer make_renderer(RendererSpec spec = {.width = width, .height = height, .shadow_size = 512}) {
    auto renderer = Renderer::make(device(), spec);
    if (!renderer) throw std::runtime_error(renderer.error().message);
    if (auto loaded = renderer->load(world()); !loaded) throw std::runtime_error(loaded.error().message);
    return *std::move(renderer);
  }

  /// Renderers that tests share, since each takes a while to make under validation. They hold the test world.
  static Renderer& small() {
    static Renderer renderer = make_renderer();
    return renderer;
  }
  static Renderer& large() {
    static Renderer renderer = make_renderer({.width = 320, .height = 240, .shadow_size = 512});
    return renderer;
  }

  /// Both eyes' pictures.
  static std::array<Picture, 2> draw(Renderer& renderer, const scene::DrawList& list,
                                     const std::array<scene::Eye, 2>& pair = eyes()) {
    const auto& spec = renderer.spec();
    auto target = StereoTarget::make(device(), spec.width, spec.height, spec.colour_format);
    if (!target) throw std::runtime_error(target.error().message);
    auto drawn = renderer.draw(list, pair, target->image());
    if (!drawn) throw std::runtime_error(drawn.error().message);
    std::array<Picture, 2> pictures;
    for (std::uint32_t layer = 0; layer < 2; ++layer) {
      auto picture = renderer.read_back(target->image(), layer);
      if (!picture) throw std::runtime_error(picture.error().message);
      pictures[layer] = *std::move(picture);
    }
    renderer.forget_targets();
    keep(pictures);
    return pictures;
  }

  static void keep(const std::array<Picture, 2>& pictures) {
    const char* folder = std::getenv("ATTUNE_PICTURES");
    if (folder == nullptr) return;
    static int number = 0;
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    auto name = std::string(test->name()) + "-" + std::to_string(number++) + ".png";
    std::replace(name.begin(), name.end(), '/', '-');
    const auto written =
        write_png(side_by_side(pictures[0], pictures[1]), std::filesystem::path(folder) / name);
    EXPECT_TRUE(written);
  }
};

/// 0..255.
inline double brightness(const std::array<std::uint8_t, 4>& p) {
  return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
}

/// Mean brightness of a rectangle.
inline double mean(const Picture& picture, std::uint32_t x0, std::uint32_t y0, std::uint32_t x1,
                   std::uint32_t y1) {
  double sum = 0;
  for (auto y = y0; y < y1; ++y) {
    for (auto x = x0; x < x1; ++x) sum += brightness(picture.at(x, y));
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

}  // namespace attune::render::test
