#include "attune/treatment/activities/dot_probe.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace attune::treatment {
namespace {

using telemetry::ProbeStage;

constexpr double frame_s = 1.0 / 72.0;

/// Somebody at the task: sees the target and answers after a time of their own, faster at the threat by
/// `bias_ms`.
struct Participant {
  double usual_ms = 550.0, bias_ms = 0.0, spread_ms = 40.0;
  bool by_thumbstick = false, always_left = false;
  std::mt19937_64 random{7};

  void play(DotProbe& probe, double limit_s = 2000.0) {
    core::SessionTime shown_since{-1};
    double answer_ms = 0.0;
    for (double t = 0.0; t < limit_s && !probe.done(); t += frame_s) {
      const auto now = core::at_seconds(t);
      std::array<telemetry::HandSample, 2> hands;
      hands[0].active = hands[1].active = true;
      const auto& trial = probe.shown();
      if (trial.stage == ProbeStage::target) {
        if (trial.changed != shown_since) {
          shown_since = trial.changed;
          const bool congruent = trial.threat_left == trial.target_left;
          const double side = trial.neutral_pair ? 0.0 : congruent ? -0.5 : 0.5;
          answer_ms = usual_ms + side * bias_ms + std::normal_distribution(0.0, spread_ms)(random);
        }
        if (core::seconds_between(shown_since, now) * 1000.0 >= answer_ms)
          press(hands, trial.target_left || always_left);
      }
      probe.push(now, hands, false);
    }
  }
  void press(std::array<telemetry::HandSample, 2>& hands, bool left) const {
    if (by_thumbstick)
      hands[1].thumbstick.x = left ? -1.0F : 1.0F;
    else
      hands[left ? 0 : 1].trigger = 1.0F;
  }
};

TEST(ProbeTrials, AreBalancedAndTheSameForTheSameSeed) {
  DotProbePlan plan;
  const auto trials = probe_trials(plan), again = probe_trials(plan);
  plan.seed = 2;
  const auto other = probe_trials(plan);
  std::map<std::tuple<bool, bool, bool>, int> cells;
  bool same = true, differs = false;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    ++cells[{trials[i].neutral_pair, trials[i].threat_left, trials[i].target_left}];
    same = same && trials[i].threat_left == again[i].threat_left &&
           trials[i].target_left == again[i].target_left;
    differs = differs || trials[i].target_left != other[i].target_left;
  }
  ASSERT_EQ(trials.size(), 96U);
  EXPECT_TRUE(same);
  EXPECT_TRUE(differs);
  for (const auto& [cell, count] : cells) EXPECT_EQ(count, std::get<0>(cell) ? 6 : 18);
  EXPECT_EQ(cells.size(), 8U);
}

TEST(DotProbe, ShowsCrossCuesAndTargetInTheirTimes) {
  DotProbe probe({});
  std::map<ProbeStage, double> lasted;
  for (double t = 0.0; t < 3.0; t += 0.001) {
    const auto& shown = probe.push(core::at_seconds(t), {}, false);
    if (shown.number == 1 && !(shown.stage == ProbeStage::none)) lasted[shown.stage] += 0.001;
  }
  EXPECT_NEAR(lasted[ProbeStage::fixation], 0.5, 0.003);
  EXPECT_NEAR(lasted[ProbeStage::cues], 0.5, 0.003) << "cues of 500 ms";
  EXPECT_NEAR(lasted[ProbeStage::target], 2.0, 0.01) << "and it waits two seconds for an answer";
}

TEST(DotProbe, MeasuresTheBiasOfThoseWhoHaveOneAndNoneInThoseWithout) {
  for (const double bias_ms : {-60.0, 0.0, 60.0}) {
    DotProbe probe({});
    Participant participant;
    participant.bias_ms = bias_ms;
    participant.play(probe);
    ASSERT_TRUE(probe.done());
    const auto result = probe.result();
    EXPECT_EQ(result.shown, 96);
    EXPECT_EQ(result.correct, 96);
    ASSERT_TRUE(result.bias_ms.has_value());
    EXPECT_NEAR(*result.bias_ms, bias_ms, 3.0F * *result.bias_error_ms + 14.0F) << "a frame is 14 ms";
    EXPECT_LT(*result.bias_error_ms, 20.0F);
    EXPECT_TRUE(result.odd_half_ms && result.even_half_ms);
  }
}

TEST(DotProbe, OneHandIsEnough) {
  DotProbe probe({});
  Participant participant;
  participant.by_thumbstick = true;
  participant.play(probe);
  EXPECT_EQ(probe.result().correct, 96);
}

TEST(DotProbe, AnAnswerOnTheWrongSideIsWrong) {
  DotProbe probe({});
  Participant participant;
  participant.always_left = true;
  participant.play(probe);
  EXPECT_EQ(probe.result().answered, 96);
  EXPECT_EQ(probe.result().correct, 48);
}

TEST(DotProbe, SaysNothingOfSomebodyWhoDoesNotAnswer) {
  DotProbe probe({});
  for (double t = 0.0; t < 500.0 && !probe.done(); t += 0.02) probe.push(core::at_seconds(t), {}, false);
  EXPECT_TRUE(probe.done());
  EXPECT_EQ(probe.result().answered, 0);
  EXPECT_FALSE(probe.result().bias_ms.has_value());
}

TEST(DotProbe, WaitsWhileSomethingElseIsAskedAndBeginsThatTrialAnew) {
  DotProbe probe({});
  double t = 0.0;
  for (; t < 1.2; t += 0.01) probe.push(core::at_seconds(t), {}, false);
  ASSERT_EQ(probe.shown().stage, ProbeStage::target);
  for (; t < 30.0; t += 0.01) EXPECT_EQ(probe.push(core::at_seconds(t), {}, true).stage, ProbeStage::none);
  for (; t < 31.0; t += 0.01) probe.push(core::at_seconds(t), {}, false);
  EXPECT_EQ(probe.shown().stage, ProbeStage::fixation);
  EXPECT_EQ(probe.shown().number, 1);
  EXPECT_EQ(probe.result().shown, 0);
}

TEST(DotProbe, ATriggerThatIsHeldFromBeforeAnswersNothing) {
  DotProbe probe({});
  std::array<telemetry::HandSample, 2> held;
  held[0] = {.trigger = 1.0F, .active = true};
  for (double t = 0.0; t < 2.0; t += 0.01) probe.push(core::at_seconds(t), held, false);
  EXPECT_EQ(probe.result().shown, 0);
}

std::vector<ProbeAnswer> answers(std::initializer_list<float> to_threat,
                                 std::initializer_list<float> from_threat) {
  std::vector<ProbeAnswer> result;
  for (const float time_ms : to_threat) result.push_back({{false, true, true}, true, true, time_ms});
  for (const float time_ms : from_threat) result.push_back({{false, true, false}, true, true, time_ms});
  return result;
}

TEST(ProbeScore, IsTheDifferenceOfMeansInMilliseconds) {
  const auto result = probe_score(answers({500, 510, 520, 530}, {540, 550, 560, 570}));
  EXPECT_FLOAT_EQ(*result.bias_ms, 40.0F);
  EXPECT_FLOAT_EQ(*result.to_threat_ms, 515.0F);
  EXPECT_FLOAT_EQ(*result.from_threat_ms, 555.0F);
  // Each mean has the variance 166.7 / 4.
  EXPECT_NEAR(*result.bias_error_ms, std::sqrt(2.0 * 166.667 / 4.0), 1e-3);
}

TEST(ProbeScore, LeavesOutWhatIsWrongTooFastOrFarFromThePersonsMedian) {
  auto all = answers({500, 510, 520, 530}, {540, 550, 560, 570});
  const auto clean = probe_score(all);
  all.push_back({{false, true, true}, true, false, 900.0F});    // wrong
  all.push_back({{false, true, true}, true, true, 120.0F});     // too fast
  all.push_back({{false, true, true}, true, true, 1900.0F});    // far off
  all.push_back({{true, false, false}, true, true, 800.0F});    // no threat in it
  all.push_back({{false, true, true}, false, false, 2000.0F});  // not given
  const auto result = probe_score(all);
  EXPECT_FLOAT_EQ(*result.bias_ms, *clean.bias_ms);
  EXPECT_EQ(result.used, 8);
  EXPECT_EQ(result.shown, 13);
  EXPECT_EQ(result.answered, 12);
}

TEST(ProbeScore, GivesNoIndexOfFewAnswers) {
  EXPECT_FALSE(probe_score(answers({500, 510, 520}, {540, 550, 560, 570})).bias_ms.has_value());
  EXPECT_FALSE(probe_score({}).bias_ms.has_value());
}

TEST(SplitHalfReliability, IsOneForPeopleWhoDifferAndAreTheSameInBothHalves) {
  const std::vector<BiasHalves> same{{-20, -20}, {0, 0}, {30, 30}, {50, 50}};
  EXPECT_NEAR(split_half_reliability(same)->reliability, 1.0, 1e-9);
  // r = 0.5 gives 2/3 for the whole length.
  const std::vector<BiasHalves> half{{-1, -1}, {0, 1}, {1, 0}};
  EXPECT_NEAR(split_half_reliability(half)->reliability, 2.0 / 3.0, 1e-6);
  EXPECT_NEAR(split_half_reliability(half)->halves_r, 0.5, 1e-6);
  EXPECT_FALSE(split_half_reliability(half)->low.has_value()) << "of three people";
  EXPECT_FALSE(split_half_reliability(std::vector<BiasHalves>{{1, 1}, {2, 2}}).has_value());
  EXPECT_FALSE(split_half_reliability(std::vector<BiasHalves>{{1, 1}, {1, 2}, {1, 3}}).has_value());
}

TEST(SplitHalfReliability, IsNoneWhereTheHalvesGoAgainstEachOther) {
  const std::vector<BiasHalves> against{{-20, 20}, {0, 1}, {10, -12}, {30, -25}};
  const auto found = split_half_reliability(against);
  ASSERT_TRUE(found.has_value());
  EXPECT_LT(found->halves_r, -0.9);
  EXPECT_EQ(found->reliability, 0.0) << "and not below 0, which no share is";
  EXPECT_EQ(*found->low, 0.0);
}

TEST(SplitHalfReliability, HasAnIntervalThatNarrowsWithPeople) {
  // r = 0.8 in every four people: the interval of r is tanh(atanh 0.8 ± 1.96 / √(n − 3)).
  const std::vector<BiasHalves> four{{-3, -3}, {-1, 1}, {1, -1}, {3, 3}};
  std::vector<BiasHalves> many;
  for (int i = 0; i < 25; ++i) many.insert(many.end(), four.begin(), four.end());
  const auto few = split_half_reliability(four), wide = split_half_reliability(many);
  EXPECT_NEAR(few->halves_r, 0.8, 1e-9);
  EXPECT_NEAR(few->reliability, 1.6 / 1.8, 1e-9);
  EXPECT_EQ(*few->low, 0.0) << "four people prove nothing: r from -0.70";
  EXPECT_EQ(wide->people, 100U);
  // By hand: atanh 0.8 = 1.0986, 1.96 / √97 = 0.1990: r from 0.7161 to 0.8611.
  EXPECT_NEAR(*wide->low, 2.0 * 0.7161 / 1.7161, 2e-4);
  EXPECT_NEAR(*wide->high, 2.0 * 0.8611 / 1.8611, 2e-4);
}

}  // namespace
}  // namespace attune::treatment
