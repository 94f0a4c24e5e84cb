#include "attune/state/belief.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "support/allocations.hpp"

namespace attune::state {
namespace {

MonitorOutput monitor_says(float estimate, float sd) {
  MonitorOutput output;
  output.estimate = estimate;
  output.sd = sd;
  output.present_count = 40;
  return output;
}

double logistic(double value) { return 1.0 / (1.0 + std::exp(-value)); }

/// The same filter by brute force: probabilities on a grid over (x, v), and Bayes' rule cell by cell.
class GridFilter {
 public:
  static constexpr int nx = 61, nv = 41;
  static constexpr double x0 = -0.9, dx = 0.04, v0 = 0.2, dv = 0.03;

  GridFilter(const BeliefParameters& p, double dt_s, double z, double u) : parameters_(p) {
    // The transition of one step: mean and noise from small Euler steps of the stochastic equations.
    double a = 1.0, c = 0.0, d = 1.0, shift_x = 0.0, shift_v = 0.0, qxx = 0.0, qxv = 0.0, qvv = 0.0;
    constexpr int parts = 4000;
    const double h = dt_s / parts;
    for (int i = 0; i < parts; ++i) {
      const double ka = 1.0 - h / p.tau_x_s, kc = h * p.reactivity * z / p.tau_x_s, kd = 1.0 - h / p.tau_v_s;
      const double nqxx =
          ka * ka * qxx + 2.0 * ka * kc * qxv + kc * kc * qvv + h * 2.0 * p.spread_x * p.spread_x / p.tau_x_s;
      const double nqxv = kd * (ka * qxv + kc * qvv);
      qvv = kd * kd * qvv + h * 2.0 * p.spread_v * p.spread_v / p.tau_v_s;
      qxx = nqxx;
      qxv = nqxv;
      const double nsx = ka * shift_x + kc * shift_v + h * (p.rest - p.relief * u) / p.tau_x_s;
      shift_v = kd * shift_v + h * p.usual_v / p.tau_v_s;
      shift_x = nsx;
      c = ka * c + kc * d;
      a *= ka;
      d *= kd;
    }
    const double det = qxx * qvv - qxv * qxv;
    kernel_.resize(static_cast<std::size_t>(nx * nv) * nx * nv);
    std::size_t k = 0;
    for (int from = 0; from < nx * nv; ++from) {
      const double x = x_of(from / nv), v = v_of(from % nv);
      const double mx = a * x + c * v + shift_x, mv = d * v + shift_v;
      double sum = 0.0;
      const std::size_t first = k;
      for (int to = 0; to < nx * nv; ++to) {
        const double ex = x_of(to / nv) - mx, ev = v_of(to % nv) - mv;
        const double value = std::exp(-0.5 * (qvv * ex * ex - 2.0 * qxv * ex * ev + qxx * ev * ev) / det);
        kernel_[k++] = static_cast<float>(value);
        sum += value;
      }
      for (std::size_t i = first; i < k; ++i)
        kernel_[i] = static_cast<float>(static_cast<double>(kernel_[i]) / std::max(sum, 1e-300));
    }
  }

  void reset() {
    const auto& p = parameters_;
    cells_.assign(nx * nv, 0.0F);
    multiply(
        [&](double x, double v) {
          const double ex = (x - p.rest) / p.spread_x, ev = (v - p.usual_v) / p.spread_v;
          return std::exp(-0.5 * (ex * ex + ev * ev));
        },
        true);
  }
  void predict() {
    std::vector<float> next(nx * nv, 0.0F);
    for (int from = 0; from < nx * nv; ++from) {
      const float mass = cells_[static_cast<std::size_t>(from)];
      if (mass < 1e-12F) continue;
      const float* row = &kernel_[static_cast<std::size_t>(from) * nx * nv];
      for (int to = 0; to < nx * nv; ++to) next[static_cast<std::size_t>(to)] += mass * row[to];
    }
    cells_ = next;
  }
  template <typename Likelihood>
  void multiply(Likelihood likelihood, bool anew = false) {
    double sum = 0.0;
    for (int i = 0; i < nx * nv; ++i) {
      auto& cell = cells_[static_cast<std::size_t>(i)];
      cell = (anew ? 1.0F : cell) * static_cast<float>(likelihood(x_of(i / nv), v_of(i % nv)));
      sum += static_cast<double>(cell);
    }
    for (auto& cell : cells_) cell = static_cast<float>(static_cast<double>(cell) / sum);
  }
  [[nodiscard]] BeliefState moments() const {
    BeliefState s;
    for (int i = 0; i < nx * nv; ++i) {
      const double mass = static_cast<double>(cells_[static_cast<std::size_t>(i)]);
      s.x += mass * x_of(i / nv);
      s.v += mass * v_of(i % nv);
    }
    for (int i = 0; i < nx * nv; ++i) {
      const double mass = static_cast<double>(cells_[static_cast<std::size_t>(i)]);
      const double ex = x_of(i / nv) - s.x, ev = v_of(i % nv) - s.v;
      s.var_x += mass * ex * ex;
      s.var_v += mass * ev * ev;
      s.cov_xv += mass * ex * ev;
    }
    return s;
  }
  /// KL(grid ‖ Gaussian), nats.
  [[nodiscard]] double divergence_from(const BeliefState& s) const {
    const double det = s.var_x * s.var_v - s.cov_xv * s.cov_xv;
    const double log_norm = -std::log(2.0 * 3.14159265358979323846 * std::sqrt(det)) + std::log(dx * dv);
    double sum = 0.0;
    for (int i = 0; i < nx * nv; ++i) {
      const double mass = static_cast<double>(cells_[static_cast<std::size_t>(i)]);
      if (mass < 1e-20) continue;
      const double ex = x_of(i / nv) - s.x, ev = v_of(i % nv) - s.v;
      const double log_q =
          log_norm - 0.5 * (s.var_v * ex * ex - 2.0 * s.cov_xv * ex * ev + s.var_x * ev * ev) / det;
      sum += mass * (std::log(mass) - log_q);
    }
    return sum;
  }

 private:
  static double x_of(int i) { return x0 + dx * i; }
  static double v_of(int i) { return v0 + dv * i; }
  BeliefParameters parameters_;
  std::vector<float> kernel_, cells_;
};

/// Highest mean of x in ten minutes of somebody who never looks at the target, with nothing else to go by.
double highest_without_a_look(double attention_weight) {
  BeliefParameters parameters;
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
  const double found = highest_without_a_look(BeliefParameters{}.attention_weight);
  std::printf("never looking at the target: x at most %.2f\n", found);
  EXPECT_GT(found, BeliefParameters{}.rest + 0.1) << "looking away says nothing at all";
  EXPECT_LT(found, ceiling);
  EXPECT_GT(highest_without_a_look(0.25), ceiling) << "no weight would: this test would see nothing";
}

TEST(Belief, IsTheGridPosteriorOnRandomSequences) {
  for (const double weight : {BeliefParameters{}.attention_weight, 0.25, 1.0}) {
    BeliefParameters p;
    p.attention_weight = weight;
    constexpr double dt_s = 10.0, z = 0.6, u = 0.2;
    GridFilter grid(p, dt_s, z, u);
    std::mt19937_64 random(13);
    std::uniform_real_distribution<double> uniform;
    double largest_kl = 0.0, most_bent = 0.0;
    for (int sequence = 0; sequence < 12; ++sequence) {
      Belief belief(p);
      grid.reset();
      for (int step = 0; step < 10; ++step) {
        belief.predict(dt_s, z, u);
        grid.predict();
        const bool engaged = uniform(random) < 0.5;
        const double sign = engaged ? 1.0 : -1.0;
        const auto before = belief.state();
        belief.update_attention(engaged);
        most_bent = std::max(most_bent, std::abs(belief.state().x - before.x));
        grid.multiply([&](double x, double v) {
          return std::pow(logistic(sign * (p.attention_a + p.attention_b * x + p.attention_c * v)),
                          p.attention_weight);
        });
        if (uniform(random) < 0.3) {
          const double suds = 100.0 * uniform(random);
          belief.update_suds(suds);
          grid.multiply(
              [&](double x, double) { return std::exp(-0.5 * std::pow((suds / 100.0 - x) / p.suds_sd, 2)); });
        }
        if (uniform(random) < 0.3) {
          const double comfort = 10.0 * uniform(random);
          belief.update_comfort(comfort);
          grid.multiply([&](double, double v) {
            return std::exp(-0.5 * std::pow((comfort / 10.0 - v) / p.comfort_sd, 2));
          });
        }
        const auto exact = grid.moments();
        const auto& ours = belief.state();
        EXPECT_NEAR(ours.x, exact.x, 0.01);
        EXPECT_NEAR(ours.v, exact.v, 0.01);
        EXPECT_NEAR(ours.sd_x(), exact.sd_x(), 0.01);
        EXPECT_NEAR(ours.sd_v(), exact.sd_v(), 0.01);
        EXPECT_NEAR(ours.cov_xv, exact.cov_xv, 0.003);
        largest_kl = std::max(largest_kl, grid.divergence_from(ours));
      }
    }
    EXPECT_LT(largest_kl, 0.02);
    EXPECT_GT(most_bent, 0.04 * weight)
        << "attention must have moved the belief, or the comparison shows nothing";
  }
}

TEST(Belief, CoversTheTruthAsOftenAsItClaims) {
  BeliefParameters p;
  p.attention_weight = 1.0;  // here every observation is drawn anew
  std::mt19937_64 random(17);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  int within50 = 0, within80 = 0, within95 = 0, count = 0;
  for (int person = 0; person < 1500; ++person) {
    Belief belief(p);
    double x = p.rest + p.spread_x * normal(random), v = p.usual_v + p.spread_v * normal(random);
    for (int step = 0; step < 40; ++step) {
      constexpr int parts = 10;
      for (int i = 0; i < parts; ++i) {
        constexpr double h = 1.0 / parts;
        x += h * (p.rest + p.reactivity * 0.5 * v - x) / p.tau_x_s +
             p.spread_x * std::sqrt(2.0 * h / p.tau_x_s) * normal(random);
        v += h * (p.usual_v - v) / p.tau_v_s + p.spread_v * std::sqrt(2.0 * h / p.tau_v_s) * normal(random);
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

TEST(Belief, GoesTheSameWayInManyShortStepsAsInOneLongOne) {
  Belief once, often;
  once.update_suds(90.0);
  often.update_suds(90.0);
  once.predict(12.0, 0.7, 0.3);
  for (int i = 0; i < 1200; ++i) often.predict(0.01, 0.7, 0.3);
  EXPECT_NEAR(once.state().x, often.state().x, 1e-9);
  EXPECT_NEAR(once.state().v, often.state().v, 1e-9);
  EXPECT_NEAR(once.state().var_x, often.state().var_x, 1e-9);
  EXPECT_NEAR(once.state().var_v, often.state().var_v, 1e-9);
  EXPECT_NEAR(once.state().cov_xv, often.state().cov_xv, 1e-9);
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
    Belief belief;
    const double before = belief.state().sd_x();
    belief.update_suds(suds);
    EXPECT_LT(std::abs(belief.state().x - suds / 100.0),
              0.25 * std::abs(belief.parameters().rest - suds / 100.0) + 1e-9);
    EXPECT_LT(belief.state().sd_x(), before);
  }
}

TEST(Belief, WidensToItsSpreadWithoutEvidenceAndNeverFreezes) {
  Belief belief;
  for (int i = 0; i < 10; ++i) belief.update_suds(40.0);
  const auto& p = belief.parameters();
  const double known = belief.state().var_x;
  double before = belief.state().sd_x();
  for (int i = 0; i < 60; ++i) {
    belief.predict(1.0, 0.0, 0.0);
    EXPECT_GT(belief.state().sd_x(), before);
    before = belief.state().sd_x();
    // The documented rate: the variance nears spread² with time constant tau_x / 2.
    const double left = std::exp(-2.0 * (i + 1) / p.tau_x_s);
    EXPECT_NEAR(belief.state().var_x, known * left + p.spread_x * p.spread_x * (1.0 - left), 1e-9);
  }
  belief.predict(1e5, 0.0, 0.0);
  EXPECT_NEAR(belief.state().sd_x(), p.spread_x, 1e-6);
}

TEST(Belief, DoesNotTakeTheSameWindowForNewEvidence) {
  // Half a minute of the monitor at 4 Hz is one window seen over and over, not 120 opinions.
  Belief once, often;
  once.update_monitor(monitor_says(0.8F, 0.2F));
  once.predict(30.0, 0.3, 0.0);
  once.update_monitor(monitor_says(0.8F, 0.2F));
  often.update_monitor(monitor_says(0.8F, 0.2F));
  for (int i = 0; i < 120; ++i) {
    often.predict(0.25, 0.3, 0.0);
    often.update_monitor(monitor_says(0.8F, 0.2F));
  }
  EXPECT_GT(often.state().sd_x(), 0.5 * once.state().sd_x());
  EXPECT_LT(often.state().sd_x(), 1.5 * once.state().sd_x());
  const double settled = often.state().sd_x();
  for (int i = 0; i < 4000; ++i) {
    often.predict(0.25, 0.3, 0.0);
    often.update_monitor(monitor_says(0.8F, 0.2F));
  }
  EXPECT_GT(often.state().sd_x(), 0.9 * settled) << "an hour of it does not make it surer";
  EXPECT_GT(often.state().sd_x(), 0.1);
}

TEST(Belief, HearsTheMonitorOnceAMomentAndOnlyWhenItSawSomething) {
  Belief belief;
  belief.update_monitor(monitor_says(0.9F, 0.2F));
  const auto after_one = belief.state();
  belief.update_monitor(monitor_says(0.9F, 0.2F));
  EXPECT_EQ(belief.state().x, after_one.x);
  belief.predict(1.0, 0.0, 0.0);
  const auto before = belief.state();
  auto blind = monitor_says(0.1F, 0.2F);
  blind.present_count = 0;
  belief.update_monitor(blind);
  EXPECT_EQ(belief.state().x, before.x);
  EXPECT_EQ(belief.state().var_x, before.var_x);
}

TEST(Belief, ReadsAvoidanceAsFearAndEngagementAsCalm) {
  Belief engaged, avoiding;
  for (int i = 0; i < 40; ++i) {
    engaged.predict(0.25, 0.4, 0.0);
    avoiding.predict(0.25, 0.4, 0.0);
    engaged.update_attention(true);
    avoiding.update_attention(false);
  }
  EXPECT_GT(avoiding.state().x, engaged.state().x + 0.1);
  EXPECT_LT(avoiding.state().v, engaged.state().v);
}

TEST(Belief, StaysAProperGaussianThroughAnHourOfEverything) {
  Belief belief;
  std::mt19937_64 random(23);
  std::uniform_real_distribution<double> uniform;
  for (int i = 0; i < 72 * 600; ++i) {
    belief.predict(1.0 / 72.0, uniform(random), uniform(random));
    if (i % 18 == 0) {
      belief.update_monitor(monitor_says(static_cast<float>(uniform(random)), 0.05F));
      belief.update_attention(uniform(random) < 0.5);
    }
    if (i % 700 == 0) belief.update_suds(100.0 * uniform(random));
    if (i % 900 == 0) belief.update_comfort(10.0 * uniform(random));
    const auto& s = belief.state();
    ASSERT_TRUE(std::isfinite(s.x) && std::isfinite(s.v));
    ASSERT_GT(s.var_x, 0.0);
    ASSERT_GT(s.var_v, 0.0);
    ASSERT_LT(s.cov_xv * s.cov_xv, s.var_x * s.var_v);
  }
}

TEST(Belief, TakesNothingFromWhatIsNoNumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Belief belief;
  const auto before = belief.state();
  belief.predict(nan, 0.5, 0.0);
  belief.predict(1.0, nan, 0.0);
  belief.predict(-1.0, 0.5, 0.0);
  belief.update_suds(nan);
  belief.update_comfort(nan);
  belief.update_monitor(monitor_says(std::numeric_limits<float>::quiet_NaN(), 0.2F));
  belief.update_monitor(monitor_says(0.5F, 0.0F));
  EXPECT_EQ(belief.state().x, before.x);
  EXPECT_EQ(belief.state().var_x, before.var_x);
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
    belief.update_monitor(monitor_says(0.5F, 0.2F));
    belief.update_suds(50.0);
  }
  EXPECT_EQ(test::allocations(), before);
}

}  // namespace
}  // namespace attune::state
