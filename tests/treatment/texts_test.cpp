#include <gtest/gtest.h>

#include <set>

#include "attune/treatment/controller.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"

// The words for every code, as a therapist reads them in either language.
namespace attune::treatment {
namespace {

TEST(Texts, SayEveryCodeInBothLanguagesAndNoTwoAlike) {
  const auto check = [](auto code, int count) {
    std::set<std::string_view> seen;
    for (int i = 0; i < count; ++i) {
      for (const auto language : {Language::english, Language::chinese}) {
        const auto words = text(static_cast<decltype(code)>(i), language);
        EXPECT_FALSE(words.empty());
        EXPECT_TRUE(seen.insert(words).second) << words;
      }
      EXPECT_GE(static_cast<unsigned char>(text(static_cast<decltype(code)>(i), Language::chinese)[0]), 0x80);
    }
    EXPECT_EQ(text(static_cast<decltype(code)>(count)), "unknown");
  };
  check(Phase{}, phase_count);
  check(Event{}, event_count);
  check(Reason{}, reason_count);
  check(Hold{}, hold_count);
  check(Why{}, why_count);
}

TEST(Texts, CallADirectionByAWordThatNobodyTakesForTheOther) {
  // 上一级 is read as "the one before" as often as "one up", 下一级 as "the next"; 疗程 is a course of
  // sessions.
  for (int i = 0; i < event_count; ++i) {
    const auto words = text(static_cast<Event>(i), Language::chinese);
    EXPECT_EQ(words.find("上一级"), std::string_view::npos) << words;
    EXPECT_EQ(words.find("下一级"), std::string_view::npos) << words;
  }
  for (int i = 0; i < reason_count; ++i) {
    const auto words = text(static_cast<Reason>(i), Language::chinese);
    EXPECT_EQ(words.find("上一级"), std::string_view::npos) << words;
    EXPECT_EQ(words.find("疗程"), std::string_view::npos) << words;
  }
  EXPECT_EQ(text(Event::step_up, Language::chinese), "升一级");
  EXPECT_EQ(text(Event::step_down, Language::chinese), "降一级");
}

}  // namespace
}  // namespace attune::treatment
