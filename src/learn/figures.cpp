#include "attune/learn/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "attune/state/belief.hpp"
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

/// Of the means over visits.
struct VisitErrors {
  double squares = 0.0;  ///< mean over visits
  double one_in = 0.0;   ///< mean of 1 / how many estimates of a visit stand for themselves
  std::size_t visits = 0;
};

VisitErrors errors_of_visits(const std::vector<Judged>& judged, const Chosen& chosen, const Guess& estimate) {
  struct Sums {
    double off = 0.0, weight = 0.0, moments = 0.0, length_s = 0.0;
  };
  std::map<std::size_t, Sums> visits;
  for (const auto& moment : judged) {
    if (!chosen(moment)) continue;
    const auto weight = static_cast<double>(moment.sample->weight);
    auto& sums = visits[moment.visit];
    sums.off += weight * (estimate(moment) - moment.label());
    sums.weight += weight;
    sums.moments += 1.0;
    sums.length_s = static_cast<double>(moment.sample->length_s);
  }
  VisitErrors errors;
  errors.visits = visits.size();
  const auto count = static_cast<double>(std::max<std::size_t>(1, visits.size()));
  const double memory_s = state::BeliefParameters().monitor_memory_s;
  for (const auto& [visit, sums] : visits) {
    errors.squares += std::pow(sums.off / sums.weight, 2) / count;
    errors.one_in += 1.0 / std::clamp(sums.length_s / memory_s, 1.0, sums.moments) / count;
  }
  return errors;
}

/// Errors that last and errors that pass: e² = p² + n² of a moment, p² + n²/k of the mean of k that pass.
double person_share_of(const VisitErrors& visits, double model) {
  constexpr double least = 0.02, most = 0.98;
  if (!(model > 0.0) || visits.one_in > most) return most;  // one look a visit: nothing is seen to pass
  const double of_visits = visits.squares / (model * model);
  return std::clamp((of_visits - visits.one_in) / (1.0 - visits.one_in), least, most);
}

double mean_of(const std::vector<Judged>& judged, const Chosen& chosen, const Guess& guess) {
  const auto mean = mean_over_visits(judged, [&](const Judged& moment) {
    return chosen(moment) ? std::optional(guess(moment)) : std::nullopt;
  });
  return mean.value_or(0.0);
}

std::vector<SensorFigures> by_sensors(const std::vector<Judged>& judged) {
  std::vector<SensorFigures> list;
  for (state::SensorSet sensors = 1; sensors < state::sensor_set_count; ++sensors) {
    const auto has_them = [&](const Judged& moment) { return (moment.sensors & sensors) == sensors; };
    const auto estimate = [&](const Judged& moment) { return moment.estimates[sensors]; };
    SensorFigures figures{errors_of(judged, has_them, estimate), sensors};
    if (figures.people < fewest_people || !(figures.set_constant > 0.0)) continue;
    figures.observation_sd = observation_sd_of(figures.model, figures.set_constant);
    figures.person_share = person_share_of(errors_of_visits(judged, has_them, estimate), figures.model);
    figures.slope = believed_skill_of(figures.model, figures.set_constant);
    figures.intercept = mean_of(judged, has_them, estimate) -
                        figures.slope * mean_of(judged, has_them, [](const Judged& m) { return m.label(); });
    list.push_back(figures);
  }
  return list;
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
  std::array<state::SensorWorth, state::sensor_set_count> measured{};
  for (const auto& of : sensors) {
    measured[of.sensors] = {static_cast<float>(of.observation_sd), static_cast<float>(of.person_share),
                            static_cast<float>(of.slope), static_cast<float>(of.intercept)};
  }
  return state::MonitorNoise(measured);
}

double believed_skill_of(double model, double constant) {
  constexpr double least_skill = 0.02;
  return std::clamp(1.0 - (model * model) / (constant * constant), least_skill, 0.999);
}

double observation_sd_of(double model, double constant) {
  const double skill = believed_skill_of(model, constant);
  return constant * std::sqrt((1.0 - skill) / skill);
}

MonitorFigures figures_of(const std::vector<Judged>& judged) {
  MonitorFigures figures;
  static_cast<ErrorFigures&>(figures) = errors_of(judged, everything, as_it_came);
  figures.constant = rms_error(judged, everything, [](const Judged& moment) { return moment.constant; });
  figures.length_alone =
      rms_error(judged, everything, [](const Judged& moment) { return moment.length_alone; });
  figures.model_visits = std::sqrt(errors_of_visits(judged, everything, as_it_came).squares);
  figures.observation_sd = observation_sd_of(figures.model, figures.set_constant);
  figures.sets = by_set(judged);
  figures.sensors = by_sensors(judged);
  return figures;
}

}  // namespace attune::learn
