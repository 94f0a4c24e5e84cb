#include "report/vitals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include <nlohmann/json.hpp>

#include "attune/report/report.hpp"
#include "report/guide_following.hpp"
#include "report/recorded.hpp"

namespace attune::report {
namespace {

constexpr double rate_hz = 30.0;

/// A frame with readings that were measured at whole seconds.
record::Moment moment_at(double time_s, const telemetry::Vitals& of_second, std::uint16_t phase) {
  record::Moment moment;
  moment.frame.time = core::at_seconds(time_s);
  moment.frame.vitals = of_second;
  const auto age_s = static_cast<float>(time_s - std::floor(time_s));
  auto& vitals = moment.frame.vitals;
  for (auto* reading : {&vitals.heart_rate_bpm, &vitals.breaths_per_min, &vitals.skin_conductance_us,
                        &vitals.skin_temperature_c})
    reading->age_s = age_s;
  moment.decided = true;
  moment.decision.phase = phase;
  return moment;
}

telemetry::Reading valid(double value) { return {static_cast<float>(value), 0.0F, true}; }

/// Two minutes at 70 ± 2 beats, then a phase of a minute at 90; the skin warms by 0.3 °C a minute all along.
std::vector<VitalsPart> two_phases(bool with_outlier) {
  VitalsAccount account;
  for (int i = 0; i < static_cast<int>(180 * rate_hz); ++i) {
    const double time_s = i / rate_hz, second = std::floor(time_s + 1e-9);
    telemetry::Vitals vitals;
    const bool second_phase = second >= 120.0;
    double beats = (second_phase ? 90.0 : 70.0) + 2.0 * std::sin(second);
    if (with_outlier && second == 100.0) beats = 190.0;
    vitals.heart_rate_bpm = valid(beats);
    vitals.skin_temperature_c = valid(31.0 + 0.3 * second / 60.0);
    account.add(moment_at(time_s, vitals, second_phase ? 2 : 1));
  }
  return account.finish();
}

TEST(VitalsOfASession, AreShownByPhaseAgainstThePersonsOwnUsual) {
  const auto parts = two_phases(false);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_NEAR(parts[0].heart_rate_bpm.plain.value().value(), 70.0, 0.3);
  EXPECT_NEAR(parts[1].heart_rate_bpm.plain.value().value(), 90.0, 0.3);
  EXPECT_LT(std::abs(parts[0].heart_rate_bpm.own.value().value()), 0.5);
  EXPECT_GT(parts[1].heart_rate_bpm.own.value().value(), 1.5) << "far above what was usual";
  EXPECT_NEAR(parts[0].warming_c_per_min.value().value(), 0.3, 0.02);
  EXPECT_FALSE(parts[0].breaths_per_min.plain.value()) << "nobody measured it";
}

TEST(VitalsOfASession, ALoneOutlierMovesNothing) {
  const auto clean = two_phases(false), dirty = two_phases(true);
  EXPECT_NEAR(dirty[0].heart_rate_bpm.plain.value().value(), clean[0].heart_rate_bpm.plain.value().value(),
              0.1)
      << "190 in one of 120 seconds would make one beat a minute";
  EXPECT_NEAR(dirty[1].heart_rate_bpm.own.value().value(), clean[1].heart_rate_bpm.own.value().value(), 0.1);
}

/// Three minutes of a guide at 6 breaths a minute, and somebody who breathes `breaths` a minute, 2 s late.
record::Moment guided(double time_s, double breaths, bool guide_shown, bool with_phase) {
  record::Moment moment;
  moment.frame.time = core::at_seconds(time_s);
  moment.decided = true;
  moment.decision.phase = 1;
  auto& directive = moment.decision.directive;
  const auto turn = [](double turns) { return static_cast<float>(turns - std::floor(turns)); };
  directive.calm_feedback = guide_shown ? 0.8F : 0.0F;
  directive.guide_breaths_per_min = 6.0F;
  directive.breath_phase = turn(time_s * 6.0 / 60.0);
  moment.frame.vitals.breaths_per_min = valid(breaths);
  if (with_phase)
    moment.frame.vitals.breath_phase = valid(static_cast<double>(turn((time_s - 2.0) * breaths / 60.0)));
  return moment;
}

GuideFigures guide_figures(double breaths, bool guide_shown = true, bool with_phase = true) {
  GuideFollower follower(rate_hz);
  for (int i = 0; i < static_cast<int>(180 * rate_hz); ++i)
    follower.add(guided(i / rate_hz, breaths, guide_shown, with_phase), 1.0 / rate_hz);
  return follower.finish();
}

TEST(BreathingGuide, IsFollowedByWhoKeepsItsPaceHoweverLate) {
  const auto follows = guide_figures(6.0);
  EXPECT_GT(follows.coherence.value(), 0.95);
  EXPECT_NEAR(follows.shown_s, 180.0, 0.1);
  EXPECT_NEAR(follows.known_s, 150.0, 1.0);
  EXPECT_NEAR(follows.guide_breaths_per_min.value(), 6.0, 1e-6);
  const auto own_pace = guide_figures(15.0);
  EXPECT_LT(own_pace.coherence.value(), 0.2);
  EXPECT_NEAR(own_pace.breaths_per_min.value(), 15.0, 1e-3);
}

TEST(BreathingGuide, IsNotSaidToBeFollowedWhereNobodyCanTell) {
  EXPECT_FALSE(guide_figures(6.0, true, false).coherence) << "no sensor tells where in a breath somebody is";
  EXPECT_EQ(guide_figures(6.0, false).shown_s, 0.0);
  EXPECT_FALSE(guide_figures(6.0, false).coherence);
}

TEST(BreathingGuide, AndVitalsAreInBothReports) {
  const Recorded recording(rate_hz, [](record::Recorder& recorder) {
    for (int i = 0; i < static_cast<int>(120 * rate_hz); ++i) {
      auto moment = guided(i / rate_hz, 6.0, true, true);
      moment.frame.index = moment.decision.frame_index = static_cast<std::uint64_t>(i);
      moment.decision.time = moment.decision.directive.time = moment.frame.time;
      recorder.publish(moment.frame, moment.decision);
    }
  });
  const auto figures = nlohmann::json::parse(write_json(*recording).value());
  EXPECT_GT(figures.at("breathing_guide").at("coherence").get<double>(), 0.95);
  EXPECT_NEAR(figures.at("vitals").at(0).at("breaths_per_min").get<double>(), 6.0, 1e-3);
  EXPECT_TRUE(figures.at("vitals").at(0).at("heart_rate_bpm").is_null());
  const auto page = write_html(*recording).value();
  EXPECT_THAT(page, testing::HasSubstr("Breathing with the guide"));
  EXPECT_THAT(page, testing::ContainsRegex("Coherence, mean.*<strong>(0.9|1.0)"));
}

}  // namespace
}  // namespace attune::report
