#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "learn/figures_of.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t bins = 10;
constexpr std::size_t graded_levels = 3;  // a label of two values lies in no interval that is narrower than 1

constexpr double levels[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};

/// What is believed of a moment by the set's usual and the estimate.
Gaussian believed_of(const Judged& moment, double measured, double measured_sd) {
  const auto& usual = moment.set_usual;
  const double prior = 1.0 / (usual.deviation * usual.deviation);
  const double measurement = 1.0 / (measured_sd * measured_sd);
  return {(prior * usual.mean + measurement * measured) / (prior + measurement),
          1.0 / std::sqrt(prior + measurement)};
}

std::set<std::string_view> graded_sets(const std::vector<Judged>& judged) {
  std::map<std::string_view, std::set<float>> labels;
  for (const auto& moment : judged) labels[moment.sample->set].insert(moment.sample->label);
  std::set<std::string_view> graded;
  for (const auto& [set, values] : labels) {
    if (values.size() >= graded_levels) graded.insert(set);
  }
  return graded;
}

std::vector<Calibration::Interval> intervals_of(const std::vector<Judged>& judged,
                                                std::span<const state::StateMonitor> monitors) {
  const auto graded = graded_sets(judged);
  std::vector<Gaussian> believed(judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const auto& moment = judged[i];
    const auto output = monitors[moment.network].infer(moment.sample->features, moment.sample->own);
    auto at_level = output;  // of the set, as all estimates that are judged
    at_level.estimate = static_cast<float>(moment.estimate());
    believed[i] = believed_of(moment, at_level.measured(), static_cast<double>(output.sd));
  }
  std::vector<Calibration::Interval> intervals;
  for (const double nominal : levels) {
    const auto mean_of = [&](const auto& value) {
      return mean_over_visits(judged, [&](const Judged& moment) -> std::optional<double> {
        if (!graded.contains(moment.sample->set)) return std::nullopt;
        return value(moment, believed[static_cast<std::size_t>(&moment - judged.data())]);
      });
    };
    const auto coverage = mean_of([&](const Judged& moment, const Gaussian& belief) {
      return covered_part({moment.label(), moment.half_step}, belief, nominal);
    });
    if (!coverage) return {};
    const auto half_width =
        mean_of([&](const Judged&, const Gaussian& belief) { return reach_of(nominal) * belief.deviation; });
    intervals.push_back({nominal, *coverage, *half_width});
  }
  return intervals;
}

std::vector<Calibration::Bin> bins_of(const std::vector<Judged>& judged) {
  std::vector<const Judged*> order;
  for (const auto& moment : judged) order.push_back(&moment);
  std::stable_sort(order.begin(), order.end(),
                   [](const Judged* a, const Judged* b) { return a->estimate() < b->estimate(); });
  std::vector<Calibration::Bin> list;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const auto from = bin * order.size() / bins, to = (bin + 1) * order.size() / bins;
    Calibration::Bin sums;
    double weights = 0.0;
    for (auto i = from; i < to; ++i) {
      const auto weight = static_cast<double>(order[i]->sample->weight);
      sums.estimate += weight * order[i]->estimate();
      sums.label += weight * order[i]->label();
      weights += weight;
      ++sums.samples;
    }
    if (sums.samples > 0) list.push_back({sums.estimate / weights, sums.label / weights, sums.samples});
  }
  return list;
}

}  // namespace

Calibration calibration_of(const std::vector<Judged>& judged, std::span<const state::StateMonitor> monitors) {
  return {intervals_of(judged, monitors), bins_of(judged)};
}

}  // namespace attune::learn
