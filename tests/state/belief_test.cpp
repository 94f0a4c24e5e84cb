#include "attune/state/belief.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "state/belief_helpers.hpp"
#include "support/allocations.hpp"

namespace attune::state {
namespace {

using test::known_person;
using test::monitor_says;

double logistic(double value) { return 1.0 / (1.0 + std::exp(-value)); }

/// Highest mean of x in ten minutes of somebody who never looks at the target, with nothing else to go by.
double highest_without_a_look(BeliefParameters parameters, double attention_weight) {
  parameters.attention_weight = attention_weight;
  Belief belief(parameters);
  double highest = 0.0;
  for (int step = 0; step < 4 * 600; ++step) {
    belief.predict(0.25, 0.0, 0.0);
    belief.update_attention(false);
    highest = std::max(highest, belief.state().x);
  }
  return highest;
}

TEST(Belief, LookingElsewhereAloneDoesNotReachTheCeiling) {
  constexpr double ceiling = 0.85;  // a programme's usual one
  const double usual_weight = BeliefParameters{}.attention_weight;
  const double stranger = highest_without_a_look({}, usual_weight);
  const double wide = highest_without_a_look(known_person(), usual_weight);
  std::printf("never looking at the target: x at most %.2f, %.2f with moments as wide as people\n", stranger,
              wide);
  EXPECT_GT(stranger, BeliefParameters{}.rest + 0.05) << "looking away says nothing at all";
  EXPECT_LT(stranger, ceiling);
  EXPECT_LT(wide, ceiling);
  EXPECT_GT(highest_without_a_look({}, 1.0), ceiling) << "no weight would: this test would see nothing";
  EXPECT_GT(highest_without_a_look(known_person(), 0.25), ceiling);
}

TEST(Belief, CoversTheTruthAsOftenAsItClaims) {
  // People as they are drawn, each with a rest and a reactivity of their own.
  BeliefParameters p;
  p.attention_weight = 1.0;  // here every observation is drawn anew
  std::mt19937_64 random(17);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  int within50 = 0, within80 = 0, within95 = 0, count = 0;
  for (int person = 0; person < 1500; ++person) {
    Belief belief(p);
    const double rest = p.rest + p.rest_sd * normal(random);
    double reactivity = p.reactivity + p.reactivity_sd * normal(random);
    double x = rest + p.spread_x * normal(random), v = p.usual_v + p.spread_v * normal(random);
    for (int step = 0; step < 40; ++step) {
      constexpr int parts = 10;
      for (int i = 0; i < parts; ++i) {
        constexpr double h = 1.0 / parts;
        x += h * (rest + reactivity * 0.5 * v - x) / p.tau_x_s +
             p.spread_x * std::sqrt(2.0 * h / p.tau_x_s) * normal(random);
        v += h * (p.usual_v - v) / p.tau_v_s + p.spread_v * std::sqrt(2.0 * h / p.tau_v_s) * normal(random);
        reactivity -= h * 0.5 * reactivity / p.habituation_s;
      }
      belief.predict(1.0, 0.5, 0.0);
      belief.update_attention(uniform(random) <
                              logistic(p.attention_a + p.attention_b * x + p.attention_c * v));
    }
    const double off = std::abs(x - belief.state().x) / belief.state().sd_x();
    within50 += off < 0.6745 ? 1 : 0;
    within80 += off < 1.2816 ? 1 : 0;
    within95 += off < 1.9600 ? 1 : 0;
    ++count;
  }
  EXPECT_NEAR(static_cast<double>(within50) / count, 0.50, 0.04);
  EXPECT_NEAR(static_cast<double>(within80) / count, 0.80, 0.04);
  EXPECT_NEAR(static_cast<double>(within95) / count, 0.95, 0.03);
}

void expect_same(const BeliefState& one, const BeliefState& other, double within) {
  EXPECT_NEAR(one.x, other.x, within);
  EXPECT_NEAR(one.v, other.v, within);
  EXPECT_NEAR(one.var_x, other.var_x, within);
  EXPECT_NEAR(one.var_v, other.var_v, within);
  EXPECT_NEAR(one.cov_xv, other.cov_xv, within);
}

TEST(Belief, GoesTheSameWayInManyShortStepsAsInOneLongOne) {
  const auto in_steps = [](const BeliefParameters& parameters, int steps) {
    Belief belief(parameters);
    belief.update_suds(90.0);
    for (int i = 0; i < steps; ++i) belief.predict(12.0 / steps, 0.7, 0.3);
    return belief.state();
  };
  expect_same(in_steps(known_person(), 1), in_steps(known_person(), 1200), 1e-9);
  // Somebody's reactivity is taken as it is at a step's beginning: what it loses in twelve seconds is little.
  expect_same(in_steps({}, 1), in_steps({}, 1200), 1e-3);
}

TEST(Belief, RisesWithExposureAndFallsWithRelief) {
  Belief resting, exposed, relieved;
  resting.predict(60.0, 0.0, 0.0);
  exposed.predict(60.0, 0.8, 0.0);
  relieved.predict(60.0, 0.8, 1.0);
  EXPECT_GT(exposed.state().x, resting.state().x + 0.1);
  EXPECT_LT(relieved.state().x, exposed.state().x);
}

TEST(Belief, ComesNearWhatThePatientSays) {
  for (const double suds : {5.0, 50.0, 95.0}) {
    for (const auto& parameters : {BeliefParameters{}, known_person()}) {
      Belief belief(parameters);
      const auto before = belief.state();
      belief.update_suds(suds);
      const double error = std::pow(parameters.suds_sd, 2), left = error / (error + before.var_x);
      EXPECT_NEAR(belief.state().x - suds / 100.0, left * (before.x - suds / 100.0), 1e-12);
      EXPECT_NEAR(belief.state().var_x, left * before.var_x, 1e-12);
    }
  }
}

TEST(Belief, WidensToItsSpreadWithoutEvidenceAndNeverFreezes) {
  Belief belief(known_person());
  for (int i = 0; i < 10; ++i) belief.update_suds(40.0);
  const auto& p = belief.parameters();
  const double known = belief.state().var_x;
  double before = belief.state().sd_x();
  for (int i = 0; i < 60; ++i) {
    belief.predict(1.0, 0.0, 0.0);
    ASSERT_GT(belief.state().sd_x(), before);
    before = belief.state().sd_x();
    // The documented rate: the variance nears spread² with time constant tau_x / 2.
    const double left = std::exp(-2.0 * (i + 1) / p.tau_x_s);
    ASSERT_NEAR(belief.state().var_x, known * left + p.spread_x * p.spread_x * (1.0 - left), 1e-9);
  }
  belief.predict(1e5, 0.0, 0.0);
  EXPECT_NEAR(belief.state().sd_x(), p.spread_x, 1e-6);
}

TEST(Belief, DoesNotTakeTheSameWindowForNewEvidence) {
  // Half a minute of the monitor at 4 Hz is one window seen over and over, not 120 opinions.
  const auto listen_for = [](Belief& belief, int seconds) {
    for (int i = 0; i < 4 * seconds; ++i) {
      belief.predict(0.25, 0.3, 0.0);
      belief.update_monitor(monitor_says(0.8, 0.2));
    }
  };
  for (const auto& parameters : {BeliefParameters{}, known_person()}) {
    Belief once(parameters), often(parameters);
    once.update_monitor(monitor_says(0.8, 0.2));
    once.predict(30.0, 0.3, 0.0);
    once.update_monitor(monitor_says(0.8, 0.2));
    often.update_monitor(monitor_says(0.8, 0.2));
    listen_for(often, 30);
    EXPECT_GT(often.state().sd_x(), 0.5 * once.state().sd_x());
    EXPECT_LT(often.state().sd_x(), 1.5 * once.state().sd_x());
    listen_for(often, 1000);
    const double settled = often.state().sd_x();
    listen_for(often, 3600);
    EXPECT_GT(often.state().sd_x(), 0.98 * settled) << "an hour of it does not make it surer";
    EXPECT_GT(often.state().sd_x(), parameters.bias_sd) << "surer than one can be of a stranger's body";
  }
}

TEST(Belief, HearsTheMonitorOnceAMomentAndOnlyWhenItSawSomething) {
  Belief belief;
  belief.update_monitor(monitor_says(0.9, 0.2));
  const auto after_one = belief.state();
  belief.update_monitor(monitor_says(0.9, 0.2));
  EXPECT_EQ(belief.state().x, after_one.x);
  belief.predict(1.0, 0.0, 0.0);
  const auto before = belief.state();
  auto blind = monitor_says(0.1, 0.2);
  blind.present_count = 0;
  belief.update_monitor(blind);
  EXPECT_EQ(belief.state().x, before.x);
  EXPECT_EQ(belief.state().var_x, before.var_x);
}

TEST(Belief, ReadsAvoidanceAsFearAndEngagementAsCalm) {
  Belief engaged, avoiding;
  for (int i = 0; i < 4 * 40; ++i) {
    engaged.predict(0.25, 0.4, 0.0);
    avoiding.predict(0.25, 0.4, 0.0);
    engaged.update_attention(true);
    avoiding.update_attention(false);
  }
  EXPECT_GT(avoiding.state().x, engaged.state().x + 0.05);
  EXPECT_LT(avoiding.state().v, engaged.state().v);
}

/// Whether every leading part of the covariance has a root: Cholesky's decomposition goes through.
bool positive_definite(std::array<std::array<double, 6>, 6> m) {
  for (std::size_t k = 0; k < m.size(); ++k) {
    if (!(m[k][k] > 0.0)) return false;
    for (std::size_t i = k + 1; i < m.size(); ++i) {
      if (m[i][k] != m[k][i]) return false;
      for (std::size_t j = k + 1; j < m.size(); ++j) m[i][j] -= m[i][k] * m[k][j] / m[k][k];
    }
  }
  return true;
}

TEST(Belief, StaysAProperGaussianThroughAnHourOfEverything) {
  Belief belief;
  std::mt19937_64 random(23);
  std::uniform_real_distribution<double> uniform;
  for (int i = 0; i < 72 * 3600; ++i) {
    belief.predict(1.0 / 72.0, uniform(random), uniform(random));
    if (i % 18 == 0) {
      belief.update_monitor(monitor_says(uniform(random), 0.05));
      belief.update_attention(uniform(random) < 0.5);
    }
    if (i % 700 == 0) belief.update_suds(100.0 * uniform(random));
    if (i % 900 == 0) belief.update_comfort(10.0 * uniform(random));
    if (i % 5000 == 0) belief.update_suds(100.0);
    const auto& s = belief.state();
    ASSERT_TRUE(std::isfinite(s.x) && std::isfinite(s.v));
    ASSERT_TRUE(positive_definite(belief.covariance())) << "after " << i / 72.0 << " s";
  }
}

TEST(Belief, TakesNothingFromWhatIsNoNumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Belief belief;
  const auto before = belief.state();
  const auto covariance = belief.covariance();
  belief.predict(nan, 0.5, 0.0);
  belief.predict(1.0, nan, 0.0);
  belief.predict(1.0, 0.5, nan);
  belief.predict(-1.0, 0.5, 0.0);
  belief.update_suds(nan);
  belief.update_comfort(nan);
  belief.update_monitor(monitor_says(nan, 0.2));
  belief.update_monitor(monitor_says(0.5, 0.0));
  EXPECT_EQ(belief.state().x, before.x);
  EXPECT_EQ(belief.responsiveness().reactivity, belief.parameters().reactivity);
  EXPECT_EQ(belief.covariance(), covariance);
}

TEST(BeliefState, GivesTheProbabilityOfBeingAboveALimit) {
  const BeliefState state{0.5, 0.8, 0.01, 0.01, 0.0};
  EXPECT_NEAR(state.probability_above(0.5), 0.5, 1e-12);
  EXPECT_NEAR(state.probability_above(0.6), 0.158655, 1e-5);
  EXPECT_NEAR(state.probability_above(0.4), 0.841345, 1e-5);
}

TEST(Belief, AllocatesNothing) {
  Belief belief;
  const auto before = test::allocations();
  for (int i = 0; i < 100; ++i) {
    belief.predict(0.25, 0.5, 0.0);
    belief.update_attention(i % 2 == 0);
    belief.update_monitor(monitor_says(0.5, 0.2));
    belief.update_suds(50.0);
    belief.update_comfort(7.0);
  }
  EXPECT_EQ(test::allocations(), before);
}

}  // namespace
}  // namespace attune::state
