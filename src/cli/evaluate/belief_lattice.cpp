#include "cli/evaluate/belief_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attune::cli {

namespace {

double below(double t) { return 0.5 * std::erfc(-t / std::numbers::sqrt2); }

}  // namespace

BeliefLattice::Range BeliefLattice::within(double mean, double sd, double from, double width,
                                           std::size_t count) {
  constexpr double reach = 4.75;
  const auto index = [&](double at) {
    return static_cast<std::size_t>(
        std::clamp(std::round((at - from) / width), 0.0, static_cast<double>(count - 1)));
  };
  return {index(mean - reach * sd), index(mean + reach * sd)};
}

state::BeliefState BeliefLattice::moments(std::span<const double> mass) const {
  state::BeliefState s;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    s.x += mass[i] * x_of(i % nx);
    s.v += mass[i] * v_of(i / nx);
  }
  for (std::size_t i = 0; i < mass.size(); ++i) {
    const double ex = x_of(i % nx) - s.x, ev = v_of(i / nx) - s.v;
    s.var_x += mass[i] * ex * ex;
    s.var_v += mass[i] * ev * ev;
    s.cov_xv += mass[i] * ex * ev;
  }
  return s;
}

double BeliefLattice::divergence(std::span<const double> mass, const state::BeliefState& s) const {
  const double det = s.var_x * s.var_v - s.cov_xv * s.cov_xv;
  const double log_norm = std::log(dx * dv / (2.0 * std::numbers::pi * std::sqrt(det)));
  double sum = 0.0;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (mass[i] < 1e-20) continue;
    const double ex = x_of(i % nx) - s.x, ev = v_of(i / nx) - s.v;
    const double log_q =
        log_norm - 0.5 * (s.var_v * ex * ex - 2.0 * s.cov_xv * ex * ev + s.var_x * ev * ev) / det;
    sum += mass[i] * (std::log(mass[i]) - log_q);
  }
  return sum;
}

BeliefTransition small_steps(const state::BeliefParameters& p, const PersonStep& person, double dt_s,
                             double z, double u) {
  constexpr int parts = 1000;
  const double h = dt_s / parts;
  const double keep_x = 1.0 - h / p.tau_x_s, keep_v = 1.0 - h / p.tau_v_s;
  const double shock_x = 2.0 * h * p.spread_x * p.spread_x / p.tau_x_s;
  const double shock_v = 2.0 * h * p.spread_v * p.spread_v / p.tau_v_s;
  BeliefTransition t;
  for (int i = 0; i < parts; ++i) {
    const double passed = (i + 0.5) / parts;
    const double reactivity = person.reactivity + passed * (person.reactivity_after - person.reactivity);
    const double v_to_x = h * reactivity * z / p.tau_x_s;
    const auto before = t;
    t.xx = keep_x * before.xx;
    t.xv = keep_x * before.xv + v_to_x * before.vv;
    t.vv = keep_v * before.vv;
    t.shift_x =
        keep_x * before.shift_x + v_to_x * before.shift_v + h * (person.rest - p.relief * u) / p.tau_x_s;
    t.shift_v = keep_v * before.shift_v + h * p.usual_v / p.tau_v_s;
    t.noise_xx = keep_x * keep_x * before.noise_xx + 2.0 * keep_x * v_to_x * before.noise_xv +
                 v_to_x * v_to_x * before.noise_vv + shock_x;
    t.noise_xv = keep_v * (keep_x * before.noise_xv + v_to_x * before.noise_vv);
    t.noise_vv = keep_v * keep_v * before.noise_vv + shock_v;
  }
  return t;
}

double answer_likelihood(double share, double value, double sd) {
  const double off = (share - value) / sd;
  if (share <= 0.0) return below(off);
  if (share >= 1.0) return below(-off);
  return std::exp(-0.5 * off * off);
}

double look_likelihood(const state::BeliefParameters& p, bool engaged, double x, double v) {
  const double eta = p.attention_a + p.attention_b * x + p.attention_c * v;
  return std::pow(1.0 / (1.0 + std::exp(engaged ? -eta : eta)), p.attention_weight);
}

}  // namespace attune::cli
