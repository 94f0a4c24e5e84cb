#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/doctor/apart.hpp"
#include "cli/machine.hpp"

namespace attune::cli {

namespace {

using doctor::Finding;

// Longer than any answer takes on a machine that works, disks that must wake up included.
constexpr double graphics_limit_s = 10.0;
constexpr double headset_limit_s = 10.0;  // runtimes start their service with the first program
constexpr double models_limit_s = 20.0;   // LibTorch is 290 libraries

/// Of what can be looked at in this process.
class ListReport final : public doctor::Report {
 public:
  void add(Finding finding) override {
    // A line each, whatever a driver calls itself.
    for (auto* text : {&finding.found, &finding.advice})
      std::replace_if(
          text->begin(), text->end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    all.push_back(std::move(finding));
  }
  void trying(const std::string&, const std::string&, const std::string&) override {}
  std::vector<Finding> all;
};

std::vector<Finding> examine(const std::string& sensors) {
  doctor::Apart graphics(doctor::look_at_graphics, graphics_limit_s);
  doctor::Apart headset(doctor::look_at_headset, headset_limit_s);
  doctor::Apart models(doctor::look_at_models, models_limit_s);
  ListReport report;
  const auto take = [&](doctor::Apart& apart) {
    for (auto& finding : apart.findings()) report.add(std::move(finding));
  };
  // main.cpp ends with a line of its own on a processor that would not do.
  report.add({"processor", true, machine_name() + ", x86-64-v3", ""});
  take(graphics);
  take(headset);
  take(models);
  doctor::look_at_programmes(report);
  doctor::look_at_sensors(report, sensors);
  doctor::look_at_keeping(report);
  return report.all;
}

void print(const std::vector<Finding>& all) {
  for (const auto& finding : all) {
    std::printf("%-4s %-15s %s\n", finding.ok ? "ok" : "NO", finding.what.c_str(), finding.found.c_str());
    if (!finding.advice.empty()) std::printf("     %-15s -> %s\n", "", finding.advice.c_str());
  }
}

void print_json(const std::vector<Finding>& all, bool well) {
  auto list = nlohmann::json::array();
  for (const auto& finding : all)
    list.push_back(
        {{"what", finding.what}, {"ok", finding.ok}, {"found", finding.found}, {"advice", finding.advice}});
  // Paths need not be UTF-8, JSON must be.
  std::printf("%s\n", nlohmann::json{{"ok", well}, {"findings", list}}
                          .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                          .c_str());
}

core::Result<int> run_doctor(bool json, const std::string& sensors) {
  const auto all = examine(sensors);
  const bool well = std::all_of(all.begin(), all.end(), [](const auto& finding) { return finding.ok; });
  if (json)
    print_json(all, well);
  else
    print(all);
  return well ? 0 : 1;
}

}  // namespace

void add_doctor(Command& app) {
  auto command = app.add_subcommand("doctor", "Say what is found, what is missing, and what to do");
  static bool json = false;
  command.add_flag("--json", json, "Print for machines");
  static std::string sensors;
  command.add_option("--sensors", sensors, "Listen for some seconds to the sensors of this file, too");
  command.on_run("attune doctor", [] { return run_doctor(json, sensors); });
}

}  // namespace attune::cli
