#include "cli/belief_grid.hpp"

#include <algorithm>
#include <cmath>

namespace attune::cli {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double reach = 4.75;  // deviations of a step's noise that are summed: all but two millionths of it

/// Normalised probabilists' Hermite polynomials h_0 … h_{n-1} at t.
std::vector<double> hermite(double t, std::size_t n) {
  std::vector<double> h(n, 1.0);
  for (std::size_t k = 1; k < n; ++k) {
    const auto order = static_cast<double>(k);
    h[k] = (t * h[k - 1] - (k > 1 ? std::sqrt(order - 1.0) * h[k - 2] : 0.0)) / std::sqrt(order);
  }
  return h;
}

/// Zeros of the n-th polynomial, found where it changes its sign, and Gauss's weights for means under a
/// standard Gaussian.
void gauss_hermite(std::size_t n, std::vector<double>& nodes, std::vector<double>& weights) {
  const auto value = [&](double t) { return hermite(t, n + 1)[n]; };
  for (double left = -8.0; left < 8.0; left += 0.01) {
    double low = left, high = left + 0.01;
    if ((value(low) < 0.0) == (value(high) < 0.0)) continue;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      ((value(low) < 0.0) == (value(middle) < 0.0) ? low : high) = middle;
    }
    const auto h = hermite(0.5 * (low + high), n);
    double sum = 0.0;
    for (const double part : h) sum += part * part;
    nodes.push_back(0.5 * (low + high));
    weights.push_back(1.0 / sum);
  }
}

double below(double t) { return 0.5 * std::erfc(-t / std::sqrt(2.0)); }

/// What an Ornstein–Uhlenbeck process makes of masses on Gauss–Hermite nodes of its stationary law: each
/// Hermite polynomial fades with its own power of `keep` (Mehler's formula).
std::vector<double> drift_matrix(const std::vector<double>& nodes, const std::vector<double>& weights,
                                 double keep) {
  const auto n = nodes.size();
  std::vector<double> matrix(n * n);
  for (std::size_t to = 0; to < n; ++to) {
    for (std::size_t from = 0; from < n; ++from) {
      const auto a = hermite(nodes[to], n), b = hermite(nodes[from], n);
      double sum = 0.0, fade = 1.0;
      for (std::size_t k = 0; k < n; ++k, fade *= keep) sum += fade * a[k] * b[k];
      matrix[to * n + from] = weights[to] * sum;
    }
  }
  return matrix;
}

}  // namespace

BeliefTransition small_steps(const state::BeliefParameters& p, double dt_s, double z, double u) {
  constexpr int parts = 1000;
  const double h = dt_s / parts;
  const double keep_x = 1.0 - h / p.tau_x_s, keep_v = 1.0 - h / p.tau_v_s,
               v_to_x = h * p.reactivity * z / p.tau_x_s;
  const double shock_x = 2.0 * h * p.spread_x * p.spread_x / p.tau_x_s;
  const double shock_v = 2.0 * h * p.spread_v * p.spread_v / p.tau_v_s;
  BeliefTransition t;
  for (int i = 0; i < parts; ++i) {
    const auto before = t;
    t.xx = keep_x * before.xx;
    t.xv = keep_x * before.xv + v_to_x * before.vv;
    t.vv = keep_v * before.vv;
    t.shift_x = keep_x * before.shift_x + v_to_x * before.shift_v + h * (p.rest - p.relief * u) / p.tau_x_s;
    t.shift_v = keep_v * before.shift_v + h * p.usual_v / p.tau_v_s;
    t.noise_xx = keep_x * keep_x * before.noise_xx + 2.0 * keep_x * v_to_x * before.noise_xv +
                 v_to_x * v_to_x * before.noise_vv + shock_x;
    t.noise_xv = keep_v * (keep_x * before.noise_xv + v_to_x * before.noise_vv);
    t.noise_vv = keep_v * keep_v * before.noise_vv + shock_v;
  }
  return t;
}

BeliefGrid::BeliefGrid(const state::BeliefParameters& parameters)
    : parameters_(parameters), cells_(nx * nv), next_(nx * nv) {
  gauss_hermite(biases, bias_, bias_weight_);
  gauss_hermite(gains, gain_, gain_weight_);
  for (auto& cell : cells_) {
    for (std::size_t k = 0; k < inner; ++k)
      cell[k] = static_cast<float>(bias_weight_[k % biases] * gain_weight_[k / biases]);
  }
  multiply([&](double x, double v) {
    const double ex = (x - parameters_.rest) / parameters_.spread_x,
                 ev = (v - parameters_.usual_v) / parameters_.spread_v;
    return std::exp(-0.5 * (ex * ex + ev * ev));
  });
}

void BeliefGrid::predict(const BeliefTransition& step, double dt_s) {
  for (auto& cell : next_) cell.fill(0.0F);
  // v' first, and then x' given v and v'.
  const double sd_v = std::sqrt(step.noise_vv), slope = step.noise_xv / step.noise_vv;
  const double sd_x = std::sqrt(step.noise_xx - slope * step.noise_xv);
  const auto index = [](double at, double first, double width, std::size_t count) {
    return static_cast<std::size_t>(
        std::clamp(std::round((at - first) / width), 0.0, static_cast<double>(count - 1)));
  };
  for (std::size_t iv = 0; iv < nv; ++iv) {
    const double mean_v = step.vv * v_of(iv) + step.shift_v;
    const auto last_v = index(mean_v + reach * sd_v, v0, dv, nv);
    for (auto jv = index(mean_v - reach * sd_v, v0, dv, nv); jv <= last_v; ++jv) {
      const double ev = v_of(jv) - mean_v;
      const double weight_v = std::exp(-0.5 * ev * ev / step.noise_vv) * dv / (sd_v * std::sqrt(2.0 * pi));
      for (std::size_t ix = 0; ix < nx; ++ix) {
        const auto& from = cells_[ix * nv + iv];
        const double mean_x = step.xx * x_of(ix) + step.xv * v_of(iv) + step.shift_x + slope * ev;
        const auto last_x = index(mean_x + reach * sd_x, x0, dx, nx);
        // A Gaussian at even distances by two products a step: e^(−(a+ih)²/2) = e^(−a²/2) · r^i · c^(i²).
        const auto first_x = index(mean_x - reach * sd_x, x0, dx, nx);
        const double a = (x_of(first_x) - mean_x) / sd_x, h = dx / sd_x, c = std::exp(-h * h);
        double value = weight_v * std::exp(-0.5 * a * a) * h / std::sqrt(2.0 * pi);
        double ratio = std::exp(-a * h - 0.5 * h * h);
        for (auto jx = first_x; jx <= last_x; ++jx, value *= ratio, ratio *= c) {
          auto& to = next_[jx * nv + jv];
          const auto part = static_cast<float>(value);
          for (std::size_t k = 0; k < inner; ++k) to[k] += part * from[k];
        }
      }
    }
  }
  cells_.swap(next_);
  drift(dt_s);
}

void BeliefGrid::drift(double dt_s) {
  const double keep = std::exp(-dt_s / parameters_.calibration_memory_s);
  const auto on_bias = drift_matrix(bias_, bias_weight_, keep),
             on_gain = drift_matrix(gain_, gain_weight_, keep);
  for (auto& cell : cells_) {
    std::array<double, inner> half{}, whole{};
    for (std::size_t g = 0; g < gains; ++g)
      for (std::size_t to = 0; to < biases; ++to)
        for (std::size_t from = 0; from < biases; ++from)
          half[g * biases + to] += on_bias[to * biases + from] * static_cast<double>(cell[g * biases + from]);
    for (std::size_t to = 0; to < gains; ++to)
      for (std::size_t from = 0; from < gains; ++from)
        for (std::size_t b = 0; b < biases; ++b)
          whole[to * biases + b] += on_gain[to * gains + from] * half[from * biases + b];
    for (std::size_t k = 0; k < inner; ++k) cell[k] = static_cast<float>(whole[k]);
  }
}

template <typename Likelihood>
void BeliefGrid::multiply(Likelihood likelihood) {
  double sum = 0.0;
  for (std::size_t i = 0; i < nx * nv; ++i) {
    const auto factor = static_cast<float>(likelihood(x_of(i / nv), v_of(i % nv)));
    double column = 0.0;
    for (auto& mass : cells_[i]) column += static_cast<double>(mass *= factor);
    sum += column;
  }
  const auto scale = static_cast<float>(1.0 / sum);
  for (auto& cell : cells_)
    for (auto& mass : cell) mass *= scale;
}

template <typename Factors>
void BeliefGrid::multiply_each(Factors factors) {
  std::array<double, inner> before{}, after{};
  for (std::size_t i = 0; i < nx * nv; ++i) {
    const std::array<double, inner>& factor = factors(i / nv, i % nv);
    for (std::size_t k = 0; k < inner; ++k) {
      const auto mass = static_cast<double>(cells_[i][k]);
      before[k] += mass;
      after[k] += mass * factor[k];
      cells_[i][k] = static_cast<float>(mass * factor[k]);
    }
  }
  for (auto& cell : cells_)
    for (std::size_t k = 0; k < inner; ++k) cell[k] *= static_cast<float>(before[k] / after[k]);
}

void BeliefGrid::monitor(double value, double variance) {
  std::array<std::array<double, inner>, nx> likelihood{};
  for (std::size_t k = 0; k < inner; ++k) {
    const double log_gain = parameters_.log_gain_sd * gain_[k / biases], gain = std::exp(log_gain);
    const double bias = parameters_.bias_sd * bias_[k % biases] - parameters_.pivot_x * log_gain;
    for (std::size_t ix = 0; ix < nx; ++ix) {
      const double off = value - bias - gain * x_of(ix);
      likelihood[ix][k] = std::exp(-0.5 * off * off / variance);
    }
  }
  multiply_each(
      [&](std::size_t ix, std::size_t) -> const std::array<double, inner>& { return likelihood[ix]; });
}

void BeliefGrid::answer(bool about_x, double share, double sd) {
  multiply([&](double x, double v) {
    const double off = (share - (about_x ? x : v)) / sd;
    if (share <= 0.0) return below(off);
    if (share >= 1.0) return below(-off);
    return std::exp(-0.5 * off * off);
  });
}

void BeliefGrid::suds(double share) { answer(true, share, parameters_.suds_sd); }
void BeliefGrid::comfort(double share) { answer(false, share, parameters_.comfort_sd); }

void BeliefGrid::attention(bool engaged) {
  const auto& p = parameters_;
  std::array<double, inner> likelihood{};
  multiply_each([&](std::size_t ix, std::size_t iv) -> const std::array<double, inner>& {
    const double eta = p.attention_a + p.attention_b * x_of(ix) + p.attention_c * v_of(iv);
    likelihood.fill(std::pow(1.0 / (1.0 + std::exp(engaged ? -eta : eta)), p.attention_weight));
    return likelihood;
  });
}

std::vector<double> BeliefGrid::over_people() const {
  std::vector<double> mass(nx * nv);
  for (std::size_t i = 0; i < nx * nv; ++i)
    for (const float part : cells_[i]) mass[i] += static_cast<double>(part);
  double sum = 0.0;
  for (const double part : mass) sum += part;
  for (auto& part : mass) part /= sum;
  return mass;
}

state::BeliefState BeliefGrid::moments() const {
  const auto mass = over_people();
  state::BeliefState s;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    s.x += mass[i] * x_of(i / nv);
    s.v += mass[i] * v_of(i % nv);
  }
  for (std::size_t i = 0; i < mass.size(); ++i) {
    const double ex = x_of(i / nv) - s.x, ev = v_of(i % nv) - s.v;
    s.var_x += mass[i] * ex * ex;
    s.var_v += mass[i] * ev * ev;
    s.cov_xv += mass[i] * ex * ev;
  }
  return s;
}

double BeliefGrid::divergence_from(const state::BeliefState& s) const {
  const auto mass = over_people();
  const double det = s.var_x * s.var_v - s.cov_xv * s.cov_xv;
  const double log_norm = std::log(dx * dv / (2.0 * pi * std::sqrt(det)));
  double sum = 0.0;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (mass[i] < 1e-20) continue;
    const double ex = x_of(i / nv) - s.x, ev = v_of(i % nv) - s.v;
    const double log_q =
        log_norm - 0.5 * (s.var_v * ex * ex - 2.0 * s.cov_xv * ex * ev + s.var_x * ev * ev) / det;
    sum += mass[i] * (std::log(mass[i]) - log_q);
  }
  return sum;
}

}  // namespace attune::cli
