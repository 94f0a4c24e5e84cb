#include "learn/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace attune::learn {

namespace {

/// One visit: its windows' labels and estimates.
struct VisitFigures {
  std::string set;
  double length_s = 0;
  std::vector<double> labels, estimates;

  [[nodiscard]] static double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  [[nodiscard]] double label() const { return mean(labels); }
};

std::vector<VisitFigures> by_visit(const Dataset& data, const state::StateMonitor& monitor) {
  std::map<std::tuple<std::string, std::string, std::string>, VisitFigures> visits;
  for (const auto& sample : data) {
    auto& visit = visits[{sample.set, sample.person, sample.visit}];
    visit.set = sample.set;
    visit.length_s = static_cast<double>(sample.length_s);
    visit.labels.push_back(static_cast<double>(sample.label));
    visit.estimates.push_back(static_cast<double>(monitor.infer(sample.features, sample.own).estimate));
  }
  std::vector<VisitFigures> list;
  for (auto& entry : visits) list.push_back(std::move(entry.second));
  return list;
}

/// Least squares of label on length, a line.
struct Line {
  double mean_label = 0, mean_length = 0, slope = 0;
  [[nodiscard]] double at(double length_s) const {
    return std::clamp(mean_label + slope * (length_s - mean_length), 0.0, 1.0);
  }
};

Line fit_line(const std::vector<VisitFigures>& visits, const std::string& set) {
  Line line;
  double count = 0, with_length = 0, length_squares = 0;
  for (const auto& visit : visits) {
    if (!set.empty() && visit.set != set) continue;
    count += 1;
    line.mean_label += visit.label();
    line.mean_length += visit.length_s;
  }
  if (!(count > 0)) return line;
  line.mean_label /= count;
  line.mean_length /= count;
  for (const auto& visit : visits) {
    if (!set.empty() && visit.set != set) continue;
    with_length += (visit.length_s - line.mean_length) * (visit.label() - line.mean_label);
    length_squares += (visit.length_s - line.mean_length) * (visit.length_s - line.mean_length);
  }
  if (length_squares > 0) line.slope = with_length / length_squares;
  return line;
}

/// Root mean squared error over all windows, every visit counted once. `guess(visit, window)`.
template <typename Guess>
double rms_error(const std::vector<VisitFigures>& visits, Guess guess) {
  double squares = 0;
  for (const auto& visit : visits) {
    double of_visit = 0;
    for (std::size_t i = 0; i < visit.labels.size(); ++i)
      of_visit += std::pow(guess(visit, i) - visit.labels[i], 2);
    squares += of_visit / static_cast<double>(visit.labels.size());
  }
  return visits.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(visits.size()));
}

}  // namespace

double observation_sd_of(double model, double constant) {
  constexpr double least_skill = 0.02;
  const double skill = std::clamp(1.0 - (model * model) / (constant * constant), least_skill, 0.999);
  return constant * std::sqrt((1.0 - skill) / skill);
}

MonitorFigures figures_of(const state::StateMonitor& monitor, const Dataset& training,
                          const Dataset& validation) {
  const auto known = by_visit(training, monitor), asked = by_visit(validation, monitor);
  std::map<std::string, Line> line_of_set;
  for (const auto& visit : known) line_of_set.try_emplace(visit.set, fit_line(known, visit.set));
  const auto everything = fit_line(known, "");
  const auto line_for = [&](const VisitFigures& visit) {
    const auto found = line_of_set.find(visit.set);
    return found != line_of_set.end() ? found->second : everything;
  };
  MonitorFigures figures;
  figures.model = rms_error(asked, [](const auto& visit, std::size_t i) { return visit.estimates[i]; });
  figures.constant = rms_error(asked, [&](const auto&, std::size_t) { return everything.mean_label; });
  figures.set_constant =
      rms_error(asked, [&](const auto& visit, std::size_t) { return line_for(visit).mean_label; });
  figures.length_alone =
      rms_error(asked, [&](const auto& visit, std::size_t) { return line_for(visit).at(visit.length_s); });
  double squares = 0;
  for (const auto& visit : asked) squares += std::pow(VisitFigures::mean(visit.estimates) - visit.label(), 2);
  figures.model_visits = asked.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(asked.size()));
  figures.observation_sd = observation_sd_of(figures.model, figures.constant);
  figures.training_people = training.people().size();
  figures.validation_names = validation.people();
  figures.validation_people = figures.validation_names.size();
  figures.training_samples = training.size();
  figures.validation_samples = validation.size();
  return figures;
}

}  // namespace attune::learn
