#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "attune/state/features.hpp"

namespace attune::state {
namespace {

TEST(FeatureTable, HasFortyNineOfTheEyesEighteenOfTheHeartEightOfTheSkinAndTwentyFiveOfOurOwn) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < feature_count; ++i) {
    const auto& row = feature_table[i];
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands twice";
    EXPECT_FALSE(row.unit.empty() || row.words_en.empty() || row.words_zh.empty()) << row.name;
    EXPECT_TRUE(row.window_s == 2.0F || row.window_s == 10.0F || row.window_s == 30.0F ||
                row.window_s == 60.0F)
        << row.name;
    const auto expected = i < 49 ? FeatureGroup::eyes : i < 67 ? FeatureGroup::heart : FeatureGroup::skin;
    const bool own_of_skin = row.name == "Skin_Conductance_Slope";
    EXPECT_TRUE(i < 75 ? row.group == expected : row.group > FeatureGroup::skin || own_of_skin) << row.name;
    EXPECT_EQ(feature_index(row.name), i);
  }
  EXPECT_EQ(feature_index("No_Such_Feature"), feature_count);
}

TEST(FeatureTable, KeepsTheOrderOfVreed) {
  const char* set = std::getenv("ATTUNE_DATA");
  const auto path = std::filesystem::path(set != nullptr ? set : ATTUNE_SOURCE_DIR "/../shared/data") /
                    "vreed/features.csv";
  std::ifstream file(path);
  if (!file) {
    std::cout << "not compared with VREED: " << path << " is not there\n";
    return;
  }
  std::string header, column;
  std::getline(file, header);
  std::istringstream columns(header);
  std::getline(columns, column, ',');  // Subject_ID
  std::getline(columns, column, ',');  // Quad_Cat
  for (std::size_t i = 0; i < 75; ++i) {
    ASSERT_TRUE(std::getline(columns, column, ','));
    while (!column.empty() && column.back() == '\r') column.pop_back();
    EXPECT_EQ(feature_table[i].name, column) << i;
  }
  EXPECT_FALSE(std::getline(columns, column, ','));
}

TEST(FeatureTable, IsTheOneInTheDocumentation) {
  std::ifstream file(ATTUNE_SOURCE_DIR "/docs/features.md");
  ASSERT_TRUE(file);
  std::stringstream text;
  text << file.rdbuf();
  const auto table = feature_table_markdown();
  const auto expected = std::filesystem::path(ATTUNE_BUILD_DIR) / "features_table.md";
  if (text.str().find(table) == std::string::npos) std::ofstream(expected) << table;
  EXPECT_NE(text.str().find(table), std::string::npos) << "docs/features.md should hold " << expected;
}

}  // namespace
}  // namespace attune::state
