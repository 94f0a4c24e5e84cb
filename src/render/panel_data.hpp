#pragma once

#include <span>
#include <vector>

#include "attune/scene/draw_list.hpp"
#include "render/font.hpp"
#include "render/uniforms.hpp"

namespace attune::render {

/// Most glyphs on one panel.
constexpr std::size_t max_panel_glyphs = 1024;

/// One panel as drawn: its body, then its glyphs `[first_glyph, first_glyph + glyph_count)`. Both are
/// followed by one more that is a point, for the reason that `Batch` gives.
struct PanelDraw {
  std::uint32_t first_glyph = 0, glyph_count = 0;
};

struct PanelBatch {
  std::vector<PanelData> panels;  ///< every other one is the point
  std::vector<GlyphData> glyphs;
  std::vector<PanelDraw> draws;
};

/// Panels in the order in which they are to be drawn; `point_m`: a place that both eyes see. Room is kept
/// between frames.
void lay_out_panels(std::span<const scene::Panel> panels, std::span<const std::uint32_t> order,
                    glm::vec3 point_m, const GlyphAtlas& atlas, PanelBatch& out);

}  // namespace attune::render
