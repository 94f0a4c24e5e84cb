#include "attune/treatment/step_course.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "support.hpp"

namespace attune::treatment {
namespace {

using telemetry::Activity;
using telemetry::ReportKind;

/// A sequence of three steps: work, breathing, people.
Programme sequence() {
  auto programme = heights();
  programme.order = Order::sequence;
  programme.adaptive.step = false;
  programme.ladder.assign(3, Step{});
  programme.ladder[0].activity = Activity::work;
  programme.ladder[0].limit_s = 300.0;
  programme.ladder[1].activity = Activity::breathing;
  programme.ladder[1].limit_s = 60.0;
  programme.ladder[2].activity = Activity::social;
  return programme;
}

WayOn distress_at_least(float bound, double held_s, std::uint16_t to) {
  WayOn way;
  way.distress_at_least = bound;
  way.held_s = held_s;
  way.to = to;
  return way;
}

/// Lets a course of steps go on by the second.
class Course {
 public:
  explicit Course(Programme programme) : programme_(std::move(programme)), course(programme_) {
    course.begin();
    in.belief = {0.4F, 0.05F, 0.0, true};
    in.since_decision_s = 1.0;
  }
  /// The first move within so many seconds, or none.
  std::optional<StepMove> run(int seconds) {
    for (int i = 0; i < seconds; ++i) {
      course.spend(1.0);
      ++at_s;
      if (const auto move = course.decide(in)) return move;
    }
    return std::nullopt;
  }
  void take(const StepMove& move) {
    course.count(move);
    course.enter(move.to);
  }

 private:
  Programme programme_;

 public:
  StepCourse course;
  StepInput in;
  int at_s = 0;
};

TEST(StepCourse, GoesOnWhenAStepsTimeIsOverAndEndsWithTheLast) {
  auto programme = sequence();
  programme.ladder[2].limit_s = 30.0;
  Course course(programme);
  const auto first = course.run(1000);
  ASSERT_TRUE(first);
  EXPECT_EQ(course.at_s, 300);
  EXPECT_EQ(first->to, 1);
  EXPECT_EQ(first->cause, MoveCause::limit);
  course.take(*first);
  course.take(*course.run(100));
  const auto last = course.run(100);
  ASSERT_TRUE(last);
  EXPECT_TRUE(last->ends);
  EXPECT_EQ(course.at_s, 390);
}

TEST(StepCourse, TheOfficesMoveLikelyDistressForTwentySecondsLeadsToBreathing) {
  auto programme = sequence();
  programme.ladder[0].go_on = {distress_at_least(0.60F, 20.0, 1)};
  programme.ladder[0].hold_s = 120.0;
  Course course(programme);
  EXPECT_FALSE(course.run(30));
  course.in.belief.mean = 0.65F;
  EXPECT_FALSE(course.run(15));
  course.in.belief.mean = 0.55F;
  EXPECT_FALSE(course.run(10)) << "a break begins the twenty seconds anew";
  course.in.belief.mean = 0.65F;
  EXPECT_FALSE(course.run(19));
  const auto move = course.run(1);
  ASSERT_TRUE(move) << "and a way out does not wait for hold_s";
  EXPECT_EQ(move->to, 1);
  EXPECT_EQ(move->cause, MoveCause::way);
  EXPECT_EQ(move->way, 0);
}

TEST(StepCourse, AReportSaysDistressToo) {
  auto programme = sequence();
  programme.ladder[0].go_on = {distress_at_least(0.60F, 5.0, 1)};
  Course course(programme);
  course.in.suds = 65.0F;
  course.in.since_suds_s = 10.0;
  EXPECT_TRUE(course.run(5));
  Course old(programme);
  old.in.suds = 65.0F;
  old.in.since_suds_s = 100.0;
  EXPECT_FALSE(old.run(20));
}

TEST(StepCourse, NotKnowingIsNeitherCalmNorDistress) {
  auto programme = sequence();
  WayOn calm;
  calm.distress_at_most = 0.5F;
  programme.ladder[0].go_on = {distress_at_least(0.60F, 0.0, 1), calm};
  Course course(programme);
  course.in.belief = {0.45F, 0.10F, 0.0, true};
  EXPECT_FALSE(course.run(20)) << "a mean within one deviation of the bound";
  course.in.belief = {0.45F, 0.05F, 0.0, false};
  EXPECT_FALSE(course.run(20));
  course.in.belief = {0.45F, 0.04F, 0.0, true};
  EXPECT_TRUE(course.run(1));
}

TEST(StepCourse, AWayOutOfOrderIsTakenThreeTimesAtMost) {
  auto programme = sequence();
  programme.ladder[0].go_on = {distress_at_least(0.60F, 0.0, 0)};
  programme.ladder[0].limit_s.reset();
  Course course(programme);
  course.in.belief.mean = 0.9F;
  for (int i = 0; i < 3; ++i) {
    const auto move = course.run(1);
    ASSERT_TRUE(move);
    course.take(*move);
  }
  EXPECT_FALSE(course.run(100));
}

/// Each condition alone: what meets it, after it was not met.
struct Condition {
  const char* name;
  WayOn way;
  std::optional<telemetry::SelfReport> answer;
};
class Way : public ::testing::TestWithParam<Condition> {};

TEST_P(Way, IsTakenOnceItsConditionIsMetAndNotBeforeHoldS) {
  auto programme = sequence();
  programme.ladder[0].go_on = {GetParam().way};
  programme.ladder[0].hold_s = 10.0;
  Course course(programme);
  EXPECT_FALSE(course.run(20)) << "not met";
  course.course.enter(0);
  if (GetParam().answer) course.course.take(*GetParam().answer);
  course.in.done = GetParam().way.done;
  EXPECT_FALSE(course.run(9));
  EXPECT_TRUE(course.run(1) || course.run(20));
}

WayOn way(void (*set)(WayOn&)) {
  WayOn result;
  set(result);
  return result;
}
INSTANTIATE_TEST_SUITE_P(
    Each, Way,
    ::testing::Values(Condition{"Expectancy", way([](WayOn& w) { w.expectancy_at_most = 20.0F; }),
                                telemetry::SelfReport{ReportKind::expectancy, 20.0F, {}, {}}},
                      Condition{"Belief", way([](WayOn& w) { w.belief_at_most = 30.0F; }),
                                telemetry::SelfReport{ReportKind::belief, 10.0F, {}, {}}},
                      Condition{"Urge", way([](WayOn& w) { w.urge_at_most = 30.0F; }),
                                telemetry::SelfReport{ReportKind::urge, 0.0F, {}, {}}},
                      Condition{"Done", way([](WayOn& w) { w.done = true; }), std::nullopt},
                      Condition{"Time", way([](WayOn& w) { w.after_s = 21.0; }), std::nullopt}),
    [](const auto& one) { return one.param.name; });

TEST(StepCourse, AnAnswerCountsInTheStepItWasGivenIn) {
  auto programme = sequence();
  WayOn unlikely;
  unlikely.expectancy_at_most = 20.0F;
  programme.ladder[1].go_on = {unlikely};
  programme.ladder[1].limit_s.reset();
  Course course(programme);
  course.course.take({ReportKind::expectancy, 5.0F, {}, {}});
  course.course.enter(1);
  EXPECT_FALSE(course.run(50));
  course.course.take({ReportKind::expectancy, 25.0F, {}, {}});
  EXPECT_FALSE(course.run(1));
  course.course.take({ReportKind::expectancy, 15.0F, {}, {}});
  EXPECT_TRUE(course.run(1));
}

TEST(StepCourse, TheTherapistsHoldKeepsTheStepButNotTheWayOut) {
  auto programme = sequence();
  programme.ladder[0].go_on = {distress_at_least(0.6F, 0.0, 1)};
  Course course(programme);
  course.in.therapist_holds = true;
  EXPECT_FALSE(course.run(500)) << "its limit is over, and the therapist wants to stay";
  course.in.belief.mean = 0.7F;
  EXPECT_TRUE(course.run(1));
}

TEST(StepCourse, AtTheTopOfALadderThePhaseHasTheLimit) {
  auto programme = sequence();
  programme.order = Order::ladder;
  programme.ladder[2].limit_s = 30.0;
  Course course(programme);
  course.course.enter(2);
  EXPECT_FALSE(course.run(100));
}

TEST(StepCourse, VariantsAlternateWithTimeAndWithEveryReturn) {
  auto programme = sequence();
  programme.ladder[0].variants = {0, 2, 3};
  programme.ladder[0].vary_s = 50.0;
  Course course(programme);
  EXPECT_EQ(course.course.variant(), 0);
  course.run(49);
  EXPECT_EQ(course.course.variant(), 0);
  course.run(1);
  EXPECT_EQ(course.course.variant(), 2);
  course.run(10);
  course.course.enter(1);
  EXPECT_EQ(course.course.variant(), 0) << "a step with no list has the one";
  course.run(10);
  course.course.enter(0);
  EXPECT_EQ(course.course.variant(), 3) << "come back to, it shows what was not shown before";
  course.run(50);
  EXPECT_EQ(course.course.variant(), 0);
}

TEST(LaterSession, ShowsTheTrialsOfTheDotProbeInAnotherOrder) {
  const auto programme = sequence();
  const auto seed = programme.practices.dot_probe.seed;
  EXPECT_EQ(programme.for_session(1).practices.dot_probe.seed, seed);
  EXPECT_NE(programme.for_session(2).practices.dot_probe.seed, seed);
  EXPECT_NE(programme.for_session(3).practices.dot_probe.seed,
            programme.for_session(2).practices.dot_probe.seed);
}

TEST(StepCourse, ALaterSessionBeginsWithTheNextVariantAndShowsThemAll) {
  auto programme = sequence();
  programme.ladder[0].variants = {0, 2, 3};
  programme.ladder[0].vary_s = 50.0;
  const std::array<std::uint8_t, 5> begins_with{0, 2, 3, 0, 2};
  for (std::uint32_t session = 1; session <= begins_with.size(); ++session) {
    const auto later = programme.for_session(session);
    Course course(later);
    std::set<std::uint8_t> shown;
    EXPECT_EQ(course.course.variant(), begins_with[session - 1]) << session;
    for (int turn = 0; turn < 3; ++turn) {
      shown.insert(course.course.variant());
      course.run(50);
    }
    EXPECT_EQ(shown, (std::set<std::uint8_t>{0, 2, 3})) << session;
    EXPECT_EQ(later.ladder[1].variants, programme.ladder[1].variants) << "a step with no list has the one";
  }
}

}  // namespace
}  // namespace attune::treatment
