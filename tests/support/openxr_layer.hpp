#pragma once

#include <openxr/openxr.h>

#include <cstddef>
#include <cstdint>

/// What every OpenXR API layer of the tests and the loader say to each other (OpenXR 1.0, "Loader Design",
/// layer interface version 1); Debian ships no header for it.
namespace attune::test {

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

/// Answers the loader, which asks a layer for its functions: the body of
/// `xrNegotiateLoaderApiLayerInterface`.
/// @param get_function     answers for the functions that the layer takes, and passes on the rest.
/// @param create_instance  called by the loader in place of xrCreateInstance; see `create_instance_below`.
inline XrResult answer_loader(LayerRequest* request, PFN_xrGetInstanceProcAddr get_function,
                              CreateLayerInstance create_instance) {
  if (request == nullptr || request->type != LoaderStruct::layer_request)
    return XR_ERROR_INITIALIZATION_FAILED;
  request->interface_version = 1;
  request->api_version = XR_MAKE_VERSION(1, 0, 0);
  request->get_function = get_function;
  request->create_instance = create_instance;
  return XR_SUCCESS;
}

/// Where a layer finds the functions of whatever is below it.
inline PFN_xrGetInstanceProcAddr functions_below(const LayerCreateInfo& info) {
  return info.next_info->next_get_function;
}

/// Makes the instance in the next layer or the runtime, which gets to see what is left of the chain.
inline XrResult create_instance_below(const XrInstanceCreateInfo* wanted, const LayerCreateInfo& info,
                                      XrInstance* instance) {
  LayerCreateInfo further = info;
  further.next_info = info.next_info->next;
  return info.next_info->next_create_instance(wanted, &further, instance);
}

}  // namespace attune::test
