#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "integration/attune.hpp"

// `attune score` as a clinic's script calls it.
namespace attune {
namespace {

struct Scored {
  test::Outcome outcome;
  nlohmann::json json;
};

Scored score(const std::string& id, const std::string& row) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "answers.csv") << row;
  auto outcome = test::attune({"score", id, (scratch / "answers.csv").string(), "--json"});
  auto json = nlohmann::json::parse(outcome.out, nullptr, false);
  return {std::move(outcome), std::move(json)};
}

TEST(Score, PrintsOneObjectForMachines) {
  const auto [outcome, json] = score("gad7", "1,2,1,3,0,2,1\n");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(json.at("questionnaire"), "gad7");
  EXPECT_EQ(json.at("total"), 10);
  EXPECT_EQ(json.at("band"), "moderate");
  EXPECT_EQ(json.at("missing"), 0);
  EXPECT_EQ(json.at("reliable_change"), 4);
  EXPECT_TRUE(json.at("caseness").get<bool>());
  EXPECT_TRUE(json.at("subscales").empty());
  EXPECT_TRUE(json.at("alert").is_null());
  EXPECT_EQ(outcome.err, "");
}

TEST(Score, SaysThoughtsOfSelfHarmAtOnceAndNeverThatThereIsNoRisk) {
  const auto said = score("phq9", "0,0,0,0,0,0,0,0,1\n");
  ASSERT_EQ(said.outcome.status, 0) << said.outcome.err;
  EXPECT_NE(said.outcome.err.find("item 9"), std::string::npos) << said.outcome.err;
  EXPECT_NE(said.json.at("alert").get<std::string>().find("item 9"), std::string::npos);
  const auto zero = score("phq9", "0,0,0,0,0,0,0,0,0\n");
  EXPECT_TRUE(zero.json.at("alert").is_null());
  EXPECT_EQ(zero.outcome.err, "");
  for (const auto& outcome : {said.outcome, zero.outcome}) {
    EXPECT_EQ((outcome.out + outcome.err).find("no risk"), std::string::npos);
    EXPECT_EQ((outcome.out + outcome.err).find("风险"), std::string::npos);
  }
}

TEST(Score, ARefusedRowSaysThatThoughtsOfSelfHarmWereNotJudged) {
  const auto refused = score("phq9", "0,0,0,7,0,0,0,0,3\n").outcome;
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.error_lines(), 1u) << refused.err;
  EXPECT_NE(refused.err.find("item 4: "), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("read what was answered to item 9 now"), std::string::npos) << refused.err;
  const auto without = score("gad7", "0,0,0,7,0,0,0\n").outcome;
  EXPECT_EQ(without.err.find("now"), std::string::npos) << without.err;
}

TEST(Score, SaysOfAScoringThatIsNotCheckedThatItIsProvisional) {
  const auto checked = score("gad7", "1,2,1,3,0,2,1\n");
  EXPECT_TRUE(checked.json.at("provisional").is_null());
  const auto heights = score("hiq", "2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2\n");
  ASSERT_EQ(heights.outcome.status, 0) << heights.outcome.err;
  EXPECT_EQ(heights.json.at("total"), 32);
  EXPECT_NE(heights.json.at("provisional").get<std::string>().find("not checked"), std::string::npos);
  EXPECT_FALSE(heights.json.at("provisional_zh").get<std::string>().empty());
}

TEST(Score, LeavesTheTotalNullWhereItCannotBeScored) {
  const auto [outcome, json] = score("phq9", ",,,1,1,1,1,1,0\n");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(json.at("total").is_null());
  EXPECT_TRUE(json.at("band").is_null());
  EXPECT_EQ(json.at("missing"), 3);
}

TEST(Score, NamesFileRowAndItemOfABadAnswerInOneLine) {
  const auto [outcome, json] = score("stai6", "1,2,3,5,1,1\n");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.error_lines(), 1u) << outcome.err;
  EXPECT_NE(outcome.err.find("answers.csv: row 1: item 4: "), std::string::npos) << outcome.err;
}

TEST(Score, NamesAQuestionnaireOrFileThatIsNotThere) {
  const auto unknown = test::attune({"score", "gad8", "/nowhere/answers.csv"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.err.find("side-effects"), std::string::npos) << unknown.err;
  const auto missing = test::attune({"score", "gad7", "/nowhere/answers.csv"});
  EXPECT_EQ(missing.status, 2);
  EXPECT_NE(missing.err.find("/nowhere/answers.csv"), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace attune
