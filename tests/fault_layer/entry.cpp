#include <array>
#include <cstring>

#include "fault_layer/calls.hpp"
#include "fault_layer/layer.hpp"
#include "support/openxr_layer.hpp"

namespace attune::fault_layer {

namespace {

struct Taken {
  const char* name;
  PFN_xrVoidFunction function;
};
#define ATTUNE_TAKEN(name, function) \
  Taken { name, reinterpret_cast<PFN_xrVoidFunction>(function) }

const std::array taken{
    ATTUNE_TAKEN("xrWaitFrame", wait_frame),
    ATTUNE_TAKEN("xrBeginFrame", begin_frame),
    ATTUNE_TAKEN("xrEndFrame", end_frame),
    ATTUNE_TAKEN("xrGetPatientSignalsATTUNE", get_patient_signals),
    ATTUNE_TAKEN("xrCreateSession", create_session),
    ATTUNE_TAKEN("xrBeginSession", begin_session),
    ATTUNE_TAKEN("xrEndSession", end_session),
    ATTUNE_TAKEN("xrRequestExitSession", request_exit_session),
    ATTUNE_TAKEN("xrPollEvent", poll_event),
    ATTUNE_TAKEN("xrEnumerateReferenceSpaces", enumerate_reference_spaces),
    ATTUNE_TAKEN("xrCreateReferenceSpace", create_reference_space),
    ATTUNE_TAKEN("xrCreateActionSpace", create_action_space),
    ATTUNE_TAKEN("xrLocateSpace", locate_space),
    ATTUNE_TAKEN("xrLocateViews", locate_views),
    ATTUNE_TAKEN("xrSuggestInteractionProfileBindings", suggest_bindings),
    ATTUNE_TAKEN("xrSyncActions", sync_actions),
    ATTUNE_TAKEN("xrGetActionStateBoolean", get_boolean),
    ATTUNE_TAKEN("xrGetActionStateFloat", get_float),
    ATTUNE_TAKEN("xrGetActionStateVector2f", get_vector),
    ATTUNE_TAKEN("xrGetActionStatePose", get_pose),
    ATTUNE_TAKEN("xrGetCurrentInteractionProfile", get_profile),
    ATTUNE_TAKEN("xrGetSystem", get_system),
    ATTUNE_TAKEN("xrEnumerateSwapchainFormats", enumerate_formats),
    ATTUNE_TAKEN("xrAcquireSwapchainImage", acquire_image),
    ATTUNE_TAKEN("xrWaitSwapchainImage", wait_image),
    ATTUNE_TAKEN("xrReleaseSwapchainImage", release_image),
};
#undef ATTUNE_TAKEN

XrResult XRAPI_CALL get_function(XrInstance instance, const char* name, PFN_xrVoidFunction* function) {
  const auto result = layer().get_below(instance, name, function);
  if (XR_FAILED(result)) return result;  // what the runtime lacks, the layer does not add
  for (const auto& one : taken) {
    if (std::strcmp(one.name, name) == 0) *function = one.function;
  }
  return result;
}

XrResult XRAPI_CALL create_instance(const XrInstanceCreateInfo* wanted, const test::LayerCreateInfo* info,
                                    XrInstance* instance) {
  begin_layer();
  layer().get_below = test::functions_below(*info);
  const auto result = test::create_instance_below(wanted, *info, instance);
  layer().instance = *instance;
  return result;
}

}  // namespace

}  // namespace attune::fault_layer

extern "C" __attribute__((visibility("default"))) XrResult XRAPI_CALL
xrNegotiateLoaderApiLayerInterface(const void*, const char*, attune::test::LayerRequest* request) {
  return attune::test::answer_loader(request, attune::fault_layer::get_function,
                                     attune::fault_layer::create_instance);
}
