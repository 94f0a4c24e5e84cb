#include "cli/train/training_plots.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "cli/xy_chart.hpp"

namespace attune::cli {

namespace {

const std::vector<std::pair<double, double>> as_it_should{{0.0, 0.0}, {1.0, 1.0}};

XyChart coverage(const learn::Calibration& calibration) {
  XyChart chart{"Intervals on people kept apart", {"interval"}, {"labels inside"}, {}, {}};
  XyChart::Series series{"", {}};
  for (const auto& interval : calibration.intervals)
    series.points.emplace_back(interval.nominal, interval.coverage);
  chart.series = {{"as it should be", as_it_should, true, true}, series};
  if (const auto* most = calibration.at(0.8)) {
    char note[96];
    std::snprintf(note, sizeof note, "The 80 %% interval is on average ±%.2f wide.", most->half_width);
    chart.note = note;
  } else {
    chart.note = "No set has graded labels.";
  }
  return chart;
}

XyChart estimates(const learn::Calibration& calibration) {
  XyChart chart{"Estimates on people kept apart", {"estimate, ten parts by size"}, {"mean label"}, {}, {}};
  XyChart::Series series{"", {}, false};
  for (const auto& bin : calibration.bins) series.points.emplace_back(bin.estimate, bin.label);
  chart.series = {{"as it should be", as_it_should, true, true}, series};
  return chart;
}

}  // namespace

std::string draw_losses(const std::vector<learn::EpochLoss>& epochs, std::size_t kept) {
  XyChart::Series training{"training", {}}, validation{"validation", {}}, best{"kept", {}, false};
  for (const auto& loss : epochs) {
    const auto epoch = static_cast<double>(loss.epoch);
    training.points.emplace_back(epoch, loss.training);
    validation.points.emplace_back(epoch, loss.validation);
    if (loss.epoch == kept) best.points.emplace_back(epoch, loss.validation);
  }
  XyChart chart{"Mean squared error", {"epoch"}, {"mean squared error"}, {training, validation, best}, {}};
  chart.x.to = epochs.empty() ? 1.0 : std::max(1.0, static_cast<double>(epochs.back().epoch));
  std::tie(chart.y.from, chart.y.to) = range_of(chart.series, true);
  return draw({chart});
}

std::string draw_calibration(const learn::Calibration& calibration) {
  return draw({coverage(calibration), estimates(calibration)});
}

}  // namespace attune::cli
