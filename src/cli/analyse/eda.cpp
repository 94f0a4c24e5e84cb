#include <cmath>

#include "attune/signal/skin_conductance.hpp"
#include "cli/analyse/signal.hpp"

namespace attune::cli {

namespace {

constexpr double least_hz = 1.0;
constexpr double least_for_rate_s = 10.0;

core::Result<int> analyse(const AnalyseOptions& options) {
  const auto file = read_signal(options.file, {"eda", "gsr", "eda_us", "skin_conductance", "scl", "sc"},
                                options.rate_hz, least_hz);
  if (!file) return file.error();
  signal::SkinConductance skin(file->rate_hz);
  auto onsets = nlohmann::json::array(), tops = nlohmann::json::array(), amplitudes = nlohmann::json::array();
  LinePlot plot{
      "Onsets of skin conductance responses", "unit of the file", file->rate_hz, file->values, {}, true};
  double level = 0.0, height = 0.0;
  std::size_t known_levels = 0;
  for (const double value : file->values) {
    const auto response = skin.push(value);
    if (const auto tonic = skin.tonic()) {
      level += *tonic;
      ++known_levels;
    }
    if (!response) continue;
    const double onset = std::max(response->onset_s * file->rate_hz, 0.0);
    onsets.push_back(file->row_near(onset));
    tops.push_back(file->row_near(std::max(response->top_s * file->rate_hz, 0.0)));
    amplitudes.push_back(response->amplitude);
    plot.marks.push_back(onset);
    height += response->amplitude;
  }
  const auto count = static_cast<double>(onsets.size()),
             known_s = static_cast<double>(known_levels) / file->rate_hz;
  auto out = about(*file);
  out["delay_s"] = skin.delay_s();
  out["tonic_mean"] =
      known_levels > 0 ? nlohmann::json(level / static_cast<double>(known_levels)) : nlohmann::json(nullptr);
  out["responses_per_min"] =
      known_s >= least_for_rate_s ? nlohmann::json(60.0 * count / known_s) : nlohmann::json(nullptr);
  out["amplitude_mean"] = count > 0.0 ? nlohmann::json(height / count) : nlohmann::json(nullptr);
  out["onsets"] = onsets;
  out["tops"] = tops;
  out["amplitudes"] = amplitudes;
  return show(options, out, plot);
}

}  // namespace

void add_analyse_eda(Command& analyse_command) {
  auto command = analyse_command.add_subcommand("eda", "Level and responses of skin conductance");
  static AnalyseOptions o;
  add_analyse_options(command, o);
  command.on_run("attune analyse eda wrist.csv --rate 4 --plot skin.svg", [] { return analyse(o); });
}

}  // namespace attune::cli
