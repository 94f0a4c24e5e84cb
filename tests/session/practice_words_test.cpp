#include "session/practice_words.hpp"

#include <gtest/gtest.h>

#include "attune/state/features.hpp"
#include "session/anxiety_words.hpp"

namespace attune::session {
namespace {

using telemetry::Activity;
using treatment::Language;

std::string words_of(const FixedText& text) { return std::string(text.view()); }

record::Snapshot explained() {
  record::Snapshot snapshot;
  const auto add = [&](std::string_view name, float effect) {
    snapshot.top.push_back({static_cast<std::uint16_t>(state::feature_index(name)), 0.0F, effect});
  };
  add("ECG_Bpm", 0.2F);
  add("GSR_Mean", 0.1F);
  add("Breath_Rate", -0.05F);
  return snapshot;
}

TEST(AnxietyWords, SayTheEstimateWithItsRangeAndWhatSpeaksForAndAgainstIt) {
  record::DecisionRecord decision;
  decision.x_mean = 0.7F;
  decision.x_variance = 0.01F;
  const auto anxiety = likely_anxiety(decision);
  EXPECT_NEAR(anxiety.low, 50.4, 0.1);
  EXPECT_NEAR(anxiety.high, 89.6, 0.1);
  const auto snapshot = explained();
  const auto words = words_of(anxiety_words(anxiety, &snapshot, {}, Language::english));
  EXPECT_NE(words.find("anxiety is likely: about 70 of 100, with 95 % between 50 and 90"), std::string::npos)
      << words;
  EXPECT_NE(words.find("What raises it: heart rate, skin conductance"), std::string::npos) << words;
  EXPECT_NE(words.find("speaks against it: breathing rate"), std::string::npos) << words;
  EXPECT_EQ(words.find("desk"), std::string::npos) << "nobody works there";
}

TEST(AnxietyWords, SayWhatWorkShows) {
  const auto snapshot = explained();
  const treatment::WorkSigns work{treatment::AgainstStart{75.0F, 98.0F}, treatment::AgainstStart{14.0F, 5.0F},
                                  treatment::AgainstStart{0.8F, 0.4F}, 0.9F};
  const auto words = words_of(anxiety_words({70, 50, 90}, &snapshot, work, Language::english));
  EXPECT_NE(words.find("clicks 5 a minute (14 at the start)"), std::string::npos) << words;
  EXPECT_NE(words.find("at the screen 40 % of the time (80 % at the start)"), std::string::npos) << words;
  EXPECT_NE(words.find("Heart rate 98 a minute (75 at rest)"), std::string::npos) << words;
  EXPECT_NE(words.find("eyes on the task 90 %"), std::string::npos) << words;
}

TEST(AnxietyWords, NameNoSignsWhereNothingWasInferred) {
  const auto words = words_of(anxiety_words({70, 50, 90}, nullptr, {}, Language::english));
  EXPECT_NE(words.find("what the patient reported"), std::string::npos) << words;
  EXPECT_EQ(words.find("heart"), std::string::npos) << words;
}

TEST(AnxietyWords, FitAnEventInBothLanguagesWhateverTheSigns) {
  record::Snapshot longest;
  for (const auto* name : {"Skew_Microsac_V_Amp", "Skew_Microsac_H_Amp", "Skew_Microsac_Peak_Vel",
                           "Mean_Saccade_Direction", "ECG_Pnn50pnn20"})
    longest.top.push_back({static_cast<std::uint16_t>(state::feature_index(name)), 0.0F, 0.1F});
  const treatment::WorkSigns work{treatment::AgainstStart{75.0F, 98.0F}, treatment::AgainstStart{14.0F, 5.0F},
                                  treatment::AgainstStart{0.8F, 0.4F}, 0.9F};
  for (const auto language : {Language::english, Language::chinese}) {
    const auto words = anxiety_words({70, 50, 90}, &longest, work, language);
    EXPECT_LT(words.view().size(), 480U) << "cut off: " << words.view();
  }
}

TEST(PracticeWords, NameTheProtocolTheSwingsAndTheResonance) {
  treatment::Programme programme;
  programme.practices.breathing.protocol = {"Resonance breathing", "共振呼吸"};
  treatment::PracticeResult result;
  EXPECT_TRUE(practice_words(Activity::breathing, result, programme, Language::english).view().empty())
      << "nobody has breathed yet";
  result.breathing.breathed_s = 240.0;
  result.breathing.tried.push_back({6.0F, 8.0F});
  result.breathing.tried.push_back({5.5F, 12.5F});
  result.breathing.resonance_breaths_per_min = 5.5F;
  EXPECT_EQ(
      words_of(practice_words(Activity::breathing, result, programme, Language::english)),
      "Resonance breathing: 4.0 minutes. Resonance at 5.5 breaths a minute; swing of the heart rate, in "
      "beats a minute: at 6 breaths 8.0, at 5.5 12.5");
  EXPECT_EQ(
      words_of(practice_words(Activity::breathing, result, programme, Language::chinese)),
      "共振呼吸：4.0 分钟。共振频率：每分钟 5.5 次；心率摆动（次/分）：每分钟呼吸 6 次时 8.0，5.5 次时 12.5");
  EXPECT_EQ(practice_figure(Activity::breathing, result), 5.5);
}

TEST(PracticeWords, NothingOfTheShippedSearchIsCutOff) {
  const auto programme = treatment::Programme::load(ATTUNE_SOURCE_DIR "/assets/programs/breathing.toml");
  ASSERT_TRUE(programme.ok());
  treatment::PracticeResult result;
  result.breathing.breathed_s = 1140.0;
  for (const float rate : {6.0F, 5.5F, 5.0F, 4.5F, 6.5F, 7.0F})
    result.breathing.tried.push_back({rate, 12.3F});
  result.breathing.resonance_breaths_per_min = 5.5F;
  for (const auto language : {Language::english, Language::chinese}) {
    const auto words = words_of(practice_words(Activity::breathing, result, *programme, language));
    EXPECT_LT(words.size(), 480U) << words;
    EXPECT_EQ(words.substr(words.size() - 4), "12.3") << words;
  }
}

TEST(PracticeWords, TheDotProbeConcludesNothingFromFewAnswers) {
  treatment::PracticeResult result;
  result.probe.shown = 96;
  result.probe.answered = 5;
  auto words = words_of(practice_words(Activity::dot_probe, result, {}, Language::english));
  EXPECT_NE(words.find("too few answers"), std::string::npos) << words;
  EXPECT_FALSE(practice_figure(Activity::dot_probe, result).has_value());
  result.probe.bias_ms = 23.0F;
  result.probe.bias_error_ms = 9.0F;
  words = words_of(practice_words(Activity::dot_probe, result, {}, Language::english));
  // ± 1.96 × 9
  EXPECT_NE(words.find("bias 23 ms, with 95 % between 5 and 41"), std::string::npos) << words;
}

TEST(PracticeWords, TheDotProbeSaysThatItMeasuresOnlyInBothLanguagesAndWhole) {
  treatment::PracticeResult result;
  result.probe = {96, 94, 91, 68, 551.0F, 571.0F, -120.0F, 126.0F, -123.0F, -117.0F};
  const auto english = words_of(practice_words(Activity::dot_probe, result, {}, Language::english));
  EXPECT_TRUE(english.ends_with("It measures only, and one value says little about one person")) << english;
  const auto chinese = words_of(practice_words(Activity::dot_probe, result, {}, Language::chinese));
  EXPECT_NE(chinese.find("95% 区间 -367 至 127 毫秒"), std::string::npos) << chinese;
  EXPECT_TRUE(chinese.ends_with("很难说明一个人的情况")) << chinese;
}

TEST(PracticeWords, PeopleAreLookedAtAndAThoughtThatWasRatedAgainIsToldWithThem) {
  treatment::PracticeResult result;
  result.social.looked_s = 31.0;
  result.thought.belief_before = 80.0F;
  const auto said = [&](Language language) {
    return words_of(practice_words(Activity::social, result, {}, language));
  };
  EXPECT_EQ(said(Language::english), "looked at people for 31 s") << "one rating is no change";
  result.thought.belief_after = 45.0F;
  EXPECT_EQ(said(Language::english),
            "looked at people for 31 s; belief in the thought: 80 % before, 45 % after");
  EXPECT_EQ(said(Language::chinese), "看向他人 31 秒；想法的可信程度：之前 80%，之后 45%");
}

TEST(PracticeWords, TheCardSaysWhatWasFearedWhatHappenedAndHowLikelyItIsNow) {
  treatment::Programme programme;
  programme.feared = {"I fall", "我会掉下去"};
  treatment::Question happened;
  happened.card = treatment::CardItem::happened;
  happened.options = {{"No", "没有"}, {"Yes", "发生了"}};
  programme.questions = {happened};
  EXPECT_EQ(words_of(card_words({80.0F, 25.0F, std::uint8_t{0}}, programme, Language::english)),
            "expectancy card: “I fall”; 80 % likely before; did it happen: No; 25 % likely now");
  EXPECT_NE(words_of(card_words({80.0F, 25.0F, std::uint8_t{1}}, programme, Language::chinese))
                .find("发生了吗：发生了"),
            std::string::npos);
}

TEST(PracticeWords, ExposureAndWorkEndInNoResultOfTheirOwn) {
  for (const auto activity : {Activity::exposure, Activity::work, Activity::rest, Activity::none})
    EXPECT_TRUE(practice_words(activity, {}, {}, Language::english).view().empty());
}

}  // namespace
}  // namespace attune::session
