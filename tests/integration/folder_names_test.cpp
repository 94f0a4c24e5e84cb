#include <gtest/gtest.h>

#include <fstream>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

// Clinics name folders in their own language.
namespace attune {
namespace {

TEST(FolderNames, MayHoldUmlautsAndChinese) {
  const test::ScratchFolder scratch;
  const auto folder = scratch / "Höhenangst Übung 恐高 治疗";
  std::filesystem::create_directory(folder);
  auto environment = test::tiny_views;
  environment["XDG_DATA_HOME"] = (folder / "Schlüssel 钥匙").string();

  auto first = test::session_on("patient:shipped:3", folder / "Erste Sitzung – 第一.attune", "6");
  first.insert(first.end(), {"--screenshots", (folder / "Bilder 图片").string()});
  const auto lived = test::attune(first, environment);
  ASSERT_EQ(lived.status, 0) << lived.err;
  ASSERT_TRUE(std::filesystem::exists(folder / "Erste Sitzung – 第一.attune"));
  std::size_t pictures = 0;
  for (const auto& picture : std::filesystem::directory_iterator(folder / "Bilder 图片"))
    pictures += std::filesystem::file_size(picture) > 100;
  EXPECT_GE(pictures, 1u);

  const auto again = test::attune(test::session_on((folder / "Erste Sitzung – 第一.attune").string(),
                                                   folder / "Zweite – 第二.attune", "5"),
                                  environment);
  ASSERT_EQ(again.status, 0) << again.err;
  const auto check =
      test::attune({"replay", (folder / "Zweite – 第二.attune").string(), "--check"}, environment);
  EXPECT_EQ(check.status, 0) << check.err;

  const auto report =
      test::attune({"report", (folder / "Erste Sitzung – 第一.attune").string(), "--pictures",
                    (folder / "Bilder 图片").string(), "-o", (folder / "Bericht 报告.html").string()},
                   environment);
  ASSERT_EQ(report.status, 0) << report.err;
  const auto page = test::whole_file(folder / "Bericht 报告.html");
  EXPECT_NE(page.find("data:image/png;base64,"), std::string::npos);
}

TEST(FolderNames, AreNamedAsTheyAreInAnError) {
  const auto outcome = test::attune(test::session_on("/nirgends/Größe 大小.attune", "/tmp/never.attune"));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("/nirgends/Größe 大小.attune"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace attune
