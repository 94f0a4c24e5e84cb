#pragma once

#include <array>
#include <span>
#include <string>

#include "attune/scene/world.hpp"

namespace attune::scene {

/// Everything that belongs to the session rather than to a world: panels, stop mark, breathing guide, gaze
/// lead.
class Guides {
 public:
  explicit Guides(PanelTexts texts);

  void build(WorldGeometry& geometry);
  [[nodiscard]] static std::vector<AoiName> aoi_names();

  /// One frame: smooths what comes and goes. @param calm_target_m where the gaze may be led.
  void step(const Directive& directive, double dt_s, const PanelLayout& layout, glm::vec3 calm_target_m);
  void draw(DrawList& list) const;
  void add_aois(AoiList& aois) const;

 private:
  void draw_panels(DrawList& list) const;
  void draw_question(DrawList& list) const;
  void draw_options(DrawList& list, std::span<const std::string> options) const;
  void draw_lights(DrawList& list) const;
  void draw_bird(DrawList& list) const;

  PanelTexts texts_;
  std::array<std::string, 101> numbers_, percents_;
  std::uint32_t guide_mesh_ = 0, glow_mesh_ = 0, bird_mesh_ = 0, wing_mesh_ = 0;

  Directive directive_;
  PanelLayout layout_;
  glm::vec3 calm_target_m_{0.0F};
  float guide_ = 0.0F, lead_ = 0.0F;  // shown, 0..1
  double flight_s_ = 0.0;
};

}  // namespace attune::scene
