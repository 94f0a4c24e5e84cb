// An OpenXR API layer that sees what the runtime gets to see: it stands between the real loader and the real
// runtime and keeps one frame of what a program hands over. ATTUNE_SEEN names a folder, ATTUNE_SEEN_FRAME the
// first frame (counted from 1) that will do; of the first one from there on that has a picture it writes
//   seen.json
//   {"frame","graphics","format","eyes":[{"width","height","layer","position_m":[x,y,z],
//               "orientation":[x,y,z,w],"left_rad","right_rad"},…]}
//   eye0.light, eye1.light   in the order of the layer's views: RGBA as 32-bit floats, linear light as a
//   compositor's
//               sampler reads it, row by row from the top
#define XR_USE_GRAPHICS_API_VULKAN
#include <vulkan/vulkan_core.h>
// openxr_platform.h needs Vulkan's types before it.
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "picture_layer/eye_pictures.hpp"
#include "support/openxr_layer.hpp"

namespace attune::picture_layer {
namespace {

struct Chain {
  std::int64_t format = 0;
  std::vector<VkImage> images;
  std::deque<std::uint32_t> held;  // acquired, not yet released
  VkImage last = VK_NULL_HANDLE;   // released last: what the next frame shows
};

// One instance in a test's program.
struct State {
  XrInstance instance = XR_NULL_HANDLE;
  PFN_xrGetInstanceProcAddr below = nullptr;
  Graphics graphics;
  std::map<XrSwapchain, Chain> chains;
  long frame = 0;
  bool kept = false;
} state;

template <typename Function>
Function below(const char* name) {
  PFN_xrVoidFunction function = nullptr;
  state.below(state.instance, name, &function);
  return reinterpret_cast<Function>(function);
}
#define ATTUNE_BELOW(name) below<PFN_##name>(#name)

XrResult XRAPI_CALL create_session(XrInstance instance, const XrSessionCreateInfo* info, XrSession* session) {
  for (auto* next = static_cast<const XrBaseInStructure*>(info->next); next != nullptr; next = next->next) {
    if (next->type != XR_TYPE_GRAPHICS_BINDING_VULKAN_KHR) continue;
    const auto& binding = *reinterpret_cast<const XrGraphicsBindingVulkanKHR*>(next);
    state.graphics = {binding.instance, binding.physicalDevice, binding.device, binding.queueFamilyIndex,
                      binding.queueIndex};
  }
  return ATTUNE_BELOW(xrCreateSession)(instance, info, session);
}

XrResult XRAPI_CALL create_swapchain(XrSession session, const XrSwapchainCreateInfo* info,
                                     XrSwapchain* swapchain) {
  const auto result = ATTUNE_BELOW(xrCreateSwapchain)(session, info, swapchain);
  if (XR_SUCCEEDED(result)) state.chains[*swapchain].format = info->format;
  return result;
}

XrResult XRAPI_CALL enumerate_images(XrSwapchain swapchain, std::uint32_t capacity, std::uint32_t* count,
                                     XrSwapchainImageBaseHeader* images) {
  const auto result = ATTUNE_BELOW(xrEnumerateSwapchainImages)(swapchain, capacity, count, images);
  if (XR_FAILED(result) || images == nullptr) return result;
  auto& chain = state.chains[swapchain];
  chain.images.clear();
  for (std::uint32_t i = 0; i < *count; ++i)
    chain.images.push_back(reinterpret_cast<const XrSwapchainImageVulkanKHR*>(images)[i].image);
  return result;
}

XrResult XRAPI_CALL acquire(XrSwapchain swapchain, const XrSwapchainImageAcquireInfo* info,
                            std::uint32_t* index) {
  const auto result = ATTUNE_BELOW(xrAcquireSwapchainImage)(swapchain, info, index);
  if (XR_SUCCEEDED(result)) state.chains[swapchain].held.push_back(*index);
  return result;
}

XrResult XRAPI_CALL release(XrSwapchain swapchain, const XrSwapchainImageReleaseInfo* info) {
  auto& chain = state.chains[swapchain];
  if (!chain.held.empty()) {
    chain.last = chain.images.at(chain.held.front());
    chain.held.pop_front();
  }
  return ATTUNE_BELOW(xrReleaseSwapchainImage)(swapchain, info);
}

/// Writes one eye's light, and gives its line for seen.json.
std::string keep_eye(const std::string& folder, std::uint32_t eye,
                     const XrCompositionLayerProjectionView& view) {
  const auto& chain = state.chains[view.subImage.swapchain];
  const auto& area = view.subImage.imageRect;
  const Part part{
      chain.last,
      view.subImage.imageArrayIndex,
      {area.offset.x, area.offset.y},
      {static_cast<std::uint32_t>(area.extent.width), static_cast<std::uint32_t>(area.extent.height)}};
  if (const auto light = light_seen(state.graphics, part)) {
    std::ofstream file(folder + "/eye" + std::to_string(eye) + ".light", std::ios::binary);
    file.write(reinterpret_cast<const char*>(light->data()),
               static_cast<std::streamsize>(light->size() * sizeof(float)));
  }
  const auto& [turn, at] = view.pose;
  std::ostringstream line;
  line << R"({"width":)" << part.size.width << R"(,"height":)" << part.size.height << R"(,"layer":)"
       << part.layer << R"(,"position_m":[)" << at.x << ',' << at.y << ',' << at.z << R"(],"orientation":[)"
       << turn.x << ',' << turn.y << ',' << turn.z << ',' << turn.w << R"(],"left_rad":)"
       << view.fov.angleLeft << R"(,"right_rad":)" << view.fov.angleRight << '}';
  return line.str();
}

void keep(const std::string& folder, const XrCompositionLayerProjection& layer) {
  const auto left = keep_eye(folder, 0, layer.views[0]), right = keep_eye(folder, 1, layer.views[1]);
  std::ofstream(folder + "/seen.json")
      << "{\"frame\":" << state.frame << ",\"graphics\":\"" << name_of(state.graphics)
      << "\",\"format\":" << state.chains[layer.views[0].subImage.swapchain].format << ",\"eyes\":[" << left
      << "," << right << "]}\n";
}

XrResult XRAPI_CALL end_frame(XrSession session, const XrFrameEndInfo* info) {
  ++state.frame;
  const char* folder = std::getenv("ATTUNE_SEEN");
  const char* first = std::getenv("ATTUNE_SEEN_FRAME");
  const bool due = folder != nullptr && !state.kept &&
                   (first == nullptr || state.frame >= std::strtol(first, nullptr, 10));
  for (std::uint32_t i = 0; due && i < info->layerCount; ++i) {
    if (info->layers[i]->type != XR_TYPE_COMPOSITION_LAYER_PROJECTION) continue;
    keep(folder, *reinterpret_cast<const XrCompositionLayerProjection*>(info->layers[i]));
    state.kept = true;
  }
  return ATTUNE_BELOW(xrEndFrame)(session, info);
}

XrResult XRAPI_CALL get_function(XrInstance instance, const char* name, PFN_xrVoidFunction* function) {
  const auto is = [&](const char* wanted) { return std::strcmp(name, wanted) == 0; };
  const auto give = [&](auto* ours) {
    *function = reinterpret_cast<PFN_xrVoidFunction>(ours);
    return XR_SUCCESS;
  };
  if (is("xrCreateSession")) return give(create_session);
  if (is("xrCreateSwapchain")) return give(create_swapchain);
  if (is("xrEnumerateSwapchainImages")) return give(enumerate_images);
  if (is("xrAcquireSwapchainImage")) return give(acquire);
  if (is("xrReleaseSwapchainImage")) return give(release);
  if (is("xrEndFrame")) return give(end_frame);
  return state.below(instance, name, function);
}

XrResult XRAPI_CALL create_instance(const XrInstanceCreateInfo* wanted, const test::LayerCreateInfo* info,
                                    XrInstance* instance) {
  state = {};
  state.below = test::functions_below(*info);
  const auto result = test::create_instance_below(wanted, *info, instance);
  state.instance = *instance;
  return result;
}

}  // namespace
}  // namespace attune::picture_layer

extern "C" __attribute__((visibility("default"))) XrResult XRAPI_CALL
xrNegotiateLoaderApiLayerInterface(const void*, const char*, attune::test::LayerRequest* request) {
  return attune::test::answer_loader(request, attune::picture_layer::get_function,
                                     attune::picture_layer::create_instance);
}
