#pragma once

#include "xr_replay/call.hpp"

namespace attune::xr_replay {

// Limits every program can rely on; a Vulkan device may have tighter ones for some formats.
inline constexpr std::uint32_t max_swapchain_side = 4096;
inline constexpr std::uint32_t max_layers = XR_MIN_COMPOSITION_LAYERS_SUPPORTED;
inline constexpr std::uint32_t max_samples = 4;

/// XR_SUCCESS, or the error of a system id that is not ours.
[[nodiscard]] XrResult check_system(XrSystemId system, Call& call);
/// XR_SUCCESS, or the error of a view configuration that is unknown or not ours.
[[nodiscard]] XrResult check_views(XrViewConfigurationType type, Call& call);

}  // namespace attune::xr_replay
