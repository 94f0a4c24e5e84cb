#include "attune/state/belief.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::state {
namespace {

/// φ(β)/Φ(β) of the standard Gaussian.
double hazard(double beta) {
  constexpr double sqrt_half = 0.70710678118654752, inverse_sqrt_2_pi = 0.39894228040143268;
  return inverse_sqrt_2_pi * std::exp(-0.5 * beta * beta) / (0.5 * std::erfc(-beta * sqrt_half));
}

}  // namespace

double BeliefState::sd_x() const { return std::sqrt(std::max(var_x, 0.0)); }
double BeliefState::sd_v() const { return std::sqrt(std::max(var_v, 0.0)); }
double BeliefState::probability_above(double limit) const {
  return 0.5 * std::erfc((limit - x) / (std::sqrt(2.0) * std::max(sd_x(), 1e-9)));
}

double BeliefParameters::reading_sd() const { return std::hypot(bias_sd, reading_sd_by_gain()); }

double BeliefParameters::reading_sd_by_gain() const {
  constexpr double middling_x = 0.45;  // f's target at half of the exposure
  return log_gain_sd * (middling_x - pivot_x);
}

Belief::Belief(const BeliefParameters& parameters) : parameters_(parameters) { reset(); }

void Belief::reset() {
  const auto& p = parameters_;
  mean_ = {p.rest, p.usual_v, p.rest, p.reactivity, 0.0, 0.0};
  cov_ = {};
  const double var_rest = p.rest_sd * p.rest_sd;
  cov_[x][x] = p.spread_x * p.spread_x + var_rest;
  cov_[x][rest] = cov_[rest][x] = cov_[rest][rest] = var_rest;
  cov_[reactivity][reactivity] = p.reactivity_sd * p.reactivity_sd;
  cov_[v][v] = p.spread_v * p.spread_v;
  cov_[bias][bias] = p.bias_sd * p.bias_sd;
  cov_[gain][gain] = p.log_gain_sd * p.log_gain_sd;
  since_monitor_s_ = std::numeric_limits<double>::infinity();
}

BeliefState Belief::state() const { return {mean_[x], mean_[v], cov_[x][x], cov_[v][v], cov_[x][v]}; }

MonitorCalibration Belief::calibration() const {
  return {mean_[bias], mean_[gain], std::sqrt(std::max(cov_[bias][bias], 0.0)),
          std::sqrt(std::max(cov_[gain][gain], 0.0))};
}

Responsiveness Belief::responsiveness() const {
  return {mean_[rest], mean_[reactivity], std::sqrt(std::max(cov_[rest][rest], 0.0)),
          std::sqrt(std::max(cov_[reactivity][reactivity], 0.0))};
}

/// One of the state returns to what is usual: its mean, and with it the covariance with all else. The caller
/// adds the variance that comes in.
void Belief::drift(Of of, double keep, double usual_mean) {
  mean_[of] = usual_mean + keep * (mean_[of] - usual_mean);
  for (std::size_t i = 0; i < size; ++i) {
    cov_[of][i] *= keep;
    cov_[i][of] *= keep;
  }
}

void Belief::predict(double dt_s, double z, double u) {
  if (!(dt_s > 0.0) || !std::isfinite(dt_s) || !std::isfinite(z) || !std::isfinite(u)) return;
  since_monitor_s_ += dt_s;
  z = std::clamp(z, 0.0, 1.0);
  follow(dt_s, z, std::clamp(u, 0.0, 1.0));
  fade(dt_s, z);
}

/// x and v. Given rest and reactivity they follow a linear pair of equations while z and u hold, so mean and
/// covariance have a closed form.
void Belief::follow(double dt_s, double z, double u) {
  const auto& p = parameters_;
  const double alpha = 1.0 / p.tau_x_s, beta = 1.0 / p.tau_v_s;
  const double keep_x = std::exp(-alpha * dt_s), keep_v = std::exp(-beta * dt_s);
  // Of a target that holds, x reaches this share within the step; of v, which fades meanwhile, that share.
  const double reached = 1.0 - keep_x, lag = alpha / (alpha - beta), reached_of_v = lag * (keep_v - keep_x);
  const double over_usual = mean_[v] - p.usual_v;
  const double v_to_x = mean_[reactivity] * z * reached_of_v;
  const double reactivity_to_x = z * (p.usual_v * reached + over_usual * reached_of_v);
  // The mean of a product is more than the product of the means, by the covariance.
  mean_[x] = keep_x * mean_[x] + reached * (mean_[rest] - p.relief * u) +
             reactivity_to_x * mean_[reactivity] + z * reached_of_v * cov_[reactivity][v];

  Vector with_x{};
  for (std::size_t i = 0; i < size; ++i)
    with_x[i] = keep_x * cov_[x][i] + v_to_x * cov_[v][i] + reached * cov_[rest][i] +
                reactivity_to_x * cov_[reactivity][i];
  const double var_x =
      keep_x * with_x[x] + v_to_x * with_x[v] + reached * with_x[rest] + reactivity_to_x * with_x[reactivity];
  for (std::size_t i = 0; i < size; ++i) cov_[x][i] = cov_[i][x] = with_x[i];
  cov_[x][x] = var_x;
  drift(v, keep_v, p.usual_v);

  // Noise: each equation alone settles at its spread; v's noise also reaches x.
  const double drive_x = 2.0 * alpha * p.spread_x * p.spread_x,
               drive_v = 2.0 * beta * p.spread_v * p.spread_v;
  const double coupling = mean_[reactivity] * z * lag;
  const double decay_xx = (1.0 - keep_x * keep_x) / (2.0 * alpha);
  const double decay_vv = (1.0 - keep_v * keep_v) / (2.0 * beta);
  const double decay_xv = (1.0 - keep_x * keep_v) / (alpha + beta);
  cov_[x][x] += drive_x * decay_xx + drive_v * coupling * coupling * (decay_vv - 2.0 * decay_xv + decay_xx);
  cov_[v][v] += drive_v * decay_vv;
  cov_[x][v] += drive_v * coupling * (decay_vv - decay_xv);
  cov_[v][x] = cov_[x][v];
}

/// What is this person's, and how the monitor reads them, returns slowly to what is people's; exposure takes
/// away from reactivity.
void Belief::fade(double dt_s, double z) {
  const auto& p = parameters_;
  const double keep_person = std::exp(-dt_s / p.person_memory_s),
               lost_person = 1.0 - keep_person * keep_person;
  drift(rest, keep_person, p.rest);
  drift(reactivity, keep_person, p.reactivity);
  cov_[rest][rest] += lost_person * p.rest_sd * p.rest_sd;
  cov_[reactivity][reactivity] += lost_person * p.reactivity_sd * p.reactivity_sd;
  drift(reactivity, std::exp(-dt_s * z / p.habituation_s), 0.0);

  const double keep = std::exp(-dt_s / p.calibration_memory_s), lost = 1.0 - keep * keep;
  drift(bias, keep, 0.0);
  drift(gain, keep, 0.0);
  cov_[bias][bias] += lost * p.bias_sd * p.bias_sd;
  cov_[gain][gain] += lost * p.log_gain_sd * p.log_gain_sd;
}

/// A linear combination of the state became better known: its mean moves by `shift`, its variance falls by
/// `shrink`. `direction` is the state's covariance with it divided by its variance: given the combination,
/// nothing more is learnt, so passing the change on by regression is exact.
void Belief::learn_along(const Vector& direction, double shift, double shrink) {
  for (std::size_t i = 0; i < size; ++i) {
    mean_[i] += direction[i] * shift;
    for (std::size_t j = 0; j <= i; ++j)
      cov_[i][j] = cov_[j][i] = cov_[i][j] - direction[i] * direction[j] * shrink;
  }
}

void Belief::answer(Of of, double share, double sd) {
  if (!std::isfinite(share)) return;
  // What the patient would say on a scale without ends: Gaussian around the state.
  const double variance = cov_[of][of] + sd * sd;
  Vector direction;
  for (std::size_t i = 0; i < size; ++i) direction[i] = cov_[i][of] / variance;
  if (share > 0.0 && share < 1.0) {
    learn_along(direction, share - mean_[of], variance);
    return;
  }
  // "Here or beyond": the moments of a Gaussian cut off at the end of the scale.
  const double sign = share > 0.5 ? -1.0 : 1.0, end = share > 0.5 ? 1.0 : 0.0, spread = std::sqrt(variance);
  const double beta = std::max(sign * (end - mean_[of]) / spread, -25.0);
  const double rate = hazard(beta);
  learn_along(direction, -sign * spread * rate, variance * std::min(rate * (beta + rate), 1.0));
}

void Belief::update_suds(double suds) { answer(x, suds / 100.0, parameters_.suds_sd); }
void Belief::update_comfort(double comfort) { answer(v, comfort / 10.0, parameters_.comfort_sd); }

}  // namespace attune::state
