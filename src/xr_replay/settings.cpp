#include "xr_replay/settings.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace attune::xr_replay {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::optional<double> number(const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool size(const std::string& text, std::uint32_t& width, std::uint32_t& height) {
  const char* const last = text.data() + text.size();
  const auto first = std::from_chars(text.data(), last, width);
  if (first.ec != std::errc{} || first.ptr == last || *first.ptr != 'x') return false;
  const auto second = std::from_chars(first.ptr + 1, last, height);
  return second.ec == std::errc{} && second.ptr == last;
}

std::vector<std::string> list(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (comma > at) parts.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return parts;
}

/// A number within [low, high], or nothing when the variable is not set.
core::Result<std::optional<double>> bounded(const char* name, double low, double high, const char* unit) {
  const std::string text = variable(name);
  if (text.empty()) return std::optional<double>{};
  const auto value = number(text);
  if (!value || *value < low || *value > high) {
    return core::bad_input(std::string(name) + ": '" + text + "' is not a number of " + unit + " from " +
                           std::to_string(low) + " to " + std::to_string(high));
  }
  return value;
}

core::Result<bool> choice(const char* name, const char* first, const char* second) {
  const std::string text = variable(name);
  if (text.empty() || text == first) return false;
  if (text == second) return true;
  return core::bad_input(std::string(name) + ": '" + text + "' is neither '" + first + "' nor '" + second +
                         "'");
}

}  // namespace

core::Result<Settings> Settings::from_environment() {
  Settings settings;
  settings.input = variable("ATTUNE_XR_INPUT");

  const auto clock = choice("ATTUNE_XR_CLOCK", "real", "virtual");
  if (!clock) return clock.error();
  settings.virtual_clock = *clock;

  const auto end = choice("ATTUNE_XR_END", "stop", "hold");
  if (!end) return end.error();
  settings.end = *end ? End::hold : End::stop;

  const auto states = choice("ATTUNE_XR_STATES", "own", "recorded");
  if (!states) return states.error();
  settings.recorded_states = *states;

  const auto rate = bounded("ATTUNE_XR_RATE", 1.0, 1000.0, "hertz");
  if (!rate) return rate.error();
  settings.rate_hz = *rate;

  const auto duration = bounded("ATTUNE_XR_DURATION", 0.0, 1e6, "seconds");
  if (!duration) return duration.error();
  settings.duration_s = *duration;

  if (const std::string view = variable("ATTUNE_XR_VIEW_SIZE"); !view.empty()) {
    if (!size(view, settings.view_width, settings.view_height) || settings.view_width < 16 ||
        settings.view_height < 16 || settings.view_width > 4096 || settings.view_height > 4096) {
      return core::bad_input("ATTUNE_XR_VIEW_SIZE: '" + view +
                             "' is not WIDTHxHEIGHT, each 16 to 4096 pixels");
    }
  }
  if (const std::string controller = variable("ATTUNE_XR_CONTROLLER"); !controller.empty()) {
    if (controller != "touch" && controller != "index" && controller != "vive" && controller != "wmr" &&
        controller != "simple") {
      return core::bad_input("ATTUNE_XR_CONTROLLER: '" + controller +
                             "' is none of touch, index, vive, wmr, simple");
    }
    settings.controller = controller;
  }
  settings.vulkan_device = variable("ATTUNE_XR_VULKAN_DEVICE");
  settings.formats = list(variable("ATTUNE_XR_FORMATS"));
  settings.report = variable("ATTUNE_XR_REPORT");
  return settings;
}

}  // namespace attune::xr_replay
