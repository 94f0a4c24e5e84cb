#include <algorithm>
#include <cmath>

#include "attune/state/belief.hpp"
#include "state/quadrature.hpp"

// What the body says, to a belief that does not know for sure how the monitor reads this person. The monitor
// updates the person, with bias and gain considered but left as believed (Schmidt, Advances in Control
// Systems 3 (1966) 293). Attention updates the moment for every person that there may be, and what is
// believed of the person stays.
namespace attune::state {
namespace {

constexpr double nothing = 1e-12;        // a variance below this is none
constexpr double most_of_person = 0.99;  // of the monitor's deviation: something always passes

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

using Covariance = std::array<std::array<double, 6>, 6>;

constexpr std::size_t of_moment = 2;  // x and v; the others last: they are the person's and the monitor's

/// What is not known of the moment when all that lasts is known: Schur's complement, one row after another.
Covariance given_the_lasting(Covariance cov) {
  for (std::size_t known = cov.size() - 1; known >= of_moment; --known) {
    for (std::size_t i = 0; i < known; ++i) {
      const double slope = part(cov[i][known], cov[known][known]);
      for (std::size_t j = 0; j <= i; ++j) cov[i][j] = cov[j][i] = cov[i][j] - slope * cov[j][known];
    }
  }
  return cov;
}

}  // namespace

Belief::Reading Belief::reading_of(const BeliefParameters& parameters, const MonitorOutput& output) {
  const auto sd = static_cast<double>(output.sd);
  const double usual = parameters.reading_sd();
  // A belief by which people do not differ takes all for noise.
  const double person =
      usual > 0.0 ? std::min(static_cast<double>(output.person_sd), most_of_person * sd) : 0.0;
  Reading reading{output.measured(), 0.0, 0.0, sd * sd - person * person};
  if (!(person > 0.0)) return reading;
  // No sensor turns a person into several times of them: what people differ by beyond usual is bias.
  reading.scale_of_gain = std::min(person / usual, 1.0);
  const double by_gain = reading.scale_of_gain * parameters.reading_sd_by_gain();
  if (parameters.bias_sd > 0.0)
    reading.scale_of_bias =
        std::sqrt(std::max(person * person - by_gain * by_gain, 0.0)) / parameters.bias_sd;
  return reading;
}

void Belief::update_monitor(const MonitorOutput& output) {
  if (output.present_count == 0 || !(output.sd > 0.0F) || !std::isfinite(output.measured())) return;
  if (!(since_monitor_s_ > 0.0)) return;  // the same moment twice is no second opinion
  const auto reading = reading_of(parameters_, output);
  const double noise = reading.noise * std::max(parameters_.monitor_memory_s / since_monitor_s_, 1.0);
  since_monitor_s_ = 0.0;

  // m = pivot + bias + e^ℓ (x − pivot) + noise is no linear function of a Gaussian, but its mean, its
  // variance and its covariance with all of the state have closed forms (Stein's lemma, moments of a
  // lognormal).
  const double s = reading.scale_of_gain, t = reading.scale_of_bias,
               from_pivot = mean_[x] - parameters_.pivot_x;
  const double spread = s * s * cov_[gain][gain], both = s * cov_[x][gain];
  const double gain_mean = std::exp(s * mean_[gain] + 0.5 * spread),
               by_gain = gain_mean * (from_pivot + both);
  Vector along;
  for (std::size_t i = 0; i < size; ++i)
    along[i] = t * cov_[i][bias] + gain_mean * cov_[i][x] + by_gain * s * cov_[i][gain];
  const double of_gain_squared =
      gain_mean * gain_mean * std::exp(spread) * (std::pow(from_pivot + 2.0 * both, 2) + cov_[x][x]);
  const double with_bias = gain_mean * cov_[bias][x] + by_gain * s * cov_[bias][gain];
  const double variance =
      of_gain_squared - by_gain * by_gain + t * (t * cov_[bias][bias] + 2.0 * with_bias) + noise;
  const double surprise = reading.value - parameters_.pivot_x - t * mean_[bias] - by_gain;
  // Bias and gain stay as believed. That they may be otherwise is in the variance, and what their errors have
  // to do with the person's, in the covariance.
  for (std::size_t i = 0; i < of_person; ++i) {
    mean_[i] += along[i] / variance * surprise;
    for (std::size_t j = 0; j < size; ++j) {
      if (j > i && j < of_person) continue;
      cov_[i][j] = cov_[j][i] = cov_[i][j] - along[i] * along[j] / variance;
    }
  }
}

void Belief::update_attention(bool engaged) {
  const auto& p = parameters_;
  const double on_x = p.attention_b, on_v = p.attention_c;
  // y sees the moment through η = a + b x + c v alone, which given person and monitor is Gaussian; its mean
  // varies with these, and what y makes of it varies nearly in proportion.
  const auto given = given_the_lasting(cov_);
  Vector with{};  // covariances of η
  for (std::size_t i = 0; i < size; ++i) with[i] = on_x * cov_[x][i] + on_v * cov_[v][i];
  const std::array own{on_x * given[x][x] + on_v * given[x][v], on_x * given[v][x] + on_v * given[v][v]};
  const std::array by_lasting{with[x] - own[x], with[v] - own[v]};
  const double variance = on_x * own[x] + on_v * own[v];
  if (!(variance > nothing)) return;
  const double between = on_x * by_lasting[x] + on_v * by_lasting[v];
  const double sd = std::sqrt(variance), sd_between = std::sqrt(std::max(between, 0.0));
  const double mean = p.attention_a + on_x * mean_[x] + on_v * mean_[v];

  double move = 0.0, moves = 0.0, slope = 0.0, spread = 0.0;
  for (const auto& node : few_nodes) {
    const auto t = tilt(mean + sd_between * node.at, sd, engaged ? 1.0 : -1.0, p.attention_weight);
    move += node.weight * sd * t.shift;
    moves += node.weight * variance * t.shift * t.shift;
    slope += node.weight * sd * t.shift * node.at;
    spread += node.weight * t.spread;
  }
  slope = sd_between > 0.0 ? slope / sd_between : 0.0;
  // Given η nothing more is learnt of the moment: regression passes the change on exactly.
  const std::array along{own[x] / variance, own[v] / variance};
  const double changed = variance * (spread - 1.0) + moves - move * move;
  for (const Of a : {x, v}) {
    mean_[a] += along[a] * move;
    for (const Of b : {x, v})
      cov_[a][b] +=
          along[a] * along[b] * changed + slope * (along[a] * by_lasting[b] + along[b] * by_lasting[a]);
    for (std::size_t i = of_moment; i < size; ++i) cov_[i][a] = cov_[a][i] += along[a] * slope * with[i];
  }
}

}  // namespace attune::state
