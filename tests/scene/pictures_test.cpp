#ifdef ATTUNE_WITH_RENDER

#include <cstdlib>
#include <filesystem>
#include <string>

#include "attune/render/renderer.hpp"
#include "scene/support.hpp"

namespace attune::scene::test {

namespace {

/// Draws the world as one eye sees it and keeps the picture below build/scene. ATTUNE_PICTURE_WIDTH makes
/// them large.
class Studio : public testing::Test {
 protected:
  void SetUp() override {
    auto made = render::Device::offscreen();
    ASSERT_TRUE(made) << made.error().message;
    device_ = std::make_unique<render::Device>(std::move(made).value());
    if (const auto* wanted = std::getenv("ATTUNE_PICTURE_WIDTH"))
      width_ = static_cast<std::uint32_t>(std::stoul(wanted));
    height_ = width_ * 3 / 4;
    const auto format = VK_FORMAT_R8G8B8A8_SRGB;
    auto renderer =
        render::Renderer::make(*device_, {.width = width_, .height = height_, .colour_format = format});
    ASSERT_TRUE(renderer) << renderer.error().message;
    renderer_ = std::make_unique<render::Renderer>(std::move(renderer).value());
    auto target = render::StereoTarget::make(*device_, width_, height_, format);
    ASSERT_TRUE(target) << target.error().message;
    target_ = std::make_unique<render::StereoTarget>(std::move(target).value());

    const auto texts = some_texts();
    std::vector<std::string_view> all{texts.stop, texts.prompts[0], texts.prompts[1], "0123456789 %"};
    for (const auto& question : texts.questions) all.push_back(question.title);
    const auto prepared = renderer_->prepare_text(all);
    ASSERT_TRUE(prepared) << prepared.error().message;
    const auto loaded = renderer_->load(world_.geometry());
    ASSERT_TRUE(loaded) << loaded.error().message;
    folder_ = std::filesystem::path(ATTUNE_BUILD_DIR) / "scene";
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    renderer_.reset();
    target_.reset();
    device_.reset();
  }

  render::Picture shoot(const std::string& name) {
    const auto& list = player_.frame();
    std::array<Eye, 2> eyes;
    for (auto& eye : eyes) {
      eye.position_m = player_.view.head.position_m;
      eye.orientation = player_.view.head.orientation;
      eye.left_rad = -0.85F, eye.right_rad = 0.85F, eye.up_rad = 0.70F, eye.down_rad = -0.70F;
    }
    const auto drawn = renderer_->draw(list, eyes, target_->image());
    EXPECT_TRUE(drawn) << drawn.error().message;
    auto picture = renderer_->read_back(target_->image(), 0);
    EXPECT_TRUE(picture) << picture.error().message;
    EXPECT_TRUE(render::write_png(*picture, folder_ / (name + ".png")));
    return std::move(picture).value();
  }
  /// Sees the world at an intensity at once.
  void show(float intensity, float yaw_deg = 0.0F, float pitch_deg = -8.0F) {
    player_.directive.intensity = intensity;
    player_.directive.stimulus_hidden = true;
    player_.frame();
    player_.directive.stimulus_hidden = false;
    player_.run(settle_s);
    player_.view.head = head_at(yaw_deg, pitch_deg);
    player_.view.recentred = true;
    player_.frame();
    player_.view.recentred = false;
  }

  static constexpr double settle_s = 2.5;
  std::uint32_t width_ = 160, height_ = 120;
  World world_ = loaded_heights();
  Player player_{world_};
  std::unique_ptr<render::Device> device_;
  std::unique_ptr<render::Renderer> renderer_;
  std::unique_ptr<render::StereoTarget> target_;
  std::filesystem::path folder_;
};

/// Mean of the bytes of a picture's part, 0..255.
double mean_light(const render::Picture& picture) {
  auto sum = 0.0;
  for (std::uint32_t y = 0; y < picture.height; ++y) {
    for (std::uint32_t x = 0; x < picture.width; ++x) {
      const auto pixel = picture.at(x, y);
      sum += 0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2];
    }
  }
  return sum / (static_cast<double>(picture.width) * picture.height);
}

double difference(const render::Picture& a, const render::Picture& b) {
  auto sum = 0.0;
  for (std::size_t i = 0; i < a.rgba.size(); ++i)
    sum += std::abs(static_cast<int>(a.rgba[i]) - static_cast<int>(b.rgba[i]));
  return sum / static_cast<double>(a.rgba.size());
}

}  // namespace

TEST_F(Studio, PicturesOfTheWorldAreBrightAndTellHeightsApart) {
  render::Picture last;
  for (const auto& [name, intensity] : {std::pair{"heights_000", 0.0F},
                                        {"heights_030", 0.3F},
                                        {"heights_060", 0.6F},
                                        {"heights_100", 1.0F}}) {
    show(intensity);
    auto picture = shoot(name);
    EXPECT_GT(mean_light(picture), 70.0) << name;
    EXPECT_LT(mean_light(picture), 200.0) << name;
    if (last.width > 0) {
      EXPECT_GT(difference(picture, last), 4.0) << name << " looks like the step before";
    }
    last = std::move(picture);
  }
}

TEST_F(Studio, AHazyDayIsSeen) {
  show(0.6F);
  const auto clear = shoot("heights_clear");
  player_.directive.variant = 1;
  for (int i = 0; i < 72 * 21; ++i) player_.frame();
  const auto hazy = shoot("heights_hazy");
  EXPECT_GT(difference(hazy, clear), 6.0);
  EXPECT_NEAR(mean_light(hazy), mean_light(clear), 40.0) << "another day, no other brightness";
}

TEST_F(Studio, LooksOfTheTerraceFromAllSides) {
  show(1.0F, 0.0F, -42.0F);
  const auto down = shoot("heights_100_down");
  show(1.0F, 42.0F, -10.0F);
  const auto left = shoot("heights_100_left");
  show(1.0F, -60.0F, -8.0F);
  const auto right = shoot("heights_100_right");
  show(1.0F, 180.0F, -5.0F);
  const auto back = shoot("heights_100_back");
  show(0.15F, 0.0F, -15.0F);
  shoot("heights_015");
  EXPECT_GT(difference(down, left), 4.0);
  EXPECT_GT(difference(right, back), 4.0);
}

TEST_F(Studio, ThePanelsAreSeenAndTheFadeIsAnEvenGrey) {
  show(0.5F);
  const auto bare = shoot("panels_none");
  player_.directive.prompt = 1;
  player_.directive.question = {telemetry::ReportKind::suds, core::SessionTime{1}, 0.35F, 0.4F, 1, 0};
  player_.directive.stop_progress = 0.6F;
  player_.directive.calm_feedback = 1.0F;
  player_.directive.breath_phase = 0.35F;
  player_.directive.gaze_lead = 1.0F;
  player_.run(2.8);
  EXPECT_GT(difference(shoot("panels"), bare), 2.0);

  player_.directive = {.time = player_.directive.time, .intensity = 0.5F, .fade = 1.0F};
  const auto grey = shoot("fade");
  EXPECT_EQ(grey.at(3, 3), grey.at(width_ - 4, height_ - 4));
}

TEST_F(Studio, TheSafePlaceIsAGarden) {
  player_.directive.place = Place::safe_place;
  player_.run(3.0);
  const auto ahead = shoot("safe_place");
  EXPECT_GT(mean_light(ahead), 70.0);
  player_.view.head = head_at(50.0F, -6.0F);
  EXPECT_GT(difference(shoot("safe_place_left"), ahead), 4.0);
  player_.view.head = head_at(-70.0F, -6.0F);
  shoot("safe_place_right");
}

}  // namespace attune::scene::test

#endif
