#include <sys/statvfs.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "attune/learn/model.hpp"
#include "attune/record/key.hpp"
#include "attune/render/device.hpp"
#include "attune/scene/world.hpp"
#include "attune/treatment/programme.hpp"
#include "attune/xr/headset.hpp"
#include "cli/command.hpp"
#include "cli/machine.hpp"

namespace attune::cli {

namespace {

/// One line of the examination.
struct Finding {
  std::string what;  ///< what was looked at
  bool ok = true;
  std::string found;   ///< in words
  std::string advice;  ///< what to do; empty when nothing is
};

void look_at_graphics(std::vector<Finding>& all) {
  const auto devices = render::describe_devices();
  if (!devices) {
    all.push_back({"graphics", false, devices.error().message,
                   "install a Vulkan 1.3 driver, such as mesa-vulkan-drivers"});
    return;
  }
  if (devices->empty()) {
    all.push_back(
        {"graphics", false, "no Vulkan device", "install a Vulkan 1.3 driver for the graphics card"});
  }
  for (const auto& device : *devices) all.push_back({"graphics", true, device.text, ""});
}

void look_at_headset(std::vector<Finding>& all) {
  const auto headset = xr::Headset::open(0.0);
  if (!headset) {
    all.push_back({"headset", false, headset.error().message,
                   "for a session without a headset use --xr replay; it needs no other runtime"});
    return;
  }
  const auto& info = (*headset)->info();
  all.push_back({"OpenXR runtime", true, info.runtime, ""});
  all.push_back({"headset", true,
                 info.system + ", " + std::to_string(info.view_width) + " x " +
                     std::to_string(info.view_height) + " an eye",
                 ""});
  all.push_back(
      {"eye tracking", true, info.eye_gaze ? "yes" : "no: the head's direction stands in for the gaze",
       info.eye_gaze ? "" : "where the headset has an eye tracker, switch it on in the runtime's settings"});
  all.push_back({"worn or not", true, info.user_presence ? "the runtime says" : "the runtime does not say",
                 info.user_presence ? "" : "watch that nobody else puts the headset on during a session"});
}

void look_at_models(std::vector<Finding>& all) {
  for (const char* pair : {"", "_sim"}) {
    const auto monitor_file = core::models_folder() / ("state_monitor" + std::string(pair) + ".pt");
    const auto treatment_file = core::models_folder() / ("treatment" + std::string(pair) + ".pt");
    const auto monitor = learn::load_monitor(monitor_file);
    if (!monitor) {
      all.push_back(
          {"model", false, monitor.error().message, "copy the models folder again, or use --inference off"});
      continue;
    }
    all.push_back(
        {"model", true, monitor_file.filename().string() + " " + monitor->card.hash.substr(0, 16), ""});
    const auto treatment = learn::load_treatment(treatment_file, monitor->card.hash);
    if (treatment)
      all.push_back(
          {"model", true, treatment_file.filename().string() + " " + treatment->card.hash.substr(0, 16), ""});
    else
      all.push_back({"model", false, treatment.error().message,
                     "copy the models folder again, or use --inference off"});
  }
}

void look_at_programmes(std::vector<Finding>& all) {
  const auto worlds = scene::world_ids();
  for (const auto& programme : treatment::list_programmes()) {
    const bool world_there = std::find(worlds.begin(), worlds.end(), programme.world) != worlds.end();
    std::string found = programme.id;
    if (!programme.ok())
      found += ": " + std::to_string(programme.problems.size()) + " mistakes";
    else if (!world_there)
      found += ": its world '" + programme.world + "' is not in this build";
    all.push_back({"programme", programme.ok() && world_there, found,
                   programme.ok() ? "" : "`attune programs " + programme.id + "` lists them"});
  }
}

void look_at_keeping(std::vector<Finding>& all) {
  const auto path = record::own_key_path();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    all.push_back({"key", true, "none yet at " + path.string(),
                   "the first recording makes one; then keep a copy of it in a safe"});
  } else if (const auto key = record::Key::read(path); !key) {
    all.push_back(
        {"key", false, key.error().message, "put the clinic's key file back, or name it with ATTUNE_KEY"});
  } else {
    all.push_back({"key", true, record::to_text(key->id()) + " at " + path.string(), ""});
  }
  struct statvfs disk {};
  if (statvfs(".", &disk) == 0) {
    const double free_gb = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) * 1e-9;
    char text[64];
    std::snprintf(text, sizeof text, "%.1f GB free in this folder", free_gb);
    const bool enough = free_gb > 1.0;
    all.push_back({"disk", enough, text, enough ? "" : "make room: an hour's session takes some 100 MB"});
  }
}

core::Result<int> run_doctor(bool json) {
  std::vector<Finding> all;
  all.push_back({"processor", true, machine_name(), ""});
  look_at_graphics(all);
  look_at_headset(all);
  look_at_models(all);
  look_at_programmes(all);
  all.push_back({"sensors", true, "the headset's own; none beside it in this version", ""});
  look_at_keeping(all);

  bool well = true;
  auto list = nlohmann::json::array();
  for (const auto& finding : all) {
    well = well && finding.ok;
    if (json) {
      list.push_back(
          {{"what", finding.what}, {"ok", finding.ok}, {"found", finding.found}, {"advice", finding.advice}});
      continue;
    }
    std::printf("%-4s %-15s %s\n", finding.ok ? "ok" : "NO", finding.what.c_str(), finding.found.c_str());
    if (!finding.advice.empty()) std::printf("     %-15s -> %s\n", "", finding.advice.c_str());
  }
  if (json) std::printf("%s\n", nlohmann::json{{"ok", well}, {"findings", list}}.dump(2).c_str());
  return well ? 0 : 1;
}

}  // namespace

void add_doctor(CLI::App& app) {
  auto* command = app.add_subcommand("doctor", "Say what is found, what is missing, and what to do");
  static bool json = false;
  command->add_flag("--json", json, "Print for machines");
  on_run(*command, "attune doctor", [] { return run_doctor(json); });
}

}  // namespace attune::cli
