#include <gtest/gtest.h>

#include <deque>

#include "governor_watching.hpp"

/// Every number and every comparison of the governor, bent: a governor that allows a little more than it may,
/// or that takes NaN for well, breaks a property of the rule that the number belongs to. The properties stand
/// here with numbers of their own; that the governor as it ships keeps them is shown on the same sessions.
namespace attune::treatment {
namespace {

template <typename Law, RuleSet rules = all_rules>
void expect_given_away(const Property& property, const char* mutant) {
  for (std::uint64_t n = 0; n < 2'000; ++n) {
    ASSERT_EQ((first_break<rules, Absolute>(SequenceMaker(7'000'000 + n).make(), property)), -1)
        << "the governor as it ships breaks it too";
  }
  expect_broken<rules, Law>(property, mutant);
}

Property rises_at_most(float per_s) {
  return [per_s] {
    return Watch([per_s](const Seen& seen) {
      return seen.out.intensity - seen.before.intensity <= per_s * seen.dt() + 1e-6F;
    });
  };
}
Property falls_in_sight_at_most(float per_s) {
  return [per_s] {
    return Watch([per_s](const Seen& seen) {
      if (!seen.in_world() || seen.before.fade >= 1.0F) return true;
      return seen.before.intensity - seen.out.intensity <= per_s * seen.dt() + 1e-6F;
    });
  };
}

struct RisesFaster : Absolute {
  static constexpr float rise_per_s = 0.022F;
};
struct FallsFaster : Absolute {
  static constexpr float fall_per_s = 0.55F;
};
struct PlungesFaster : Absolute {
  static constexpr float visible_fall_per_s = 0.03F;
};

TEST(GovernorMutants, NumbersOfIntensityAreGivenAway) {
  expect_given_away<RisesFaster>(rises_at_most(0.02F), "a faster rise");
  expect_given_away<FallsFaster>(each_frame([](const Seen& seen) {
                                   return !seen.in_world() || seen.before.intensity - seen.out.intensity <=
                                                                  0.5F * seen.dt() + 1e-6F;
                                 }),
                                 "a faster fall behind the fade");
  expect_given_away<PlungesFaster>(falls_in_sight_at_most(0.02F), "a faster fall in sight");
}

struct LowersSlowly : Absolute {
  static constexpr float lower_per_s = 0.01F;
};

TEST(GovernorMutants, LoweringMoreSlowlyIsGivenAway) {
  expect_given_away<LowersSlowly>(each_frame([](const Seen& seen) {
                                    if (!seen.out.lowering || !seen.in_world() || seen.dt() < 0.01F)
                                      return true;
                                    const float least = std::min(seen.before.intensity, 0.0195F * seen.dt());
                                    return seen.before.intensity - seen.out.intensity >= least - 1e-6F;
                                  }),
                                  "a slower lowering");
}

struct HigherCeiling : Absolute {
  static constexpr float ceiling = 0.97F;
};
struct LessUncertainty : Absolute {
  static constexpr float sigmas = 1.5F;
};
struct HigherSuds : Absolute {
  static constexpr float suds_ceiling = 93.0F;
};
struct FasterHeart : Absolute {
  static constexpr float heart_rate_bpm = 180.0F;
};
struct Sicker : Absolute {
  static constexpr float comfort_at_least = 1.0F;
};
struct ThreeQuestions : Absolute {
  static constexpr int unanswered = 3;
};

TEST(GovernorMutants, NumbersOfDistressAndBodyAreGivenAway) {
  expect_given_away<HigherCeiling>(never_rises_while([](const Seen& s) {
                                     return s.in.belief.mean + 1.645F * s.in.belief.deviation > 0.9501F;
                                   }),
                                   "a higher ceiling");
  expect_given_away<LessUncertainty>(never_rises_while([](const Seen& s) {
                                       return s.in.belief.mean + 1.645F * s.in.belief.deviation >
                                              s.in.allowed.ceiling + 1e-4F;
                                     }),
                                     "a smaller share of the uncertainty");
  expect_given_away<HigherSuds>(
      never_rises_while([](const Seen& s) { return s.in.suds && *s.in.suds >= 90.0F; }),
      "a higher ceiling of reports");
  expect_given_away<FasterHeart>(
      never_rises_while([](const Seen& s) { return s.in.heart_rate_bpm && *s.in.heart_rate_bpm > 170.0F; }),
      "a higher heart rate");
  expect_given_away<Sicker>(
      never_rises_while([](const Seen& s) { return s.in.comfort && *s.in.comfort < 2.0F; }),
      "a lower limit of comfort");
  expect_given_away<ThreeQuestions>(never_rises_while([](const Seen& s) { return s.in.unanswered >= 2; }),
                                    "three questions without an answer");
}

struct ShortRest : Absolute {
  static constexpr double refractory_s = 15.0;
};
struct LongFrames : Absolute {
  static constexpr double frame_gap_s = 4.0;
};

TEST(GovernorMutants, NumbersOfTimeAreGivenAway) {
  expect_given_away<ShortRest>(never_rises_while([](const Seen& s) { return s.since_stop_s < 20.0 - 1e-6; }),
                               "a shorter refractory time");
  expect_given_away<LongFrames>(each_frame([](const Seen& seen) {
                                  return seen.raw_s <= 0.25 || !seen.in_world() ||
                                         seen.out.intensity == seen.before.intensity;
                                }),
                                "longer frames");
}

/// What is there after a time in which everything is well, and fifty times the highest intensity is asked for
/// of a programme that allows it.
template <typename Law>
float intensity_after(int seconds) {
  ProgrammeLimits reckless;
  reckless.intensity = {0.0F, 50.0F};
  GovernorState state;
  GovernorInput in;
  make_well(in);
  in.allowed.intensity_at_most = in.asked_intensity = 50.0F;
  in.therapist_start = true;
  for (int i = 0; i <= 4 * seconds; ++i) {
    in.time = core::at_seconds(0.25 * i);
    govern<all_rules, Law>(reckless, state, in);
    in.therapist_start = false;
  }
  return state.last.intensity;
}

struct LongSession : Absolute {
  static constexpr double session_s = 4000.0;
};
struct MoreIntense : Absolute {
  static constexpr float intensity = 1.05F;
};

TEST(GovernorMutants, ASessionThatMayLastLongerOrGoHigherIsGivenAway) {
  EXPECT_EQ(intensity_after<Absolute>(100), 1.0F);
  EXPECT_GT(intensity_after<MoreIntense>(100), 1.0F);
  EXPECT_EQ(intensity_after<Absolute>(3700), 0.0F);
  EXPECT_EQ(intensity_after<LongSession>(3700), 1.0F);
}

struct Flickers : Absolute {
  static constexpr double fade_reversal_s = 0.02;
  static constexpr float fade_in_per_s = 4.0F;
};

TEST(GovernorMutants, AFadeThatTurnsSoonerIsGivenAway) {
  expect_given_away<Flickers>(
      [] {
        return Watch([now_s = 0.0, extreme = 0.0F, direction = -1,
                      turns = std::deque<double>()](const Seen& seen) mutable {
          now_s += std::max(seen.raw_s, 0.0);
          const float fade = seen.out.fade;
          extreme = direction > 0 ? std::max(extreme, fade) : std::min(extreme, fade);
          if (std::abs(fade - extreme) >= 0.1F) {
            direction = -direction;
            extreme = fade;
            turns.push_back(now_s);
          }
          while (!turns.empty() && now_s - turns.front() >= 1.0) turns.pop_front();
          return turns.size() <= 6;
        });
      },
      "a fade that turns sooner");
}

/// Comparisons the other way round: NaN passes. What cannot be is caught twice, by the rule `finite` and by
/// the comparison itself; so these governors go without that rule.
struct NanPasses : Absolute {
  static bool at_most(float value, float limit) { return !(value > limit); }
  static bool below(float value, float limit) { return !(value >= limit); }
  static bool fresh(double age_s, double oldest_s) { return !(age_s < 0.0) && !(age_s > oldest_s); }
  static bool within(const std::optional<float>& value, float low, float high) {
    return !value || (!(*value < low) && !(*value > high));
  }
  static bool possible(const Estimate& b) {
    return within(b.mean, -0.5F, 1.5F) && !(b.deviation <= 0.0F) && !(b.deviation > 1.0F);
  }
};

struct NanIsPossible : Absolute {
  static bool within(const std::optional<float>& value, float low, float high) {
    return NanPasses::within(value, low, high);
  }
  static bool possible(const Estimate& belief) { return NanPasses::possible(belief); }
  static bool at_most(float value, float limit) { return NanPasses::at_most(value, limit); }
  static bool below(float value, float limit) { return NanPasses::below(value, limit); }
};

TEST(GovernorMutants, AComparisonThatNanPassesIsGivenAway) {
  constexpr auto alone = without(Rule::finite);
  const auto nan = [](const std::optional<float>& value) { return value && std::isnan(*value); };
  expect_given_away<NanPasses, alone>(never_rises_while([nan](const Seen& s) { return nan(s.in.suds); }),
                                      "a report that is no number");
  expect_given_away<NanPasses, alone>(never_rises_while([nan](const Seen& s) { return nan(s.in.comfort); }),
                                      "a comfort that is no number");
  expect_given_away<NanPasses, alone>(
      never_rises_while([nan](const Seen& s) { return nan(s.in.heart_rate_bpm); }),
      "a heart rate that is none");
  expect_given_away<NanPasses, alone>(
      never_rises_while([](const Seen& s) { return std::isnan(s.in.belief.mean + s.in.belief.deviation); }),
      "a belief that is no number");
  expect_given_away<NanPasses>(never_rises_while([](const Seen& s) { return std::isnan(s.in.belief.age_s); }),
                               "a belief of no age");
  expect_given_away<NanPasses>(
      never_rises_while([](const Seen& s) { return s.in.model_in_use && std::isnan(s.in.model_age_s); }),
      "a model of no age");
  expect_given_away<NanPasses>(
      never_rises_while([](const Seen& s) { return std::isnan(s.in.eyes_closed_s); }),
      "eyes of which nobody knows");
  expect_given_away<NanPasses>(never_rises_while([](const Seen& s) {
                                 return s.limits.needs_therapist && std::isnan(s.in.therapist_silence_s);
                               }),
                               "a silence of no length");
  // The two ends of what can be, each for itself.
  expect_given_away<NanIsPossible>(never_rises_while([](const Seen& s) {
                                     return std::isnan(s.in.belief.mean + s.in.belief.deviation) ||
                                            (s.in.suds && std::isnan(*s.in.suds));
                                   }),
                                   "values that are no numbers");
}

struct FutureIsFresh : Absolute {
  static bool fresh(double age_s, double oldest_s) { return age_s <= oldest_s; }
};

TEST(GovernorMutants, AnAgeFromTheFutureIsGivenAway) {
  expect_given_away<FutureIsFresh>(never_rises_while([](const Seen& s) { return s.in.belief.age_s < 0.0; }),
                                   "a belief from the future");
}

}  // namespace
}  // namespace attune::treatment
