#pragma once

#include <volk.h>

#include <string>

namespace attune::render {

/// What a physical device lacks for us, in words; empty when it will do.
[[nodiscard]] std::string what_it_lacks(VkPhysicalDevice physical);
/// The first queue family that draws; -1 without one.
[[nodiscard]] int graphics_family(VkPhysicalDevice physical);
/// Name, driver and version, for people.
[[nodiscard]] std::string describe(VkPhysicalDevice physical);

}  // namespace attune::render
