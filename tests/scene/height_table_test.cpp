#include "scene/height_table.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "attune/scene/world.hpp"

namespace attune::scene::test {

namespace {

HeightTable shipped() {
  auto file =
      core::ConfigFile::read(std::filesystem::path(ATTUNE_SOURCE_DIR) / "assets/worlds/heights/world.toml");
  if (!file) throw std::runtime_error(file.error().message);
  return HeightTable::read(file->root());
}

std::string step(double intensity, double height, const std::string& railing = "solid", double gap = 0.0,
                 double gusts = 0.0) {
  return "[[step]]\nintensity = " + std::to_string(intensity) + "\nheight_m = " + std::to_string(height) +
         "\nrailing = \"" + railing + "\"\ngap_m = " + std::to_string(gap) +
         "\ngusts = " + std::to_string(gusts) + "\n";
}

}  // namespace

TEST(HeightTable, TheShippedWayFromIntensityToHeightRisesIsConcaveAndEndsAtSixtyMetres) {
  const auto table = shipped();
  EXPECT_DOUBLE_EQ(table.at(1.0).height_m, 60.0);
  EXPECT_LT(table.at(0.0).height_m, 1.0);
  constexpr auto h = 0.01;
  for (auto z = h; z < 1.0 - h / 2.0; z += h) {
    const auto low = table.at(z - h).height_m, middle = table.at(z).height_m, high = table.at(z + h).height_m;
    EXPECT_GT(high, middle);
    EXPECT_LE(high + low, 2.0 * middle + 1e-9) << "not concave at " << z;
  }
}

TEST(HeightTable, TheUpperThirdIsMadeByRailingGapAndGustsMoreThanByMetres) {
  const auto table = shipped();
  const auto two_thirds = table.at(2.0 / 3.0), top = table.at(1.0);
  EXPECT_LT((top.height_m - two_thirds.height_m) / top.height_m, 0.25);
  EXPECT_GT(top.gap_m - two_thirds.gap_m, 0.9 * top.gap_m);
  EXPECT_GT(top.gusts - two_thirds.gusts, 0.5);
  EXPECT_LT(top.railing, two_thirds.railing);
}

TEST(HeightTable, RailingOnlyOpensAndGapAndGustsOnlyGrow) {
  const auto table = shipped();
  for (auto z = 0.0; z < 0.995; z += 0.005) {
    const auto now = table.at(z), next = table.at(z + 0.005);
    EXPECT_LE(next.railing, now.railing);
    EXPECT_GE(next.gap_m, now.gap_m);
    EXPECT_GE(next.gusts, now.gusts);
  }
}

TEST(HeightTable, AHeightLeadsBackToItsIntensity) {
  const auto table = shipped();
  for (auto z = 0.0; z <= 1.0; z += 0.03125) EXPECT_NEAR(table.intensity_at(table.at(z).height_m), z, 1e-12);
  EXPECT_EQ(table.intensity_at(-3.0), 0.0);
  EXPECT_EQ(table.intensity_at(400.0), 1.0);
}

TEST(HeightTable, EveryMistakeIsReportedWithItsLine) {
  struct Case {
    const char* what;
    std::string text;
    int line;
    std::string key;
  };
  const auto good = step(0.0, 0.4);
  const Case cases[] = {
      {"does not start at 0", step(0.1, 0.4) + step(1.0, 60.0), 2, "intensity"},
      {"does not end at 1", good + step(0.9, 60.0), 8, "intensity"},
      {"order", good + step(0.5, 30.0) + step(0.5, 40.0) + step(1.0, 60.0), 14, "intensity"},
      {"sinks", good + step(0.5, 30.0) + step(1.0, 20.0), 15, "height_m"},
      {"convex", good + step(0.5, 20.0) + step(1.0, 60.0), 15, "height_m"},
      {"too high", good + step(1.0, 75.0), 9, "height_m"},
      {"unknown railing", good + step(1.0, 60.0, "glass"), 10, "railing"},
      {"railing closes", step(0.0, 0.4, "open") + step(1.0, 60.0, "solid"), 10, "railing"},
      {"gap closes", step(0.0, 0.4, "solid", 0.5) + step(1.0, 60.0, "open", 0.2), 11, "gap_m"},
      {"gap too wide", good + step(1.0, 60.0, "open", 3.0), 11, "gap_m"},
      {"gusts fade", step(0.0, 0.4, "solid", 0.0, 0.6) + step(1.0, 60.0), 12, "gusts"},
  };
  for (const auto& one : cases) {
    auto file = core::ConfigFile::parse(one.text, "world.toml");
    ASSERT_TRUE(file) << one.what;
    HeightTable::read(file->root());
    auto found = false;
    for (const auto& problem : file->problems()) {
      found = found || (problem.line == one.line && problem.key.ends_with(one.key));
    }
    EXPECT_TRUE(found) << one.what << ": "
                       << (file->check() ? "nothing reported" : file->check().error().message);
  }
  auto file = core::ConfigFile::parse(good + step(0.5, 35.0) + step(1.0, 60.0), "world.toml");
  HeightTable::read(file->root());
  EXPECT_TRUE(file->check()) << file->check().error().message;
}

TEST(HeightTable, SeveralMistakesAreReportedTogether) {
  auto file = core::ConfigFile::parse(step(0.2, 0.4, "wood") + step(1.0, 90.0, "open", 9.0), "world.toml");
  HeightTable::read(file->root());
  EXPECT_GE(file->problems().size(), 4U);
}

}  // namespace attune::scene::test
