#include <gtest/gtest.h>

#include "governor_watching.hpp"

/// Each reason to doubt as three properties of any session: while it is there nothing rises; after its time
/// intensity falls; after its longer time the patient is in the calm garden. Each is tried on 100,000
/// sessions, and on governors that leave the reason out, take twice the age for fresh, or lower or end too
/// late: every one of them must be given away.
namespace attune::treatment {
namespace {

bool outside(const std::optional<float>& value, float low, float high) {
  return value && !(*value >= low && *value <= high);
}
bool old(double age_s, double oldest_s) { return !(age_s >= 0.0 && age_s <= oldest_s); }

/// A reason, as this test understands the rule: the numbers stand here a second time, on purpose.
struct Reason {
  Hold hold;
  bool (*there)(const Seen&);
  double lower_s, garden_s;
  bool has_age = false;
};
constexpr double never_s = 1e12;

constexpr Reason time_jumped{Hold::time_jumped, [](const Seen& s) { return s.jumped(); }, never_s, 60};
constexpr Reason headset_off{Hold::headset_off, [](const Seen& s) { return !s.in.headset.worn; }, 5, 60};
constexpr Reason headset_back{
    Hold::headset_back,
    [](const Seen& s) { return s.taken_off && s.in.headset.worn && s.in.headset.running; }, 10, 300};
constexpr Reason not_focused{Hold::not_focused,
                             [](const Seen& s) {
                               const auto& headset = s.in.headset;
                               return !headset.running || !headset.visible || !headset.focused;
                             },
                             10, 120};
constexpr Reason head_lost{Hold::head_lost, [](const Seen& s) { return s.head_lost_s > 0.5 + 1e-6; }, 2, 60,
                           true};
constexpr Reason impossible{
    Hold::not_finite,
    [](const Seen& s) {
      const auto& in = s.in;
      const bool belief = in.belief.valid && (outside(in.belief.mean, -0.5F, 1.5F) ||
                                              outside(in.belief.deviation, 1e-37F, 1.0F));
      return !std::isfinite(in.asked_intensity) || belief || outside(in.suds, 0.0F, 100.0F) ||
             outside(in.comfort, 0.0F, 10.0F) || outside(in.heart_rate_bpm, 20.0F, 300.0F);
    },
    2, 60};
constexpr Reason therapist_gone{
    Hold::therapist_gone,
    [](const Seen& s) { return s.limits.needs_therapist && old(s.in.therapist_silence_s, 5.0); }, 10, 30,
    true};
constexpr Reason belief_stale{Hold::belief_stale,
                              [](const Seen& s) { return !s.in.belief.valid || old(s.in.belief.age_s, 2.0); },
                              5, 120, true};
constexpr Reason model_stale{Hold::model_stale,
                             [](const Seen& s) { return s.in.model_in_use && old(s.in.model_age_s, 5.0); }, 5,
                             300, true};
constexpr Reason distress{
    Hold::distress_reported,
    [](const Seen& s) { return s.in.suds && !(*s.in.suds < std::min(s.limits.suds_ceiling, 90.0F)); }, 3,
    600};
constexpr Reason sickness{Hold::discomfort_reported,
                          [](const Seen& s) {
                            return s.in.comfort &&
                                   !(*s.in.comfort >= s.limits.comfort_at_least && *s.in.comfort >= 2.0F);
                          },
                          3, 600};
constexpr Reason heart_rate{Hold::heart_rate_high,
                            [](const Seen& s) {
                              return outside(s.in.heart_rate_bpm, 20.0F,
                                             std::min(s.limits.heart_rate_bpm, 170.0F));
                            },
                            5, 300};
constexpr Reason eyes_closed{Hold::eyes_closed, [](const Seen& s) { return old(s.in.eyes_closed_s, 10.0); },
                             5, 300, true};
constexpr Reason no_answers{Hold::no_answers, [](const Seen& s) { return s.in.unanswered >= 2; }, 10, 300};
constexpr Reason ceiling{Hold::ceiling,
                         [](const Seen& s) {
                           const auto& belief = s.in.belief;
                           const float upper = belief.mean + 1.645F * belief.deviation;
                           return !(belief.deviation > 0.0F && belief.deviation <= 1.0F &&
                                    upper <= std::min(s.in.allowed.ceiling, 0.95F) + rounding);
                         },
                         5, 600};

constexpr Reason session_too_long{Hold::session_too_long, [](const Seen& s) { return s.world_s > 3600.0; }, 0,
                                  300};

/// How long a reason has been there where it counts: in the world, and not after a stop.
double counted(double before_s, const Reason& reason, const Seen& seen) {
  const bool counts = seen.in.allowed.place == Place::world && !seen.awaiting_start;
  return counts && reason.there(seen) ? before_s + seen.elapsed_s() : 0.0;
}

Property holds_while(const Reason& reason) {
  return never_rises_while([reason](const Seen& seen) { return reason.there(seen); });
}

Property lowers_after(const Reason& reason) {
  return [reason] {
    return Watch([reason, for_s = 0.0](const Seen& seen) mutable {
      for_s = counted(for_s, reason, seen);
      if (for_s < reason.lower_s + 0.3 || !seen.in_world() || seen.dt() < 0.01F) return true;
      const float least = std::min(seen.before.intensity, 0.0195F * seen.dt());
      return seen.out.lowering && seen.before.intensity - seen.out.intensity >= least - 1e-6F;
    });
  };
}

Property is_in_the_garden_after(const Reason& reason) {
  return [reason] {
    return Watch([reason, for_s = 0.0](const Seen& seen) mutable {
      for_s = counted(for_s, reason, seen);
      return for_s < reason.garden_s + 0.3 || seen.out.place == Place::safe_place;
    });
  };
}

Property all_of(const Reason& reason) {
  return [reason] {
    return Watch([hold = holds_while(reason)(), lower = lowers_after(reason)(),
                  garden = is_in_the_garden_after(reason)()](const Seen& seen) {
      return hold(seen) && lower(seen) && garden(seen);
    });
  };
}

/// Twice as patient with one reason as the code.
struct PatientLaw : Absolute {
  static inline Hold with = Hold::none;
  static inline double age = 1.0, lower = 1.0, garden = 1.0;  // factors
  static void be(Hold reason, double of_age, double of_lower, double of_garden) {
    with = reason;
    age = of_age;
    lower = of_lower;
    garden = of_garden;
  }
  static double oldest_s(const Doubt& d) { return d.oldest_s * (d.reason == with ? age : 1.0); }
  static double lower_after_s(const Doubt& d) { return d.lower_after_s * (d.reason == with ? lower : 1.0); }
  static double safe_place_after_s(const Doubt& d) {
    return d.safe_place_after_s * (d.reason == with ? garden : 1.0);
  }
};

template <Rule rule>
void expect_hold_then_lower_then_garden(const Reason& reason, const GovernorState& begin = {}) {
  expect_kept(all_of(reason), begin);
  expect_broken<without(rule)>(holds_while(reason), "this reason left out", begin);
  if (reason.has_age) {
    PatientLaw::be(reason.hold, 2.0, 1.0, 1.0);
    expect_broken<all_rules, PatientLaw>(holds_while(reason), "twice the age", begin);
  }
  if (reason.lower_s > 0.0) {
    PatientLaw::be(reason.hold, 1.0, 2.0, 1.0);
    expect_broken<all_rules, PatientLaw>(lowers_after(reason), "twice the time before lowering", begin);
  }
  PatientLaw::be(reason.hold, 1.0, 1.0, 2.0);
  expect_broken<all_rules, PatientLaw>(is_in_the_garden_after(reason), "twice the time before the garden",
                                       begin);
}

TEST(GovernorDoubt, AClockThatKeepsJumping) {
  // That one jump moves nothing at all is a property of its own.
  expect_kept(all_of(time_jumped));
  PatientLaw::be(Hold::time_jumped, 1.0, 1.0, 2.0);
  expect_broken<all_rules, PatientLaw>(is_in_the_garden_after(time_jumped),
                                       "twice the time before the garden");
}
TEST(GovernorDoubt, TheHeadsetIsOff) { expect_hold_then_lower_then_garden<Rule::headset_off>(headset_off); }
TEST(GovernorDoubt, TheHeadsetIsOnAgainAndTheTherapistHasNotGoneOn) {
  expect_hold_then_lower_then_garden<Rule::headset_back>(headset_back);
}
TEST(GovernorDoubt, TheSessionIsUnseenOrUnfocused) {
  expect_hold_then_lower_then_garden<Rule::focus>(not_focused);
}
TEST(GovernorDoubt, TheHeadIsLost) { expect_hold_then_lower_then_garden<Rule::head>(head_lost); }
TEST(GovernorDoubt, SomethingCannotBe) { expect_hold_then_lower_then_garden<Rule::finite>(impossible); }
TEST(GovernorDoubt, TheTherapistWhomTheProgrammeNeedsIsGone) {
  expect_hold_then_lower_then_garden<Rule::link>(therapist_gone);
}
TEST(GovernorDoubt, TheBeliefIsTooOld) { expect_hold_then_lower_then_garden<Rule::belief>(belief_stale); }
TEST(GovernorDoubt, TheModelIsSilent) { expect_hold_then_lower_then_garden<Rule::model>(model_stale); }
TEST(GovernorDoubt, HighDistressIsReported) { expect_hold_then_lower_then_garden<Rule::distress>(distress); }
TEST(GovernorDoubt, SicknessIsReported) { expect_hold_then_lower_then_garden<Rule::sickness>(sickness); }
TEST(GovernorDoubt, TheHeartRateIsAboveItsLimit) {
  expect_hold_then_lower_then_garden<Rule::heart_rate>(heart_rate);
}
TEST(GovernorDoubt, TheEyesAreClosed) { expect_hold_then_lower_then_garden<Rule::eyes>(eyes_closed); }
TEST(GovernorDoubt, TwoQuestionsAreUnanswered) {
  expect_hold_then_lower_then_garden<Rule::answers>(no_answers);
}
TEST(GovernorDoubt, TheUpperBoundOfTheBeliefIsAboveTheCeiling) {
  expect_hold_then_lower_then_garden<Rule::ceiling>(ceiling);
}

/// What a governor remembers after so long in the world with everything well.
GovernorState after_in_the_world(int seconds) {
  GovernorState state;
  GovernorInput in;
  make_well(in);
  in.therapist_start = true;
  for (int i = 0; i <= 4 * seconds; ++i) {
    in.time = core::at_seconds(0.25 * i);
    govern<all_rules>({}, state, in);
    in.therapist_start = false;
  }
  state.begun = false;  // the next sequence has a clock of its own
  return state;
}

struct LongerSession : Absolute {
  static constexpr double session_s = 3610.0;
};

TEST(GovernorDoubt, TheSessionIsLongerThanAnHour) {
  // Random sessions are minutes long: the first hour has passed, but for ten seconds, when they begin.
  const auto begin = after_in_the_world(3590);
  ASSERT_EQ(begin.last.intensity, 1.0F);
  expect_hold_then_lower_then_garden<Rule::session_length>(session_too_long, begin);
  expect_broken<all_rules, LongerSession>(holds_while(session_too_long), "ten seconds more", begin);
}

TEST(GovernorDoubt, NeitherLowersNorEndsInTheGardenWithoutTheRulesThatSaySo) {
  expect_broken<without(Rule::lower)>(lowers_after(no_answers), "no rule that lowers");
  expect_broken<without(Rule::safe_place)>(is_in_the_garden_after(headset_off), "no way to the garden");
}

}  // namespace
}  // namespace attune::treatment
