#include "render/handle.hpp"

namespace attune::render {

const char* words(VkResult result) {
  switch (result) {
    case VK_SUCCESS:
      return "success";
    case VK_NOT_READY:
      return "not ready";
    case VK_TIMEOUT:
      return "timeout";
    case VK_ERROR_OUT_OF_HOST_MEMORY:
      return "out of memory";
    case VK_ERROR_OUT_OF_DEVICE_MEMORY:
      return "out of GPU memory";
    case VK_ERROR_INITIALIZATION_FAILED:
      return "the driver could not be initialised";
    case VK_ERROR_DEVICE_LOST:
      return "the GPU was lost (driver crash, overheating, or unplugged)";
    case VK_ERROR_MEMORY_MAP_FAILED:
      return "memory could not be mapped";
    case VK_ERROR_LAYER_NOT_PRESENT:
      return "a layer is not installed";
    case VK_ERROR_EXTENSION_NOT_PRESENT:
      return "an extension is not there";
    case VK_ERROR_FEATURE_NOT_PRESENT:
      return "a feature is not there";
    case VK_ERROR_INCOMPATIBLE_DRIVER:
      return "no usable Vulkan driver is installed";
    case VK_ERROR_TOO_MANY_OBJECTS:
      return "too many objects";
    case VK_ERROR_FORMAT_NOT_SUPPORTED:
      return "the format is not supported";
    case VK_ERROR_INVALID_SHADER_NV:
      return "a shader is not valid";
    default:
      return "an unexpected Vulkan error";
  }
}

}  // namespace attune::render
