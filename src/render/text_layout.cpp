#include "render/text_layout.hpp"

#include <algorithm>

namespace attune::render {
namespace {

constexpr float line_spacing = 1.3F;          // em; what European and Chinese text both read well at
constexpr float smallest_share = 0.4F;        // of the wanted height, below which text is left to overflow
constexpr float latin_quote_bearing = 0.05F;  // em, on either side of a quotation mark's ink

bool ideographic(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

bool closing(char32_t c) {
  return std::u32string_view(U"，。、；：！？）」』】》〉”’…—,.;:!?)]}%").find(c) !=
         std::u32string_view::npos;
}

bool opening(char32_t c) {
  return std::u32string_view(U"（「『【《〈“‘([{").find(c) != std::u32string_view::npos;
}

bool may_break_between(char32_t before, char32_t after) {
  if (before == U' ') return true;
  return (ideographic(before) || ideographic(after)) && !closing(after) && !opening(before) && after != U' ';
}

bool quotation(char32_t c) { return std::u32string_view(U"“”‘’").find(c) != std::u32string_view::npos; }

bool ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The anchors of a scale, as in "0: unwell. 10: well.": the number stays with what it stands for.
bool ends_with_anchor(std::string_view text) {
  return text.size() >= 3 && text.ends_with(": ") &&
         ascii_digit(static_cast<unsigned char>(text[text.size() - 3]));
}

struct SetGlyph {
  CodePoint point;
  GlyphShape shape;
};

// The glyph at a byte of a text, as it is set there. Chinese fonts draw quotation marks an em wide, which
// reads as a gap where no Chinese character is next to them.
SetGlyph glyph_at(const GlyphAtlas& atlas, std::string_view text, std::size_t at, char32_t before) {
  SetGlyph set{first_code_point(text.substr(at)), {}};
  set.shape = atlas.glyph(set.point.value);
  if (!quotation(set.point.value)) return set;
  const auto rest = text.substr(at + set.point.bytes);
  const char32_t after = rest.empty() ? 0 : first_code_point(rest).value;
  if (ideographic(before) || ideographic(after)) return set;
  constexpr float rim_em = static_cast<float>(GlyphAtlas::spread_texels) / GlyphAtlas::em_texels;
  set.shape.left = latin_quote_bearing - rim_em;
  set.shape.advance = set.shape.width - 2.0F * (rim_em - latin_quote_bearing);
  return set;
}

std::size_t lines_at(const GlyphAtlas& atlas, std::string_view text, float width_em) {
  std::size_t lines = 0;
  while (!text.empty()) {
    text.remove_prefix(next_line(atlas, text, width_em).taken);
    ++lines;
  }
  return lines;
}

}  // namespace

Line next_line(const GlyphAtlas& atlas, std::string_view text, float width_em) {
  Line line, at_break;
  float visible_em = 0.0F;  // without spaces at the end
  std::size_t visible_bytes = 0, at = 0;
  char32_t before = 0;
  while (at < text.size()) {
    const auto [point, shape] = glyph_at(atlas, text, at, before);
    if (point.value == U'\n') return {visible_bytes, at + 1, visible_em};
    if (at > 0 && may_break_between(before, point.value) && !ends_with_anchor(text.substr(0, at)))
      at_break = {visible_bytes, at, visible_em};
    const float advance = shape.advance;
    if (point.value != U' ' && line.width_em + advance > width_em && at > 0)
      return at_break.taken > 0 ? at_break : Line{visible_bytes, at, visible_em};
    line.width_em += advance;
    at += point.bytes;
    if (point.value != U' ') {
      visible_em = line.width_em;
      visible_bytes = at;
    }
    before = point.value;
  }
  return {visible_bytes, at, visible_em};
}

std::size_t place_text(const GlyphAtlas& atlas, std::string_view text, const TextArea& area,
                       std::uint32_t panel, std::span<GlyphData> out) {
  float em_m = area.text_height_m;
  std::size_t lines = 0;
  for (;;) {
    lines = lines_at(atlas, text, area.size_m.x / em_m);
    const bool fits = static_cast<float>(lines) * line_spacing * em_m <= area.size_m.y;
    if (fits || em_m <= smallest_share * area.text_height_m) break;
    em_m *= 0.93F;
  }

  std::size_t count = 0;
  const float block_m = static_cast<float>(lines) * line_spacing * em_m;
  const float middle_em =
      0.5F * (atlas.ascent() - atlas.descent());  // of a line's letters, above its base line
  float line_middle_m = area.centre_m.y + 0.5F * block_m - 0.5F * line_spacing * em_m;
  while (!text.empty()) {
    const auto line = next_line(atlas, text, area.size_m.x / em_m);
    float x_m = area.centre_m.x - 0.5F * line.width_em * em_m;
    const float base_m = line_middle_m - middle_em * em_m;
    char32_t before = 0;
    for (std::size_t at = 0; at < line.bytes;) {
      const auto [point, glyph] = glyph_at(atlas, text, at, before);
      before = point.value;
      at += point.bytes;
      if (glyph.texels_wide > 0) {
        if (count == out.size()) return count;
        const float left_m = x_m + glyph.left * em_m, bottom_m = base_m + glyph.bottom * em_m;
        const auto wide = static_cast<float>(atlas.width()), high = static_cast<float>(atlas.height());
        auto& quad = out[count++];
        quad.place = {left_m, bottom_m, left_m + glyph.width * em_m, bottom_m + glyph.height * em_m};
        quad.atlas = {
            static_cast<float>(glyph.x) / wide, static_cast<float>(glyph.y + glyph.texels_high) / high,
            static_cast<float>(glyph.x + glyph.texels_wide) / wide, static_cast<float>(glyph.y) / high};
        quad.panel = {panel, 0, 0, 0};
      }
      x_m += glyph.advance * em_m;
    }
    text.remove_prefix(line.taken);
    line_middle_m -= line_spacing * em_m;
  }
  return count;
}

}  // namespace attune::render
