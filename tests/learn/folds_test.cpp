#include "attune/learn/evaluation/folds.hpp"

#include <gtest/gtest.h>

#include <set>

namespace attune::learn {
namespace {

/// Seven people, each with five scenes of two moments, in the order in which they were met.
std::vector<Example> everybody() {
  std::vector<Example> examples;
  for (int person = 0; person < 7; ++person) {
    for (int scene = 0; scene < 5; ++scene) {
      for (int moment = 0; moment < 2; ++moment) {
        Example example;
        example.person = std::string("P").append(std::to_string(person));
        example.stimulus = std::string("V").append(std::to_string(scene));
        examples.push_back(example);
      }
    }
  }
  return examples;
}

TEST(Folds, NoPersonIsLearntFromAndJudged) {
  const auto examples = everybody();
  const auto folds = leave_out(examples, LeaveOut::person);
  ASSERT_EQ(folds.size(), 7U);
  for (const auto& fold : folds) {
    EXPECT_EQ(crossing(examples, fold, LeaveOut::person), std::nullopt);
    EXPECT_EQ(fold.training.size() + fold.test.size(), examples.size());
  }
}

TEST(Folds, NeitherPersonNorStimulusIsLearntFromAndJudged) {
  const auto examples = everybody();
  const auto folds = leave_out(examples, LeaveOut::person_and_stimulus);
  ASSERT_EQ(folds.size(), 35U);
  std::set<std::size_t> judged;
  for (const auto& fold : folds) {
    EXPECT_EQ(crossing(examples, fold, LeaveOut::person_and_stimulus), std::nullopt);
    EXPECT_EQ(fold.test.size(), 2U);
    EXPECT_EQ(fold.training.size(), 6U * 4U * 2U);
    judged.insert(fold.test.begin(), fold.test.end());
  }
  EXPECT_EQ(judged.size(), examples.size()) << "everything is judged once";
}

TEST(Folds, ACrossingIsNamed) {
  const auto examples = everybody();
  auto fold = leave_out(examples, LeaveOut::person_and_stimulus).front();
  fold.training.push_back(fold.test.front());
  EXPECT_EQ(crossing(examples, fold, LeaveOut::person_and_stimulus), "P0");
  const auto by_person = leave_out(examples, LeaveOut::person).front();
  EXPECT_EQ(crossing(examples, by_person, LeaveOut::person_and_stimulus), "V0") << "the scenes are the same";
}

TEST(Folds, InsideAFoldPeopleStayTogether) {
  const auto examples = everybody();
  const auto outer = leave_out(examples, LeaveOut::person).front();
  const auto inner = leave_groups_out({examples, outer.training}, 3);
  ASSERT_EQ(inner.size(), 3U);
  std::size_t judged = 0;
  for (const auto& fold : inner) {
    EXPECT_EQ(crossing(examples, fold, LeaveOut::person), std::nullopt);
    judged += fold.test.size();
    for (const auto* part : {&fold.training, &fold.test}) {
      for (const auto i : *part) EXPECT_NE(examples[i].person, "P0") << "whom the outer fold leaves out";
    }
  }
  EXPECT_EQ(judged, outer.training.size());
}

TEST(Folds, InsideAFoldStimuliAreLeftOutAsOutside) {
  const auto examples = everybody();
  const auto outer = leave_out(examples, LeaveOut::person_and_stimulus).front();
  const auto inner = leave_groups_out({examples, outer.training, LeaveOut::person_and_stimulus}, 3);
  ASSERT_EQ(inner.size(), 9U);
  std::set<std::size_t> judged;
  std::set<std::string> people_of_the_first_three;
  for (std::size_t k = 0; k < inner.size(); ++k) {
    EXPECT_EQ(crossing(examples, inner[k], LeaveOut::person_and_stimulus), std::nullopt);
    judged.insert(inner[k].test.begin(), inner[k].test.end());
    if (k >= 3) continue;
    for (const auto i : inner[k].test) people_of_the_first_three.insert(examples[i].person);
  }
  EXPECT_EQ(judged.size(), outer.training.size()) << "everything is judged once";
  EXPECT_EQ(people_of_the_first_three.size(), 6U);
  const auto by_person = leave_groups_out({examples, outer.training}, 3);
  EXPECT_NE(crossing(examples, by_person.front(), LeaveOut::person_and_stimulus), std::nullopt)
      << "people alone would share their scenes";
}

TEST(Folds, WhatIsNotAskedIsOnlyLearntFrom) {
  auto examples = everybody();
  for (std::size_t i = 0; i < examples.size(); ++i) examples[i].asked = i % 2 == 0;
  for (const auto what : {LeaveOut::person, LeaveOut::person_and_stimulus}) {
    std::size_t judged = 0, learnt = 0;
    for (const auto& fold : leave_out(examples, what)) {
      for (const auto i : fold.test) EXPECT_TRUE(examples[i].asked);
      judged += fold.test.size();
      for (const auto i : fold.training) learnt += examples[i].asked ? 0U : 1U;
    }
    EXPECT_EQ(judged, examples.size() / 2);
    EXPECT_GT(learnt, 0U);
  }
}

}  // namespace
}  // namespace attune::learn
