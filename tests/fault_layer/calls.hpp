#pragma once

#include <openxr/openxr.h>

#include "attune/xr/stimulus_extension.h"

/// The functions that the layer takes in the runtime's place.
namespace attune::fault_layer {

// frames.cpp
XrResult XRAPI_CALL wait_frame(XrSession, const XrFrameWaitInfo*, XrFrameState*);
XrResult XRAPI_CALL begin_frame(XrSession, const XrFrameBeginInfo*);
XrResult XRAPI_CALL end_frame(XrSession, const XrFrameEndInfo*);
XrResult XRAPI_CALL get_patient_signals(XrSession, XrTime, XrPatientSignalsATTUNE*);

// session.cpp
XrResult XRAPI_CALL create_session(XrInstance, const XrSessionCreateInfo*, XrSession*);
XrResult XRAPI_CALL begin_session(XrSession, const XrSessionBeginInfo*);
XrResult XRAPI_CALL end_session(XrSession);
XrResult XRAPI_CALL request_exit_session(XrSession);
XrResult XRAPI_CALL poll_event(XrInstance, XrEventDataBuffer*);

// spaces.cpp
XrResult XRAPI_CALL enumerate_reference_spaces(XrSession, uint32_t, uint32_t*, XrReferenceSpaceType*);
XrResult XRAPI_CALL create_reference_space(XrSession, const XrReferenceSpaceCreateInfo*, XrSpace*);
XrResult XRAPI_CALL create_action_space(XrSession, const XrActionSpaceCreateInfo*, XrSpace*);
XrResult XRAPI_CALL locate_space(XrSpace, XrSpace, XrTime, XrSpaceLocation*);
XrResult XRAPI_CALL locate_views(XrSession, const XrViewLocateInfo*, XrViewState*, uint32_t, uint32_t*,
                                 XrView*);

// actions.cpp
XrResult XRAPI_CALL suggest_bindings(XrInstance, const XrInteractionProfileSuggestedBinding*);
XrResult XRAPI_CALL sync_actions(XrSession, const XrActionsSyncInfo*);
XrResult XRAPI_CALL get_boolean(XrSession, const XrActionStateGetInfo*, XrActionStateBoolean*);
XrResult XRAPI_CALL get_float(XrSession, const XrActionStateGetInfo*, XrActionStateFloat*);
XrResult XRAPI_CALL get_vector(XrSession, const XrActionStateGetInfo*, XrActionStateVector2f*);
XrResult XRAPI_CALL get_pose(XrSession, const XrActionStateGetInfo*, XrActionStatePose*);
XrResult XRAPI_CALL get_profile(XrSession, XrPath, XrInteractionProfileState*);
/// The hand that a path names is down in this frame. The layer's mutex is held.
[[nodiscard]] bool hand_is_down(XrPath hand);

// system.cpp
XrResult XRAPI_CALL get_system(XrInstance, const XrSystemGetInfo*, XrSystemId*);
XrResult XRAPI_CALL enumerate_formats(XrSession, uint32_t, uint32_t*, int64_t*);
XrResult XRAPI_CALL acquire_image(XrSwapchain, const XrSwapchainImageAcquireInfo*, uint32_t*);
XrResult XRAPI_CALL wait_image(XrSwapchain, const XrSwapchainImageWaitInfo*);
XrResult XRAPI_CALL release_image(XrSwapchain, const XrSwapchainImageReleaseInfo*);

}  // namespace attune::fault_layer
