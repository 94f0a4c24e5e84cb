#include "cli/evaluate/belief_person_grid.hpp"

#include <cmath>

namespace attune::cli {

namespace {

double sum_of(const BeliefCells<1>& cells) {
  double sum = 0.0;
  for (const auto& [mass] : cells) sum += static_cast<double>(mass);
  return sum;
}

}  // namespace

PersonGrid::PersonGrid(const state::BeliefParameters& parameters)
    : parameters_(parameters),
      rest_(gauss_hermite(rests)),
      reactivity_(gauss_hermite(reactivities)),
      mean_reactivity_(parameters.reactivity),
      sd_reactivity_(parameters.reactivity_sd),
      scratch_(lattice.size()) {
  for (std::size_t node = 0; node < nodes; ++node) {
    auto& cells = cells_[node];
    cells.resize(lattice.size());
    for (std::size_t i = 0; i < lattice.size(); ++i) {
      const double ex = (lattice.x_of(i % lattice.nx) - rest_of(node)) / parameters.spread_x;
      const double ev = (lattice.v_of(i / lattice.nx) - parameters.usual_v) / parameters.spread_v;
      cells[i][0] = static_cast<float>(std::exp(-0.5 * (ex * ex + ev * ev)));
    }
    const double weight = rest_.weights[node % rests] * reactivity_.weights[node / rests];
    const auto scale = static_cast<float>(weight / sum_of(cells));
    for (auto& [mass] : cells) mass *= scale;
  }
}

double PersonGrid::rest_of(std::size_t node) const {
  return parameters_.rest + parameters_.rest_sd * rest_.nodes[node % rests];
}

double PersonGrid::reactivity_of(std::size_t node) const {
  return mean_reactivity_ + sd_reactivity_ * reactivity_.nodes[node / rests];
}

/// Reactivity follows dr = ((usual − r) / memory − z r / habituation) dt + noise. In deviations from its mean
/// over people it keeps a stationary law, on which the nodes stay, while mean and deviation change.
/// @return what is left of a deviation.
double PersonGrid::habituate(double dt_s, double z) {
  const auto& p = parameters_;
  constexpr int parts = 1000;
  const double h = dt_s / parts, back = 1.0 / p.person_memory_s, away = z / p.habituation_s;
  double faded = 0.0;
  for (int i = 0; i < parts; ++i) {
    const double comes_in = back * p.reactivity_sd * p.reactivity_sd / sd_reactivity_;
    faded += h * comes_in / sd_reactivity_;
    mean_reactivity_ += h * (back * (p.reactivity - mean_reactivity_) - away * mean_reactivity_);
    sd_reactivity_ += h * (comes_in - sd_reactivity_ * (back + away));
  }
  return std::exp(-faded);
}

void PersonGrid::predict(double dt_s, double z, double u) {
  std::array<PersonStep, nodes> person;
  for (std::size_t node = 0; node < nodes; ++node)
    person[node] = {rest_of(node), reactivity_of(node), reactivity_of(node)};
  const double keep = habituate(dt_s, z);
  for (std::size_t node = 0; node < nodes; ++node) {
    person[node].reactivity_after = reactivity_of(node);
    advance(lattice, small_steps(parameters_, person[node], dt_s, z, u), cells_[node], scratch_);
  }
  mix(std::exp(-dt_s / parameters_.person_memory_s), keep);
}

void PersonGrid::mix(double keep_rest, double keep_reactivity) {
  const auto on_rest = drift_matrix(rest_, keep_rest);
  const auto on_reactivity = drift_matrix(reactivity_, keep_reactivity);
  std::array<double, nodes> half{}, whole{};
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    half.fill(0.0);
    whole.fill(0.0);
    for (std::size_t node = 0; node < nodes; ++node) {
      const auto mass = static_cast<double>(cells_[node][i][0]);
      for (std::size_t to = 0; to < rests; ++to)
        half[node - node % rests + to] += on_rest[to * rests + node % rests] * mass;
    }
    for (std::size_t to = 0; to < nodes; ++to)
      for (std::size_t from = 0; from < reactivities; ++from)
        whole[to] += on_reactivity[(to / rests) * reactivities + from] * half[from * rests + to % rests];
    for (std::size_t node = 0; node < nodes; ++node) cells_[node][i][0] = static_cast<float>(whole[node]);
  }
}

template <typename Likelihood>
void PersonGrid::multiply(Likelihood likelihood, bool learns_of_person) {
  std::vector<float> factors(lattice.size());
  for (std::size_t i = 0; i < factors.size(); ++i)
    factors[i] = static_cast<float>(likelihood(lattice.x_of(i % lattice.nx), lattice.v_of(i / lattice.nx)));
  std::array<double, nodes> before{}, after{};
  double all_before = 0.0, all_after = 0.0;
  for (std::size_t node = 0; node < nodes; ++node) {
    before[node] = sum_of(cells_[node]);
    for (std::size_t i = 0; i < factors.size(); ++i) cells_[node][i][0] *= factors[i];
    after[node] = sum_of(cells_[node]);
    all_before += before[node];
    all_after += after[node];
  }
  for (std::size_t node = 0; node < nodes; ++node) {
    const double scale = learns_of_person ? 1.0 / all_after : before[node] / (after[node] * all_before);
    for (auto& [mass] : cells_[node]) mass *= static_cast<float>(scale);
  }
}

void PersonGrid::monitor(const state::MonitorOutput& output, double variance) {
  const double value = output.measured();
  multiply([&](double x, double) { return std::exp(-0.5 * (value - x) * (value - x) / variance); }, true);
}

void PersonGrid::attention(bool engaged) {
  multiply([&](double x, double v) { return look_likelihood(parameters_, engaged, x, v); }, false);
}

void PersonGrid::suds(double share) {
  multiply([&](double x, double) { return answer_likelihood(share, x, parameters_.suds_sd); }, true);
}

void PersonGrid::comfort(double share) {
  multiply([&](double, double v) { return answer_likelihood(share, v, parameters_.comfort_sd); }, true);
}

std::vector<double> PersonGrid::over_people() const {
  std::vector<double> mass(lattice.size());
  double sum = 0.0;
  for (const auto& cells : cells_) {
    for (std::size_t i = 0; i < mass.size(); ++i) {
      mass[i] += static_cast<double>(cells[i][0]);
      sum += static_cast<double>(cells[i][0]);
    }
  }
  for (auto& part : mass) part /= sum;
  return mass;
}

double PersonGrid::divergence_from(const state::BeliefState& gaussian) const {
  return lattice.divergence(over_people(), gaussian);
}

state::BeliefState PersonGrid::moments() const { return lattice.moments(over_people()); }

state::Responsiveness PersonGrid::responsiveness() const {
  double sum = 0.0, rest = 0.0, rest_2 = 0.0, reactivity = 0.0, reactivity_2 = 0.0;
  for (std::size_t node = 0; node < nodes; ++node) {
    const double mass = sum_of(cells_[node]), a = rest_of(node), b = reactivity_of(node);
    sum += mass;
    rest += mass * a;
    rest_2 += mass * a * a;
    reactivity += mass * b;
    reactivity_2 += mass * b * b;
  }
  rest /= sum;
  reactivity /= sum;
  return {rest, reactivity, std::sqrt(rest_2 / sum - rest * rest),
          std::sqrt(reactivity_2 / sum - reactivity * reactivity)};
}

}  // namespace attune::cli
