#pragma once

#include <cstddef>
#include <glm/vec2.hpp>
#include <span>
#include <string_view>

#include "render/font.hpp"
#include "render/uniforms.hpp"

namespace attune::render {

/// Where a text goes on its panel, in metres from the panel's centre.
struct TextArea {
  glm::vec2 centre_m{0.0F};
  glm::vec2 size_m{1.0F};
  float text_height_m = 0.045F;  ///< of an em; made smaller when the text would not fit otherwise
};

/// The next line of `text` that is no wider than `width_em`: breaks at '\n', after spaces, and between
/// Chinese characters but never before a closing or after an opening mark, nor between a scale's number and
/// what it stands for ("0: unwell"). A word that is wider than a line is cut. Quotation marks are an em wide
/// beside Chinese characters alone, whatever the font says.
struct Line {
  std::size_t bytes = 0;  ///< that are drawn
  std::size_t taken = 0;  ///< that are used up, spaces and the line feed at the break included
  float width_em = 0.0F;
};
[[nodiscard]] Line next_line(const GlyphAtlas& atlas, std::string_view text, float width_em);

/// Writes the glyphs of `text`, lines centred, into `out`; how many. What does not fit into `out` is left
/// away.
std::size_t place_text(const GlyphAtlas& atlas, std::string_view text, const TextArea& area,
                       std::uint32_t panel, std::span<GlyphData> out);

}  // namespace attune::render
