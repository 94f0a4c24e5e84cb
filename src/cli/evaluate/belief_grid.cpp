#include "cli/evaluate/belief_grid.hpp"

#include <cmath>

namespace attune::cli {

BeliefGrid::BeliefGrid(const state::BeliefParameters& parameters)
    : parameters_(parameters),
      bias_(gauss_hermite(biases)),
      gain_(gauss_hermite(gains)),
      cells_(lattice.size()),
      scratch_(lattice.size()) {
  for (auto& cell : cells_) {
    for (std::size_t k = 0; k < inner; ++k)
      cell[k] = static_cast<float>(bias_.weights[k % biases] * gain_.weights[k / biases]);
  }
  multiply([&](double x, double v) {
    const double ex = (x - parameters_.rest) / parameters_.spread_x,
                 ev = (v - parameters_.usual_v) / parameters_.spread_v;
    return std::exp(-0.5 * (ex * ex + ev * ev));
  });
}

void BeliefGrid::predict(double dt_s, double z, double u) {
  const auto& p = parameters_;
  advance(lattice, small_steps(p, {p.rest, p.reactivity, p.reactivity}, dt_s, z, u), cells_, scratch_);
  drift(dt_s);
}

void BeliefGrid::drift(double dt_s) {
  const double keep = std::exp(-dt_s / parameters_.calibration_memory_s);
  const auto on_bias = drift_matrix(bias_, keep), on_gain = drift_matrix(gain_, keep);
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
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    const auto factor =
        static_cast<float>(likelihood(lattice.x_of(i % lattice.nx), lattice.v_of(i / lattice.nx)));
    double column = 0.0;
    for (auto& mass : cells_[i]) column += static_cast<double>(mass *= factor);
    sum += column;
  }
  const auto scale = static_cast<float>(1.0 / sum);
  for (auto& cell : cells_)
    for (auto& mass : cell) mass *= scale;
}

template <typename Factors>
void BeliefGrid::multiply_each(Factors factors, bool learns_of_monitor) {
  std::array<double, inner> before{}, after{};
  double all_after = 0.0;
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    const std::array<double, inner>& factor = factors(i % lattice.nx, i / lattice.nx);
    for (std::size_t k = 0; k < inner; ++k) {
      const auto mass = static_cast<double>(cells_[i][k]);
      before[k] += mass;
      after[k] += mass * factor[k];
      all_after += mass * factor[k];
      cells_[i][k] = static_cast<float>(mass * factor[k]);
    }
  }
  for (auto& cell : cells_)
    for (std::size_t k = 0; k < inner; ++k)
      cell[k] *= static_cast<float>(learns_of_monitor ? 1.0 / all_after : before[k] / after[k]);
}

void BeliefGrid::monitor(const state::MonitorOutput& output, double variance) {
  const auto reading = state::Belief::reading_of(parameters_, output);
  std::array<std::array<double, inner>, lattice.nx> likelihood{};
  for (std::size_t k = 0; k < inner; ++k) {
    const double gain = std::exp(reading.scale_of_gain * parameters_.log_gain_sd * gain_.nodes[k / biases]);
    const double at_pivot =
        parameters_.pivot_x + reading.scale_of_bias * parameters_.bias_sd * bias_.nodes[k % biases];
    for (std::size_t ix = 0; ix < lattice.nx; ++ix) {
      const double off = reading.value - at_pivot - gain * (lattice.x_of(ix) - parameters_.pivot_x);
      likelihood[ix][k] = std::exp(-0.5 * off * off / variance);
    }
  }
  multiply_each(
      [&](std::size_t ix, std::size_t) -> const std::array<double, inner>& { return likelihood[ix]; }, true);
}

void BeliefGrid::answer(bool about_x, double share, double sd) {
  multiply([&](double x, double v) { return answer_likelihood(share, about_x ? x : v, sd); });
}

void BeliefGrid::suds(double share) { answer(true, share, parameters_.suds_sd); }
void BeliefGrid::comfort(double share) { answer(false, share, parameters_.comfort_sd); }

void BeliefGrid::attention(bool engaged) {
  std::array<double, inner> likelihood{};
  multiply_each(
      [&](std::size_t ix, std::size_t iv) -> const std::array<double, inner>& {
        likelihood.fill(look_likelihood(parameters_, engaged, lattice.x_of(ix), lattice.v_of(iv)));
        return likelihood;
      },
      false);
}

std::vector<double> BeliefGrid::over_people() const {
  std::vector<double> mass(lattice.size());
  for (std::size_t i = 0; i < lattice.size(); ++i)
    for (const float part : cells_[i]) mass[i] += static_cast<double>(part);
  double sum = 0.0;
  for (const double part : mass) sum += part;
  for (auto& part : mass) part /= sum;
  return mass;
}

state::BeliefState BeliefGrid::moments() const { return lattice.moments(over_people()); }

double BeliefGrid::divergence_from(const state::BeliefState& gaussian) const {
  return lattice.divergence(over_people(), gaussian);
}

}  // namespace attune::cli
