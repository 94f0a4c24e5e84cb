#include "attune/learn/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "learn/figures_of.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t fewest_people = 5;  // by which something can be said of a set of sensors

using Chosen = std::function<bool(const Judged&)>;
using Guess = std::function<double(const Judged&)>;

double rms_error(const std::vector<Judged>& judged, const Chosen& chosen, const Guess& guess) {
  const auto square = mean_over_visits(judged, [&](const Judged& moment) -> std::optional<double> {
    if (!chosen(moment)) return std::nullopt;
    return std::pow(guess(moment) - moment.label(), 2);
  });
  return std::sqrt(square.value_or(0.0));
}

/// @param estimate  of the moments that are chosen.
ErrorFigures errors_of(const std::vector<Judged>& judged, const Chosen& chosen, const Guess& estimate) {
  ErrorFigures errors;
  std::set<std::string_view> people;
  for (const auto& moment : judged) {
    if (!chosen(moment)) continue;
    people.insert(moment.sample->person);
    ++errors.samples;
  }
  errors.people = people.size();
  errors.model = rms_error(judged, chosen, estimate);
  errors.set_constant = rms_error(judged, chosen, [](const Judged& moment) { return moment.set_constant; });
  return errors;
}

bool everything(const Judged& moment) { return moment.sample != nullptr; }
double as_it_came(const Judged& moment) { return moment.estimate(); }

std::vector<SetFigures> by_set(const std::vector<Judged>& judged) {
  std::set<std::string> names;
  for (const auto& moment : judged) names.insert(moment.sample->set);
  std::vector<SetFigures> sets;
  for (const auto& name : names) {
    const auto of_set = [&](const Judged& moment) { return moment.sample->set == name; };
    sets.push_back({errors_of(judged, of_set, as_it_came), name});
  }
  return sets;
}

std::vector<SensorFigures> by_sensors(const std::vector<Judged>& judged) {
  std::vector<SensorFigures> list;
  for (state::SensorSet sensors = 1; sensors < state::sensor_set_count; ++sensors) {
    const auto has_them = [&](const Judged& moment) { return (moment.sensors & sensors) == sensors; };
    SensorFigures figures{
        errors_of(judged, has_them, [&](const Judged& moment) { return moment.estimates[sensors]; }),
        sensors};
    if (figures.people < fewest_people || !(figures.set_constant > 0.0)) continue;
    figures.observation_sd = observation_sd_of(figures.model, figures.set_constant);
    list.push_back(figures);
  }
  return list;
}

/// Of the means over visits.
double error_of_visits(const std::vector<Judged>& judged) {
  struct Sums {
    double off = 0.0, weight = 0.0;
  };
  std::map<std::size_t, Sums> visits;
  for (const auto& moment : judged) {
    const auto weight = static_cast<double>(moment.sample->weight);
    visits[moment.visit].off += weight * (moment.estimate() - moment.label());
    visits[moment.visit].weight += weight;
  }
  double squares = 0.0;
  for (const auto& [visit, sums] : visits) squares += std::pow(sums.off / sums.weight, 2);
  return visits.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(visits.size()));
}

}  // namespace

double ErrorFigures::skill() const {
  return set_constant > 0.0 ? 1.0 - (model * model) / (set_constant * set_constant) : 0.0;
}

const Calibration::Interval* Calibration::at(double nominal) const {
  const auto found = std::find_if(intervals.begin(), intervals.end(), [&](const Interval& interval) {
    return std::abs(interval.nominal - nominal) < 1e-9;
  });
  return found != intervals.end() ? &*found : nullptr;
}

state::MonitorNoise MonitorFigures::noise() const {
  std::array<float, state::sensor_set_count> measured{};
  for (const auto& of : sensors) measured[of.sensors] = static_cast<float>(of.observation_sd);
  return state::MonitorNoise(measured);
}

double observation_sd_of(double model, double constant) {
  constexpr double least_skill = 0.02;
  const double skill = std::clamp(1.0 - (model * model) / (constant * constant), least_skill, 0.999);
  return constant * std::sqrt((1.0 - skill) / skill);
}

MonitorFigures figures_of(const std::vector<Judged>& judged) {
  MonitorFigures figures;
  static_cast<ErrorFigures&>(figures) = errors_of(judged, everything, as_it_came);
  figures.constant = rms_error(judged, everything, [](const Judged& moment) { return moment.constant; });
  figures.length_alone =
      rms_error(judged, everything, [](const Judged& moment) { return moment.length_alone; });
  figures.model_visits = error_of_visits(judged);
  figures.observation_sd = observation_sd_of(figures.model, figures.set_constant);
  figures.sets = by_set(judged);
  figures.sensors = by_sensors(judged);
  return figures;
}

}  // namespace attune::learn
