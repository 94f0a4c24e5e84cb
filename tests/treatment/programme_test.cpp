#include "attune/treatment/programme.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "attune/treatment/governor.hpp"
#include "file_mistake.hpp"
#include "support.hpp"

namespace attune::treatment {
namespace {

/// heights.toml with one piece of text replaced.
std::string changed(const std::string& old_text, const std::string& new_text) {
  auto text = heights_text();
  const auto at = text.find(old_text);
  EXPECT_NE(at, std::string::npos) << old_text;
  return text.replace(at, old_text.size(), new_text);
}

TEST(Programme, HeightsIsWholeAndSound) {
  const auto& programme = heights();
  EXPECT_EQ(programme.id, "heights");
  EXPECT_EQ(programme.world, "heights");
  EXPECT_NEAR(programme.duration_s(), 1200.0, 1e-9);
  EXPECT_EQ(programme.plan(Phase::paused_exposure).phase, Phase::exposure);
  EXPECT_EQ(programme.ladder.front().intensity.low, programme.plan(Phase::exposure).intensity.low);
  EXPECT_EQ(programme.ladder.back().intensity.high, programme.plan(Phase::exposure).intensity.high);
  EXPECT_LE(programme.limits.rise_per_s, absolute::rise_per_s);
  EXPECT_GE(programme.questions[1].every_s, 180.0) << "self-reports at most every three minutes";
  EXPECT_FALSE(programme.sources.empty());
  EXPECT_EQ(programme.file_text, heights_text());
  EXPECT_TRUE(programme.note.empty());
}

TEST(Programme, IsFoundByIdAndByPath) {
  EXPECT_TRUE(Programme::load("heights").ok());
  EXPECT_TRUE(Programme::load(heights_file()).ok());
  const auto unknown = Programme::load("depths");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().kind, core::Error::Kind::bad_input);
  EXPECT_NE(unknown.error().message.find("depths"), std::string::npos);
  EXPECT_NE(unknown.error().message.find("heights"), std::string::npos) << "it names what there is";
  const auto missing = Programme::load("nowhere/file.toml");
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find("nowhere/file.toml"), std::string::npos);
}

class ProgrammeMistake : public ::testing::TestWithParam<FileMistake> {};

TEST_P(ProgrammeMistake, IsNamedWithItsLineAndKey) {
  expect_named_with_line_and_key(GetParam(), heights_text(), Programme::parse);
}

INSTANTIATE_TEST_SUITE_P(
    Each, ProgrammeMistake,
    ::testing::Values(
        FileMistake{"rise_per_s = 0.02", "rise_per_s = 0.2", "limits.rise_per_s", "outside"},
        FileMistake{"fall_per_s = 0.5", "fall_per_s = \"fast\"", "limits.fall_per_s", "must be a number"},
        FileMistake{"ceiling_suds = 85 ", "ceiling_suds = 99 ", "limits.ceiling_suds", "outside"},
        FileMistake{"reported_suds_ceiling = 80 ", "reported_suds_ceiling = 95 ",
                    "limits.reported_suds_ceiling", "outside"},
        FileMistake{"kind = \"exposure\"", "kind = \"expsure\"", "kind", "must be one of: exposure"},
        FileMistake{"setting = \"clinic\"", "setting = \"office\"", "setting",
                    "clinic, home, workplace, education"},
        FileMistake{"id = \"heights\"", "id = \"High Place\"", "id", "lower-case"},
        FileMistake{"\"gaze_lead\"]", "\"gaze_led\"]", "adaptive.may_change", "gaze_led"},
        FileMistake{"target_suds = 60", "target_suds = 80", "adaptive.target_suds", "not below"},
        FileMistake{"guide_off_below_suds = 60", "guide_off_below_suds = 76", "adaptive.guide_off_below_suds",
                    "not below"},
        FileMistake{"phase = \"recovery\"\nlimit_s = 180", "phase = \"exposure\"\nlimit_s = 180",
                    "phases[2].phase", "must be 'recovery' here"},
        FileMistake{"limit_s = 900", "limit_s = 9000", "phases[1].limit_s", "outside"},
        FileMistake{"ceiling_suds = 85 ", "ceiling_suds = true ", "limits.ceiling_suds", "must be a number"},
        FileMistake{"rise_per_s = 0.02", "rise_per_s = 0.0201", "limits.rise_per_s",
                    "is 0.0201, outside 0.001 to 0.02"},
        FileMistake{"ceiling_suds = 85 ", "ceiling_suds = 96 ", "limits.ceiling_suds",
                    "is 96, outside 30 to 95"},
        FileMistake{"fall_per_s = 0.5", "fall_per_s = nan", "limits.fall_per_s", "is nan"},
        FileMistake{"target_suds = 60", "target_suds = inf", "adaptive.target_suds", "is inf"},
        FileMistake{"intensity = [0.0, 1.0]", "intensity = [0.0, 1.5]", "limits.intensity",
                    "must hold numbers from 0 to 1"},
        FileMistake{"intensity = [0.0, 1.0]", "intensity = [false, true]", "limits.intensity",
                    "must hold numbers"},
        FileMistake{"intensity = [0.0, 1.0]", "intensity = 1.0", "limits.intensity", "list of numbers"},
        FileMistake{"intensity = [0.1, 1.0]", "intensity = [[0.1], 1.0]", "phases[1].intensity",
                    "must hold numbers"},
        FileMistake{"intensity = [0.39, 0.65]", "intensity = [0.39, \"much\"]", "ladder[2].intensity",
                    "must hold numbers"},
        FileMistake{"title_en = \"Graded", "title_en = \"\\u001b[2JGraded", "title_en", "control character"},
        FileMistake{"title_zh = \"恐高", "title_zh = \"\\n恐高", "title_zh", "line break"},
        FileMistake{"options_en = [\"No\"", "options_en = [\"N\\to\"", "expectancy.options_en",
                    "control character"},
        FileMistake{"title_en = \"Graded exposure to heights\"", "title_en = 3", "title_en",
                    "must be a text in quotes"},
        FileMistake{"intensity = [0.1, 1.0]", "intensity = [1.0, 0.1]", "phases[1].intensity",
                    "highest below its lowest"},
        FileMistake{"intensity = [0.19, 0.45]", "intensity = [0.3, 0.45]", "ladder[1].intensity", "gap"},
        FileMistake{"intensity = [0.39, 0.65]", "intensity = [0.25, 0.45]", "ladder[2].intensity",
                    "no harder"},
        FileMistake{"id = \"further\"", "id = \"higher\"  # again", "prompts[9].id", "twice"},
        FileMistake{"when = \"high_distress\"", "when = \"panic\"", "prompts[11].when", "must be one of"},
        FileMistake{"zh = \"我们回到地面。让呼吸找回自己的节奏。\"", "zh = \"Back to the ground.\"",
                    "prompts[13].zh", "no Chinese"},
        FileMistake{"every_s = 180", "every_s = 30", "questions[1].every_s", "not longer than"},
        FileMistake{"hold_s = 30", "hight_m = 60\nhold_s = 30", "ladder[4].hight_m",
                    "not a key that belongs here"}),
    [](const auto& one) { return "Case" + std::to_string(one.index); });

TEST(Programme, ReportsAllMistakesAtOnce) {
  auto text = changed("rise_per_s = 0.02", "rise_per_s = 0.2");
  text.replace(text.find("kind = \"exposure\""), 17, "kind = \"what\"    ");
  const auto read = Programme::parse(text, "bad.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("limits.rise_per_s"), std::string::npos);
  EXPECT_NE(read.error().message.find("kind"), std::string::npos);
}

TEST(Programme, NamesEveryKeyThatIsMissingFromAnEmptyFile) {
  const auto read = Programme::parse("", "empty.toml");
  ASSERT_FALSE(read.ok());
  for (const char* key : {"id", "title_en", "title_zh", "kind", "world", "setting", "sources", "limits",
                          "phases", "ladder", "prompts", "questions"}) {
    EXPECT_NE(read.error().message.find(std::string(": ") + key + ": is missing"), std::string::npos) << key;
  }
}

TEST(Programme, SaysWhereAFileIsNoToml) {
  const auto read = Programme::parse("id = \"heights\"\ntitle_en = [\n", "torn.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message.compare(0, 10, "torn.toml:"), 0) << read.error().message;
}

TEST(Programme, ShortensItsPhasesInProportionAndSaysSo) {
  const auto scaled = heights().scaled_to(90.0);
  EXPECT_NEAR(scaled.duration_s(), 90.0, 1e-6);
  EXPECT_NEAR(scaled.plan(Phase::exposure).limit_s, 67.5, 1e-6);
  EXPECT_NEAR(scaled.ladder[0].hold_s, 20.0 * 0.075, 1e-6);
  EXPECT_NE(scaled.note.find("1200"), std::string::npos);
  EXPECT_NE(scaled.note.find("90"), std::string::npos);
  EXPECT_EQ(scaled.limits.rise_per_s, heights().limits.rise_per_s) << "safety does not scale";
  EXPECT_EQ(scaled.questions[1].every_s, heights().questions[1].every_s);
  for (const auto& prompt : scaled.prompts) EXPECT_GE(prompt.show_s, 3.0) << "long enough to be read";
}

TEST(Programme, IsNotStretchedNorScaledByNonsense) {
  for (const double duration_s : {1200.0, 5000.0, 0.0, -3.0, std::nan("")}) {
    const auto same = heights().scaled_to(duration_s);
    EXPECT_NEAR(same.duration_s(), heights().duration_s(), 1e-9);
    EXPECT_TRUE(same.note.empty());
    EXPECT_EQ(same.adaptive.pace, 1.0F);
  }
}

TEST(ProgrammeList, ShowsEveryShippedProgrammeAsSound) {
  const auto programmes = list_programmes();
  ASSERT_FALSE(programmes.empty());
  for (const auto& programme : programmes) {
    EXPECT_TRUE(programme.ok()) << programme.path << ": " << programme.problems[0].key;
    EXPECT_EQ(programme.languages, (std::vector<std::string>{"en", "zh"}));
  }
}

class ProgrammeFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("attune-programmes-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
               "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  std::filesystem::path folder_;
};

TEST_F(ProgrammeFolder, ListsSoundAndBrokenFilesWithTheirMistakes) {
  write("heights.toml", heights_text());
  write("broken.toml", changed("rise_per_s = 0.02", "rise_per_s = 2"));
  write("torn.toml", "id = ");
  write("notes.txt", "no programme");
  const auto programmes = list_programmes(folder_);
  ASSERT_EQ(programmes.size(), 3U);
  EXPECT_EQ(programmes[0].problems[0].key, "limits.rise_per_s");
  EXPECT_GT(programmes[0].problems[0].line, 1);
  EXPECT_TRUE(programmes[1].ok());
  EXPECT_EQ(programmes[1].phases, (std::vector<std::string>{"neutral", "exposure", "recovery"}));
  EXPECT_FALSE(programmes[2].ok());
  EXPECT_EQ(programmes[2].problems[0].line, 1);
}

TEST_F(ProgrammeFolder, ToleratesNoFileNamedOtherwiseThanItsId) {
  write("elsewhere.toml", heights_text());
  const auto programmes = list_programmes(folder_);
  ASSERT_EQ(programmes.size(), 1U);
  ASSERT_FALSE(programmes[0].ok());
  EXPECT_EQ(programmes[0].problems[0].key, "id");
  EXPECT_TRUE(summarise_programme(folder_ / "elsewhere.toml").ok()) << "a file by itself may have any name";
}

TEST(ProgrammeCheck, SaysThatAFileIsMissingOrNone) {
  for (const auto& [path, words] :
       {std::pair{"nowhere.toml", "no such file"}, {"/tmp", "is a folder, not a file"}}) {
    const auto problems = summarise_programme(path).problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].line, 0);
    EXPECT_EQ(problems[0].message, words) << "whoever tells it tells the file's name";
  }
}

TEST(ProgrammeCheck, NamesNoValueThatIsNotThere) {
  const auto read = Programme::parse("", "empty.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message.find("is above"), std::string::npos) << read.error().message;
}

}  // namespace
}  // namespace attune::treatment
