#include <cmath>

#include "attune/signal/respiration.hpp"
#include "cli/analyse/signal.hpp"

namespace attune::cli {

namespace {

constexpr double least_hz = 2.0;

/// How closely the file's breathing keeps the pace of a guide: the mean since the first window, whatever the
/// lag.
std::optional<double> coherence(const SignalFile& file, double guide_breaths_per_min) {
  signal::GuideCoherence guide(file.rate_hz);
  double sum = 0.0, count = 0.0;
  for (std::size_t i = 0; i < file.values.size(); ++i) {
    if (!std::isfinite(file.values[i])) {
      guide = signal::GuideCoherence(file.rate_hz);  // an interval that spans a gap enters nothing
      continue;
    }
    const double turns = static_cast<double>(i) / file.rate_hz * guide_breaths_per_min / 60.0;
    guide.push(file.values[i], turns - std::floor(turns));
    if (const auto value = guide.value()) sum += *value, ++count;
  }
  if (count <= 0.0) return std::nullopt;
  return sum / count;
}

core::Result<int> analyse(const AnalyseOptions& options, const std::optional<double>& guide_breaths_per_min) {
  const auto file = read_signal(options.file, {"resp", "respiration", "breathing", "belt", "rsp"},
                                options.rate_hz, least_hz);
  if (!file) return file.error();
  signal::Respiration respiration(file->rate_hz);
  auto rows = nlohmann::json::array();
  LinePlot plot{"Starts of breathing in", "unit of the file", file->rate_hz, file->values, {}, true};
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
  if (guide_breaths_per_min) out["guide_coherence"] = known(coherence(*file, *guide_breaths_per_min));
  out["breaths"] = rows;
  return show(options, out, plot);
}

}  // namespace

void add_analyse_resp(Command& analyse_command) {
  auto command =
      analyse_command.add_subcommand("resp", "Breaths of a belt or a thermistor, their rate and regularity");
  static AnalyseOptions o;
  static std::optional<double> guide;
  add_analyse_options(command, o);
  command
      .add_option("--guide", guide,
                  "Breaths a minute of a guide: also print how closely breathing keeps its pace, 0 to 1")
      .within(2.0, 40.0);
  command.on_run("attune analyse resp belt.csv --rate 25 --json", [] { return analyse(o, guide); });
}

}  // namespace attune::cli
