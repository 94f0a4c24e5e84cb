#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::xr_replay {

/// How the user set the runtime up: environment variables, read when an instance is created.
/// docs/xr_replay.md describes each.
struct Settings {
  enum class End { stop, hold };

  std::string input;                 ///< ATTUNE_XR_INPUT: a SOURCE; empty: a still head
  bool virtual_clock = false;        ///< ATTUNE_XR_CLOCK=virtual
  std::optional<double> rate_hz;     ///< ATTUNE_XR_RATE: instead of the source's own display rate
  std::optional<double> duration_s;  ///< ATTUNE_XR_DURATION: the source ends here at the latest
  End end = End::stop;               ///< ATTUNE_XR_END
  bool recorded_states = false;  ///< ATTUNE_XR_STATES=recorded: focus and visibility come and go as recorded
  std::uint32_t view_width = 1024;  ///< ATTUNE_XR_VIEW_SIZE, of one eye, pixels
  std::uint32_t view_height = 1024;
  std::string controller = "touch";  ///< ATTUNE_XR_CONTROLLER: what the hands hold, when a program knows it
  std::string vulkan_device;         ///< ATTUNE_XR_VULKAN_DEVICE: part of a device's name; empty: the best
  std::vector<std::string> formats;  ///< ATTUNE_XR_FORMATS: swapchain formats to offer, in this order
  std::string report;                ///< ATTUNE_XR_REPORT: file for the figures of each session

  /// From the environment. Errors name the variable and what it may be.
  [[nodiscard]] static core::Result<Settings> from_environment();
};

}  // namespace attune::xr_replay
