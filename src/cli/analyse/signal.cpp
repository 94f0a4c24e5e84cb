#include "cli/analyse/signal.hpp"

#include <cmath>
#include <cstdio>

#include "attune/core/files.hpp"

namespace attune::cli {

void add_analyse_options(Command& command, AnalyseOptions& options) {
  command
      .add_option("file", options.file,
                  "One value a row, or time stamps and values; packed (.xz, .gz) or not")
      .required();
  command.add_option("--rate", options.rate_hz, "Samples a second, where the file does not tell")
      .within(0.1, 10000.0);
  command.add_option("--plot", options.plot, "Draw the signal and what was found, as SVG");
  command.add_flag("--json", options.json, "Print the figures for machines");
}

nlohmann::ordered_json about(const SignalFile& file) {
  std::size_t missing = 0;
  for (const double value : file.values) missing += std::isfinite(value) ? 0 : 1;
  return {{"rows", file.rows},
          {"rate_hz", file.rate_hz},
          {"duration_s", file.duration_s()},
          {"missing",
           static_cast<double>(missing) / static_cast<double>(std::max<std::size_t>(file.values.size(), 1))},
          {"notes", file.notes}};
}

nlohmann::json known(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

core::Result<int> show(const AnalyseOptions& options, const nlohmann::ordered_json& figures,
                       const LinePlot& plot) {
  if (!options.plot.empty()) {
    if (const auto written = core::write_whole(options.plot, draw(plot)); !written) return written.error();
  }
  if (options.json) {
    std::printf("%s\n", figures.dump(2).c_str());
    return 0;
  }
  for (const auto& [name, value] : figures.items()) {
    if (name == "notes") {
      for (const auto& note : value) std::printf("note: %s\n", note.get<std::string>().c_str());
    } else if (value.is_array()) {
      std::printf("%-22s %zu\n", name.c_str(), value.size());
    } else if (value.is_null()) {
      std::printf("%-22s not known: the record is too short, or too little of it is good\n", name.c_str());
    } else if (value.is_number_float()) {
      std::printf("%-22s %.4g\n", name.c_str(), value.get<double>());
    } else {
      std::printf("%-22s %s\n", name.c_str(), value.dump().c_str());
    }
  }
  return 0;
}

}  // namespace attune::cli
