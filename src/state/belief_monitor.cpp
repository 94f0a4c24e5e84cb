#include <algorithm>
#include <cmath>

#include "attune/state/belief.hpp"
#include "state/quadrature.hpp"

// What the monitor says, to a belief that does not know for sure how the monitor reads this person.
namespace attune::state {
namespace {

constexpr double nothing = 1e-12;    // a variance below this is none
constexpr double middling_x = 0.45;  // f's target at half of the exposure
constexpr double least_noise =
    0.25;  // of the variance over people: a person's moments are never free of error

double part(double covariance, double variance) { return variance > nothing ? covariance / variance : 0.0; }

}  // namespace

double Belief::monitor_noise(const BeliefParameters& parameters, double sd) {
  const double by_gain = parameters.log_gain_sd * middling_x;
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

  // Given log-gain ℓ, everything is linear and Gaussian: by regression on ℓ first, then on the bias.
  const double var_gain = cov_[gain][gain];
  Vector on_gain;
  for (std::size_t i = 0; i < size; ++i) on_gain[i] = part(cov_[i][gain], var_gain);
  const double var_bias = cov_[bias][bias] - on_gain[bias] * cov_[bias][gain];
  const std::array<double, 2> on_bias{part(cov_[x][bias] - on_gain[x] * cov_[gain][bias], var_bias),
                                      part(cov_[v][bias] - on_gain[v] * cov_[gain][bias], var_bias)};
  const auto rest = [&](Of a, Of b) {
    return cov_[a][b] - on_gain[a] * cov_[gain][b] - on_bias[a] * on_bias[b] * var_bias;
  };
  const double rest_xx = rest(x, x), rest_xv = rest(x, v), rest_vv = rest(v, v);

  // The mixture over ℓ, whose weights the monitor leaves as they are, as it leaves the bias: its moments,
  // around the mean that was.
  const double sd_gain = std::sqrt(std::max(var_gain, 0.0));
  double dx = 0.0, dv = 0.0, xx = 0.0, xv = 0.0, vv = 0.0;
  double x_bias = 0.0, v_bias = 0.0, x_gain = 0.0, v_gain = 0.0;
  for (const auto& node : standard_nodes) {
    const double off_gain = sd_gain * node.at, off_bias = on_gain[bias] * off_gain;
    const double g = std::exp(mean_[gain] + off_gain);
    const double scale = g / (g * g * rest_xx + noise);
    const double keep_x = scale * rest_xx, keep_v = scale * rest_xv;  // Kalman's gain for x and v
    const double at_x = on_gain[x] * off_gain, at_v = on_gain[v] * off_gain;
    const double surprise =
        static_cast<double>(output.estimate) - mean_[bias] - off_bias - g * (mean_[x] + at_x);
    const double to_x = at_x + keep_x * surprise, to_v = at_v + keep_v * surprise;
    // How x and v, given ℓ and m, still follow the bias.
    const double seen = 1.0 + g * on_bias[x];
    const double by_bias_x = on_bias[x] - keep_x * seen, by_bias_v = on_bias[v] - keep_v * seen;
    const double w = node.weight;
    dx += w * to_x;
    dv += w * to_v;
    xx += w * (rest_xx - keep_x * g * rest_xx + by_bias_x * by_bias_x * var_bias + to_x * to_x);
    xv += w * (rest_xv - keep_x * g * rest_xv + by_bias_x * by_bias_v * var_bias + to_x * to_v);
    vv += w * (rest_vv - keep_v * g * rest_xv + by_bias_v * by_bias_v * var_bias + to_v * to_v);
    x_bias += w * (by_bias_x * var_bias + to_x * off_bias);
    v_bias += w * (by_bias_v * var_bias + to_v * off_bias);
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

}  // namespace attune::state
