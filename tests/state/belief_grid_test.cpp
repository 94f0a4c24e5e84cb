#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "attune/state/belief.hpp"
#include "state/belief_helpers.hpp"

// The belief over a person who is known, against Bayes' rule on a grid.
namespace attune::state {
namespace {

using test::known_person;

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

TEST(Belief, IsTheGridPosteriorOnRandomSequences) {
  for (const double weight : {BeliefParameters{}.attention_weight, 0.25, 1.0}) {
    auto p = known_person();
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

}  // namespace
}  // namespace attune::state
