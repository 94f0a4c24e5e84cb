#include "report/looking.hpp"

#include <gtest/gtest.h>

#include "report/made_looks.hpp"

// What the report says of looking, against recordings in which every look is known.
namespace attune::report::test {
namespace {

/// What a jump of 40° takes, and a frame.
constexpr double jump_s = 0.12;

/// The same looks again and again.
std::vector<Look> repeated(const std::vector<Look>& looks, int times) {
  std::vector<Look> script;
  for (int i = 0; i < times; ++i) script.insert(script.end(), looks.begin(), looks.end());
  return script;
}

const LookingPart& phase(const LookingFigures& figures, std::uint16_t number) {
  const auto found = std::ranges::find_if(figures.parts, [number](const auto& part) {
    return part.kind == LookingPart::Kind::phase && part.number == number;
  });
  EXPECT_NE(found, figures.parts.end());
  return *found;
}

TEST(Looking, EveryLookIsCountedWhereItWent) {
  const auto figures = account({{At::nowhere, 2.0},
                                {At::drop, 1.5},
                                {At::garden, 2.0},
                                {At::nowhere, 1.0},
                                {At::drop, 3.0},
                                {At::railing, 1.0},
                                {At::drop, 1.0},
                                {At::nowhere, 1.0}});
  const auto* drop = figures.areas.find(id_drop);
  ASSERT_NE(drop, nullptr);
  EXPECT_EQ(drop->visits, 3);
  EXPECT_EQ(drop->revisits(), 2);
  EXPECT_NEAR(drop->dwell_s, 1.5 + 3.0 + 1.0, 3 * jump_s);
  EXPECT_NEAR(drop->first_entry.seconds(), 2.0, jump_s);
  EXPECT_NEAR(drop->last_exit.seconds(), 11.5, jump_s);
  EXPECT_EQ(drop->fixations, 3);
  ASSERT_TRUE(drop->first_fixation);
  EXPECT_NEAR(drop->first_fixation->seconds(), 2.0, jump_s);
  EXPECT_NEAR(drop->first_fixation_s, 1.5, jump_s);
  EXPECT_EQ(figures.areas.find(id_garden)->visits, 1);
  EXPECT_NEAR(figures.areas.find(id_garden)->dwell_s, 2.0, jump_s);
  EXPECT_EQ(figures.areas.find(id_railing)->visits, 1);
  ASSERT_NE(figures.areas.find(id_never), nullptr) << "what is feared and never looked at is known too";
  EXPECT_EQ(figures.areas.find(id_never)->visits, 0);
  EXPECT_EQ(figures.longest_first().front().id, id_drop);
}

TEST(Looking, KnowsWhichAreaCameAfterWhich) {
  const auto figures = account({{At::drop, 1.0},
                                {At::garden, 1.0},
                                {At::drop, 1.0},
                                {At::garden, 1.0},
                                {At::railing, 1.0},
                                {At::drop, 1.0}});
  const auto& areas = figures.areas;
  EXPECT_EQ(areas.transitions(id_drop, id_garden), 2);
  EXPECT_EQ(areas.transitions(id_garden, id_drop), 1);
  EXPECT_EQ(areas.transitions(id_garden, id_railing), 1);
  EXPECT_EQ(areas.transitions(id_railing, id_drop), 1);
  EXPECT_EQ(areas.transitions(id_drop, id_railing), 0);
}

TEST(Looking, EntropyFallsWithOrderAndWithOneAreaThatTakesAllTheTime) {
  const auto round = account(repeated({{At::drop, 1.0}, {At::garden, 1.0}, {At::railing, 1.0}}, 10));
  const auto fixed = account(repeated({{At::drop, 9.0}, {At::garden, 0.5}, {At::railing, 0.5}}, 3));
  EXPECT_NEAR(*round.areas.transition_entropy(), 0.0, 1e-9) << "always the same way round";
  // Three of the four areas alike: log 3 of log 4.
  EXPECT_NEAR(*round.areas.stationary_entropy(), std::log(3.0) / std::log(4.0), 0.01);
  EXPECT_LT(*fixed.areas.stationary_entropy(), 0.4);
  const auto free = account(repeated({{At::drop, 0.5},
                                      {At::garden, 0.5},
                                      {At::drop, 0.5},
                                      {At::railing, 0.5},
                                      {At::garden, 0.5},
                                      {At::railing, 0.5}},
                                     6));
  EXPECT_GT(*free.areas.transition_entropy(), 0.5);
}

TEST(Looking, BiasSaysWhetherTheThreatIsDweltOnOrAvoided) {
  EXPECT_NEAR(*account({{At::drop, 6.0}, {At::garden, 2.0}}).areas.threat_bias(), 0.5, 0.05);
  EXPECT_NEAR(*account({{At::drop, 2.0}, {At::garden, 6.0}}).areas.threat_bias(), -0.5, 0.05);
  EXPECT_FALSE(account({{At::nowhere, 3.0}, {At::railing, 3.0}}).areas.threat_bias());
}

TEST(Looking, EngagementIsTheShareOfTimeOnTargetInEachPhaseAndOverTime) {
  std::vector<Look> script{{At::nowhere, 20.0, 1}};
  for (const auto& look : repeated({{At::drop, 3.0, 2}, {At::garden, 1.0, 2}}, 5)) script.push_back(look);
  const auto figures = account(script);
  EXPECT_EQ(phase(figures, 1).engaged(), 0.0);
  EXPECT_NEAR(*phase(figures, 2).engaged(), 0.75, 0.05);
  EXPECT_NEAR(*figures.whole().engaged(), 15.0 / 40.0, 0.03);
  EXPECT_NEAR(figures.whole().observations, 160, 1);
  EXPECT_NEAR(phase(figures, 1).seconds, 20.0, 0.02);
  int observations = 0, on_target = 0;
  for (const auto& point : figures.engaged) {
    observations += point.observations;
    on_target += point.on_target;
    if (point.to_s <= 20.0) {
      EXPECT_EQ(point.on_target, 0) << point.from_s;
      EXPECT_NEAR(point.observations, 4.0 * (point.to_s - point.from_s), 1.0);
    }
  }
  EXPECT_EQ(observations, figures.whole().observations);
  EXPECT_EQ(on_target, figures.whole().on_target);
}

TEST(Looking, ABlinkIsCountedAndEndsNoLook) {
  const auto figures =
      account(repeated({{At::drop, 2.0}, {At::lost, 0.2}, {At::drop, 1.8}, {At::nowhere, 1.0}}, 4));
  EXPECT_EQ(figures.whole().blinks, 4);
  EXPECT_EQ(figures.areas.find(id_drop)->visits, 4);
  EXPECT_NEAR(figures.areas.find(id_drop)->dwell_s, 16.0, 4 * jump_s);
  EXPECT_NEAR(*figures.whole().per_minute(figures.whole().blinks), 4 / 20.0 * 60.0, 0.5);
}

TEST(Looking, ALossThatGoesOnIsNoBlink) {
  const auto figures = account({{At::drop, 6.0}, {At::lost, 10.0}, {At::drop, 6.0}});
  EXPECT_EQ(figures.whole().blinks, 0);
  EXPECT_NEAR(figures.whole().eyes_s, 12.0, 0.1);
  EXPECT_EQ(figures.areas.find(id_drop)->visits, 2);
  EXPECT_NEAR(figures.whole().observations, 48, 3) << "nothing is known while the eyes are lost";
}

TEST(Looking, FixationsSaccadesAndTheWayOfTheGazeAreThoseOfTheScript) {
  const auto figures = account(repeated({{At::drop, 0.5}, {At::garden, 0.5}}, 20));
  const auto& whole = figures.whole();
  EXPECT_EQ(whole.fixations, 40);
  EXPECT_EQ(whole.saccades, 40) << "the first jump comes from below";
  const double apart_deg = angle_between_deg(At::drop, At::garden);
  EXPECT_NEAR(whole.path_deg, 39 * apart_deg, 0.02 * 39 * apart_deg);
  EXPECT_NEAR(*whole.mean_saccade_deg(), apart_deg, 1.5);
  EXPECT_NEAR(*whole.mean_fixation_s(), 0.4, 0.03) << "half a second less the jump";
  EXPECT_NEAR(*whole.per_minute(whole.path_deg), 60.0 / 20.0 * 39 * apart_deg, 0.02 * 120 * apart_deg);
}

TEST(Looking, LongFixationsAndSmallJumpsExamineTheOppositeSearches) {
  std::vector<Look> script = repeated({{At::drop, 0.3, 1}, {At::garden, 0.35, 1}}, 20);
  for (const auto& look : repeated({{At::garden, 1.0, 2}, {At::railing, 1.2, 2}}, 20)) script.push_back(look);
  const auto figures = account(script);
  ASSERT_TRUE(phase(figures, 1).ambient_focal && phase(figures, 2).ambient_focal);
  EXPECT_LT(*phase(figures, 1).ambient_focal, -1.0);
  EXPECT_GT(*phase(figures, 2).ambient_focal, 1.0);
  EXPECT_FALSE(figures.whole().ambient_focal) << "over everything it is 0 by its making";
}

TEST(Looking, WhoWalksPastAThingFixatesItOnce) {
  auto moments = MadeLooks{}.make({{At::nowhere, 1.0}, {At::drop, 8.0}, {At::garden, 4.0}});
  // The thing drifts by 6 degrees a second for four of the eight seconds, and the eyes with it.
  for (auto& moment : moments) {
    auto& frame = moment.frame;
    const double drift_deg = 6.0 * std::clamp(frame.time.seconds() - 3.0, 0.0, 4.0);
    const auto turn =
        glm::angleAxis(static_cast<float>(glm::radians(-drift_deg)), glm::vec3{0.0F, 1.0F, 0.0F});
    frame.gaze.direction = turn * frame.gaze.direction;
    for (auto& area : frame.aois) {
      const auto eye_m = frame.head.position_m;
      area.centre_m = eye_m + turn * (area.centre_m - eye_m);
    }
  }
  const auto figures = account(moments);
  EXPECT_EQ(figures.whole().fixations, 3);
  EXPECT_NEAR(*figures.whole().following(), 4.0 / 13.0, 0.05);
  EXPECT_EQ(figures.areas.find(id_drop)->fixations, 1);
  EXPECT_NEAR(figures.areas.find(id_drop)->first_fixation_s, 8.0, jump_s);
}

TEST(Looking, WhereNothingIsFearedThereIsNoBias) {
  auto moments = MadeLooks{}.make({{At::garden, 4.0}, {At::nowhere, 2.0}});
  for (auto& moment : moments)
    for (auto& area : moment.frame.aois)
      if (area.role == telemetry::AoiRole::threat) area.role = telemetry::AoiRole::neutral;
  EXPECT_FALSE(account(moments).areas.threat_bias());
}

TEST(Looking, TooFewFixationsGiveNoRateAndNoK) {
  const auto figures = account({{At::drop, 2.0}, {At::garden, 2.0}, {At::drop, 2.0}});
  EXPECT_FALSE(figures.whole().per_minute(figures.whole().fixations));
  EXPECT_FALSE(phase(figures, 2).ambient_focal);
  EXPECT_TRUE(figures.whole().mean_fixation_s());
}

TEST(Looking, TheCalmGardenCountsForNothing) {
  const auto figures =
      account({{At::drop, 3.0, 2},
               {.at = At::garden, .seconds = 20.0, .phase = 4, .in_garden = true, .still = true},
               {At::railing, 3.0, 2}});
  EXPECT_NEAR(figures.whole().seconds, 6.0, 0.03);
  EXPECT_EQ(figures.areas.find(id_garden)->visits, 0);
  EXPECT_EQ(figures.areas.transitions(id_drop, id_railing), 0) << "they were not looked at one after another";
  EXPECT_NEAR(figures.whole().observations, 24, 2);
  EXPECT_TRUE(figures.stillnesses.empty()) << "who rests in the garden is not frozen";
  EXPECT_NEAR(figures.whole().eyes_s, 6.0, 0.1);
  EXPECT_NEAR(figures.whole().path_deg, 0.0, 30.0);
  EXPECT_NEAR(figures.map.total_s(), 6.0, 0.03);
}

TEST(Looking, AHeadsetThatIsNotWornLooksAtNothing) {
  const auto figures = account(
      {{At::drop, 3.0}, {.at = At::drop, .seconds = 30.0, .still = true, .worn = false}, {At::drop, 3.0}});
  EXPECT_NEAR(figures.whole().seconds, 6.0, 0.03);
  EXPECT_NEAR(figures.areas.find(id_drop)->dwell_s, 6.0, 2 * jump_s);
  EXPECT_EQ(figures.areas.find(id_drop)->visits, 2);
  EXPECT_TRUE(figures.stillnesses.empty());
}

TEST(Looking, FreezingIsFoundWhenItHappened) {
  const auto figures = account({{At::drop, 5.0, 2},
                                {.at = At::drop, .seconds = 6.0, .phase = 2, .still = true},
                                {At::garden, 5.0, 2},
                                {.at = At::garden, .seconds = 1.0, .phase = 2, .still = true},
                                {At::drop, 5.0, 3},
                                {.at = At::drop, .seconds = 3.0, .phase = 3, .still = true}});
  ASSERT_EQ(figures.stillnesses.size(), 2U) << "a second of stillness is none";
  EXPECT_NEAR(figures.stillnesses[0].from_s, 5.0, 0.3);
  EXPECT_NEAR(figures.stillnesses[0].to_s, 11.0, 0.3);
  EXPECT_NEAR(figures.stillnesses[1].from_s, 22.0, 0.3);
  EXPECT_NEAR(figures.stillnesses[1].to_s, 25.0, 0.1) << "the recording ends in it";
  EXPECT_EQ(phase(figures, 2).stillnesses, 1);
  EXPECT_NEAR(phase(figures, 3).still_s, 3.0, 0.3);
}

TEST(Looking, AMovingHandIsNoFreezing) {
  auto moments = MadeLooks{}.make({{At::drop, 2.0}, {.at = At::drop, .seconds = 6.0, .still = true}});
  EXPECT_EQ(account(moments).stillnesses.size(), 1U);
  for (auto& moment : moments) {
    auto& grip = moment.frame.hands[telemetry::right].grip;
    grip.position_valid = grip.orientation_valid = grip.tracked = true;
    grip.position_m = {0.3F, 1.0F + 0.05F * std::sin(6.0F * static_cast<float>(moment.frame.time.seconds())),
                       -0.3F};
  }
  EXPECT_TRUE(account(moments).stillnesses.empty());
}

TEST(Looking, AHeadThatStandsInSaysNothingOfTheEyes) {
  const auto figures =
      account(repeated({{At::drop, 3.0}, {At::garden, 3.0}}, 3), {.source = telemetry::GazeSource::head});
  EXPECT_FALSE(figures.by_eye());
  EXPECT_EQ(figures.areas.find(id_drop)->visits, 3);
  EXPECT_NEAR(*figures.whole().engaged(), 0.5, 0.05);
  EXPECT_EQ(figures.whole().fixations, 0);
  EXPECT_EQ(figures.whole().blinks, 0);
  EXPECT_EQ(figures.areas.find(id_drop)->fixations, 0);
  EXPECT_EQ(figures.whole().eyes_s, 0.0);
}

TEST(Looking, AForeignRecordingIsComparedInThirdsAndItsTargetsAreThereAllTheTime) {
  std::vector<Look> script = repeated({{At::drop, 1.0}, {At::garden, 1.0}}, 10);
  for (const auto& look : repeated({{At::garden, 1.0}, {At::railing, 1.0}}, 20)) script.push_back(look);
  const auto figures = account(script, {.decided = false});
  ASSERT_EQ(figures.parts.size(), 4U);
  EXPECT_EQ(figures.parts[1].kind, LookingPart::Kind::third);
  EXPECT_NEAR(*figures.parts[1].engaged(), 0.5, 0.08) << "looking at something else avoids what is there";
  EXPECT_EQ(figures.parts[2].engaged(), 0.0);
  EXPECT_EQ(figures.parts[3].engaged(), 0.0);
}

TEST(Looking, WhereNothingIsToBeFacedNobodyAvoidsIt) {
  const auto figures = account({{At::garden, 5.0}, {At::railing, 5.0}}, {.decided = false});
  EXPECT_FALSE(figures.whole().engaged());
  EXPECT_TRUE(figures.engaged.empty());
}

TEST(Looking, ARecentringMovesNoGaze) {
  auto moments = MadeLooks{}.make({{At::drop, 10.0}, {At::garden, 3.0}});
  // From the sixth second on all is turned by 90 degrees: eyes, head and areas.
  const auto turn = glm::angleAxis(glm::radians(90.0F), glm::vec3{0.0F, 1.0F, 0.0F});
  for (std::size_t i = 540; i < moments.size(); ++i) {
    auto& frame = moments[i].frame;
    frame.recentred = i == 540;
    frame.gaze.direction = turn * frame.gaze.direction;
    frame.head.orientation = turn * frame.head.orientation;
    if (i > 540)
      for (auto& area : frame.aois) area.centre_m = turn * area.centre_m;
  }
  const auto figures = account(moments);
  EXPECT_EQ(figures.whole().saccades, 2);
  EXPECT_EQ(figures.whole().fixations, 3) << "one ends with the recentring, one begins";
  EXPECT_NEAR(figures.whole().path_deg, angle_between_deg(At::drop, At::garden), 1.0);
  EXPECT_EQ(figures.areas.find(id_drop)->visits, 1);
  EXPECT_NEAR(figures.areas.find(id_drop)->dwell_s, 10.0, 0.3);
}

TEST(Looking, EyesThatLagBehindTheirFramesLoseNothingToABlink) {
  const auto script = repeated({{At::drop, 1.0}, {At::lost, 0.2}, {At::garden, 1.0}}, 6);
  const auto at_once = account(script, {.lag_s = 0.0});
  for (const double lag_s : {0.0, 0.015, 0.06}) {
    const auto figures = account(script, {.lag_s = lag_s});
    EXPECT_EQ(figures.whole().blinks, 6) << lag_s;
    EXPECT_EQ(figures.whole().fixations, at_once.whole().fixations) << lag_s;
    EXPECT_NEAR(*figures.whole().mean_fixation_s(), *at_once.whole().mean_fixation_s(), 0.012) << lag_s;
  }
}

}  // namespace
}  // namespace attune::report::test
