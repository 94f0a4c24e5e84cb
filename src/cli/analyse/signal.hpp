#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/analyse.hpp"
#include "cli/analyse/line_plot.hpp"
#include "cli/analyse/signal_file.hpp"

/// What `analyse ecg`, `ppg`, `resp` and `eda` share.
namespace attune::cli {

struct AnalyseOptions {
  std::string file, plot;
  std::optional<double> rate_hz;
  bool json = false;
};

void add_analyse_options(Command& command, AnalyseOptions& options);

/// What every analysis says of its file.
[[nodiscard]] nlohmann::ordered_json about(const SignalFile& file);

/// A number, or null where it is not known.
[[nodiscard]] nlohmann::json known(const std::optional<double>& value);

/// Prints the figures (JSON, or a line each that is not a list) and draws the plot where one is asked for.
[[nodiscard]] core::Result<int> show(const AnalyseOptions& options, const nlohmann::ordered_json& figures,
                                     const LinePlot& plot);

}  // namespace attune::cli
