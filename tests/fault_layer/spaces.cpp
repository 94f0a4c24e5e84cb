#include <algorithm>

#include "fault_layer/calls.hpp"
#include "fault_layer/layer.hpp"
#include "fault_layer/pose_fault.hpp"

namespace attune::fault_layer {

namespace {

/// How a space lies to where it would lie had nothing been recentred, as seen from itself.
Rigid moved(const Layer& l, XrSpace space, XrTime time) {
  const auto known = l.spaces.find(space);
  if (known == l.spaces.end() || known->second.of != KnownSpace::Of::reference) return {};
  const auto& offset = known->second.offset;
  return inverse(offset) * l.recentring.moved(known->second.type, time) * offset;
}

const char* what_is(const KnownSpace& space) {
  if (space.of == KnownSpace::Of::gaze) return "gaze";
  if (space.of == KnownSpace::Of::hand) return "hands";
  return space.type == XR_REFERENCE_SPACE_TYPE_VIEW ? "head" : "";
}

/// The pose fault that is there now for one of head, gaze, hands, views.
const Fault* spoiled(const Layer& l, const std::string& what) {
  for (const auto& fault : l.plan.all()) {
    if (fault.kind != "pose" || !fault.lasts_in(l.frame) || what.empty()) continue;
    if (fault.value(1).empty() || fault.value(1) == what) return &fault;
  }
  return nullptr;
}

XrEyeGazeSampleTimeEXT* sample_time(XrSpaceLocation& location) {
  auto* next = static_cast<XrBaseOutStructure*>(location.next);
  while (next != nullptr && next->type != XR_TYPE_EYE_GAZE_SAMPLE_TIME_EXT) next = next->next;
  return reinterpret_cast<XrEyeGazeSampleTimeEXT*>(next);
}

void spoil_gaze(Layer& l, XrTime truth, XrSpaceLocation& location) {
  auto* sample = sample_time(location);
  XrTime unasked = truth;
  XrTime& sampled = sample != nullptr ? sample->time : unasked;
  const auto* fault = l.now("gaze");
  const bool lied = fault != nullptr && l.gaze.apply(*fault, l.frame, truth, location, sampled);
  if (lied) l.took_effect("gaze");
  const bool a_time = sampled > 0 && !(lied && fault->value(0) == "absurd");
  if (a_time) sampled = l.times.told_time(sampled);
}

bool refused(const Layer& l) {
  if (l.now("refuse_times") == nullptr) return false;
  l.took_effect("refuse_times");
  return true;
}

}  // namespace

XrResult XRAPI_CALL enumerate_reference_spaces(XrSession session, uint32_t capacity, uint32_t* count,
                                               XrReferenceSpaceType* spaces) {
  const auto call = below<PFN_xrEnumerateReferenceSpaces>("xrEnumerateReferenceSpaces");
  auto& l = layer();
  if (l.plan.any("no_stage") == nullptr) return call(session, capacity, count, spaces);
  std::uint32_t all = 0;
  if (const auto result = call(session, 0, &all, nullptr); XR_FAILED(result)) return result;
  std::vector<XrReferenceSpaceType> types(all);
  if (const auto result = call(session, all, &all, types.data()); XR_FAILED(result)) return result;
  types.erase(std::remove(types.begin(), types.end(), XR_REFERENCE_SPACE_TYPE_STAGE), types.end());
  *count = static_cast<std::uint32_t>(types.size());
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < types.size()) return XR_ERROR_SIZE_INSUFFICIENT;
  std::copy(types.begin(), types.end(), spaces);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_reference_space(XrSession session, const XrReferenceSpaceCreateInfo* info,
                                           XrSpace* space) {
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (info->referenceSpaceType == XR_REFERENCE_SPACE_TYPE_STAGE && l.plan.any("no_stage") != nullptr) {
    l.took_effect("no_stage");
    return XR_ERROR_REFERENCE_SPACE_UNSUPPORTED;
  }
  const auto result = below<PFN_xrCreateReferenceSpace>("xrCreateReferenceSpace")(session, info, space);
  if (XR_SUCCEEDED(result))
    l.spaces[*space] = {KnownSpace::Of::reference, info->referenceSpaceType,
                        from(info->poseInReferenceSpace)};
  return result;
}

XrResult XRAPI_CALL create_action_space(XrSession session, const XrActionSpaceCreateInfo* info,
                                        XrSpace* space) {
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  const auto result = below<PFN_xrCreateActionSpace>("xrCreateActionSpace")(session, info, space);
  const bool gaze = l.gaze_actions.count(info->action) > 0;
  if (XR_SUCCEEDED(result))
    l.spaces[*space] = {gaze ? KnownSpace::Of::gaze : KnownSpace::Of::hand, {}, {}, info->subactionPath};
  return result;
}

XrResult XRAPI_CALL locate_space(XrSpace space, XrSpace base, XrTime told, XrSpaceLocation* location) {
  if (const auto answer = door("space")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (refused(l)) return XR_ERROR_TIME_INVALID;
  const auto time = l.times.true_time(told);
  const auto result = below<PFN_xrLocateSpace>("xrLocateSpace")(space, base, time, location);
  const auto known = l.spaces.find(space);
  if (XR_FAILED(result) || known == l.spaces.end()) return result;

  if (known->second.of == KnownSpace::Of::gaze) spoil_gaze(l, time, *location);
  if (known->second.of == KnownSpace::Of::hand && hand_is_down(known->second.hand))
    location->locationFlags = 0;
  if (l.recentring.any()) {
    const auto seen = inverse(moved(l, base, time)) * from(location->pose) * moved(l, space, time);
    location->pose = to_xr(seen);
  }
  if (const auto* fault = spoiled(l, what_is(known->second))) {
    l.took_effect("pose");
    spoil(fault->value(0), location->locationFlags, location->pose);
  }
  return result;
}

XrResult XRAPI_CALL locate_views(XrSession session, const XrViewLocateInfo* info, XrViewState* state,
                                 uint32_t capacity, uint32_t* count, XrView* views) {
  if (const auto answer = door("views")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (refused(l)) return XR_ERROR_TIME_INVALID;
  auto meant = *info;
  meant.displayTime = l.times.true_time(info->displayTime);
  const auto result =
      below<PFN_xrLocateViews>("xrLocateViews")(session, &meant, state, capacity, count, views);
  if (XR_FAILED(result) || capacity == 0) return result;
  const auto back = inverse(moved(l, info->space, meant.displayTime));
  const auto* fault = spoiled(l, "views");
  const auto good = state->viewStateFlags;
  l.shown_views.clear();
  for (std::uint32_t eye = 0; eye < *count; ++eye) {
    if (l.recentring.any()) views[eye].pose = to_xr(back * from(views[eye].pose));
    l.shown_views.push_back(views[eye].pose);
    if (fault == nullptr) continue;
    state->viewStateFlags = good;
    spoil(fault->value(0), state->viewStateFlags, views[eye].pose);
  }
  if (fault != nullptr) l.took_effect("pose");
  return result;
}

}  // namespace attune::fault_layer
