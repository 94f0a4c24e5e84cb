#include "attune/treatment/governor.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace attune::treatment {
namespace {

constexpr double frame_s = 1.0 / 72.0;

/// A quiet exposure in which everything is as it should be, and full intensity is asked for.
GovernorInput quiet() {
  GovernorInput in;
  in.allowed = {Place::world, 1.0F, 0.85F, true};
  in.asked_intensity = 1.0F;
  in.headset = {true, true, true, true};
  in.head_valid = true;
  in.belief = {0.4F, 0.1F, 0.0, true};
  return in;
}

/// A governor with a clock, run at 72 frames a second.
class Session {
 public:
  explicit Session(const ProgrammeLimits& limits = {}) : governor_(limits) {}

  /// @return the output of the last frame.
  GovernorOutput run(double seconds, const GovernorInput& in) {
    GovernorOutput out = governor_.previous();
    for (int i = 0; i < static_cast<int>(std::lround(seconds / frame_s)); ++i) out = frame(in);
    return out;
  }
  GovernorOutput frame(GovernorInput in) {
    in.time = core::at_seconds(frame_s * static_cast<double>(frames_++));
    return governor_.step(in);
  }

 private:
  Governor governor_;
  int frames_ = 0;
};

TEST(Governor, FadesIntoTheWorldAndRisesAtTheSlewLimit) {
  Session session;
  EXPECT_EQ(session.frame(quiet()).place, Place::safe_place) << "the change of place happens behind the fade";
  const auto there = session.run(2.0, quiet());
  EXPECT_EQ(there.place, Place::world);
  EXPECT_EQ(there.fade, 0.0F);
  EXPECT_FALSE(there.stimulus_hidden);
  const auto later = session.run(10.0, quiet());
  EXPECT_NEAR(later.intensity - there.intensity, 0.2F, 0.002F);
  EXPECT_EQ(later.hold, Hold::none);
}

TEST(Governor, HidesTheStimulusInTheVeryFrameOfAStopAndClearsTheGreyGently) {
  Session session;
  ASSERT_GT(session.run(30.0, quiet()).intensity, 0.4F);
  auto stop = quiet();
  stop.stop = true;
  const auto out = session.frame(stop);
  EXPECT_TRUE(out.stimulus_hidden);
  EXPECT_EQ(out.place, Place::safe_place);
  EXPECT_EQ(out.intensity, 0.0F);
  EXPECT_EQ(out.fade, 1.0F);
  EXPECT_EQ(out.hold, Hold::stopped);
  EXPECT_FALSE(out.to_safe_place) << "the machine knows already";
  EXPECT_GT(session.run(0.5, quiet()).fade, 0.2F);
  EXPECT_EQ(session.run(1.0, quiet()).fade, 0.0F);
}

TEST(Governor, StaysInTheGardenWhateverIsAskedUntilTheTherapistStarts) {
  Session session;
  session.run(30.0, quiet());
  auto stop = quiet();
  stop.stop = true;
  session.frame(stop);
  EXPECT_EQ(session.run(300.0, quiet()).place, Place::safe_place);
  auto start = quiet();
  start.therapist_start = true;
  session.frame(start);
  EXPECT_EQ(session.run(2.0, quiet()).place, Place::world);
}

TEST(Governor, DoesNotRiseInTheRefractoryTimeEvenAfterANewStart) {
  Session session;
  session.run(30.0, quiet());
  auto both = quiet();
  both.stop = true;
  session.frame(both);
  auto start = quiet();
  start.therapist_start = true;
  session.frame(start);
  const auto out = session.run(absolute::refractory_s - 1.0, quiet());
  EXPECT_EQ(out.place, Place::world);
  EXPECT_EQ(out.intensity, 0.0F);
  EXPECT_EQ(out.hold, Hold::refractory);
  EXPECT_GT(session.run(3.0, quiet()).intensity, 0.0F);
}

TEST(Governor, LetsAStopWinOverAStartInTheSameFrame) {
  Session session;
  session.run(30.0, quiet());
  auto both = quiet();
  both.stop = both.therapist_start = true;
  EXPECT_TRUE(session.frame(both).stimulus_hidden);
  EXPECT_TRUE(session.run(10.0, quiet()).stimulus_hidden);
}

TEST(Governor, NeverRaisesWhileTheUpperBoundIsAboveTheCeiling) {
  Session session;
  const auto before = session.run(20.0, quiet());
  auto in = quiet();
  in.belief = {0.7F, 0.1F, 0.0, true};  // 0.7 + 1.645 · 0.1 = 0.8645, above 0.85
  const auto out = session.run(1.0, in);
  EXPECT_EQ(out.intensity, before.intensity);
  EXPECT_EQ(out.hold, Hold::ceiling);
  in.belief.deviation = 0.09F;  // 0.848
  EXPECT_GT(session.run(1.0, in).intensity, before.intensity);
}

TEST(Governor, FollowsASmallFallInSightAndALargeOneBehindTheFade) {
  Session session;
  session.run(60.0, quiet());
  auto in = quiet();
  in.asked_intensity = 0.9F;
  const auto top = session.frame(quiet());
  const auto small = session.run(2.0, in);
  EXPECT_EQ(small.fade, 0.0F);
  EXPECT_NEAR(top.intensity - small.intensity, 0.04F, 0.002F);

  in.asked_intensity = 0.1F;
  float darkest = 0.0F;
  GovernorOutput out;
  for (int i = 0; i < 72 * 5; ++i) {
    out = session.frame(in);
    darkest = std::max(darkest, out.fade);
  }
  EXPECT_EQ(darkest, 1.0F);
  EXPECT_EQ(out.fade, 0.0F);
  EXPECT_NEAR(out.intensity, 0.1F, 1e-5F);
}

/// One kind of doubt: what it looks like, what it is called, and when it must have become a fall and the
/// garden.
struct DoubtCase {
  const char* name;
  std::function<void(GovernorInput&)> happens;
  Hold told;
  double lower_by_s, safe_place_by_s;
};

class GovernorInDoubt : public ::testing::TestWithParam<DoubtCase> {};

TEST_P(GovernorInDoubt, HoldsThenLowersThenGoesToTheSafePlaceWithinBoundedTimes) {
  const auto& doubt = GetParam();
  ProgrammeLimits remote;
  remote.needs_therapist = true;
  Session session(remote);
  const auto before = session.run(40.0, quiet());
  ASSERT_GT(before.intensity, 0.6F);
  auto in = quiet();
  doubt.happens(in);

  session.run(0.6, in);  // head tracking is lost after half a second
  const auto held = session.frame(in);
  EXPECT_EQ(held.hold, doubt.told) << text(held.hold);
  EXPECT_LE(held.intensity, before.intensity + 0.6F * absolute::rise_per_s);

  const auto lowered = session.run(doubt.lower_by_s + 5.0, in);
  EXPECT_LT(lowered.intensity, before.intensity);
  EXPECT_TRUE(lowered.lowering);
  EXPECT_EQ(lowered.place, Place::world);

  const auto safe = session.run(doubt.safe_place_by_s, in);
  EXPECT_EQ(safe.place, Place::safe_place);
  EXPECT_EQ(safe.hold, Hold::unsure_for_too_long);
  EXPECT_EQ(safe.cause, doubt.told);
  EXPECT_EQ(session.run(30.0, quiet()).place, Place::safe_place) << "and waits for the therapist";
}

INSTANTIATE_TEST_SUITE_P(
    Each, GovernorInDoubt,
    ::testing::Values(
        DoubtCase{"HeadsetOff", [](auto& in) { in.headset.worn = false; }, Hold::headset_off, 5, 60},
        DoubtCase{"NotFocused", [](auto& in) { in.headset.focused = false; }, Hold::not_focused, 10, 120},
        DoubtCase{"NotSeen", [](auto& in) { in.headset.visible = false; }, Hold::not_focused, 10, 120},
        DoubtCase{"HeadLost", [](auto& in) { in.head_valid = false; }, Hold::head_lost, 3, 61},
        DoubtCase{"WishIsNoNumber", [](auto& in) { in.asked_intensity = NAN; }, Hold::not_finite, 2, 60},
        DoubtCase{"BeliefIsNoNumber", [](auto& in) { in.belief.mean = NAN; }, Hold::not_finite, 2, 60},
        DoubtCase{"BeliefTooSure", [](auto& in) { in.belief.deviation = 0.0F; }, Hold::not_finite, 2, 60},
        DoubtCase{"BeliefStale", [](auto& in) { in.belief.age_s = 3.0; }, Hold::belief_stale, 5, 120},
        DoubtCase{"BeliefGone", [](auto& in) { in.belief.valid = false; }, Hold::belief_stale, 5, 120},
        DoubtCase{"ModelStale",
                  [](auto& in) {
                    in.model_in_use = true;
                    in.model_age_s = 6.0;
                  },
                  Hold::model_stale, 5, 300},
        DoubtCase{"DistressReported", [](auto& in) { in.suds = 80.0F; }, Hold::distress_reported, 3, 600},
        DoubtCase{"DiscomfortReported", [](auto& in) { in.comfort = 3.0F; }, Hold::discomfort_reported, 3,
                  600},
        DoubtCase{"HeartRateHigh", [](auto& in) { in.heart_rate_bpm = 151.0F; }, Hold::heart_rate_high, 5,
                  300},
        DoubtCase{"EyesClosed", [](auto& in) { in.eyes_closed_s = 10.5; }, Hold::eyes_closed, 5, 300},
        DoubtCase{"TherapistGone", [](auto& in) { in.therapist_silence_s = 5.5; }, Hold::therapist_gone, 10,
                  30},
        DoubtCase{"NoAnswers", [](auto& in) { in.unanswered = 2; }, Hold::no_answers, 10, 300},
        DoubtCase{"Ceiling", [](auto& in) { in.belief.mean = 0.8F; }, Hold::ceiling, 5, 600}),
    [](const auto& one) { return one.param.name; });

TEST(Governor, NeedsNobodyOnTheLineWhereTheProgrammeDoesNot) {
  Session session;
  auto in = quiet();
  in.therapist_silence_s = 1e6;
  EXPECT_EQ(session.run(5.0, in).hold, Hold::none);
}

TEST(Governor, WaitsForTheTherapistWhenTheHeadsetIsPutOnAgainOrWakesUp) {
  for (bool telemetry::HeadsetState::*part :
       {&telemetry::HeadsetState::worn, &telemetry::HeadsetState::running}) {
    Session session;
    const auto before = session.run(30.0, quiet());
    auto off = quiet();
    off.headset.*part = false;
    session.run(3.0, off);
    const auto on = session.run(5.0, quiet());
    EXPECT_EQ(on.intensity, before.intensity);
    EXPECT_EQ(on.hold, Hold::headset_back);
    EXPECT_LT(session.run(10.0, quiet()).intensity, before.intensity) << "whom nobody resumes is eased";
    auto resume = off;
    resume.therapist_resume = true;
    session.frame(resume);
    EXPECT_EQ(session.run(1.0, quiet()).hold, Hold::headset_back) << "resumed while it was off";
    resume.headset = quiet().headset;
    session.frame(resume);
    const float resumed_at = session.frame(quiet()).intensity;
    EXPECT_GT(session.run(5.0, quiet()).intensity, resumed_at);
  }
}

TEST(Governor, GoesToTheSafePlaceOnADisplayTooSlowToBeTrusted) {
  Governor governor{ProgrammeLimits{}};
  auto in = quiet();
  double time_s = 0.0;
  GovernorOutput out;
  const auto run = [&](double seconds, double step_s) {
    for (const double end_s = time_s + seconds; time_s < end_s;) {
      in.time = core::at_seconds(time_s += step_s);
      out = governor.step(in);
    }
  };
  run(30.0, frame_s);
  const float before = out.intensity;
  run(50.0, 0.3);
  EXPECT_EQ(out.intensity, before) << "time that jumps moves nothing";
  run(12.0, 0.3);
  EXPECT_EQ(out.place, Place::safe_place);
  EXPECT_EQ(out.cause, Hold::time_jumped);
}

TEST(Governor, TellsTheMachineOfALostLinkByItsName) {
  EXPECT_EQ(event_of(Hold::therapist_gone), Event::link_lost);
  EXPECT_EQ(event_of(Hold::eyes_closed), Event::doubt_too_long);
}

TEST(Governor, CountsAReasonThatFlickers) {
  Session session;
  session.run(40.0, quiet());
  auto in = quiet();
  bool lowered = false;
  for (int i = 0; i < 72 * 30; ++i) {
    in.headset.focused = i % 2 == 0;
    lowered |= session.frame(in).lowering;
  }
  EXPECT_TRUE(lowered);
}

TEST(Governor, IsNotAlarmedBeforeASessionHasStarted) {
  Session session;
  auto waiting = quiet();
  waiting.allowed = {};
  waiting.headset.worn = false;
  waiting.belief.valid = false;
  EXPECT_FALSE(session.run(700.0, waiting).to_safe_place);
  auto start = quiet();
  start.therapist_start = true;
  session.frame(start);
  EXPECT_GT(session.run(10.0, quiet()).intensity, 0.1F);
}

TEST(Governor, HoldsAnUnboundedProgrammeToTheAbsoluteLimits) {
  ProgrammeLimits reckless;
  reckless.intensity = {0.0F, 50.0F};
  reckless.rise_per_s = 100.0F;
  reckless.fall_per_s = 100.0F;
  reckless.ceiling = reckless.suds_ceiling = reckless.heart_rate_bpm = 1e9F;
  Session session(reckless);
  auto in = quiet();
  in.allowed.ceiling = 1e9F;
  in.allowed.intensity_at_most = 50.0F;
  in.asked_intensity = 50.0F;
  const auto before = session.run(5.0, in);
  EXPECT_NEAR(session.run(10.0, in).intensity - before.intensity, 0.2F, 0.002F);
  EXPECT_EQ(session.run(60.0, in).intensity, 1.0F);
  in.belief.mean = 0.96F;
  EXPECT_EQ(session.frame(in).hold, Hold::ceiling);
  in.belief.mean = 0.4F;
  in.suds = 91.0F;
  EXPECT_EQ(session.frame(in).hold, Hold::distress_reported);
}

}  // namespace
}  // namespace attune::treatment
