#include "render/font.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H

#include <algorithm>
#include <string>

#include "render/handle.hpp"

namespace attune::render {
namespace {

constexpr std::uint32_t atlas_width = 1024;
constexpr std::uint32_t first_height = 256;
constexpr std::uint32_t gap = 2;  // texels between glyphs, so that neighbours do not bleed into smaller mips
constexpr char32_t box = 0xFFFFFFFF;

struct Library {
  FT_Library handle = nullptr;
  Library() {
    if (FT_Init_FreeType(&handle) != 0) throw VulkanError("could not start FreeType");
    FT_Int spread = GlyphAtlas::spread_texels;
    FT_Property_Set(handle, "sdf", "spread", &spread);
    FT_Property_Set(handle, "bsdf", "spread", &spread);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { FT_Done_FreeType(handle); }
};

struct FaceDeleter {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using Face = std::unique_ptr<FT_FaceRec_, FaceDeleter>;

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  constexpr CodePoint wrong{0xFFFD, 1};
  const auto lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5   ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 0;
  if (bytes == 0 || text.size() < bytes) return wrong;
  char32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return wrong;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return wrong;
  return {value, bytes};
}

struct GlyphAtlas::State {
  Library library;
  std::vector<Face> faces;
  std::unordered_map<char32_t, GlyphShape> glyphs;
  std::vector<std::uint8_t> texels;
  std::uint32_t height = first_height;
  std::uint32_t row_x = gap, row_y = gap, row_height = 0;
  float ascent = 0.8F, descent = 0.2F;

  State() : texels(std::size_t{atlas_width} * first_height, 0) {}

  void open_face(const std::filesystem::path& path) {
    FT_Face face = nullptr;
    if (FT_New_Face(library.handle, path.c_str(), 0, &face) != 0)
      throw VulkanError(path.string() + ": cannot be read as a font");
    faces.emplace_back(face);
    if (FT_Set_Pixel_Sizes(face, 0, em_texels) != 0)
      throw VulkanError(path.string() + ": has no scalable outlines");
  }

  /// Makes room for a glyph; its top left corner.
  std::pair<std::uint32_t, std::uint32_t> reserve(std::uint32_t wide, std::uint32_t high) {
    if (row_x + wide + gap > atlas_width) {
      row_y += row_height + gap;
      row_x = gap;
      row_height = 0;
    }
    while (row_y + high + gap > height) height *= 2;
    texels.resize(std::size_t{atlas_width} * height, 0);
    const std::pair place{row_x, row_y};
    row_x += wide + gap;
    row_height = std::max(row_height, high);
    return place;
  }

  void make_box() {
    // The outline of an empty box, drawn as a distance field by hand, since no font need have it.
    constexpr std::uint32_t wide = 36, high = 48;
    constexpr float line = 2.0F;
    const auto [x0, y0] = reserve(wide, high);
    for (std::uint32_t y = 0; y < high; ++y) {
      for (std::uint32_t x = 0; x < wide; ++x) {
        const float dx = std::abs(static_cast<float>(x) + 0.5F - wide * 0.5F) - (wide * 0.5F - 8.0F);
        const float dy = std::abs(static_cast<float>(y) + 0.5F - high * 0.5F) - (high * 0.5F - 8.0F);
        const float inside = line - std::abs(std::max(dx, dy));
        const float value = std::clamp(128.0F + inside * 127.0F / spread_texels, 0.0F, 255.0F);
        texels[std::size_t{y0 + y} * atlas_width + x0 + x] = static_cast<std::uint8_t>(value);
      }
    }
    constexpr auto em = static_cast<float>(em_texels);
    glyphs[box] = {.advance = 0.62F,
                   .left = -0.06F,
                   .bottom = -0.16F,
                   .width = wide / em,
                   .height = high / em,
                   .x = x0,
                   .y = y0,
                   .texels_wide = wide,
                   .texels_high = high};
  }

  [[nodiscard]] FT_Face face_with(char32_t character) const {
    for (const auto& face : faces) {
      if (FT_Get_Char_Index(face.get(), character) != 0) return face.get();
    }
    return nullptr;
  }

  /// False when no font has the character.
  bool make(char32_t character) {
    auto* face = face_with(character);
    if (face == nullptr) return false;
    if (FT_Load_Char(face, character, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return false;
    constexpr auto em = static_cast<float>(em_texels);
    GlyphShape shape;
    shape.advance = static_cast<float>(face->glyph->linearHoriAdvance) / 65536.0F / em;
    if (face->glyph->outline.n_points > 0) {
      if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_SDF) != 0) return false;
      const auto& bitmap = face->glyph->bitmap;
      shape.texels_wide = bitmap.width;
      shape.texels_high = bitmap.rows;
      const auto [x0, y0] = reserve(bitmap.width, bitmap.rows);
      shape.x = x0;
      shape.y = y0;
      for (std::uint32_t y = 0; y < bitmap.rows; ++y) {
        const auto* row = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
        std::copy(row, row + bitmap.width,
                  texels.begin() + static_cast<std::ptrdiff_t>(std::size_t{y0 + y} * atlas_width + x0));
      }
      shape.left = static_cast<float>(face->glyph->bitmap_left) / em;
      shape.bottom = (static_cast<float>(face->glyph->bitmap_top) - static_cast<float>(bitmap.rows)) / em;
      shape.width = static_cast<float>(bitmap.width) / em;
      shape.height = static_cast<float>(bitmap.rows) / em;
    }
    glyphs[character] = shape;
    return true;
  }
};

GlyphAtlas::GlyphAtlas(std::unique_ptr<State> state) : state_(std::move(state)) {}
GlyphAtlas::GlyphAtlas(GlyphAtlas&&) noexcept = default;
GlyphAtlas& GlyphAtlas::operator=(GlyphAtlas&&) noexcept = default;
GlyphAtlas::~GlyphAtlas() = default;

core::Result<GlyphAtlas> GlyphAtlas::open(std::span<const std::filesystem::path> fonts) {
  try {
    auto state = std::make_unique<State>();
    for (const auto& font : fonts) state->open_face(font);
    if (!state->faces.empty()) {
      const auto* face = state->faces.front().get();
      const auto units = static_cast<float>(face->units_per_EM);
      state->ascent = static_cast<float>(face->ascender) / units;
      state->descent = -static_cast<float>(face->descender) / units;
    }
    state->make_box();
    return GlyphAtlas(std::move(state));
  } catch (const VulkanError& error) {
    return core::failed(error.what());
  }
}

core::Result<GlyphAtlas> GlyphAtlas::open() {
  const std::filesystem::path fonts = "/usr/share/fonts";
  const std::vector<std::vector<std::filesystem::path>> choices{
      {fonts / "truetype/wqy/wqy-microhei.ttc"},
      {fonts / "opentype/noto/NotoSansCJK-Regular.ttc"},
      {fonts / "truetype/dejavu/DejaVuSans.ttf", fonts / "truetype/droid/DroidSansFallbackFull.ttf"},
  };
  for (const auto& choice : choices) {
    const auto there = [](const auto& path) { return std::filesystem::exists(path); };
    if (std::all_of(choice.begin(), choice.end(), there)) return open(choice);
  }
  return core::failed("no font with Latin and Chinese letters is installed: install fonts-wqy-microhei");
}

bool GlyphAtlas::add(std::string_view text) {
  bool changed = false;
  while (!text.empty()) {
    const auto point = first_code_point(text);
    text.remove_prefix(point.bytes);
    if (point.value < 0x20 || has(point.value)) continue;
    if (state_->make(point.value)) changed = true;
  }
  return changed;
}

const GlyphShape& GlyphAtlas::glyph(char32_t character) const {
  const auto found = state_->glyphs.find(character);
  return found != state_->glyphs.end() ? found->second : state_->glyphs.find(box)->second;
}

bool GlyphAtlas::has(char32_t character) const { return state_->glyphs.contains(character); }
float GlyphAtlas::ascent() const { return state_->ascent; }
float GlyphAtlas::descent() const { return state_->descent; }
std::uint32_t GlyphAtlas::width() const { return atlas_width; }
std::uint32_t GlyphAtlas::height() const { return state_->height; }
std::span<const std::uint8_t> GlyphAtlas::texels() const { return state_->texels; }

}  // namespace attune::render
