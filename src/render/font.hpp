#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::render {

/// One code point of UTF-8 text, and how many bytes it took. Bytes that are no UTF-8 give U+FFFD, one each.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
};
[[nodiscard]] CodePoint first_code_point(std::string_view text);

/// A glyph's measures in ems and its place in the atlas in texels.
struct GlyphShape {
  float advance = 0.0F;
  float left = 0.0F, bottom = 0.0F, width = 0.0F,
        height = 0.0F;  ///< the quad, rim of the distance field included
  std::uint32_t x = 0, y = 0, texels_wide = 0, texels_high = 0;  ///< 0 wide: nothing to draw
};

/// Glyphs as signed distance fields in one picture, so that text is crisp at every size. 128 is the outline;
/// 0 and 255 are `spread_texels` outside and inside.
class GlyphAtlas {
 public:
  static constexpr std::uint32_t em_texels = 48;
  static constexpr std::uint32_t spread_texels = 6;

  /// Opens the first fonts of this machine that cover Latin and Chinese: WenQuanYi Micro Hei, Noto Sans CJK,
  /// or DejaVu Sans with Droid Sans Fallback. Errors, status 1: none is installed; the packages are named.
  [[nodiscard]] static core::Result<GlyphAtlas> open();
  /// The same with given files; a glyph is taken from the first that has it. Errors: a file cannot be read as
  /// a font.
  [[nodiscard]] static core::Result<GlyphAtlas> open(std::span<const std::filesystem::path> fonts);
  GlyphAtlas(GlyphAtlas&&) noexcept;
  GlyphAtlas& operator=(GlyphAtlas&&) noexcept;
  ~GlyphAtlas();

  /// Makes the glyphs of all characters of `text` that are not there yet. True when the picture changed.
  bool add(std::string_view text);

  /// The glyph of a character; the box for one that has none or was not added.
  [[nodiscard]] const GlyphShape& glyph(char32_t character) const;
  [[nodiscard]] bool has(char32_t character) const;
  [[nodiscard]] float ascent() const;   ///< of the first font, in ems above the base line
  [[nodiscard]] float descent() const;  ///< below it, positive

  [[nodiscard]] std::uint32_t width() const;
  [[nodiscard]] std::uint32_t height() const;
  [[nodiscard]] std::span<const std::uint8_t> texels() const;

 private:
  struct State;
  explicit GlyphAtlas(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace attune::render
