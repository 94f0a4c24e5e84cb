// An OpenXR API layer that does to a program what runtimes do in the field. It stands between the real loader
// and the real runtime; ATTUNE_FAULT=KIND@FRAME says what happens when that frame is waited for:
//   wait_lost      xrWaitFrame answers XR_ERROR_SESSION_LOST from then on
//   end_lost       xrEndFrame does
//   loss_pending   the session's state becomes LOSS_PENDING
//   instance_loss  the runtime announces that it goes away
#include <openxr/openxr.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace {

// The loader's side of the layer interface (OpenXR 1.0, "Loader Design", version 1); Debian ships no header
// for it.
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

// One instance in a test's program.
struct State {
  XrInstance instance = XR_NULL_HANDLE;
  XrSession session = XR_NULL_HANDLE;
  PFN_xrGetInstanceProcAddr below = nullptr;
  std::string fault;
  long frame = 0, at_frame = -1;
  bool announced = false;

  [[nodiscard]] bool happens(const char* kind) const {
    return fault == kind && at_frame >= 0 && frame >= at_frame;
  }
} state;

template <typename Function>
Function below(const char* name) {
  PFN_xrVoidFunction function = nullptr;
  state.below(state.instance, name, &function);
  return reinterpret_cast<Function>(function);
}

XrResult XRAPI_CALL wait_frame(XrSession session, const XrFrameWaitInfo* info, XrFrameState* frame) {
  state.session = session;
  ++state.frame;
  if (state.happens("wait_lost")) return XR_ERROR_SESSION_LOST;
  return below<PFN_xrWaitFrame>("xrWaitFrame")(session, info, frame);
}

XrResult XRAPI_CALL end_frame(XrSession session, const XrFrameEndInfo* info) {
  if (state.happens("end_lost")) return XR_ERROR_SESSION_LOST;
  return below<PFN_xrEndFrame>("xrEndFrame")(session, info);
}

XrResult XRAPI_CALL poll_event(XrInstance instance, XrEventDataBuffer* buffer) {
  if (!state.announced && state.happens("loss_pending")) {
    state.announced = true;
    auto* changed = reinterpret_cast<XrEventDataSessionStateChanged*>(buffer);
    *changed = {XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED, nullptr, state.session,
                XR_SESSION_STATE_LOSS_PENDING, 0};
    return XR_SUCCESS;
  }
  if (!state.announced && state.happens("instance_loss")) {
    state.announced = true;
    auto* pending = reinterpret_cast<XrEventDataInstanceLossPending*>(buffer);
    *pending = {XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING, nullptr, 0};
    return XR_SUCCESS;
  }
  return below<PFN_xrPollEvent>("xrPollEvent")(instance, buffer);
}

XrResult XRAPI_CALL get_function(XrInstance instance, const char* name, PFN_xrVoidFunction* function) {
  const auto is = [&](const char* wanted) { return std::strcmp(name, wanted) == 0; };
  if (is("xrWaitFrame"))
    *function = reinterpret_cast<PFN_xrVoidFunction>(wait_frame);
  else if (is("xrEndFrame"))
    *function = reinterpret_cast<PFN_xrVoidFunction>(end_frame);
  else if (is("xrPollEvent"))
    *function = reinterpret_cast<PFN_xrVoidFunction>(poll_event);
  else
    return state.below(instance, name, function);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_instance(const XrInstanceCreateInfo* wanted, const LayerCreateInfo* info,
                                    XrInstance* instance) {
  LayerCreateInfo further = *info;
  further.next_info = info->next_info->next;
  state = {};
  state.below = info->next_info->next_get_function;
  if (const char* fault = std::getenv("ATTUNE_FAULT")) {
    const std::string text(fault);
    const auto at = text.find('@');
    state.fault = text.substr(0, at);
    if (at != std::string::npos) state.at_frame = std::strtol(text.c_str() + at + 1, nullptr, 10);
  }
  const auto result = info->next_info->next_create_instance(wanted, &further, instance);
  state.instance = *instance;
  return result;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) XrResult XRAPI_CALL
xrNegotiateLoaderApiLayerInterface(const void*, const char*, LayerRequest* request) {
  if (request == nullptr || request->type != LoaderStruct::layer_request)
    return XR_ERROR_INITIALIZATION_FAILED;
  request->interface_version = 1;
  request->api_version = XR_MAKE_VERSION(1, 0, 0);
  request->get_function = get_function;
  request->create_instance = create_instance;
  return XR_SUCCESS;
}
