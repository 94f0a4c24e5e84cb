#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <glm/geometric.hpp>
#include <random>

#include "attention/generated_gaze.hpp"
#include "attune/attention/area_ledger.hpp"
#include "attune/attention/engagement.hpp"
#include "attune/attention/pupil.hpp"
#include "attune/attention/scan_measures.hpp"

// What was looked at, how, and for how long.
namespace attune::attention {
namespace {

using core::at_seconds;
using telemetry::AoiRole;

Visit visit(std::uint16_t id, double from_s, double to_s) {
  return {id, at_seconds(from_s), at_seconds(to_s)};
}

GazeEpisode episode(GazeLabel label, double from_s, double to_s, float amplitude_deg = 0.0F) {
  GazeEpisode made;
  made.label = label;
  made.start = at_seconds(from_s);
  made.end = at_seconds(to_s);
  made.samples = 10;
  made.centre = {0.0F, 0.0F, -1.0F};
  made.amplitude_deg = amplitude_deg;
  return made;
}

TEST(AreaLedger, CountsEntriesDwellRevisitsAndWhatFollowsWhat) {
  AreaLedger ledger;
  ledger.add(visit(1, 0.0, 1.0), AoiRole::threat);
  ledger.add(visit(2, 1.2, 1.5), AoiRole::calm);
  ledger.add(visit(1, 2.0, 2.5), AoiRole::threat);
  ledger.add(visit(3, 3.0, 3.1), AoiRole::neutral);
  const auto* first = ledger.find(1);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->visits, 2);
  EXPECT_EQ(first->revisits(), 1);
  EXPECT_DOUBLE_EQ(first->dwell_s, 1.5);
  EXPECT_EQ(first->first_entry, at_seconds(0.0));
  EXPECT_EQ(first->last_exit, at_seconds(2.5));
  EXPECT_EQ(ledger.transitions(1, 2), 1);
  EXPECT_EQ(ledger.transitions(2, 1), 1);
  EXPECT_EQ(ledger.transitions(1, 3), 1);
  EXPECT_EQ(ledger.transitions(3, 1), 0);
  EXPECT_NEAR(*ledger.threat_bias(), (1.5 - 0.3) / 1.8, 1e-9);
  EXPECT_EQ(ledger.find(9), nullptr);
}

TEST(AreaLedger, KnowsTheFirstFixationAndTheTimeFixated) {
  AreaLedger ledger;
  ledger.add(episode(GazeLabel::fixation, 1.0, 1.2), 4, AoiRole::social);
  ledger.add(episode(GazeLabel::fixation, 2.0, 2.5), 4, AoiRole::social);
  EXPECT_EQ(ledger.find(4)->first_fixation, at_seconds(1.0));
  EXPECT_NEAR(ledger.find(4)->first_fixation_s, 0.2, 1e-9);
  EXPECT_NEAR(ledger.find(4)->fixated_s, 0.7, 1e-9);
  EXPECT_EQ(ledger.find(4)->fixations, 2);
}

TEST(AreaLedger, EntropyIsOneWhereAllIsAlikeAndFallsWithOrder) {
  AreaLedger even, ordered;
  std::mt19937 random(1);
  double t = 0.0;
  std::uint16_t at = 0;
  for (int i = 0; i < 4000; ++i, t += 1.0) {
    at = static_cast<std::uint16_t>((at + 1 + random() % 3) % 4);
    even.add(visit(at, t, t + 0.5), AoiRole::neutral);
    ordered.add(visit(static_cast<std::uint16_t>(i % 4), t, t + 0.5), AoiRole::neutral);
  }
  EXPECT_NEAR(*even.stationary_entropy(), 1.0, 0.01);
  EXPECT_NEAR(*even.transition_entropy(), 1.0, 0.01);
  EXPECT_NEAR(*ordered.stationary_entropy(), 1.0, 0.01);
  EXPECT_NEAR(*ordered.transition_entropy(), 0.0, 1e-9);
}

TEST(AreaLedger, SaysNothingOfWhatWasNotSeen) {
  AreaLedger ledger;
  EXPECT_FALSE(ledger.stationary_entropy() || ledger.transition_entropy() || ledger.threat_bias());
  ledger.add(visit(1, 0.0, 1.0), AoiRole::neutral);
  EXPECT_FALSE(ledger.stationary_entropy() || ledger.transition_entropy() || ledger.threat_bias());
}

TEST(AreaLedger, AreasBeyondItsRoomAreCountedAndHarmNothing) {
  AreaLedger ledger;
  constexpr std::uint16_t more = AreaLedger::most_areas + 20;
  for (std::uint16_t id = 0; id < more; ++id) ledger.add(visit(id, id, id + 0.5), AoiRole::neutral);
  EXPECT_EQ(ledger.areas().size(), AreaLedger::most_areas);
  EXPECT_EQ(ledger.left_out(), 20);
  ledger.offer(more, AoiRole::threat);
  EXPECT_EQ(ledger.left_out(), 20) << "what is there alone is no look";
}

TEST(AreaLedger, AnAreaThatIsThereAndNeverLookedAtCounts) {
  AreaLedger looked, offered;
  offered.offer(1, AoiRole::threat);
  offered.offer(3, AoiRole::threat);
  offered.offer(4, AoiRole::threat);
  for (auto* ledger : {&looked, &offered}) {
    ledger->add(visit(1, 0.0, 1.0), AoiRole::threat);
    ledger->add(visit(2, 1.0, 2.0), AoiRole::calm);
  }
  EXPECT_NEAR(*looked.stationary_entropy(), 1.0, 1e-9);
  EXPECT_NEAR(*offered.stationary_entropy(), 0.5, 1e-9) << "two of four";
  EXPECT_EQ(offered.find(3)->visits, 0);
  AreaLedger avoiding;
  avoiding.offer(1, AoiRole::threat);
  avoiding.add(visit(2, 1.0, 2.0), AoiRole::calm);
  EXPECT_EQ(*avoiding.threat_bias(), -1.0);
  AreaLedger nothing_feared;
  nothing_feared.add(visit(2, 1.0, 2.0), AoiRole::calm);
  EXPECT_FALSE(nothing_feared.threat_bias()) << "where nothing is feared nobody avoids it";
}

TEST(AreaLedger, WhatIsShownInBetweenBreaksTheChainOfLooks) {
  AreaLedger ledger;
  ledger.add(visit(1, 0.0, 1.0), AoiRole::neutral);
  ledger.break_off();
  ledger.add(visit(2, 60.0, 61.0), AoiRole::neutral);
  ledger.add(visit(1, 61.0, 62.0), AoiRole::neutral);
  EXPECT_EQ(ledger.transitions(1, 2), 0);
  EXPECT_EQ(ledger.transitions(2, 1), 1);
  EXPECT_EQ(ledger.find(1)->visits, 2);
}

std::vector<Engaged> engaged(double seconds, const std::function<Looking(double)>& looking) {
  Engagement engagement;
  std::vector<Engaged> all;
  for (double t = 0.0; t <= seconds; t += 1.0 / 90.0)
    if (const auto one = engagement.push(at_seconds(t), looking(t))) all.push_back(*one);
  return all;
}

TEST(Engagement, IsOneObservationAQuarterOfASecond) {
  const auto all = engaged(10.0, [](double t) { return t < 5.0 ? Looking::target : Looking::elsewhere; });
  ASSERT_EQ(all.size(), 40U);
  EXPECT_TRUE(all.front().on_target);
  EXPECT_FALSE(all.back().on_target);
  EXPECT_NEAR(all.front().target_share, 1.0, 1e-9);
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.on_target; }), 20);
}

TEST(Engagement, IsSilentWhileTheEyesAreLostAndGoesOnAfterwards) {
  const auto all =
      engaged(3.0, [](double t) { return t < 1.0 || t > 2.0 ? Looking::target : Looking::unknown; });
  EXPECT_EQ(all.size(), 8U);
}

TEST(ScanMeasures, PathIsTheWayBetweenFixations) {
  GazeClassifier classifier(GazeMode::offline);
  GazeEpisodes episodes;
  ScanMeasures measures;
  const auto made = test::make(
      {test::rest(0.5), test::jump(10.0), test::rest(0.5), test::jump(-4.0), test::rest(0.5)}, {500.0, 0.01});
  const auto take = [&](std::span<const LabelledGaze> ready) {
    for (const auto& sample : ready)
      if (const auto ended = episodes.push(sample)) measures.push(*ended);
  };
  for (const auto& point : made.points) take(classifier.push(point));
  take(classifier.finish());
  if (const auto ended = episodes.finish()) measures.push(*ended);
  EXPECT_NEAR(measures.path_deg(), 14.0, 0.3);
  EXPECT_EQ(measures.fixations(), 3);
}

TEST(ScanMeasures, LongRestsAndSmallJumpsAreFocalTheOppositeAmbient) {
  ScanMeasures measures;
  double t = 0.0;
  const auto look = [&](double rest_s, float jump_deg) {
    measures.push(episode(GazeLabel::fixation, t, t + rest_s));
    measures.push(episode(GazeLabel::saccade, t + rest_s, t + rest_s + 0.03, jump_deg));
    t += rest_s + 0.05;
  };
  for (int i = 0; i < 40; ++i) look(0.15 + 0.01 * (i % 3), 12.0F + static_cast<float>(i % 3));
  for (int i = 0; i < 40; ++i) look(0.50 + 0.01 * (i % 3), 2.0F + static_cast<float>(i % 3));
  EXPECT_GT(*measures.ambient_focal(), 1.0);
  for (int i = 0; i < 40; ++i) look(0.15 + 0.01 * (i % 3), 12.0F + static_cast<float>(i % 3));
  EXPECT_LT(*measures.ambient_focal(), -1.0);
}

TEST(ScanMeasures, KOverEverythingIsZeroAndOfItsPartsWhatTheyAre) {
  ScanMeasures measures;
  std::vector<Scan> scans;
  double t = 0.0;
  const auto look = [&](double rest_s, float jump_deg) {
    measures.push(episode(GazeLabel::fixation, t, t + rest_s));
    const auto scan = measures.push(episode(GazeLabel::saccade, t + rest_s, t + rest_s + 0.03, jump_deg));
    ASSERT_TRUE(scan);
    EXPECT_EQ(scan->start, at_seconds(t));
    scans.push_back(*scan);
    t += rest_s + 0.05;
    // A jump that ended no fixation belongs to none.
    EXPECT_FALSE(measures.push(episode(GazeLabel::saccade, t, t + 0.03, 40.0F)));
  };
  for (int i = 0; i < 30; ++i) look(0.2 + 0.01 * (i % 3), 10.0F);
  for (int i = 0; i < 60; ++i) look(0.5 + 0.01 * (i % 3), 3.0F);
  double all = 0.0, first = 0.0;
  for (std::size_t i = 0; i < scans.size(); ++i) {
    all += *measures.ambient_focal_of(scans[i]);
    if (i < 30) first += *measures.ambient_focal_of(scans[i]);
  }
  EXPECT_NEAR(all, 0.0, 1e-9);
  EXPECT_LT(first / 30.0, -1.0);
}

TEST(ScanMeasures, ThePathDoesNotCrossABreak) {
  const auto at = [](float x) {
    auto fixation = episode(GazeLabel::fixation, 0.0, 0.3);
    fixation.centre = glm::normalize(glm::vec3(x, 0.0F, -1.0F));
    return fixation;
  };
  ScanMeasures measures;
  measures.push(at(0.0F));
  measures.push(at(1.0F));
  EXPECT_NEAR(measures.path_deg(), 45.0, 1e-3);
  measures.break_off();
  measures.push(at(-1.0F));
  EXPECT_NEAR(measures.path_deg(), 45.0, 1e-3);
  EXPECT_EQ(measures.fixations(), 3);
}

TEST(PupilCorrection, TakesOutTheLightAndLeavesTheArousal) {
  PupilCorrection correction;
  double calm = 0.0, aroused = 0.0;
  int calm_count = 0, aroused_count = 0;
  for (int i = 0; i < 90 * 120; ++i) {
    const double t = i / 90.0;
    const double luminance = std::pow(10.0, 1.0 + 0.5 * std::sin(t / 5.0));
    const bool is_aroused = t > 60.0 && std::fmod(t, 20.0) > 10.0;
    const double width = 4.5 - 0.8 * std::log10(luminance) + (is_aroused ? 0.3 : 0.0);
    const auto left = correction.push(width, luminance, 1.0 / 90.0);
    if (!left || t < 60.0) continue;
    (is_aroused ? aroused : calm) += *left;
    ++(is_aroused ? aroused_count : calm_count);
  }
  EXPECT_NEAR(correction.slope_mm_per_decade(), -0.8, 0.2);
  EXPECT_NEAR(aroused / aroused_count - calm / calm_count, 0.3, 0.1);
}

TEST(PupilCorrection, ALossIsNoPupil) {
  PupilCorrection correction;
  for (int i = 0; i < 1000; ++i) correction.push(4.0, 10.0, 0.011);
  EXPECT_TRUE(correction.settled());
  EXPECT_FALSE(correction.push(0.0, 10.0, 0.011).has_value());
  EXPECT_FALSE(correction.push(std::nan(""), 10.0, 0.011).has_value());
  EXPECT_NEAR(*correction.push(4.0, std::nan(""), 0.011), 0.0, 1e-6);
}

}  // namespace
}  // namespace attune::attention
