#include "render/panel_data.hpp"

#include <algorithm>

#include "render/text_layout.hpp"

namespace attune::render {
namespace {

constexpr float margin_share = 0.07F;  // of the shorter side, kept free round a text

PanelData data_of(const scene::Panel& panel) {
  PanelData out;
  out.session_from_panel = panel.to_session;
  out.background = panel.background;
  out.foreground = panel.foreground;
  const float shorter = std::min(panel.size_m.x, panel.size_m.y);
  out.shape = {0.5F * panel.size_m.x, 0.5F * panel.size_m.y, 0.09F * shorter, panel.round ? 1.0F : 0.0F};
  const bool slider = panel.slider >= 0.0F;
  out.marks = {slider ? std::min(panel.slider, 1.0F) : -1.0F, std::clamp(panel.progress, 0.0F, 1.0F),
               scene::slider_half_length * panel.size_m.x, scene::slider_below_centre * panel.size_m.y};
  out.choice.x = static_cast<float>(panel.slider_places);
  return out;
}

PanelData point_at(glm::vec3 place_m) {
  PanelData out;
  out.session_from_panel = glm::mat4(0.0F);
  out.session_from_panel[3] = glm::vec4(place_m, 1.0F);
  return out;
}

TextArea text_area(const scene::Panel& panel) {
  const float shorter = std::min(panel.size_m.x, panel.size_m.y);
  TextArea area;
  area.text_height_m = panel.text_height_m;
  if (panel.round) {
    area.size_m = glm::vec2(0.62F * shorter);
    return area;
  }
  const float margin_m = margin_share * shorter;
  const float top_m = 0.5F * panel.size_m.y - margin_m;
  // A slider, or the bar that fills, has the lower part for itself.
  const float bottom_m = panel.slider >= 0.0F    ? -(scene::slider_below_centre - 0.16F) * panel.size_m.y
                         : panel.progress > 0.0F ? -0.36F * panel.size_m.y
                                                 : -top_m;
  area.centre_m = {0.0F, 0.5F * (top_m + bottom_m)};
  area.size_m = {panel.size_m.x - 2.0F * margin_m, top_m - bottom_m};
  return area;
}

}  // namespace

void lay_out_panels(std::span<const scene::Panel> panels, std::span<const std::uint32_t> order,
                    glm::vec3 point_m, const GlyphAtlas& atlas, PanelBatch& out) {
  out.panels.clear();
  out.draws.clear();
  std::size_t used = 0;
  for (const auto index : order) {
    const auto& panel = panels[index];
    const auto slot = static_cast<std::uint32_t>(out.panels.size());
    out.panels.push_back(data_of(panel));
    out.panels.push_back(point_at(point_m));
    if (out.glyphs.size() < used + max_panel_glyphs + 1) out.glyphs.resize(used + max_panel_glyphs + 1);
    const auto count = place_text(atlas, panel.text, text_area(panel), slot,
                                  std::span(out.glyphs).subspan(used, max_panel_glyphs));
    out.draws.push_back({static_cast<std::uint32_t>(used), static_cast<std::uint32_t>(count)});
    out.glyphs[used + count] = {.panel = {slot + 1, 0, 0, 0}};
    used += count + 1;
  }
}

}  // namespace attune::render
