#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "attune/core/config.hpp"
#include "attune/treatment/programme.hpp"
#include "file_mistake.hpp"
#include "support.hpp"
#include "treatment/reading/world_parameters.hpp"

namespace attune::treatment {
namespace {

/// A sequence of practices with everything in it that the schema knows.
std::string practice_text() {
  return R"toml(id = "practice"
title_en = "Practice"
title_zh = "练习"
kind = "attention"
world = "nowhere"
setting = "workplace"
order = "sequence"
needs_therapist = true
sources = ["Somebody (2020)"]
[limits]
intensity = [0.0, 0.5]
rise_per_s = 0.02
fall_per_s = 0.5
ceiling_suds = 85
reported_suds_ceiling = 80
[adaptive]
may_change = ["intensity", "step"]
[[phases]]
phase = "neutral"
limit_s = 60
intensity = [0.0, 0.0]
[[phases]]
phase = "exposure"
limit_s = 900
intensity = [0.0, 0.5]
[[phases]]
phase = "recovery"
limit_s = 60
intensity = [0.0, 0.0]
[breathing]
protocol_en = "Resonance breathing"
protocol_zh = "共振呼吸"
search_per_min = [4.5, 7.0]
[dot_probe]
trials = 64
cue_ms = 500
[grounding]
counts = [5, 4, 3, 2, 1]
[[ladder]]
id = "measure"
title_en = "Dots"
title_zh = "点"
activity = "dot_probe"
limit_s = 400
go_on = [{ done = true }]
[[ladder]]
id = "work"
title_en = "Work"
title_zh = "工作"
activity = "work"
intensity = [0.2, 0.5]
limit_s = 300
hold_s = 10
variants = [0, 1]
vary_s = 60
parameters = { mails = 4, kind = "loud" }
go_on = [{ suds_at_least = 60, held_s = 20, to = "breathe" }, { belief_at_most = 30, after_s = 60 }]
[[ladder]]
id = "breathe"
title_en = "Breath"
title_zh = "呼吸"
activity = "breathing"
[[prompts]]
id = "one"
step = "breathe"
when = "step_start"
en = "Breathe."
zh = "呼吸。"
[[questions]]
kind = "suds"
phase = "exposure"
first_after_s = 60
every_s = 200
en = "How strong is it?"
zh = "有多强？"
[[questions]]
kind = "choice"
step = "work"
first_after_s = 5
options_en = ["Mail", "Calls"]
options_zh = ["邮件", "电话"]
en = "What is it?"
zh = "是什么？"
)toml";
}

TEST(ProgrammeSchema, ReadsEveryPartOfASequence) {
  const auto read = Programme::parse(practice_text(), "practice.toml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  const auto& programme = *read;
  EXPECT_EQ(programme.order, Order::sequence);
  EXPECT_EQ(programme.middle(), Middle::practice);
  EXPECT_TRUE(programme.needs_purpose());
  EXPECT_TRUE(programme.limits.needs_therapist);
  EXPECT_FALSE(programme.adaptive.step) << "a sequence is no ladder to be moved on";
  EXPECT_EQ(programme.practices.dot_probe.trials, 64);
  EXPECT_EQ(programme.practices.breathing.start_per_min, 6.0F);
  EXPECT_EQ((*programme.practices.breathing.search_per_min)[0], 4.5F);
  ASSERT_EQ(programme.ladder.size(), 3U);
  const auto& work = programme.ladder[1];
  EXPECT_EQ(work.activity, telemetry::Activity::work);
  EXPECT_EQ(work.variants, (std::vector<std::uint8_t>{0, 1}));
  ASSERT_EQ(work.parameters.size(), 2U);
  for (const auto& parameter : work.parameters) {
    if (parameter.name == "mails")
      EXPECT_EQ(std::get<double>(parameter.value), 4.0);
    else
      EXPECT_EQ(std::get<std::string>(parameter.value), "loud");
  }
  ASSERT_EQ(work.go_on.size(), 2U);
  EXPECT_FLOAT_EQ(*work.go_on[0].distress_at_least, 0.6F);
  EXPECT_EQ(work.go_on[0].to, 2) << "a step further down may be named";
  EXPECT_EQ(programme.prompts[0].step, 2);
  EXPECT_EQ(programme.prompts[0].phase, Phase::exposure);
  EXPECT_EQ(programme.questions[1].options[1].zh, "电话");
  EXPECT_EQ(programme.ladder[2].intensity.high, 0.0F) << "a practice shows no exposure unless it says so";
}

class SchemaMistakes : public ::testing::TestWithParam<FileMistake> {};

TEST_P(SchemaMistakes, AreNamedWithLineAndKey) {
  expect_named_with_line_and_key(GetParam(), practice_text(), Programme::parse);
}

INSTANTIATE_TEST_SUITE_P(
    Each, SchemaMistakes,
    ::testing::Values(
        FileMistake{"order = \"sequence\"", "order = \"circle\"", "order", "ladder, sequence"},
        FileMistake{"activity = \"work\"", "activity = \"toil\"", "ladder[1].activity", "breathing"},
        FileMistake{"limit_s = 400", "intensity = [0.0, 0.2]\nlimit_s = 400", "ladder[0].intensity",
                    "pull the eyes"},
        FileMistake{"to = \"breathe\"", "to = \"breath\"", "ladder[1].go_on[0].to", "no step has that id"},
        FileMistake{"suds_at_least = 60, held_s", "held_s", "ladder[1].go_on[0].held_s", "no condition"},
        FileMistake{"belief_at_most = 30", "done = true", "ladder[1].go_on[1].done", "never comes"},
        FileMistake{"belief_at_most = 30", "beleif_at_most = 30", "ladder[1].go_on[1].beleif_at_most",
                    "not a key"},
        FileMistake{"id = \"work\"", "id = \"measure\"", "ladder[1].id", "twice", false},
        FileMistake{"variants = [0, 1]", "variants = [0, 5]", "ladder[1].variants", "0 to 4"},
        FileMistake{"variants = [0, 1]", "variants = [0.5]", "ladder[1].variants", "whole numbers"},
        FileMistake{"limit_s = 300", "limit_s = 5", "ladder[1].limit_s", "shorter than hold_s"},
        FileMistake{"trials = 64", "trials = 65", "dot_probe.trials", "multiple of 8"},
        FileMistake{"cue_ms = 500", "cue_ms = 5", "dot_probe.cue_ms", "outside"},
        FileMistake{"search_per_min = [4.5, 7.0]", "search_per_min = [7.0, 4.5]", "breathing.search_per_min",
                    "lowest, highest"},
        FileMistake{"search_per_min = [4.5, 7.0]", "start_per_min = 9", "breathing.start_per_min", "outside"},
        FileMistake{"counts = [5, 4, 3, 2, 1]", "counts = [5, 4]", "grounding.counts", "five"},
        FileMistake{"when = \"step_start\"", "when = \"phase_start\"", "prompts[0].when",
                    "must be step_start"},
        FileMistake{"step = \"work\"\nfirst_after_s = 5", "step = \"wrok\"\nfirst_after_s = 5",
                    "questions[1].step", "no step has that id"},
        FileMistake{"options_zh = [\"邮件\", \"电话\"]", "options_zh = [\"邮件\"]", "questions[1].options_zh",
                    "there are 2 in English"},
        FileMistake{"options_en = [\"Mail\", \"Calls\"]", "options_en = [\"Mail\"]",
                    "questions[1].options_en", "two to five"},
        FileMistake{"en = \"What is it?\"", "en = \"Is it {feared}?\"", "questions[1].en", "[expectancy]"}),
    [](const auto& one) { return "Case" + std::to_string(one.index); });

TEST(ProgrammeSchema, ASequenceSaysWhenEachStepEnds) {
  auto text = practice_text();
  text.erase(text.find("limit_s = 300\n"), std::string("limit_s = 300\n").size());
  const auto read = Programme::parse(text, "bad.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("ladder[1].limit_s: is missing"), std::string::npos)
      << read.error().message;
}

TEST(ProgrammeSchema, BreathingNeedsItsProtocolNamed) {
  auto text = practice_text();
  const auto at = text.find("[breathing]");
  text.erase(at, text.find("[dot_probe]") - at);
  const auto read = Programme::parse(text, "bad.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("breathing: is missing"), std::string::npos) << read.error().message;
}

TEST(ProgrammeSchema, ALadderHoldsExposureOnlyAndLeadsNowhereElse) {
  auto text = practice_text();
  text.replace(text.find("\"sequence\""), 10, "\"ladder\"");
  const auto read = Programme::parse(text, "bad.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("ladder[0].activity: stands on no ladder"), std::string::npos)
      << read.error().message;
  EXPECT_NE(read.error().message.find("ladder[1].go_on[0].to: belongs to order"), std::string::npos);
}

class ProgrammeFile : public ::testing::Test {
 protected:
  std::vector<core::ConfigProblem> problems_of(const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() /
                      (std::string("attune-schema-") +
                       ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml");
    std::ofstream(path) << text;
    auto problems = summarise_programme(path).problems;
    std::filesystem::remove(path);
    return problems;
  }
};

/// The shipped exposure without its card, as programmes were written before there was one.
std::string without_card() {
  auto text = heights_text();
  const auto card = text.find("[expectancy]");
  text.erase(card, text.find("[[phases]]") - card);
  for (auto at = text.find("“{feared}”"); at != std::string::npos; at = text.find("“{feared}”"))
    text.replace(at, std::string("“{feared}”").size(), "it");
  return text;
}

TEST_F(ProgrammeFile, AnExposureThatIsPrescribedNeedsItsCard) {
  EXPECT_TRUE(problems_of(heights_text()).empty());
  const auto problems = problems_of(without_card());
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].key, "expectancy");
}

TEST(ProgrammeSchema, AnExposureThatWasHeldWithoutACardIsStillRead) {
  const auto read = Programme::parse(without_card(), "old.attune");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_TRUE(read->feared.en.empty());
  EXPECT_FALSE(read->with_feared("I fall").ok());
}

TEST(ProgrammeSchema, TheCardAsksBeforeAndAfterInTheWordsOfTheFileOrOfThePatient) {
  const auto of_card = [](const Programme& programme, CardItem item) {
    return *std::find_if(programme.questions.begin(), programme.questions.end(),
                         [&](const Question& question) { return question.card == item; });
  };
  const auto before = of_card(heights(), CardItem::before);
  EXPECT_EQ(before.phase, Phase::neutral);
  EXPECT_EQ(before.kind, telemetry::ReportKind::expectancy);
  EXPECT_NE(before.text.en.find(heights().feared.en), std::string::npos) << before.text.en;
  EXPECT_EQ(before.text.en.find('{'), std::string::npos);
  const auto happened = of_card(heights(), CardItem::happened);
  EXPECT_EQ(happened.kind, telemetry::ReportKind::choice);
  EXPECT_GE(happened.options.size(), 2U);
  EXPECT_EQ(of_card(heights(), CardItem::after).phase, Phase::recovery);

  const auto own = heights().with_feared("my legs give way");
  ASSERT_TRUE(own.ok()) << own.error().message;
  EXPECT_NE(of_card(*own, CardItem::before).text.en.find("my legs give way"), std::string::npos);
  EXPECT_NE(of_card(*own, CardItem::after).text.zh.find("my legs give way"), std::string::npos);
  EXPECT_FALSE(heights().with_feared(std::string(61, 'x')).ok()) << "longer than a question holds";
  for (const auto* words : {"I fall\nand fall", "I \x1b[2Jfall"}) {
    const auto none = heights().with_feared(words);
    ASSERT_FALSE(none.ok()) << words;
    EXPECT_NE(none.error().message.find("control character"), std::string::npos) << none.error().message;
  }
}

std::string parameter_problem(const std::string& line) {
  auto world = core::ConfigFile::parse(
      "[parameters]\nheight_m = { from = 0, to = 60 }\nrailing = { one_of = [\"solid\", \"open\"] }\n",
      "world.toml");
  const auto known = reading::WorldParameters::from(*world);
  EXPECT_TRUE(known.has_value());
  auto file = core::ConfigFile::parse(line, "step.toml");
  for (const auto& name : file->root().keys()) known->check(file->root(), name);
  const auto problems = file->problems();
  return problems.empty() ? "" : problems[0].message;
}

TEST(WorldParameters, AreHeldToTheWorldsLimits) {
  EXPECT_EQ(parameter_problem("height_m = 60"), "");
  EXPECT_EQ(parameter_problem("height_m = 75"), "'height_m' is 75, above the world's limit of 60");
  EXPECT_EQ(parameter_problem("height_m = -1"), "'height_m' is -1, below the world's limit of 0");
  EXPECT_EQ(parameter_problem("height_m = \"high\""), "'height_m' must be a number");
  EXPECT_EQ(parameter_problem("railing = \"open\""), "");
  EXPECT_EQ(parameter_problem("railing = \"glass\""), "'railing' must be one of the world's: solid, open");
  EXPECT_EQ(parameter_problem("hieght_m = 3"),
            "is nothing the world lets a step set; it knows: height_m, railing");
}

TEST(ProgrammeSchema, AShorterSessionShrinksStepsAndWaysButNoPractice) {
  const auto read = Programme::parse(practice_text(), "practice.toml");
  ASSERT_TRUE(read.ok());
  const auto half = read->scaled_to(read->duration_s() / 2.0);
  EXPECT_NEAR(*half.ladder[1].limit_s, 150.0, 1e-9);
  EXPECT_NEAR(half.ladder[1].go_on[0].held_s, 10.0, 1e-9);
  EXPECT_NEAR(*half.ladder[1].go_on[1].after_s, 30.0, 1e-9);
  EXPECT_NEAR(half.ladder[1].vary_s, 30.0, 1e-9);
  EXPECT_EQ(half.practices.breathing.each_s, read->practices.breathing.each_s);
  EXPECT_EQ(half.practices.dot_probe.cue_s, 0.5);
}

TEST(Middle, ProgrammesThatExposeToNothingSpeakOfPractice) {
  EXPECT_EQ(text(Phase::exposure, Middle::practice, Language::english), "practice");
  EXPECT_EQ(text(Phase::exposure, Middle::exposure, Language::english), text(Phase::exposure));
  EXPECT_EQ(text(Phase::neutral, Middle::practice, Language::english), text(Phase::neutral));
  for (int i = 0; i < phase_count; ++i) {
    const auto words = text(static_cast<Phase>(i), Middle::practice, Language::english);
    EXPECT_EQ(words.find("exposure"), std::string_view::npos) << words;
  }
  for (const auto& transition : transitions()) {
    const auto words = text(transition.reason, Middle::practice, Language::english);
    EXPECT_EQ(words.find("exposure"), std::string_view::npos) << words;
    EXPECT_EQ(words.find("ladder"), std::string_view::npos) << words;
  }
}

}  // namespace
}  // namespace attune::treatment
