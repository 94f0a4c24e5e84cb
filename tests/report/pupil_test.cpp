#include "report/pupil.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "attune/report/report.hpp"
#include "report/recorded.hpp"

namespace attune::report {
namespace {

constexpr double rate_hz = 60.0, mm_per_decade = -0.9;

/// A scene ten times as bright for half a minute as in the half before.
double light_at(double time_s) { return std::fmod(time_s, 60.0) < 30.0 ? 0.04 : 0.4; }

/// Narrows within a second of more light (a lag of 0.4 s), and is `wider_mm` wider from `aroused_s` on.
struct Eye {
  double seen = std::log10(light_at(0.0));
  double aroused_s = 1e9, wider_mm = 0.0;

  double width_mm(double time_s) {
    seen += (std::log10(light_at(time_s)) - seen) * (1.0 - std::exp(-1.0 / (0.4 * rate_hz)));
    return 3.0 + mm_per_decade * seen + (time_s >= aroused_s ? wider_mm : 0.0);
  }
};

/// Frame `i` of a session whose pictures' light becomes known `late_s` after they were shown.
record::Moment moment_of(std::uint64_t i, Eye& eye, double late_s) {
  record::Moment moment;
  const double time_s = static_cast<double>(i) / rate_hz;
  moment.frame.index = i;
  moment.frame.time = core::at_seconds(time_s);
  moment.frame.vitals.pupil_mm = {static_cast<float>(eye.width_mm(time_s)), 0.0F, true};
  const double shown_s = time_s - late_s;
  if (shown_s >= 0.0)
    moment.frame.shown_light = {static_cast<float>(light_at(shown_s)), static_cast<float>(late_s), true};
  return moment;
}

PupilFigures figures_of(Eye eye, double late_s, double duration_s, std::optional<double> phase_2_s = {}) {
  PupilAccount account;
  for (std::uint64_t i = 0; static_cast<double>(i) < duration_s * rate_hz; ++i) {
    auto moment = moment_of(i, eye, late_s);
    if (phase_2_s) {
      moment.decided = true;
      moment.decision.phase = moment.frame.time.seconds() < *phase_2_s ? 1 : 2;
    }
    account.add(moment, 1.0 / rate_hz);
  }
  return account.finish();
}

TEST(PupilOfASession, LightIsTakenOutOfIt) {
  const auto figures = figures_of({}, 0.03, 180.0);
  ASSERT_TRUE(figures.slope_mm_per_decade);
  EXPECT_NEAR(*figures.slope_mm_per_decade, mm_per_decade, 0.05);
  EXPECT_NEAR(figures.lit_s, 180.0, 0.1);
  ASSERT_EQ(figures.parts.size(), 1u);
  EXPECT_NEAR(figures.parts[0].wider_mm().value(), 0.0, 0.02) << "nothing but light moved it";
}

TEST(PupilOfASession, WhatLightDoesNotExplainIsShownByPhase) {
  Eye eye;
  eye.aroused_s = 125.0;
  eye.wider_mm = 0.4;
  const auto figures = figures_of(eye, 0.03, 180.0, 120.0);
  ASSERT_EQ(figures.parts.size(), 2u);
  EXPECT_EQ(figures.parts[1].phase, 2);
  EXPECT_NEAR(figures.parts[1].from_s, 120.0, 0.02);
  EXPECT_NEAR(figures.parts[0].wider_mm().value(), 0.0, 0.03);
  EXPECT_GT(figures.parts[1].wider_mm().value(), 0.15);
}

TEST(PupilOfASession, HowLateTheLightIsKnownChangesNothing) {
  const auto at_once = figures_of({}, 0.0, 120.0), late = figures_of({}, 0.5, 120.0);
  EXPECT_NEAR(*late.slope_mm_per_decade, *at_once.slope_mm_per_decade, 0.005);
  EXPECT_NEAR(late.parts[0].wider_mm().value(), at_once.parts[0].wider_mm().value(), 0.005);
}

TEST(PupilOfASession, KnowsNoCorrectionWithoutTheLight) {
  PupilAccount account;
  Eye eye;
  for (std::uint64_t i = 0; i < 1800; ++i) {
    auto moment = moment_of(i, eye, 0.0);
    if (i != 5) moment.frame.shown_light = {};  // of one picture, long ago
    account.add(moment, 1.0 / rate_hz);
  }
  const auto figures = account.finish();
  EXPECT_NEAR(figures.known_s, 30.0, 0.01);
  EXPECT_LT(figures.lit_s, 0.1);
  EXPECT_TRUE(figures.mean_mm);
  EXPECT_FALSE(figures.slope_mm_per_decade);
  EXPECT_FALSE(figures.parts[0].wider_mm()) << "light of more than a second ago is no light of now";
}

/// The report of two minutes, for people and for machines.
struct Reports {
  std::string page;
  nlohmann::json figures;
};

Reports reports_of(bool with_light) {
  const Recorded recording(rate_hz, [&](record::Recorder& recorder) {
    Eye eye;
    for (std::uint64_t i = 0; i < 7200; ++i) {
      auto frame = moment_of(i, eye, 0.03).frame;
      if (!with_light) frame.shown_light = {};
      recorder.publish(frame);
    }
  });
  return {write_html(*recording).value(), nlohmann::json::parse(write_json(*recording).value())};
}

TEST(PupilOfASession, IsInBothReports) {
  const auto [page, figures] = reports_of(true);
  EXPECT_THAT(page, testing::HasSubstr("Change with ten times the light"));
  EXPECT_THAT(page, testing::HasSubstr("−0.9"));
  const auto& pupil = figures.at("pupil");
  EXPECT_NEAR(pupil.at("slope_mm_per_decade").get<double>(), mm_per_decade, 0.05);
  EXPECT_GT(pupil.at("light_known_s").get<double>(), 0.99 * pupil.at("known_s").get<double>());
  EXPECT_NEAR(pupil.at("parts").at(0).at("wider_mm").get<double>(), 0.0, 0.02);
}

TEST(PupilOfASession, WhoseLightIsNotKnownIsSaidToBeUncorrected) {
  const auto [page, figures] = reports_of(false);
  EXPECT_THAT(page, testing::HasSubstr("How bright the picture was is not known"));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("Change with ten times the light")));
  EXPECT_EQ(figures.at("pupil").at("light_known_s"), 0.0);
  EXPECT_TRUE(figures.at("pupil").at("slope_mm_per_decade").is_null());
  EXPECT_TRUE(figures.at("pupil").at("parts").at(0).at("wider_mm").is_null());
}

}  // namespace
}  // namespace attune::report
