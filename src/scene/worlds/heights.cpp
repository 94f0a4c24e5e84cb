#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include "scene/city.hpp"
#include "scene/comfort_motion.hpp"
#include "scene/height_table.hpp"
#include "scene/mesh_builder.hpp"
#include "scene/registry.hpp"
#include "scene/setting.hpp"
#include "scene/terrace.hpp"

namespace attune::scene {

namespace {

using telemetry::AoiRole;

enum HeightsAoi : std::uint16_t { aoi_drop = 1, aoi_gap, aoi_railing, aoi_garden, aoi_deck, aoi_skyline };

constexpr float degree = 0.0174532925F;
constexpr double haze_comes_s = 20.0;  // slower than anybody sees light change

/// What the file says besides the table.
struct Options {
  ComfortLimits comfort;
  glm::vec3 to_sun{0.0F, 1.0F, 0.0F};
  float haze_per_m = 0.0F, thick_haze_per_m = 0.0F;
  std::uint64_t seed = 0;
};

Options read_options(core::ConfigTable& file) {
  Options options;
  auto comfort = file.table("comfort");
  options.comfort.speed_m_s = comfort.number("speed_m_s", 0.1, 2.0);
  options.comfort.acceleration_m_s2 = comfort.number("acceleration_m_s2", 0.05, 1.0);
  comfort.finish();

  auto sky = file.table("sky");
  const auto azimuth = static_cast<float>(sky.number("sun_azimuth_deg", 0.0, 360.0)) * degree;
  const auto elevation = static_cast<float>(sky.number("sun_elevation_deg", 15.0, 85.0)) * degree;
  options.to_sun = {std::sin(azimuth) * std::cos(elevation), std::sin(elevation),
                    -std::cos(azimuth) * std::cos(elevation)};
  options.haze_per_m = static_cast<float>(sky.number("haze_per_m", 0.0, 0.01));
  options.thick_haze_per_m = static_cast<float>(sky.number("thick_haze_per_m", 0.0, 0.01));
  sky.finish();

  auto city = file.table("city");
  options.seed = static_cast<std::uint64_t>(city.number("seed", 0.0, 1e9));
  city.finish();
  return options;
}

/// A terrace that rises along a tower over a city.
class Heights final : public Setting {
 public:
  Heights(HeightTable table, const Options& options)
      : table_(std::move(table)), options_(options), motion_(options.comfort) {}

  void build(WorldGeometry& geometry) override {
    terrace_.build(geometry);
    city_.build(geometry, options_.seed, options_.to_sun);
  }

  [[nodiscard]] std::vector<AoiName> aoi_names() const override {
    return {{aoi_drop, AoiRole::threat, "the drop"},       {aoi_gap, AoiRole::threat, "gap in the railing"},
            {aoi_railing, AoiRole::neutral, "railing"},    {aoi_garden, AoiRole::calm, "roof garden"},
            {aoi_deck, AoiRole::neutral, "terrace floor"}, {aoi_skyline, AoiRole::neutral, "skyline"}};
  }

  void jump_to(float intensity) override {
    motion_.jump_to(table_.at(static_cast<double>(intensity)).height_m);
    show();
  }

  bool step(const SettingInput& input) override {
    time_s_ = input.time_s;
    const double haze = input.variant % 2 == 0 ? 0.0 : 1.0, most = input.dt_s / haze_comes_s;
    haze_ += std::clamp(haze - haze_, -most, most);
    const auto target_m = table_.at(static_cast<double>(input.intensity)).height_m;
    const auto within_reach = !motion_.falls_behind(target_m);
    motion_.step(target_m, input.dt_s, input.hold || !within_reach);
    show();
    return within_reach;
  }

  [[nodiscard]] float shown_intensity() const override { return static_cast<float>(shown_.intensity); }
  [[nodiscard]] float wind() const override { return static_cast<float>(gust_); }
  [[nodiscard]] glm::vec3 calm_target_m() const override { return terrace_.garden_tree_m(); }

  void draw(DrawList& list) const override {
    list.environment = environment();
    terrace_.draw(list, static_cast<float>(shown_.railing), static_cast<float>(shown_.gap_m), wind(),
                  time_s_);
    city_.draw(list, motion_.height_m(), time_s_);
  }

  void add_aois(AoiList& aois) const override {
    const auto& s = terrace_.shape();
    const auto add = [&](std::uint16_t id, AoiRole role, glm::vec3 low, glm::vec3 high) {
      aois.push_back({id, role, 0.5F * (low + high), 0.5F * (high - low)});
    };
    // From the edge outwards as far as one looks down by more than some ten degrees.
    const auto depth = static_cast<float>(std::max(motion_.height_m(), 0.5));
    add(aoi_drop, AoiRole::threat, {s.inner, -depth, s.front - 9.0F},
        {s.right + 6.0F, -0.1F, s.front - 0.1F});
    if (shown_.gap_m > 0.05) {
      add(aoi_gap, AoiRole::threat, {s.gate_left, 0.0F, s.front - 0.05F},
          {s.gate_left + static_cast<float>(shown_.gap_m), s.rail_m, s.front + 0.15F});
    }
    const auto closed_from = s.gate_left + static_cast<float>(shown_.gap_m);
    add(aoi_railing, AoiRole::neutral, {closed_from, 0.0F, s.front}, {s.right, s.rail_m, s.front + 0.12F});
    add(aoi_garden, AoiRole::calm, {s.left, 0.0F, s.garden_front}, {s.inner, 2.9F, s.back});
    add(aoi_deck, AoiRole::neutral, {s.inner, -0.1F, s.front}, {s.right, 0.0F, s.back});
    add(aoi_skyline, AoiRole::neutral, {-600.0F, -45.0F, -640.0F}, {600.0F, 90.0F, -500.0F});
  }

 private:
  /// What follows from the height that is reached.
  void show() {
    shown_ = table_.at(table_.intensity_at(motion_.height_m()));
    // Two slow waves that never quite repeat; a gust lasts some seconds.
    const auto wave = 0.5 + 0.3 * std::sin(time_s_ * 0.71) + 0.2 * std::sin(time_s_ * 1.63 + 1.0);
    gust_ = shown_.gusts * std::clamp(0.45 + 0.55 * wave, 0.0, 1.0);
  }

  /// A clear day, and as far as it has come the haze of the other variants: the sun stands where it stood,
  /// since the city's shadows are painted by it.
  [[nodiscard]] Environment environment() const {
    const auto haze = static_cast<float>(haze_);
    Environment e;
    e.to_sun = options_.to_sun;
    e.sun_colour = glm::mix(glm::vec3(1.22F, 1.11F, 0.93F), glm::vec3(0.98F, 0.86F, 0.66F), haze);
    e.zenith_colour = glm::mix(glm::vec3(0.14F, 0.32F, 0.70F), glm::vec3(0.42F, 0.46F, 0.56F), haze);
    e.horizon_colour = glm::mix(glm::vec3(0.70F, 0.78F, 0.86F), glm::vec3(0.80F, 0.74F, 0.66F), haze);
    e.ground_colour = glm::mix(glm::vec3(0.46F, 0.43F, 0.37F), glm::vec3(0.44F, 0.40F, 0.35F), haze);
    e.haze_per_m = glm::mix(options_.haze_per_m, options_.thick_haze_per_m, haze);
    e.exposure = 1.0F;
    e.shadow_centre_m = {-1.2F, 0.6F, -1.0F};
    e.shadow_radius_m = 7.5F;
    return e;
  }

  HeightTable table_;
  Options options_;
  ComfortMotion motion_;
  Terrace terrace_;
  City city_;

  HeightRow shown_;
  double gust_ = 0.0, time_s_ = 0.0;
  double haze_ = 0.0;  ///< 0 a clear day … 1 thick haze
};

}  // namespace

std::unique_ptr<Setting> make_heights(core::ConfigTable& file) {
  const auto options = read_options(file);
  return std::make_unique<Heights>(HeightTable::read(file), options);
}

}  // namespace attune::scene
