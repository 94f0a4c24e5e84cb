#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "treatment/govern.hpp"

// The table of doubts, as people read it.
namespace attune::treatment {
namespace {

struct InWords {
  Hold reason;
  const char* words;
};
constexpr InWords named[] = {
    {Hold::time_jumped, "time jumps"},
    {Hold::headset_off, "headset off"},
    {Hold::headset_back, "headset on again, not resumed"},
    {Hold::not_focused, "not seen, or no focus"},
    {Hold::head_lost, "head lost"},
    {Hold::not_finite, "a value that cannot be"},
    {Hold::therapist_gone, "therapist's link silent, where needed"},
    {Hold::belief_stale, "belief too old"},
    {Hold::model_stale, "model silent"},
    {Hold::distress_reported, "distress or discomfort reported"},
    {Hold::discomfort_reported, "distress or discomfort reported"},
    {Hold::heart_rate_high, "heart rate above its limit"},
    {Hold::eyes_closed, "eyes closed"},
    {Hold::no_answers, "two questions unanswered"},
    {Hold::ceiling, "belief above the ceiling"},
    {Hold::session_too_long, "session too long"},
};

/// A time in seconds as the page writes it.
std::string written(double time_s) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", time_s);
  return text;
}

/// The rows of docs/safety.md about doubt.
std::vector<std::string> rows() {
  std::ifstream page(ATTUNE_SOURCE_DIR "/docs/safety.md");
  std::vector<std::string> found;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (inside && line.empty()) break;
    if (inside && line.substr(0, 5) != "| ---") found.push_back(line);
    inside = inside || line.starts_with("| reason | oldest age |");
  }
  return found;
}

TEST(Governor, IsWrittenDownInTheDocumentationAsItIs) {
  std::map<Hold, std::string> words;
  for (const auto& one : named) words[one.reason] = one.words;
  std::vector<std::string> expected;
  for (const auto& doubt : doubts) {
    ASSERT_TRUE(words.contains(doubt.reason)) << text(doubt.reason) << " is not on the page";
    const auto oldest = doubt.oldest_s > 0.0 ? written(doubt.oldest_s) : "–";
    const auto lowers = doubt.lower_after_s < never ? written(doubt.lower_after_s) : "– (nothing moves)";
    auto row = "| " + words[doubt.reason] + " | " + oldest + " | " + lowers + " | " +
               written(doubt.safe_place_after_s) + " |";
    if (expected.empty() || expected.back() != row) expected.push_back(std::move(row));
  }
  EXPECT_EQ(rows(), expected);
}

}  // namespace
}  // namespace attune::treatment
