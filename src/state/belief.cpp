#include "attune/state/belief.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::state {
namespace {

/// Nodes and weights for means under a standard Gaussian: probabilists' Gauss–Hermite, 16 points, from the
/// zeros of He16 found with 40 digits. They are symmetric: the positive half.
struct Node {
  double at, weight;
};
constexpr std::array<Node, 8> half_nodes{{
    {0.38676060450055733, 0.28656852123801213},
    {1.1638291005549648, 0.15833837275094961},
    {1.9519803457163334, 0.047284752354014026},
    {2.7602450476307014, 0.0072669376011847333},
    {3.6008736241715482, 0.00052598492657390924},
    {4.4929553025200111, 1.5300032162487272e-05},
    {5.4722257059493433, 1.3094732162868227e-07},
    {6.6308781983931286, 1.4978147231618397e-10},
}};

double logistic(double value) { return 1.0 / (1.0 + std::exp(-value)); }

}  // namespace

double BeliefState::sd_x() const { return std::sqrt(std::max(var_x, 0.0)); }
double BeliefState::sd_v() const { return std::sqrt(std::max(var_v, 0.0)); }
double BeliefState::probability_above(double limit) const {
  return 0.5 * std::erfc((limit - x) / (std::sqrt(2.0) * std::max(sd_x(), 1e-9)));
}

Belief::Belief(const BeliefParameters& parameters) : parameters_(parameters) { reset(); }

void Belief::reset() {
  const auto& p = parameters_;
  state_ = {p.rest, p.usual_v, p.spread_x * p.spread_x, p.spread_v * p.spread_v, 0.0};
  since_monitor_s_ = 0.0;
  monitor_spoke_ = false;
}

void Belief::predict(double dt_s, double z, double u) {
  if (!(dt_s > 0.0) || !std::isfinite(dt_s) || !std::isfinite(z) || !std::isfinite(u)) return;
  since_monitor_s_ += dt_s;
  const auto& p = parameters_;
  z = std::clamp(z, 0.0, 1.0);
  u = std::clamp(u, 0.0, 1.0);
  // x and v follow a linear pair of equations while z and u hold, so mean and covariance have a closed form.
  const double alpha = 1.0 / p.tau_x_s, beta = 1.0 / p.tau_v_s;
  const double keep_x = std::exp(-alpha * dt_s), keep_v = std::exp(-beta * dt_s);
  const double coupling = p.reactivity * z * alpha / (alpha - beta);
  const double v_to_x = coupling * (keep_v - keep_x);
  const double target = p.rest - p.relief * u + p.reactivity * z * p.usual_v;
  auto& s = state_;
  const double dx = s.x - target, dv = s.v - p.usual_v;
  s.x = target + keep_x * dx + v_to_x * dv;
  s.v = p.usual_v + keep_v * dv;

  // Noise: each equation alone settles at its spread; v's noise also reaches x through the coupling.
  const double drive_x = 2.0 * alpha * p.spread_x * p.spread_x,
               drive_v = 2.0 * beta * p.spread_v * p.spread_v;
  const double decay_xx = (1.0 - keep_x * keep_x) / (2.0 * alpha);
  const double decay_vv = (1.0 - keep_v * keep_v) / (2.0 * beta);
  const double decay_xv = (1.0 - keep_x * keep_v) / (alpha + beta);
  const double noise_x =
      drive_x * decay_xx + drive_v * coupling * coupling * (decay_vv - 2.0 * decay_xv + decay_xx);
  const double noise_xv = drive_v * coupling * (decay_vv - decay_xv);
  const double noise_v = drive_v * decay_vv;
  const double var_x =
      keep_x * keep_x * s.var_x + 2.0 * keep_x * v_to_x * s.cov_xv + v_to_x * v_to_x * s.var_v;
  const double cov_xv = keep_v * (keep_x * s.cov_xv + v_to_x * s.var_v);
  s.var_v = keep_v * keep_v * s.var_v + noise_v;
  s.var_x = var_x + noise_x;
  s.cov_xv = cov_xv + noise_xv;
}

void Belief::observe(double on_x, double on_v, double value, double variance) {
  auto& s = state_;
  const double cross_x = on_x * s.var_x + on_v * s.cov_xv, cross_v = on_x * s.cov_xv + on_v * s.var_v;
  const double total = on_x * cross_x + on_v * cross_v + variance;
  const double surprise = value - on_x * s.x - on_v * s.v;
  s.x += cross_x / total * surprise;
  s.v += cross_v / total * surprise;
  s.var_x -= cross_x * cross_x / total;
  s.var_v -= cross_v * cross_v / total;
  s.cov_xv -= cross_x * cross_v / total;
}

void Belief::update_monitor(const MonitorOutput& output) {
  if (output.present_count == 0 || !std::isfinite(output.estimate) || !(output.sd > 0.0F)) return;
  const double memory = parameters_.monitor_memory_s;
  const double since = monitor_spoke_ ? since_monitor_s_ : memory;
  if (!(since > 0.0)) return;  // the same moment twice is no second opinion
  const double shared = std::max(memory / since, 1.0);
  observe(1.0, 0.0, output.estimate, static_cast<double>(output.sd) * output.sd * shared);
  since_monitor_s_ = 0.0;
  monitor_spoke_ = true;
}

void Belief::update_suds(double suds) {
  if (!std::isfinite(suds)) return;
  observe(1.0, 0.0, std::clamp(suds / 100.0, 0.0, 1.0), parameters_.suds_sd * parameters_.suds_sd);
}

void Belief::update_comfort(double comfort) {
  if (!std::isfinite(comfort)) return;
  observe(0.0, 1.0, std::clamp(comfort / 10.0, 0.0, 1.0), parameters_.comfort_sd * parameters_.comfort_sd);
}

void Belief::update_attention(bool engaged) {
  const auto& p = parameters_;
  auto& s = state_;
  const double b = p.attention_b, c = p.attention_c;
  // y sees (x, v) through η = a + b x + c v alone, and η is Gaussian: the posterior's moments need one
  // dimension.
  const double cross_x = b * s.var_x + c * s.cov_xv, cross_v = b * s.cov_xv + c * s.var_v;
  const double variance = b * cross_x + c * cross_v;
  if (!(variance > 1e-12)) return;
  const double mean = p.attention_a + b * s.x + c * s.v, sd = std::sqrt(variance);
  const double sign = engaged ? 1.0 : -1.0;
  double mass = 0.0, first = 0.0, second = 0.0;  // of the tilted standard deviate
  for (const auto& node : half_nodes) {
    for (const double at : {node.at, -node.at}) {
      const double likelihood = std::pow(logistic(sign * (mean + sd * at)), p.attention_weight);
      const double weight = node.weight * likelihood;
      mass += weight;
      first += weight * at;
      second += weight * at * at;
    }
  }
  if (!(mass > 0.0)) return;
  const double shift = first / mass, spread = second / mass - shift * shift;
  // Given η, (x, v) is as before: the change of η's moments is passed on by regression, which is exact.
  const double gain_x = cross_x / variance, gain_v = cross_v / variance;
  const double move = sd * shift, shrink = variance * (1.0 - spread);
  s.x += gain_x * move;
  s.v += gain_v * move;
  s.var_x -= gain_x * gain_x * shrink;
  s.var_v -= gain_v * gain_v * shrink;
  s.cov_xv -= gain_x * gain_v * shrink;
}

}  // namespace attune::state
