#include <algorithm>
#include <cmath>

#include "attune/state/belief.hpp"
#include "state/quadrature.hpp"

// What the body says, to a belief that does not know for sure how the monitor reads this person. Anxiety and
// experience are updated for every bias and gain that there may be; what is believed of bias and gain stays.
namespace attune::state {
namespace {

constexpr double nothing = 1e-12;    // a variance below this is none
constexpr double middling_x = 0.45;  // f's target at half of the exposure
// Of the variance over people, what is left around each person's own line: 0.061² of 0.108² among virtual
// patients (`attune evaluate belief`).
constexpr double least_noise = 1.0 / 3.0;

double part(double covariance, double variance) { return variance > nothing ? covariance / variance : 0.0; }

double logistic(double value) { return 1.0 / (1.0 + std::exp(-value)); }

/// How a Gaussian deviate is moved by a look: its mean by `shift`, its variance to `spread`.
struct Tilt {
  double shift = 0.0, spread = 1.0;
};
Tilt tilt(double mean, double sd, double sign, double weight) {
  double mass = 0.0, first = 0.0, second = 0.0;
  for (const auto& node : standard_nodes) {
    const double w = node.weight * std::pow(logistic(sign * (mean + sd * node.at)), weight);
    mass += w;
    first += w * node.at;
    second += w * node.at * node.at;
  }
  if (!(mass > 0.0)) return {};
  const double shift = first / mass;
  return {shift, second / mass - shift * shift};
}

}  // namespace

Belief::Conditional Belief::given_calibration() const {
  Conditional c;
  for (const Of of : {x, v, bias}) c.on_gain[of] = part(cov_[of][gain], cov_[gain][gain]);
  c.var_bias = cov_[bias][bias] - c.on_gain[bias] * cov_[bias][gain];
  for (const Of of : {x, v})
    c.on_bias[of] = part(cov_[of][bias] - c.on_gain[of] * cov_[gain][bias], c.var_bias);
  const auto rest = [&](Of a, Of b) {
    return cov_[a][b] - c.on_gain[a] * cov_[gain][b] - c.on_bias[a] * c.on_bias[b] * c.var_bias;
  };
  c.xx = rest(x, x);
  c.xv = rest(x, v);
  c.vv = rest(v, v);
  return c;
}

double Belief::monitor_noise(const BeliefParameters& parameters, double sd) {
  const double by_gain = parameters.log_gain_sd * (middling_x - parameters.pivot_x);
  const double person = parameters.bias_sd * parameters.bias_sd + by_gain * by_gain;
  return std::max(sd * sd - person, least_noise * sd * sd);
}

void Belief::update_monitor(const MonitorOutput& output) {
  if (output.present_count == 0 || !std::isfinite(output.estimate) || !(output.sd > 0.0F)) return;
  const double memory = parameters_.monitor_memory_s;
  const double since = monitor_spoke_ ? since_monitor_s_ : memory;
  if (!(since > 0.0)) return;  // the same moment twice is no second opinion
  since_monitor_s_ = 0.0;
  monitor_spoke_ = true;
  const double noise =
      monitor_noise(parameters_, static_cast<double>(output.sd)) * std::max(memory / since, 1.0);

  // Given the log-gain all is linear and Gaussian; over it, quadrature. Moments are taken around the mean
  // that was.
  const auto given = given_calibration();
  const double sd_gain = std::sqrt(std::max(cov_[gain][gain], 0.0));
  double dx = 0.0, dv = 0.0, xx = 0.0, xv = 0.0, vv = 0.0;
  double x_bias = 0.0, v_bias = 0.0, x_gain = 0.0, v_gain = 0.0;
  for (const auto& node : standard_nodes) {
    const double off_gain = sd_gain * node.at, off_bias = given.on_gain[bias] * off_gain;
    const double g = std::exp(mean_[gain] + off_gain);
    const double scale = g / (g * g * given.xx + noise);
    const double gain_x = scale * given.xx, gain_v = scale * given.xv;  // Kalman's
    const double at_x = given.on_gain[x] * off_gain, at_v = given.on_gain[v] * off_gain;
    const double surprise =
        static_cast<double>(output.estimate) - mean_[bias] - off_bias - g * (mean_[x] + at_x);
    const double to_x = at_x + gain_x * surprise, to_v = at_v + gain_v * surprise;
    // How x and v, given gain and output, still follow the bias.
    const double seen = 1.0 + g * given.on_bias[x];
    const double bias_x = given.on_bias[x] - gain_x * seen, bias_v = given.on_bias[v] - gain_v * seen;
    const double w = node.weight;
    dx += w * to_x;
    dv += w * to_v;
    xx += w * (given.xx - gain_x * g * given.xx + bias_x * bias_x * given.var_bias + to_x * to_x);
    xv += w * (given.xv - gain_x * g * given.xv + bias_x * bias_v * given.var_bias + to_x * to_v);
    vv += w * (given.vv - gain_v * g * given.xv + bias_v * bias_v * given.var_bias + to_v * to_v);
    x_bias += w * (bias_x * given.var_bias + to_x * off_bias);
    v_bias += w * (bias_v * given.var_bias + to_v * off_bias);
    x_gain += w * to_x * off_gain;
    v_gain += w * to_v * off_gain;
  }
  mean_[x] += dx;
  mean_[v] += dv;
  cov_[x][x] = xx - dx * dx;
  cov_[v][v] = vv - dv * dv;
  cov_[x][v] = cov_[v][x] = xv - dx * dv;
  cov_[x][bias] = cov_[bias][x] = x_bias;
  cov_[v][bias] = cov_[bias][v] = v_bias;
  cov_[x][gain] = cov_[gain][x] = x_gain;
  cov_[v][gain] = cov_[gain][v] = v_gain;
}

void Belief::update_attention(bool engaged) {
  const auto& p = parameters_;
  const auto given = given_calibration();
  // y sees the state through η = a + b x + c v alone, which given the calibration is Gaussian; its mean
  // varies with the calibration, and what y makes of it varies nearly in proportion.
  const double on_x = p.attention_b, on_v = p.attention_c;
  const double with_x = on_x * given.xx + on_v * given.xv, with_v = on_x * given.xv + on_v * given.vv;
  const double variance = on_x * with_x + on_v * with_v;
  if (!(variance > nothing)) return;
  const double sd = std::sqrt(variance), mean = p.attention_a + on_x * mean_[x] + on_v * mean_[v];
  const double with_bias = on_x * cov_[x][bias] + on_v * cov_[v][bias];
  const double with_gain = on_x * cov_[x][gain] + on_v * cov_[v][gain];
  const double between = on_x * on_x * (cov_[x][x] - given.xx) + 2.0 * on_x * on_v * (cov_[x][v] - given.xv) +
                         on_v * on_v * (cov_[v][v] - given.vv);
  const double sd_between = std::sqrt(std::max(between, 0.0));

  double move = 0.0, moves = 0.0, slope = 0.0, spread = 0.0;
  for (const auto& node : few_nodes) {
    const auto t = tilt(mean + sd_between * node.at, sd, engaged ? 1.0 : -1.0, p.attention_weight);
    move += node.weight * sd * t.shift;
    moves += node.weight * variance * t.shift * t.shift;
    slope += node.weight * sd * t.shift * node.at;
    spread += node.weight * t.spread;
  }
  slope = sd_between > 0.0 ? slope / sd_between : 0.0;
  // Given η nothing more is learnt of x and v: regression passes the change on exactly.
  const std::array<double, 2> along{with_x / variance, with_v / variance};
  const double own = variance * (spread - 1.0) + moves - move * move;
  const std::array<double, 2> by_calibration{// covariance of x and v with η's mean, over calibrations
                                             on_x * (cov_[x][x] - given.xx) + on_v * (cov_[x][v] - given.xv),
                                             on_x * (cov_[x][v] - given.xv) + on_v * (cov_[v][v] - given.vv)};
  for (const Of a : {x, v}) {
    mean_[a] += along[a] * move;
    for (const Of b : {x, v})
      cov_[a][b] +=
          along[a] * along[b] * own + slope * (along[a] * by_calibration[b] + along[b] * by_calibration[a]);
    cov_[bias][a] = cov_[a][bias] += along[a] * slope * with_bias;
    cov_[gain][a] = cov_[a][gain] += along[a] * slope * with_gain;
  }
}

}  // namespace attune::state
