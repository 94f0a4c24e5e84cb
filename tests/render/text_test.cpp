#include "render/frame_fixture.hpp"
#include "render/text_layout.hpp"

namespace attune::render::test {
namespace {

GlyphAtlas atlas_with(std::string_view text) {
  auto atlas = GlyphAtlas::open();
  if (!atlas) throw std::runtime_error(atlas.error().message);
  atlas->add(text);
  return *std::move(atlas);
}

std::vector<std::string> lines_of(const GlyphAtlas& atlas, std::string_view text, float width_em) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto line = next_line(atlas, text, width_em);
    EXPECT_GT(line.taken, 0U);
    lines.emplace_back(text.substr(0, line.bytes));
    text.remove_prefix(line.taken);
  }
  return lines;
}

TEST(Utf8, IsReadByTheBookAndNeverPastTheEnd) {
  struct Row {
    std::string_view text;
    char32_t value;
    std::size_t bytes;
  };
  for (const auto& row :
       {Row{"a", U'a', 1}, Row{"é", U'é', 2}, Row{"痛", U'痛', 3}, Row{"😀", U'😀', 4}, Row{"\xC3", 0xFFFD, 1},
        Row{"\xE7\x97", 0xFFFD, 1}, Row{"\xC0\xAF", 0xFFFD, 1}, Row{"\xED\xA0\x80", 0xFFFD, 1},
        Row{"\xF5\x80\x80\x80", 0xFFFD, 1}, Row{"\x80", 0xFFFD, 1}}) {
    const auto point = first_code_point(row.text);
    EXPECT_EQ(point.value, row.value);
    EXPECT_EQ(point.bytes, row.bytes);
  }
}

TEST(GlyphAtlas, HasEnglishAndChineseAndABoxForTheRest) {
  auto atlas = atlas_with("Breathe 呼吸 \xF0\x9F\x98\x80");
  for (const auto c : std::u32string_view(U"Breathe呼吸"))
    EXPECT_TRUE(atlas.has(c)) << static_cast<std::uint32_t>(c);
  EXPECT_FALSE(atlas.has(U'\x10FFFD'));
  EXPECT_GT(atlas.glyph(U'\x10FFFD').texels_wide, 0U) << "the box";
  EXPECT_GT(atlas.glyph(U'呼').advance, 0.9F) << "a Chinese character is an em wide";
  EXPECT_LT(atlas.glyph(U'r').advance, 0.5F);
}

TEST(GlyphAtlas, SaysWhichFileIsNoFont) {
  const std::array<std::filesystem::path, 1> fonts{"/nonexistent.ttf"};
  const auto atlas = GlyphAtlas::open(fonts);
  ASSERT_FALSE(atlas);
  EXPECT_NE(atlas.error().message.find("/nonexistent.ttf"), std::string::npos);
}

TEST(GlyphAtlas, HoldsTheOutlineInTheMiddleOfItsRange) {
  auto atlas = atlas_with("l");
  const auto& glyph = atlas.glyph(U'l');
  int inside = 0, outside = 0;
  for (std::uint32_t y = 0; y < glyph.texels_high; ++y) {
    for (std::uint32_t x = 0; x < glyph.texels_wide; ++x) {
      const auto value = atlas.texels()[std::size_t{glyph.y + y} * atlas.width() + glyph.x + x];
      (value > 128 ? inside : outside) += 1;
    }
  }
  EXPECT_GT(inside, 0);
  EXPECT_GT(outside, inside) << "a stroke is thinner than the rim round it";
}

TEST(Lines, BreakAfterSpacesAndLoseThem) {
  const auto atlas = atlas_with("abcdefghijklmnopqrstuvwxyz");
  const auto lines = lines_of(atlas, "one two three four", 6.0F);
  ASSERT_GE(lines.size(), 2U);
  std::string joined;
  for (const auto& line : lines) {
    EXPECT_FALSE(line.starts_with(' ') || line.ends_with(' ')) << '"' << line << '"';
    joined += (joined.empty() ? "" : " ") + line;
  }
  EXPECT_EQ(joined, "one two three four");
}

TEST(Lines, BreakAnywhereInChineseButNotBeforeAFullStop) {
  const std::string text = "请慢慢呼吸。您很安全。";
  const auto atlas = atlas_with(text);
  for (float width_em = 2.0F; width_em < 12.0F; width_em += 0.5F) {
    std::string joined;
    for (const auto& line : lines_of(atlas, text, width_em)) {
      EXPECT_FALSE(line.starts_with("。")) << width_em;
      joined += line;
    }
    EXPECT_EQ(joined, text);
  }
}

TEST(Lines, KeepTheNumberOfAnAnchorWithItsWords) {
  const std::string text = "How well are you? 0: unwell. 10: quite well.";
  const auto atlas = atlas_with(text);
  bool anchor_broke_a_line = false;
  for (float width_em = 6.0F; width_em < 24.0F; width_em += 0.25F) {
    for (const auto& line : lines_of(atlas, text, width_em)) {
      EXPECT_FALSE(line.ends_with(":")) << width_em << ": " << line;
      anchor_broke_a_line |= line.starts_with("0:") || line.starts_with("10:");
    }
  }
  EXPECT_TRUE(anchor_broke_a_line) << "no width put an anchor at a line's end";
}

TEST(Lines, SetQuotationMarksCloseInLatinTextAndAnEmWideInChinese) {
  const auto atlas = atlas_with("“I fall”?“我会摔倒”");
  const auto width_em = [&](std::string_view text) { return next_line(atlas, text, 100.0F).width_em; };
  const float latin_em = 0.5F * (width_em("“I fall”") - width_em("I fall"));
  const float chinese_em = 0.5F * (width_em("“我会摔倒”") - width_em("我会摔倒"));
  EXPECT_GT(latin_em, 0.15F);
  EXPECT_LT(latin_em, 0.6F);
  EXPECT_FLOAT_EQ(chinese_em, atlas.glyph(U'“').advance);
}

TEST(PlacedText, LetsNoQuotationMarkOverlapItsWord) {
  const std::string text = "“I” x";
  const auto atlas = atlas_with(text);
  std::vector<GlyphData> glyphs(8);
  ASSERT_EQ(place_text(atlas, text, {{0, 0}, {10, 1}, 1.0F}, 0, glyphs), 4U);
  const float rim_m = static_cast<float>(GlyphAtlas::spread_texels) / GlyphAtlas::em_texels;
  for (std::size_t i = 0; i + 1 < 4; ++i)
    EXPECT_GE(glyphs[i + 1].place.x + rim_m, glyphs[i].place.z - rim_m) << "ink of " << i << " and the next";
}

TEST(Lines, CutAWordThatIsWiderThanTheLine) {
  const auto atlas = atlas_with("W");
  const auto lines = lines_of(atlas, "WWWWWWWWWWWWWWWWWWWW", 4.0F);
  EXPECT_GT(lines.size(), 3U);
}

TEST(Lines, KeepEmptyOnesBetweenLineFeeds) {
  const auto atlas = atlas_with("ab");
  EXPECT_EQ(lines_of(atlas, "a\n\nb", 10.0F), (std::vector<std::string>{"a", "", "b"}));
}

TEST(PlacedText, StaysInItsAreaByGettingSmaller) {
  const std::string text =
      "This is a rather long prompt that would not fit at the wanted height, so it shrinks.";
  const auto atlas = atlas_with(text);
  std::vector<GlyphData> glyphs(256);
  const TextArea area{{0.1F, -0.05F}, {0.5F, 0.2F}, 0.06F};
  const auto count = place_text(atlas, text, area, 3, glyphs);
  ASSERT_GT(count, 50U);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_GE(glyphs[i].place.x, 0.1F - 0.26F);
    EXPECT_LE(glyphs[i].place.z, 0.1F + 0.26F);
    EXPECT_GE(glyphs[i].place.y, -0.05F - 0.11F);
    EXPECT_LE(glyphs[i].place.w, -0.05F + 0.11F);
    EXPECT_EQ(glyphs[i].panel[0], 3U);
  }
  EXPECT_EQ(place_text(atlas, text, area, 0, std::span(glyphs).first(10)), 10U)
      << "no more than there is room for";
}

scene::Panel panel_at(glm::vec3 place_m, std::string_view text) {
  scene::Panel panel;
  panel.to_session = glm::translate(glm::mat4(1.0F), place_m);
  panel.text = text;
  return panel;
}

TEST_F(Frame, WritesEnglishAndChineseOnPanels) {
  auto& renderer = large();
  const std::array<std::string_view, 2> texts{"Look down slowly", "慢慢往下看"};
  ASSERT_TRUE(renderer.prepare_text(texts));
  auto list = draw_list();
  list.panels = {panel_at({0, 1.6F, -1.2F}, "")};
  list.panels[0].text_height_m = 0.12F;
  const auto empty = draw(renderer, list)[0];
  for (const auto text : texts) {
    list.panels[0].text = text;
    const auto written = draw(renderer, list)[0];
    std::size_t white = 0;
    for (std::uint32_t y = 80; y < 160; ++y) {
      for (std::uint32_t x = 80; x < 240; ++x) white += brightness(written.at(x, y)) > 220.0 ? 1 : 0;
    }
    EXPECT_GT(white, 150U) << text;
    EXPECT_NE(written.rgba, empty.rgba);
    EXPECT_EQ(written.at(5, 5), empty.at(5, 5)) << "nothing beside the panel";
  }
}

TEST_F(Frame, ShowsWhereTheSliderStandsAndHowFarAHoldHasCome) {
  auto& renderer = large();
  auto list = draw_list();
  list.panels = {panel_at({0, 1.6F, -1.0F}, "")};
  const auto brightest_column = [&](float slider) {
    list.panels[0].slider = slider;
    const auto picture = draw(renderer, list)[0];
    // The handle is the tallest bright thing on the track.
    double best = -1;
    std::uint32_t column = 0;
    for (std::uint32_t x = 60; x < 260; ++x) {
      const double sum = mean(picture, x, 125, x + 1, 160);
      if (sum > best) {
        best = sum;
        column = x;
      }
    }
    return static_cast<double>(column);
  };
  const double low = brightest_column(0.2F), high = brightest_column(0.8F);
  EXPECT_NEAR(high - low, 0.6 * 2 * scene::slider_half_length * 320 / (2 * std::tan(0.70)), 8.0);

  list.panels[0].slider = -1.0F;
  list.panels[0].round = true;
  list.panels[0].size_m = {0.5F, 0.5F};
  list.panels[0].progress = 0.05F;
  const auto started = draw(renderer, list)[0];
  list.panels[0].progress = 0.95F;
  const auto nearly = draw(renderer, list)[0];
  EXPECT_GT(mean(nearly, 100, 60, 220, 180), mean(started, 100, 60, 220, 180) + 3.0) << "the ring fills";
  EXPECT_EQ(started.at(105, 62), nearly.at(105, 62)) << "a round panel has no corners";
}

TEST_F(Frame, SurvivesTextThatWasNeverPrepared) {
  auto renderer = make_renderer();
  auto list = draw_list();
  list.panels = {panel_at({0, 1.6F, -1.0F}, "nobody prepared this \xFF\xFE")};
  const auto boxes = draw(renderer, list)[0];
  list.panels[0].text = "";
  EXPECT_NE(draw(renderer, list)[0].rgba, boxes.rgba) << "boxes stand for what is missing";
}

TEST_F(Frame, ShowsAPanelThatIsBehindTheWorld) {
  auto& renderer = small();
  auto list = draw_list();
  list.panels.clear();
  list.instances = {at(red_box, {0, 1.1F, -1.5F})};
  const auto box = draw(renderer, list)[0].at(width / 2, height / 2);
  ASSERT_GT(box[0], 2 * box[1]) << "nothing stands in front";
  list.panels = {panel_at({0, 1.6F, -3.0F}, "")};
  const auto panel = draw(renderer, list)[0].at(width / 2, height / 2);
  EXPECT_LT(panel[0], 2 * panel[1]);
}

}  // namespace
}  // namespace attune::render::test
