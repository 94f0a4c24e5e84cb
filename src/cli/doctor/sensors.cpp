#include "attune/sensors/sensors.hpp"

#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

namespace {

constexpr double listen_s = 3.0;  // two values of a sensor that sends one a second

}  // namespace

void look_at_sensors(Report& report, const std::string& file) {
  if (file.empty()) {
    report.add(
        {"sensors", true,
         "the headset's own; others with --sensors FILE, as " + sensors::Config::default_path().string(),
         ""});
    return;
  }
  const auto config = sensors::Config::read(file);
  if (!config) {
    report.add(
        {"sensors", false, config.error().message, "correct the file: docs/sensors.md explains its keys"});
    return;
  }
  for (auto& line : sensors::describe(*config, listen_s))
    report.add({"sensors", line.ok, std::move(line.text), ""});
}

}  // namespace attune::cli::doctor
