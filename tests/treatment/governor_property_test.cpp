#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "governor_watching.hpp"

/// Every rule of the governor as a property of any session whatsoever, hostile models, broken sensors and
/// jumping clocks included. Each is tried on the governor as it ships, on 100,000 sessions, and on the
/// governor without that one rule, which a session must give away: a property that cannot tell the two apart
/// would prove nothing. The reasons to doubt have a table of their own (governor_doubt_property_test.cpp),
/// numbers and comparisons theirs (governor_mutants_test.cpp).
namespace attune::treatment {
namespace {

TEST(GovernorProperty, IntensityStaysFiniteAndBelowWhatPhaseProgrammeAndCodeAllow) {
  expect_kept_by_all_and_broken_without<Rule::bounds>(each_frame([](const Seen& seen) {
    const float out = seen.out.intensity;
    const float phase = seen.in.allowed.intensity_at_most, programme = seen.limits.intensity.high;
    // What lies above a bound that has just come down may be there until it has fallen; nothing may rise
    // above it.
    const bool allowed = (out <= phase && out <= programme && out <= 1.0F) || !seen.rose();
    return std::isfinite(out) && out >= 0.0F && out <= 1.0F && allowed;
  }));
}

TEST(GovernorProperty, WhatLiesAboveABoundThatCameDownFalls) {
  expect_kept_by_all_and_broken_without<Rule::bounds>(each_frame([](const Seen& seen) {
    const auto bound = [](float limit) { return limit >= 0.0F ? std::min(limit, 1.0F) : 0.0F; };
    const float highest =
        std::min(bound(seen.in.allowed.intensity_at_most), bound(seen.limits.intensity.high));
    if (!seen.in_world() || seen.dt() < 0.01F || seen.before.intensity <= highest + 0.01F) return true;
    return seen.out.intensity < seen.before.intensity;
  }));
}

TEST(GovernorProperty, IntensityRisesNoFasterThanProgrammeAndCodeAllow) {
  expect_kept_by_all_and_broken_without<Rule::rise_limit>(each_frame([](const Seen& seen) {
    const float programme = seen.limits.rise_per_s >= 0.0F ? seen.limits.rise_per_s : 0.0F;
    return seen.out.intensity - seen.before.intensity <= std::min(programme, 0.02F) * seen.dt() + rounding;
  }));
}

TEST(GovernorProperty, IntensityFallsNoFasterThanTheSlewLimitExceptIntoTheSafePlace) {
  expect_kept_by_all_and_broken_without<Rule::fall_limit>(each_frame([](const Seen& seen) {
    if (!seen.in_world()) return true;
    // A programme may be slower than the code, but not so slow that doubt could not lower.
    const float programme = seen.limits.fall_per_s >= 0.02F ? std::min(seen.limits.fall_per_s, 0.5F) : 0.02F;
    return seen.before.intensity - seen.out.intensity <= programme * seen.dt() + rounding;
  }));
}

TEST(GovernorProperty, AFallFasterThanComfortableIsNeverSeen) {
  expect_kept_by_all_and_broken_without<Rule::covered_fall>(each_frame([](const Seen& seen) {
    if (!seen.in_world() || seen.before.fade >= 1.0F) return true;
    return seen.before.intensity - seen.out.intensity <= 0.02F * seen.dt() + rounding;
  }));
}

struct Stubborn : Absolute {
  static constexpr float visible_fall_per_s = 0.0F;
};

TEST(GovernorProperty, AskingForLessIsAlwaysFollowed) {
  const auto followed = each_frame([](const Seen& seen) {
    const bool asks_less = std::isfinite(seen.in.asked_intensity) && seen.before.intensity > 0.0F &&
                           seen.in.asked_intensity < seen.before.intensity - 0.01F;
    if (!asks_less || !seen.in_world() || seen.dt() < 0.01F) return true;
    return seen.out.intensity < seen.before.intensity;
  });
  expect_kept(followed);
  expect_broken<all_rules, Stubborn>(followed, "no fall in sight");
}

TEST(GovernorProperty, NothingRisesInAPhaseThatAllowsNoRise) {
  expect_kept_by_all_and_broken_without<Rule::phase>(
      never_rises_while([](const Seen& seen) { return !seen.in.allowed.may_rise; }));
}

TEST(GovernorProperty, TheFrameOfAStopHidesTheStimulusAndIsCoveredWhenSomethingWasSeen) {
  expect_kept_by_all_and_broken_without<Rule::stop_at_once>(each_frame([](const Seen& seen) {
    if (!seen.in.stop) return true;
    const bool hidden =
        seen.out.stimulus_hidden && seen.out.place == Place::safe_place && seen.out.intensity == 0.0F;
    const bool was_seen = seen.before.place == Place::world && seen.before.fade < 1.0F;
    return hidden && (!was_seen || seen.out.fade > 0.99F);
  }));
}

TEST(GovernorProperty, AfterAStopTheStimulusStaysHiddenUntilTheTherapistStartsAgain) {
  expect_kept_by_all_and_broken_without<Rule::stop_stays>(each_frame([](const Seen& seen) {
    return !seen.awaiting_start ||
           (seen.out.stimulus_hidden && seen.out.place == Place::safe_place && seen.out.intensity == 0.0F);
  }));
}

TEST(GovernorProperty, NothingRisesWithinTheRefractoryTimeAfterAStop) {
  expect_kept_by_all_and_broken_without<Rule::refractory>(
      never_rises_while([](const Seen& seen) { return seen.since_stop_s < 20.0 - 1e-6; }));
}

struct FadesSlowly : Absolute {
  static constexpr float fade_per_s = 0.5F;
};

TEST(GovernorProperty, TheWorldIsNeverShownWhereThePhaseIsOfTheSafePlace) {
  // Behind the fade at the latest: a third of a second after the last frame that jumped in time.
  const Property left = [] {
    return Watch([left_s = 0.0](const Seen& seen) mutable {
      const bool world = seen.in.allowed.place == Place::world;
      left_s = world ? 0.0 : left_s + static_cast<double>(seen.dt());
      return left_s < 1.2 || seen.out.place == Place::safe_place;
    });
  };
  expect_kept(left);
  expect_broken<all_rules, FadesSlowly>(left, "a fade of two seconds");
}

TEST(GovernorProperty, AJumpOfTimeMovesNothingInTheWorld) {
  expect_kept_by_all_and_broken_without<Rule::time>(each_frame([](const Seen& seen) {
    return !seen.jumped() || !seen.in_world() || seen.out.intensity == seen.before.intensity;
  }));
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

TEST(GovernorProperty, TheSameSequenceGivesTheSameBits) {
  for (std::uint64_t n = 0; n < 500; ++n) {
    const auto sequence = SequenceMaker(n).make();
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
  std::vector<int> met(hold_count, 0);
  float highest = 0.0F;
  for (std::uint64_t n = 0; n < 5'000; ++n) {
    const auto sequence = SequenceMaker(n).make();
    GovernorState state;
    for (const auto& in : sequence.inputs) {
      const auto out = govern<all_rules>(sequence.limits, state, in);
      ++met[static_cast<std::size_t>(out.hold)];
      highest = std::max(highest, out.intensity);
    }
  }
  for (int hold = 0; hold < hold_count; ++hold) {
    if (static_cast<Hold>(hold) == Hold::session_too_long) continue;  // has a test of its own
    EXPECT_GT(met[static_cast<std::size_t>(hold)], 20) << text(static_cast<Hold>(hold));
  }
  EXPECT_GT(highest, 0.9F);
}

}  // namespace
}  // namespace attune::treatment
