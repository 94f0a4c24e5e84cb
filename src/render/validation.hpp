#pragma once

#include <volk.h>

#include "attune/render/device.hpp"

namespace attune::render {

/// A messenger that adds warnings and errors of the validation layer to `log`, which must outlive it.
[[nodiscard]] VkDebugUtilsMessengerCreateInfoEXT messenger_info(ValidationLog& log);

}  // namespace attune::render
