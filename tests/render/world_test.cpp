#include "attune/scene/world.hpp"

#include <cstdio>

#include "render/frame_fixture.hpp"

namespace attune::render::test {
namespace {

TEST_F(Frame, DrawsTheHighPlaceOfTheFirstProgramme) {
  auto loaded = scene::load_world("heights");
  ASSERT_TRUE(loaded) << loaded.error().message;
  auto& place = *loaded;
  auto renderer = make_renderer({.width = 320, .height = 240});
  ASSERT_TRUE(renderer.load(place.geometry()));
  const std::array<std::string_view, 2> texts{"Stop", "0123456789%"};
  ASSERT_TRUE(renderer.prepare_text(texts));

  scene::Directive directive;
  directive.intensity = 1.0F;
  directive.stimulus_hidden = true;  // while hidden, the terrace may rise at once
  scene::WorldView view;
  view.head.position_m = {0.0F, 1.6F, 0.0F};
  view.head.position_valid = view.head.orientation_valid = view.head.tracked = true;
  const scene::DrawList* list = nullptr;
  for (int frame = 0; frame < 240; ++frame) {
    directive.stimulus_hidden = frame < 3;
    directive.time = core::at_seconds(frame / 72.0);
    list = &place.apply(directive, view);
  }
  const auto ahead = draw(renderer, *list);
  const auto again = draw(renderer, *list);
  EXPECT_EQ(ahead[0].rgba, again[0].rgba);
  const auto times = renderer.gpu_times();
  ASSERT_TRUE(times);
  std::printf("2 x 320 x 240 on %s: shadow %.1f ms, scene %.1f ms, output %.1f ms, its light %.1f ms\n",
              device().description().c_str(), times->shadow_ms, times->scene_ms, times->output_ms,
              times->light_ms);
  for (const auto& picture : ahead) {
    EXPECT_GT(mean(picture, 0, 0, 320, 20), mean(picture, 0, 220, 320, 240))
        << "the sky is brighter than the deck";
    EXPECT_GT(mean(picture, 0, 0, 320, 240), 60.0);
  }
}

}  // namespace
}  // namespace attune::render::test
