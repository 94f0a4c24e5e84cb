#include "cli/doctor/api_layers.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "attune/xr/probe.hpp"
#include "cli/doctor/manifest.hpp"

namespace attune::cli::doctor {

namespace {

bool is_set(const std::string& variable) { return std::getenv(variable.c_str()) != nullptr; }

/// Names in XR_ENABLE_API_LAYERS.
std::vector<std::string> asked_for() {
  std::vector<std::string> names;
  const char* list = std::getenv("XR_ENABLE_API_LAYERS");
  const std::string text = list == nullptr ? "" : list;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(':', at), text.size());
    if (end > at) names.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

/// A layer that is loaded without being asked for.
struct ImplicitLayer {
  std::string name, off;  ///< `off`: the variable that keeps it away
};

std::vector<ImplicitLayer> implicit_layers() {
  std::vector<ImplicitLayer> layers;
  for (const auto& folder : loader_folders("openxr/1/api_layers/implicit.d", true)) {
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(folder, none)) {
      const auto text = core::read_text(file.path());
      const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
      const auto layer = json.is_object() ? json.value("api_layer", nlohmann::json()) : nlohmann::json();
      const auto word = [&](const char* member) {
        return layer.is_object() && layer.contains(member) && layer[member].is_string()
                   ? layer[member].get<std::string>()
                   : std::string();
      };
      const auto off = word("disable_environment"), on = word("enable_environment");
      if (word("name").empty() || off.empty() || is_set(off) || (!on.empty() && !is_set(on))) continue;
      layers.push_back({word("name"), off});
    }
  }
  return layers;
}

}  // namespace

bool look_at_api_layers(Report& report) {
  const auto installed = xr::installed_api_layers();
  const auto there = [&](const std::string& name) {
    return installed && std::find(installed->begin(), installed->end(), name) != installed->end();
  };
  std::string active;
  const auto add = [&](const std::string& text) { active += (active.empty() ? "" : ", ") + text; };
  for (const auto& name : asked_for()) {
    if (!there(name)) {
      report.add({"API layers", false, "XR_ENABLE_API_LAYERS asks for " + name + ", which is not installed",
                  "unset XR_ENABLE_API_LAYERS, or install that layer"});
      return false;
    }
    add(name + " (XR_ENABLE_API_LAYERS)");
  }
  for (const auto& layer : implicit_layers()) add(layer.name + " (" + layer.off + "=1 keeps it away)");
  report.add({"API layers", true, active.empty() ? "none" : active,
              active.empty() ? "" : "where the headset misbehaves, try without them"});
  return true;
}

}  // namespace attune::cli::doctor
