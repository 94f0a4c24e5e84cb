#pragma once

#include <openxr/openxr.h>

#include <cstddef>
#include <cstdint>

/// The loader's side of the layer interface (OpenXR 1.0, "Loader Design", version 1); Debian ships no header
/// for it.
namespace attune::fault_layer {

enum class LoaderStruct : int {
  loader_info = 1,
  layer_request = 2,
  layer_create_info = 4,
  layer_next_info = 5
};
struct LayerCreateInfo;
using CreateLayerInstance = XrResult(XRAPI_PTR*)(const XrInstanceCreateInfo*, const LayerCreateInfo*,
                                                 XrInstance*);
struct LayerRequest {
  LoaderStruct type;
  std::uint32_t version;
  std::size_t bytes;
  std::uint32_t interface_version;
  XrVersion api_version;
  PFN_xrGetInstanceProcAddr get_function;
  CreateLayerInstance create_instance;
};
struct LayerNextInfo {
  LoaderStruct type;
  std::uint32_t version;
  std::size_t bytes;
  char layer_name[XR_MAX_API_LAYER_NAME_SIZE];
  PFN_xrGetInstanceProcAddr next_get_function;
  CreateLayerInstance next_create_instance;
  LayerNextInfo* next;
};
struct LayerCreateInfo {
  LoaderStruct type;
  std::uint32_t version;
  std::size_t bytes;
  void* loader_instance;
  char settings_file[512];
  LayerNextInfo* next_info;
};

}  // namespace attune::fault_layer
