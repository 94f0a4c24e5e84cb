#include "attune/treatment/questionnaire.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "attune/core/files.hpp"
#include "file_mistake.hpp"
#include "support.hpp"

namespace attune::treatment {
namespace {

std::string file_of(const std::string& id) {
  return ATTUNE_SOURCE_DIR "/assets/questionnaires/" + id + ".toml";
}
std::string text_of(const std::string& id) {
  const auto text = core::read_text(file_of(id));
  return text ? *text : std::string();
}
Questionnaire shipped(const std::string& id) {
  auto read = Questionnaire::load(file_of(id));
  if (!read) throw std::runtime_error(read.error().message);
  return *read;
}
QuestionnaireScore scored(const Questionnaire& questionnaire, const std::string& row) {
  const auto answers = parse_answers(questionnaire, row, "answers.csv");
  if (!answers) throw std::runtime_error(answers.error().message);
  return score(questionnaire, *answers);
}
QuestionnaireScore scored(const std::string& id, const std::string& row) { return scored(shipped(id), row); }

std::optional<double> subscale(const QuestionnaireScore& score, const std::string& id) {
  for (const auto& one : score.subscales) {
    if (one.id == id) return one.value;
  }
  throw std::runtime_error("no subscale " + id);
}

/// `count` times the same answer.
std::string each(int count, const std::string& answer) {
  std::string row = answer;
  for (int i = 1; i < count; ++i) row += "," + answer;
  return row;
}

TEST(Questionnaire, TheNineThatAreShippedAreSoundAndCiteTheirPapers) {
  const std::vector<std::string> ids{"fms",          "gad7", "hiq",   "ipq", "phq9",
                                     "side-effects", "ssq",  "stai6", "suds"};
  auto sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(questionnaire_ids(), sorted);
  for (const auto& id : ids) {
    const auto questionnaire = shipped(id);
    EXPECT_EQ(questionnaire.id, id);
    EXPECT_FALSE(questionnaire.sources.empty()) << id;
    EXPECT_FALSE(questionnaire.licence.empty()) << id;
    EXPECT_FALSE(questionnaire.missing_rule.empty()) << id;
  }
}

TEST(Questionnaire, WordingIsThereInBothLanguagesWhereItsLicenceAllowsAndNowhereElse) {
  for (const auto* id : {"gad7", "phq9", "suds", "side-effects"}) {
    const auto questionnaire = shipped(id);
    ASSERT_EQ(questionnaire.wording.size(), static_cast<std::size_t>(questionnaire.item_count)) << id;
    for (const auto& item : questionnaire.wording) {
      EXPECT_FALSE(item.en.empty()) << id;
      EXPECT_TRUE(std::any_of(item.zh.begin(), item.zh.end(), [](char c) { return (c & 0x80) != 0; })) << id;
    }
  }
  for (const auto* id : {"stai6", "ipq", "ssq", "fms", "hiq"}) EXPECT_TRUE(shipped(id).wording.empty()) << id;
}

TEST(Questionnaire, OnlyTheOneWhosePaperWasNotAtHandIsProvisional) {
  for (const auto& id : questionnaire_ids()) {
    EXPECT_EQ(!shipped(id).provisional.en.empty(), id == "hiq") << id;
    EXPECT_EQ(!shipped(id).provisional.zh.empty(), id == "hiq") << id;
  }
}

/// A total and its band, by hand from the published formula.
struct Example {
  const char *id, *row;
  double total;
  const char* band;
};

class PublishedTotal : public ::testing::TestWithParam<Example> {};

TEST_P(PublishedTotal, IsWhatTheFormulaGives) {
  const auto& example = GetParam();
  const auto got = scored(example.id, example.row);
  ASSERT_TRUE(got.total.has_value());
  EXPECT_NEAR(*got.total, example.total, 1e-9);
  EXPECT_EQ(got.band ? got.band->en : "", example.band);
  EXPECT_EQ(got.missing, 0);
  EXPECT_FALSE(got.prorated);
}

// GAD-7: Spitzer 2006. PHQ-9: Kroenke 2001. STAI-6: Marteau & Bekker 1992, sum of a, 5 − a at 1, 4, 5, times
// 20/6. SSQ: Kennedy 1993, 3.74 × (N + O + D). HIQ: sum. The last answer of each row of edges makes the band.
INSTANTIATE_TEST_SUITE_P(
    ByHand, PublishedTotal,
    ::testing::Values(
        Example{"gad7", "0,0,0,0,0,0,0", 0, "minimal"}, Example{"gad7", "1,1,1,1,0,0,0", 4, "minimal"},
        Example{"gad7", "1,1,1,1,0,0,1", 5, "mild"}, Example{"gad7", "3,3,3,0,0,0,0", 9, "mild"},
        Example{"gad7", "1,2,1,3,0,2,1", 10, "moderate"}, Example{"gad7", "2,2,2,2,2,2,2", 14, "moderate"},
        Example{"gad7", "3,2,2,2,2,2,2", 15, "severe"}, Example{"gad7", "3,3,3,3,3,3,3", 21, "severe"},
        Example{"phq9", "1,1,1,1,0,0,0,0,0", 4, "minimal"}, Example{"phq9", "2,1,1,1,0,0,0,0,0", 5, "mild"},
        Example{"phq9", "3,3,3,0,0,0,0,0,0", 9, "mild"}, Example{"phq9", "3,3,3,1,0,0,0,0,0", 10, "moderate"},
        Example{"phq9", "3,3,3,3,2,0,0,0,0", 14, "moderate"},
        Example{"phq9", "3,3,3,3,3,0,0,0,0", 15, "moderately severe"},
        Example{"phq9", "3,3,3,3,3,3,1,0,0", 19, "moderately severe"},
        Example{"phq9", "3,3,3,3,3,3,1,1,0", 20, "severe"},
        Example{"phq9", "3,3,3,3,3,3,3,3,3", 27, "severe"}, Example{"stai6", "4,1,1,4,4,1", 20, ""},
        Example{"stai6", "1,4,4,1,1,4", 80, ""},
        Example{"stai6", "1,1,1,1,1,1", 50, ""},  // 4 + 1 + 1 + 4 + 4 + 1 = 15
        Example{"stai6", "3,2,1,2,3,2", 40, ""},  // 2 + 2 + 1 + 3 + 2 + 2 = 12
        Example{"stai6", "3,2,2,2,3,2", 260.0 / 6, ""}, Example{"fms", "0", 0, ""},
        Example{"fms", "20", 20, ""}, Example{"suds", "37.5", 37.5, ""},
        Example{"hiq", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", 16, "29 or below"},
        Example{"hiq", "5,5,5,2,1,1,1,1,1,1,1,1,1,1,1,1", 29, "29 or below"},
        Example{"hiq", "5,5,5,3,1,1,1,1,1,1,1,1,1,1,1,1", 30, "fear of heights (above 29)"},
        Example{"hiq", "5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5", 80, "fear of heights (above 29)"},
        Example{"side-effects", "0,1,0,3,0,2", 6, ""}));

TEST(Questionnaire, TheSicknessScalesAreWeightedAndFiveItemsCountTwice) {
  const auto ones = scored("ssq", each(16, "1"));
  EXPECT_NEAR(*subscale(ones, "N"), 66.78, 1e-9);
  EXPECT_NEAR(*subscale(ones, "O"), 53.06, 1e-9);
  EXPECT_NEAR(*subscale(ones, "D"), 97.44, 1e-9);
  EXPECT_NEAR(*ones.total, 78.54, 1e-9);
  // The greatest scores that can be reached, as the literature gives them.
  const auto threes = scored("ssq", each(16, "3"));
  EXPECT_NEAR(*subscale(threes, "N"), 200.34, 1e-9);
  EXPECT_NEAR(*subscale(threes, "O"), 159.18, 1e-9);
  EXPECT_NEAR(*subscale(threes, "D"), 292.32, 1e-9);
  EXPECT_NEAR(*threes.total, 235.62, 1e-9);
}

TEST(Questionnaire, EverySymptomOfSicknessCountsWhereKennedyPutsIt) {
  const char* const belongs_to[] = {"NO", "O", "O",  "O", "OD", "N", "N", "ND",
                                    "NO", "D", "OD", "D", "D",  "D", "N", "N"};
  for (int item = 0; item < 16; ++item) {
    std::string row;
    for (int i = 0; i < 16; ++i) row += std::string(i > 0 ? "," : "") + (i == item ? "1" : "0");
    const auto got = scored("ssq", row);
    const std::string expected = belongs_to[item];
    const auto in = [&](char scale) { return expected.find(scale) != std::string::npos ? 1.0 : 0.0; };
    EXPECT_NEAR(*subscale(got, "N"), 9.54 * in('N'), 1e-9) << item + 1;
    EXPECT_NEAR(*subscale(got, "O"), 7.58 * in('O'), 1e-9) << item + 1;
    EXPECT_NEAR(*subscale(got, "D"), 13.92 * in('D'), 1e-9) << item + 1;
    EXPECT_NEAR(*got.total, 3.74 * static_cast<double>(expected.size()), 1e-9) << item + 1;
  }
}

TEST(Questionnaire, PresenceIsTheMeanOfEachSubscaleWithThreeItemsReversed) {
  // SP 1, 6 − 2, 3, 4, 5; INV 6, 5, 6 − 4, 3; REAL 6 − 2, 1, 0, 6.
  const auto got = scored("ipq", "6, 1,2,3,4,5, 6,5,4,3, 2,1,0,6");
  EXPECT_NEAR(*subscale(got, "G"), 6.0, 1e-9);
  EXPECT_NEAR(*subscale(got, "SP"), 17.0 / 5, 1e-9);
  EXPECT_NEAR(*subscale(got, "INV"), 16.0 / 4, 1e-9);
  EXPECT_NEAR(*subscale(got, "REAL"), 11.0 / 4, 1e-9);
  EXPECT_FALSE(got.total.has_value()) << "its authors define none";
  // Most presence is every item at its end towards presence.
  const auto most = scored("ipq", "6,6,0,6,6,6,6,6,0,6,0,6,6,6");
  for (const auto* id : {"G", "SP", "INV", "REAL"}) EXPECT_NEAR(*subscale(most, id), 6.0, 1e-9) << id;
}

TEST(Questionnaire, CasenessAndReliableChangeAreThoseOfTheClinic) {
  EXPECT_EQ(scored("gad7", "1,1,1,1,1,1,1").caseness, false);
  EXPECT_EQ(scored("gad7", "2,1,1,1,1,1,1").caseness, true);
  EXPECT_EQ(scored("phq9", "1,1,1,1,1,1,1,1,1").caseness, false);
  EXPECT_EQ(scored("phq9", "2,1,1,1,1,1,1,1,1").caseness, true);
  EXPECT_EQ(shipped("gad7").reliable_change, 4.0);
  EXPECT_EQ(shipped("phq9").reliable_change, 6.0);
  EXPECT_FALSE(shipped("stai6").caseness.has_value());
}

TEST(Questionnaire, UpToTwoUnansweredItemsOfThePhqFamilyTakeTheMeanOfTheRest) {
  const auto gad = scored("gad7", "2,,2,1,,1,1");  // 7 of 5 items, × 7/5
  EXPECT_NEAR(*gad.total, 9.8, 1e-9);
  EXPECT_EQ(gad.band->en, "mild");
  EXPECT_EQ(gad.missing, 2);
  EXPECT_TRUE(gad.prorated);
  const auto phq = scored("phq9", ",2,2,2,1,1,1,1,2");  // 12 of 8 items, × 9/8
  EXPECT_NEAR(*phq.total, 13.5, 1e-9);
  EXPECT_EQ(phq.missing, 1);
  for (const auto& got : {scored("gad7", "2,,2,1,,1,"), scored("phq9", ",,,2,1,1,1,1,0")}) {
    EXPECT_FALSE(got.total.has_value());
    EXPECT_FALSE(got.band.has_value());
    EXPECT_FALSE(got.caseness.has_value());
    EXPECT_EQ(got.missing, 3);
  }
}

TEST(Questionnaire, WithoutAPublishedRuleAnUnansweredItemLeavesNoTotal) {
  for (const auto& [id, row] : {std::pair{"stai6", "3,2,,2,3,2"},
                                {"hiq", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"},
                                {"fms", "\n"},
                                {"suds", "\n"},
                                {"side-effects", "0,0,0,,0,0"}}) {
    const auto got = scored(id, row);
    EXPECT_FALSE(got.total.has_value()) << id;
    EXPECT_EQ(got.missing, 1) << id;
  }
  const auto sickness = scored("ssq", "1,1,1,1,1,1,1,1,1,1,1,1,1,,1,1");  // vertigo, D only
  EXPECT_FALSE(sickness.total.has_value());
  EXPECT_FALSE(subscale(sickness, "D").has_value());
  EXPECT_NEAR(*subscale(sickness, "N"), 66.78, 1e-9) << "what does not read it is still known";
  const auto presence = scored("ipq", "3,3,3,3,3,3,,3,3,3,3,3,3,3");
  EXPECT_FALSE(subscale(presence, "INV").has_value());
  EXPECT_NEAR(*subscale(presence, "SP"), 3.0, 1e-9);
}

TEST(Questionnaire, ThoughtsOfSelfHarmAreSaidWhateverTheTotal) {
  for (const auto* answer : {"1", "2", "3"}) {
    const auto got = scored("phq9", "0,0,0,0,0,0,0,0," + std::string(answer));
    ASSERT_EQ(got.alerts.size(), 1u) << answer;
    EXPECT_EQ(got.alerts[0].item, 9);
    EXPECT_EQ(got.band->en, "minimal");
  }
  EXPECT_EQ(scored("phq9", ",,,,,,,,1").alerts.size(), 1u) << "also when there is no total";
  EXPECT_TRUE(scored("phq9", "3,3,3,3,3,3,3,3,0").alerts.empty());
  EXPECT_EQ(scored("phq9", "0,0,0,0,0,0,0,0,").notes.size(), 1u) << "left out is not zero";
}

TEST(Questionnaire, NothingSaysThatThereIsNoRisk) {
  for (const auto& id : questionnaire_ids()) {
    auto text = text_of(id);
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const auto* words :
         {"no risk", "low risk", "not at risk", "safe to", "无风险", "没有风险", "低风险", "安全"})
      EXPECT_EQ(text.find(words), std::string::npos) << id << ": " << words;
  }
}

TEST(Questionnaire, AStrongSideEffectIsSaidAndThinkingOfTheRoomIsCounted) {
  const auto got = scored("side-effects", "0,3,0,3,0,1");
  ASSERT_EQ(got.alerts.size(), 1u);
  EXPECT_EQ(got.alerts[0].item, 2);
  EXPECT_NEAR(*subscale(got, "room"), 3.0, 1e-9);
  EXPECT_NEAR(*subscale(got, "body"), 3.0, 1e-9);
  EXPECT_NEAR(*subscale(got, "after"), 1.0, 1e-9);
}

/// One change to a shipped file, and answers whose score must then differ: a wrong formula would be seen.
struct WrongFormula {
  const char *id, *was, *is, *row;
};

class FormulaGoneWrong : public ::testing::TestWithParam<WrongFormula> {};

TEST_P(FormulaGoneWrong, GivesAnotherScore) {
  const auto& wrong = GetParam();
  auto text = text_of(wrong.id);
  const auto at = text.find(wrong.was);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string(wrong.was).size(), wrong.is);
  const auto changed = Questionnaire::parse(text, "wrong.toml");
  ASSERT_TRUE(changed.ok()) << changed.error().message;
  const auto all = [](const QuestionnaireScore& score) {
    std::string line = score.band ? score.band->en : "";
    line += "|" + (score.total ? std::to_string(*score.total) : "none");
    for (const auto& one : score.subscales) line += "|" + (one.value ? std::to_string(*one.value) : "none");
    return line + "|" + std::to_string(score.alerts.size());
  };
  EXPECT_NE(all(scored(*changed, wrong.row)), all(scored(wrong.id, wrong.row)));
}

INSTANTIATE_TEST_SUITE_P(
    Each, FormulaGoneWrong,
    ::testing::Values(WrongFormula{"stai6", "[1, 4, 5]", "[1, 4]", "1,1,1,1,1,1"},
                      WrongFormula{"stai6", "times = 20", "times = 10", "1,1,1,1,1,1"},
                      WrongFormula{"ipq", "[3, 9, 11]", "[3, 9, 10]", "6,1,2,3,4,5,6,5,4,3,2,1,0,6"},
                      WrongFormula{"ssq", "9.54", "9.55", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"},
                      WrongFormula{"ssq", "of = \"subscales\"", "of = \"items\"",
                                   "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"},
                      WrongFormula{"gad7", "missing_at_most = 2", "missing_at_most = 1", "2,,2,1,,1,1"},
                      WrongFormula{"gad7", "at_least = 10", "at_least = 11", "1,2,1,3,0,2,1"},
                      WrongFormula{"phq9", "at_least = 1\n", "at_least = 2\n", "0,0,0,0,0,0,0,0,1"}));

/// A row that is no answer, and the words that say where and why.
struct BadRow {
  const char *id, *row, *place, *why;
};

class RowOfAnswers : public ::testing::TestWithParam<BadRow> {};

TEST_P(RowOfAnswers, IsRefusedWithItsPlaceInOneLine) {
  const auto& bad = GetParam();
  const auto answers = parse_answers(shipped(bad.id), bad.row, "mine.csv");
  ASSERT_FALSE(answers.ok());
  EXPECT_EQ(answers.error().kind, core::Error::Kind::bad_input);
  const auto& message = answers.error().message;
  EXPECT_EQ(message.rfind(std::string("mine.csv: ") + bad.place, 0), 0u) << message;
  EXPECT_NE(message.find(bad.why), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Each, RowOfAnswers,
    ::testing::Values(BadRow{"gad7", "0,1,4,0,0,0,0", "row 1: item 3: ", "0 to 3"},
                      BadRow{"gad7", "0,1,-1,0,0,0,0", "row 1: item 3: ", "out of range"},
                      BadRow{"gad7", "0,1,1.5,0,0,0,0", "row 1: item 3: ", "whole number"},
                      BadRow{"gad7", "0,often,1,0,0,0,0", "row 1: item 2: ", "'often'"},
                      BadRow{"gad7", "0,nan,1,0,0,0,0", "row 1: item 2: ", "no number"},
                      BadRow{"gad7", "0,0,0,0,0,0", "row 1: item 7: ", "is missing"},
                      BadRow{"gad7", "0,0,0,0,0,0,0,0", "row 1: item 8: ", "one too many"},
                      BadRow{"gad7", "0,0,0,0,0,0,0\n0,0,0,0,0,0,0\n", "row 2: ", "one too many"},
                      BadRow{"gad7", "", "row 1: ", "empty"},
                      BadRow{"gad7", "0,1e999,1,0,0,0,0", "row 1: item 2: ", "no number"},
                      BadRow{"gad7", "0,\x1b[2J1,1,0,0,0,0", "row 1: item 2: ", "'?[2J1'"},
                      BadRow{"gad7", "0,1\v2,1,0,0,0,0", "row 1: item 2: ", "'1?2'"},
                      BadRow{"gad7", "0,\"1,1,0,0,0,0", "row 1: item 2: ", "'\"1'"},
                      BadRow{"gad7", "0,aaaaaaaaaaaaaaaaaaaaaaa完全没有,1,0,0,0,0",
                             "row 1: item 2: ", "'aaaaaaaaaaaaaaaaaaaaaaa…' is"},
                      BadRow{"fms", "21", "row 1: item 1: ", "0 to 20"},
                      BadRow{"stai6", "0,1,1,1,1,1", "row 1: item 1: ", "1 to 4"},
                      BadRow{"ipq", "-3,0,0,0,0,0,0,0,0,0,0,0,0,0", "row 1: item 1: ", "0 to 6"}));

TEST(Questionnaire, ARowIsReadAsSpreadsheetsWriteIt) {
  for (const auto* row : {"1,2,1,3,0,2,1", "1,2,1,3,0,2,1\n", "1;2;1;3;0;2;1\r\n", "1\t2\t1\t3\t0\t2\t1\n\n",
                          "\xEF\xBB\xBF 1, 2, 1, 3, 0, 2, 1 \n",
                          "\"1\",\"2\",\"1\",\"3\",\"0\",\"2\",\"1\"\r\n", "1,\t2,1,3\t, 0 ,\" 2 \",1"}) {
    EXPECT_EQ(scored("gad7", row).total, 10.0) << row;
  }
}

TEST(Questionnaire, ARowInAnotherEncodingIsRefusedWithWhatToDo) {
  const auto answers = parse_answers(shipped("fms"),
                                     std::string("\xFF\xFE"
                                                 "1\0\n\0",
                                                 6),
                                     "mine.csv");
  ASSERT_FALSE(answers.ok());
  EXPECT_EQ(answers.error().message.find("mine.csv: row 1: "), 0U) << answers.error().message;
  EXPECT_NE(answers.error().message.find("UTF-8"), std::string::npos) << answers.error().message;
}

class QuestionnaireMistake : public ::testing::TestWithParam<FileMistake> {};

TEST_P(QuestionnaireMistake, IsNamedWithItsLineAndKey) {
  expect_named_with_line_and_key(GetParam(), text_of("phq9"), Questionnaire::parse);
}

INSTANTIATE_TEST_SUITE_P(
    Each, QuestionnaireMistake,
    ::testing::Values(
        FileMistake{"items = 9", "items = 9.5", "items", "whole number"},
        FileMistake{"answers = [0, 3]", "answers = [3, 0]", "answers", "lowest, highest"},
        FileMistake{"answers = [0, 3]", "reversed = [10]\nanswers = [0, 3]", "reversed", "1 to 9"},
        FileMistake{"caseness = 10", "caseness = 28", "caseness", "outside"},
        FileMistake{"caseness = 10", "mood = 10", "mood", ""},
        FileMistake{"missing_at_most = 2", "missing_at_most = 9", "total.missing_at_most", "outside"},
        FileMistake{"at_least = 5", "at_least = 0", "bands[1].at_least", "no higher"},
        FileMistake{"item = 9", "item = 10", "alerts[0].item", "outside"},
        FileMistake{"zh = \"极轻\"", "zh = \"\"", "bands[0].zh", "empty"},
        FileMistake{"[[wording.items]]", "[[wording.others]]", "wording.others", "not a key", false}));

TEST(Questionnaire, AnUnknownOneIsRefusedWithThoseThatExist) {
  const auto unknown = Questionnaire::load("gad8");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().kind, core::Error::Kind::bad_input);
  EXPECT_NE(unknown.error().message.find("gad8"), std::string::npos);
  EXPECT_NE(unknown.error().message.find("gad7"), std::string::npos);
}

}  // namespace
}  // namespace attune::treatment
