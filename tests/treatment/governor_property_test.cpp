#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>

#include "governor_sequences.hpp"

/// Every rule of the governor as a property of any session whatsoever. Each is tried on the governor as it
/// ships, on 20,000 sequences, and on the governor without that one rule, where a sequence must break it: a
/// property that cannot tell the two apart would prove nothing.
namespace attune::treatment {
namespace {

constexpr int sequences = 20'000;
constexpr float rounding = 1e-5F;

/// One frame as a property sees it. What a property needs it works out itself; it never asks the governor.
struct Seen {
  const ProgrammeLimits& limits;
  const GovernorInput& in;
  const GovernorOutput& before;  ///< output of the frame before
  const GovernorOutput& out;
  double raw_s;         ///< time since the frame before, as it came
  bool awaiting_start;  ///< a stop, or doubt that lasted too long, has not been undone by a start
  double since_stop_s;  ///< time that passed without a jump since a stop
  bool first;

  [[nodiscard]] bool rose() const { return out.intensity > before.intensity; }
  [[nodiscard]] bool jumped() const { return raw_s < 0.0 || raw_s > absolute::frame_gap_s; }
  [[nodiscard]] float dt() const { return jumped() ? 0.0F : static_cast<float>(raw_s); }
  [[nodiscard]] bool in_world() const { return before.place == Place::world && out.place == Place::world; }
  [[nodiscard]] bool belief_possible() const {
    return in.belief.valid && in.belief.mean >= -0.5F && in.belief.mean <= 1.5F &&
           in.belief.deviation > 0.0F && in.belief.deviation <= 1.0F;
  }
};

/// Remembers along one sequence. @return false when the property is broken in this frame.
using Watch = std::function<bool(const Seen&)>;

/// Runs one sequence through a governor. @return the frame that broke the property, or -1.
template <RuleSet rules>
int first_break(const Sequence& sequence, const Watch& watch) {
  GovernorState state;
  GovernorOutput before;
  bool awaiting_start = false;
  double since_stop_s = 1e9;
  for (std::size_t i = 0; i < sequence.inputs.size(); ++i) {
    const auto& in = sequence.inputs[i];
    const auto out = govern<rules>(sequence.limits, state, in);
    const double raw_s = i == 0 ? 0.0 : core::seconds_between(sequence.inputs[i - 1].time, in.time);
    const bool jumped = raw_s < 0.0 || raw_s > absolute::frame_gap_s;
    if (in.therapist_start) awaiting_start = false;
    since_stop_s += jumped ? 0.0 : raw_s;
    if (in.stop || out.to_safe_place) awaiting_start = true, since_stop_s = 0.0;
    if (!watch({sequence.limits, in, before, out, raw_s, awaiting_start, since_stop_s, i == 0}))
      return static_cast<int>(i);
    before = out;
  }
  return -1;
}

/// The property holds for the governor as it is, and leaving out `rule` breaks it.
template <Rule rule>
void expect_kept_by_all_and_broken_without(const std::function<Watch()>& make_watch) {
  SequenceMaker maker(20260 + static_cast<std::uint64_t>(rule));
  int killed = -1;
  for (int n = 0; n < sequences; ++n) {
    const auto sequence = maker.make();
    const int broken = first_break<all_rules>(sequence, make_watch());
    ASSERT_EQ(broken, -1) << "sequence " << n << " breaks the property at frame " << broken;
    if (killed < 0 && first_break<without(rule)>(sequence, make_watch()) >= 0) killed = n;
  }
  EXPECT_GE(killed, 0) << "no sequence tells the governor from one without this rule";
  ::testing::Test::RecordProperty("killed_by_sequence", killed);
}

/// For properties of one frame.
template <Rule rule>
void expect_each_frame(bool (*kept)(const Seen&)) {
  expect_kept_by_all_and_broken_without<rule>([kept] { return Watch(kept); });
}

bool never_rises_while(const Seen& seen, bool condition) { return !condition || !seen.rose(); }

TEST(GovernorProperty, IntensityStaysFiniteAndBelowWhatPhaseProgrammeAndCodeAllow) {
  expect_each_frame<Rule::bounds>([](const Seen& seen) {
    const float out = seen.out.intensity;
    const float phase = seen.in.allowed.intensity_at_most, programme = seen.limits.intensity.high;
    // What lies above a bound that has just come down may be there until it has fallen; nothing may rise
    // above it.
    const bool allowed = (out <= phase && out <= programme && out <= 1.0F) || !seen.rose();
    return std::isfinite(out) && out >= 0.0F && out <= 1.0F && allowed;
  });
}

TEST(GovernorProperty, IntensityRisesNoFasterThanProgrammeAndCodeAllow) {
  expect_each_frame<Rule::rise_limit>([](const Seen& seen) {
    const float programme = seen.limits.rise_per_s >= 0.0F ? seen.limits.rise_per_s : 0.0F;
    return seen.out.intensity - seen.before.intensity <= std::min(programme, 0.02F) * seen.dt() + rounding;
  });
}

TEST(GovernorProperty, IntensityFallsNoFasterThanTheSlewLimitExceptIntoTheSafePlace) {
  expect_each_frame<Rule::fall_limit>([](const Seen& seen) {
    if (!seen.in_world()) return true;
    return seen.before.intensity - seen.out.intensity <=
           std::min(seen.limits.fall_per_s, 0.5F) * seen.dt() + rounding;
  });
}

TEST(GovernorProperty, AFallFasterThanComfortableIsNeverSeen) {
  expect_each_frame<Rule::covered_fall>([](const Seen& seen) {
    if (!seen.in_world() || seen.before.fade >= 1.0F) return true;
    return seen.before.intensity - seen.out.intensity <= 0.02F * seen.dt() + rounding;
  });
}

TEST(GovernorProperty, NothingRisesInAPhaseThatAllowsNoRise) {
  expect_each_frame<Rule::phase>(
      [](const Seen& seen) { return never_rises_while(seen, !seen.in.allowed.may_rise); });
}

TEST(GovernorProperty, TheFrameOfAStopHidesTheStimulusAndIsCoveredWhenSomethingWasSeen) {
  expect_each_frame<Rule::stop_at_once>([](const Seen& seen) {
    if (!seen.in.stop) return true;
    const bool hidden =
        seen.out.stimulus_hidden && seen.out.place == Place::safe_place && seen.out.intensity == 0.0F;
    const bool was_seen = seen.before.place == Place::world;
    return hidden && (!was_seen || seen.out.fade > 0.99F);
  });
}

TEST(GovernorProperty, AfterAStopTheStimulusStaysHiddenUntilTheTherapistStartsAgain) {
  expect_each_frame<Rule::stop_stays>([](const Seen& seen) {
    return !seen.awaiting_start ||
           (seen.out.stimulus_hidden && seen.out.place == Place::safe_place && seen.out.intensity == 0.0F);
  });
}

TEST(GovernorProperty, NothingRisesWithinTheRefractoryTimeAfterAStop) {
  expect_each_frame<Rule::refractory>(
      [](const Seen& seen) { return never_rises_while(seen, seen.since_stop_s < 20.0 - 1e-6); });
}

TEST(GovernorProperty, NothingRisesWhileTheUpperBoundOfTheBeliefIsAboveTheCeiling) {
  expect_each_frame<Rule::ceiling>([](const Seen& seen) {
    const float upper = seen.in.belief.mean + 1.645F * seen.in.belief.deviation;
    return never_rises_while(seen, !(upper <= std::min(seen.in.allowed.ceiling, 0.95F) + rounding));
  });
}

TEST(GovernorProperty, NothingRisesWhileBeliefModelOrHeadIsTooOld) {
  expect_kept_by_all_and_broken_without<Rule::stale>([] {
    return Watch([lost_s = 0.0](const Seen& seen) mutable {
      lost_s = seen.in.head_valid ? 0.0 : lost_s + std::clamp(seen.raw_s, 0.0, 1.0);
      const bool belief_old = !seen.in.belief.valid || !(seen.in.belief.age_s <= 2.0);
      const bool model_old = seen.in.model_in_use && !(seen.in.model_age_s <= 5.0);
      return never_rises_while(seen, belief_old || model_old || lost_s > 0.5 + 1e-6);
    });
  });
}

TEST(GovernorProperty, NothingRisesOnValuesThatCannotBe) {
  expect_each_frame<Rule::finite>([](const Seen& seen) {
    const auto impossible = [](const std::optional<float>& value, float high) {
      return value && !(*value >= 0.0F && *value <= high);
    };
    const bool nonsense = !std::isfinite(seen.in.asked_intensity) || !seen.belief_possible() ||
                          impossible(seen.in.suds, 100.0F) || impossible(seen.in.comfort, 10.0F);
    return std::isfinite(seen.out.intensity) && never_rises_while(seen, nonsense);
  });
}

TEST(GovernorProperty, AJumpOfTimeMovesNothingInTheWorld) {
  expect_each_frame<Rule::time>([](const Seen& seen) {
    return !seen.jumped() || !seen.in_world() || seen.out.intensity == seen.before.intensity;
  });
}

TEST(GovernorProperty, NothingRisesWhileTheHeadsetIsOffOrTheSessionUnseenOrUnfocused) {
  expect_each_frame<Rule::headset>([](const Seen& seen) {
    const auto& headset = seen.in.headset;
    const bool watched = headset.worn && headset.running && headset.visible && headset.focused;
    return never_rises_while(seen, !watched);
  });
}

TEST(GovernorProperty, NothingRisesAfterAReportOfHighDistressOrDiscomfort) {
  expect_each_frame<Rule::reports>([](const Seen& seen) {
    const bool distressed = seen.in.suds && !(*seen.in.suds < std::min(seen.limits.suds_ceiling, 90.0F));
    const bool unwell = seen.in.comfort && *seen.in.comfort < seen.limits.comfort_at_least;
    return never_rises_while(seen, distressed || unwell);
  });
}

TEST(GovernorProperty, NothingRisesWhileTheHeartRateIsAboveItsLimit) {
  expect_each_frame<Rule::heart_rate>([](const Seen& seen) {
    return never_rises_while(seen, seen.in.heart_rate_bpm && !(*seen.in.heart_rate_bpm <= 170.0F));
  });
}

TEST(GovernorProperty, NothingRisesAfterTwoUnansweredQuestions) {
  expect_each_frame<Rule::answers>(
      [](const Seen& seen) { return never_rises_while(seen, seen.in.unanswered >= 2); });
}

TEST(GovernorProperty, AHoldThatLastsBecomesAFall) {
  expect_kept_by_all_and_broken_without<Rule::lower>([] {
    // The slowest reasons lower after 10 s; one reason alone is watched, so that none hides behind another.
    return Watch([unanswered_s = 0.0](const Seen& seen) mutable {
      const bool there =
          seen.in.unanswered >= 2 && seen.in.allowed.place == Place::world && !seen.awaiting_start;
      unanswered_s = there ? unanswered_s + std::clamp(seen.raw_s, 0.0, 1.0) : 0.0;
      if (unanswered_s < 10.1 || !seen.in_world() || seen.dt() < 0.01F) return true;
      return seen.out.intensity < seen.before.intensity || seen.before.intensity == 0.0F ||
             seen.limits.fall_per_s == 0.0F;
    });
  });
}

TEST(GovernorProperty, DoubtThatLastsEndsInTheSafePlace) {
  expect_kept_by_all_and_broken_without<Rule::safe_place>([] {
    return Watch([off_s = 0.0](const Seen& seen) mutable {
      const bool there = !seen.in.headset.worn && seen.in.allowed.place == Place::world;
      // Only a start begins the count anew.
      off_s = there && !seen.in.therapist_start ? off_s + std::clamp(seen.raw_s, 0.0, 1.0) : 0.0;
      return off_s < 61.1 || seen.out.place == Place::safe_place;
    });
  });
}

TEST(GovernorProperty, TheFadeNeverFlashesMoreThanThreeTimesASecond) {
  expect_kept_by_all_and_broken_without<Rule::flashes>([] {
    // WCAG 2.3.1: a flash is a pair of opposing changes of a tenth or more. Real time, since eyes know no
    // other.
    return Watch([now_s = 0.0, extreme = 0.0F, direction = -1,
                  turns = std::deque<double>()](const Seen& seen) mutable {
      now_s += std::max(seen.raw_s, 0.0);
      const float fade = seen.out.fade;
      if (direction > 0 && fade > extreme) extreme = fade;
      if (direction < 0 && fade < extreme) extreme = fade;
      const bool rises = direction < 0 && fade - extreme >= 0.1F,
                 falls = direction > 0 && extreme - fade >= 0.1F;
      if (rises || falls) {
        direction = rises ? 1 : -1;
        extreme = fade;
        turns.push_back(now_s);
      }
      while (!turns.empty() && now_s - turns.front() >= 1.0) turns.pop_front();
      return turns.size() <= 6;  // six opposing changes are three flashes
    });
  });
}

/// A session of more than an hour is too long for random sequences, so this rule has one of its own.
template <RuleSet rules>
GovernorOutput after_an_hour() {
  GovernorState state;
  GovernorInput in;
  in.allowed = {Place::world, 1.0F, 0.9F, true};
  in.headset = {true, true, true, true};
  in.head_valid = true;
  in.belief = {0.3F, 0.05F, 0.0, true};
  in.asked_intensity = 1.0F;
  in.therapist_start = true;
  GovernorOutput out;
  for (int i = 0; i <= 4 * 3700; ++i) {
    in.time = core::at_seconds(0.25 * i);
    out = govern<rules>({}, state, in);
    in.therapist_start = false;
  }
  return out;
}

TEST(GovernorProperty, ASessionOfMoreThanAnHourIsLowered) {
  const auto out = after_an_hour<all_rules>();
  EXPECT_EQ(out.hold, Hold::session_too_long);
  EXPECT_EQ(out.intensity, 0.0F);
  EXPECT_EQ(after_an_hour<without(Rule::session_length)>().intensity, 1.0F);
}

TEST(GovernorProperty, AskingForLessIsAlwaysFollowed) {
  SequenceMaker maker(7);
  for (int n = 0; n < sequences; ++n) {
    const auto sequence = maker.make();
    const int broken = first_break<all_rules>(sequence, [](const Seen& seen) {
      const bool asks_less = std::isfinite(seen.in.asked_intensity) && seen.before.intensity > 0.0F &&
                             seen.in.asked_intensity < seen.before.intensity - 0.01F;
      if (!asks_less || !seen.in_world() || seen.dt() < 0.01F) return true;
      return seen.out.intensity < seen.before.intensity;
    });
    ASSERT_EQ(broken, -1) << "sequence " << n << ", frame " << broken;
  }
}

TEST(GovernorProperty, TheSameSequenceGivesTheSameBits) {
  SequenceMaker maker(11);
  for (int n = 0; n < 500; ++n) {
    const auto sequence = maker.make();
    GovernorState one, two;
    for (const auto& in : sequence.inputs) {
      const auto a = govern<all_rules>(sequence.limits, one, in),
                 b = govern<all_rules>(sequence.limits, two, in);
      ASSERT_EQ(a.intensity, b.intensity);
      ASSERT_EQ(a.fade, b.fade);
      ASSERT_EQ(a.hold, b.hold);
    }
  }
}

TEST(GovernorProperty, TheRandomSessionsReachEveryReasonAndHighIntensities) {
  // A generator that never got anywhere would make every property above true for nothing.
  SequenceMaker maker(3);
  std::vector<int> met(hold_count, 0);
  float highest = 0.0F;
  for (int n = 0; n < 5'000; ++n) {
    const auto sequence = maker.make();
    GovernorState state;
    for (const auto& in : sequence.inputs) {
      const auto out = govern<all_rules>(sequence.limits, state, in);
      ++met[static_cast<std::size_t>(out.hold)];
      highest = std::max(highest, out.intensity);
    }
  }
  for (int hold = 0; hold < hold_count; ++hold) {
    if (static_cast<Hold>(hold) == Hold::session_too_long) continue;  // has a test of its own
    EXPECT_GT(met[static_cast<std::size_t>(hold)], 0) << text(static_cast<Hold>(hold));
  }
  EXPECT_GT(highest, 0.3F);
}

}  // namespace
}  // namespace attune::treatment
