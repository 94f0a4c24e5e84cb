#include "attune/datasets/labels.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace attune::datasets {
namespace {

using test::ScratchFolder;

/// A form of 20 items, one row of answers a person.
std::string form(const std::vector<std::string>& rows) {
  std::string text = "Participant ID";
  for (int item = 1; item <= 20; ++item) text.append(",item ").append(std::to_string(item));
  for (const auto& row : rows) text.append("\n").append(row);
  return text + "\n";
}

std::string answers(const std::string& person, const std::string& calm, const std::string& tense) {
  std::string text = person;
  for (int item = 1; item <= 20; ++item) {
    const bool is_calm = item == 1 || item == 2 || item == 5 || item == 8 || item == 11 || item == 15 ||
                         item == 16 || item == 19 || item == 20;
    text.append(",").append(is_calm ? calm : tense);
  }
  return text;
}

/// The row with its last `answer` replaced.
std::string without_last(const std::string& row, const std::string& answer, const std::string& instead) {
  const auto at = row.rfind(answer);
  return row.substr(0, at).append(instead).append(row, at + answer.size());
}

test::Files forms(const std::string& first) {
  test::Files files;
  for (const char* visit : {"pre", "00", "03", "30", "33"}) {
    files["labels/STAI/numerical_" + std::string(visit) + "_stai.csv"] = form({});
  }
  files["labels/STAI/numerical_33_stai.csv"] = first;
  return files;
}

core::Result<std::map<VisitKey, double>> read(const std::string& text) {
  ScratchFolder temporary;
  test::write_files(temporary / "cafe", forms(text));
  return read_stai(temporary / "cafe");
}

TEST(Stai, CalmAnswersAreReversed) {
  const auto totals =
      read(form({answers("CALM", "4", "1"), answers("TENSE", "1", "4"), answers("ONES", "1", "1")}));
  ASSERT_TRUE(totals.ok()) << totals.error().message;
  EXPECT_EQ(totals->at({"CALM", "3_3"}), 20.0);
  EXPECT_EQ(totals->at({"TENSE", "3_3"}), 80.0);
  EXPECT_EQ(totals->at({"ONES", "3_3"}), 11 * 1 + 9 * 4);
}

TEST(Stai, TwoMissingAnswersAreFilledInAndThreeAreNot) {
  const auto two = without_last(without_last(answers("TWO", "4.0", "1.0"), ",4.0", ",NULL"), ",4.0", ",");
  auto three = answers("THREE", "4", "1");
  for (int i = 0; i < 3; ++i) three = without_last(three, ",4", ",NULL");
  const auto totals = read(form({two, three}));
  ASSERT_TRUE(totals.ok()) << totals.error().message;
  EXPECT_EQ(totals->at({"TWO", "3_3"}), 20.0);
  EXPECT_FALSE(totals->contains({"THREE", "3_3"}));
}

TEST(Stai, AnAnswerOutsideItsRangeIsNamed) {
  const auto totals = read(form({answers("A", "4", "1"), answers("B", "7", "1")}));
  ASSERT_FALSE(totals.ok());
  EXPECT_NE(totals.error().message.find("numerical_33_stai.csv:3: column 'item 1' is '7'"), std::string::npos)
      << totals.error().message;
}

TEST(Frustration, IsKeyedByPersonAndVisit) {
  const std::string header =
      "Participant ID,Treatment1,Treatment1TimeEst,Treatment1Frustration,Treatment1ExitLikelihood,Treatment2,"
      "Treatment2TimeEst,Treatment2Frustration,Treatment2ExitLikelihood,Treatment3,Treatment3TimeEst,"
      "Treatment3Frustration,Treatment3ExitLikelihood\n";
  ScratchFolder temporary;
  test::write_files(
      temporary / "wait",
      {{"labels/TreatmentResponses/TreatmentResponses.csv",
        header + "AB,3_MINUTE_WAIT,5,4,Unlikely,NO_WAIT,7,1,Very unlikely,6_MINUTE_WAIT,10,3,Neutral\n"}});
  const auto ratings = read_frustration(temporary / "wait");
  ASSERT_TRUE(ratings.ok()) << ratings.error().message;
  EXPECT_EQ(ratings->at({"AB", "3_MINUTE_WAIT"}), 4.0);
  EXPECT_EQ(ratings->at({"AB", "NO_WAIT"}), 1.0);
  EXPECT_EQ(ratings->at({"AB", "6_MINUTE_WAIT"}), 3.0);
}

}  // namespace
}  // namespace attune::datasets
