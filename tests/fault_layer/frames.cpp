#include <cmath>

#include "fault_layer/calls.hpp"
#include "fault_layer/layer.hpp"

namespace attune::fault_layer {

namespace {

bool nearly(const XrPosef& a, const XrPosef& b) {
  const auto far = [](float x, float y) { return !(std::abs(x - y) < 1e-3F); };
  const float dot = a.orientation.x * b.orientation.x + a.orientation.y * b.orientation.y +
                    a.orientation.z * b.orientation.z + a.orientation.w * b.orientation.w;
  return !far(a.position.x, b.position.x) && !far(a.position.y, b.position.y) &&
         !far(a.position.z, b.position.z) && !far(std::abs(dot), 1.0F);
}

/// A picture belongs to the poses that were located for its frame; whatever else is reported.
void check_poses(Layer& l, const XrFrameEndInfo& info) {
  for (std::uint32_t i = 0; i < info.layerCount; ++i) {
    if (info.layers[i]->type != XR_TYPE_COMPOSITION_LAYER_PROJECTION) continue;
    const auto& layer = *reinterpret_cast<const XrCompositionLayerProjection*>(info.layers[i]);
    l.took_effect("pictures");
    for (std::uint32_t eye = 0; eye < layer.viewCount; ++eye) {
      if (eye >= l.shown_views.size() || !nearly(layer.views[eye].pose, l.shown_views[eye]))
        l.took_effect("picture_at_another_pose");
    }
  }
}

/// Between xrEndSession and xrBeginSession there are no frames.
XrResult not_running(const Layer& l) {
  l.took_effect("frame_while_stopped");
  return XR_ERROR_SESSION_NOT_RUNNING;
}

}  // namespace

XrResult XRAPI_CALL wait_frame(XrSession session, const XrFrameWaitInfo* info, XrFrameState* state) {
  if (const auto answer = door("wait")) return *answer;
  auto& l = layer();
  {
    const std::lock_guard lock(l.mutex);
    if (l.states.suspended()) return not_running(l);
  }
  const auto result = below<PFN_xrWaitFrame>("xrWaitFrame")(session, info, state);
  if (XR_FAILED(result)) return result;

  const std::lock_guard lock(l.mutex);
  ++l.frame;
  l.waited_below = true;
  if (l.recentring.frame_given(l.frame, state->predictedDisplayTime, state->predictedDisplayPeriod))
    l.took_effect("recentre");
  for (const char* lie : l.times.tell(l.plan, l.frame, *state)) l.took_effect(lie);
  const bool unseen = l.states.pretends() && !l.states.visible();
  if (l.now("no_render") != nullptr || unseen) {
    l.took_effect(unseen ? "unseen" : "no_render");
    state->shouldRender = XR_FALSE;
  }
  return result;
}

XrResult XRAPI_CALL begin_frame(XrSession session, const XrFrameBeginInfo* info) {
  if (const auto answer = door("begin")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (l.states.suspended()) return not_running(l);
  const auto result = below<PFN_xrBeginFrame>("xrBeginFrame")(session, info);
  if (XR_SUCCEEDED(result)) {
    l.waited_below = false;
    l.begun_below = true;
  }
  return result;
}

XrResult XRAPI_CALL end_frame(XrSession session, const XrFrameEndInfo* info) {
  if (const auto answer = door("end")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (l.states.suspended()) return not_running(l);
  check_poses(l, *info);
  auto meant = *info;
  meant.displayTime = l.times.true_time(info->displayTime);
  const auto result = below<PFN_xrEndFrame>("xrEndFrame")(session, &meant);
  if (XR_SUCCEEDED(result)) {
    l.begun_below = false;
    l.states.frame_ended();
  }
  return result;
}

XrResult XRAPI_CALL get_patient_signals(XrSession session, XrTime time, XrPatientSignalsATTUNE* signals) {
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (l.lost) return *l.lost;
  return below<PFN_xrGetPatientSignalsATTUNE>("xrGetPatientSignalsATTUNE")(session, l.times.true_time(time),
                                                                           signals);
}

}  // namespace attune::fault_layer
