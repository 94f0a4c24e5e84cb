#include <cmath>

#include "attune/signal/respiration.hpp"
#include "cli/analyse_signal.hpp"

namespace attune::cli {

namespace {

constexpr double least_hz = 2.0;

core::Result<int> analyse(const AnalyseOptions& options) {
  const auto file = read_signal(options.file, {"resp", "respiration", "breathing", "belt", "rsp"},
                                options.rate_hz, least_hz);
  if (!file) return file.error();
  signal::Respiration respiration(file->rate_hz);
  auto rows = nlohmann::json::array();
  LinePlot plot{"Starts of breathing in", "unit of the file", file->rate_hz, file->values, {}};
  std::vector<double> periods_s;
  for (const double value : file->values) {
    const auto breath = respiration.push(value);
    if (!breath) continue;
    const double start = std::max(breath->start_s * file->rate_hz, 0.0);
    rows.push_back(file->row_near(start));
    plot.marks.push_back(start);
    periods_s.push_back(breath->end_s - breath->start_s);
  }
  std::optional<double> rate, regularity;
  double mean = 0.0, square = 0.0;
  const auto count = static_cast<double>(periods_s.size());
  for (const double period : periods_s) mean += period / count;
  for (const double period : periods_s) square += (period - mean) * (period - mean);
  if (periods_s.size() >= 2) rate = 60.0 / mean;
  if (periods_s.size() >= 4) regularity = std::max(0.0, 1.0 - std::sqrt(square / (count - 1.0)) / mean);
  auto out = about(*file);
  out["delay_s"] = respiration.delay_s();
  out["breaths_per_min"] = known(rate);
  out["regularity"] = known(regularity);
  out["breaths"] = rows;
  return show(options, out, plot);
}

}  // namespace

void add_analyse_resp(Command& analyse_command) {
  auto command =
      analyse_command.add_subcommand("resp", "Breaths of a belt or a thermistor, their rate and regularity");
  static AnalyseOptions o;
  add_analyse_options(command, o);
  command.on_run("attune analyse resp belt.csv --rate 25 --json", [] { return analyse(o); });
}

}  // namespace attune::cli
