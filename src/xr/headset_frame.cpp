#include <cmath>

#include "xr/check.hpp"
#include "xr/headset_openxr.hpp"

namespace attune::xr {

namespace {

constexpr float standing_eye_height_m =
    1.6F;  // where no floor is known, the patient is taken to stand this tall

/// One sigma of the head's direction as a stand-in for gaze: eyes stay within ±15° of the head for most of
/// the time (Stahl, Exp Brain Res 126 (1999): 41).
constexpr float head_gaze_error_rad = 0.26F;

bool holds(XrSpaceLocationFlags flags, XrSpaceLocationFlags wanted) { return (flags & wanted) == wanted; }

constexpr XrSpaceLocationFlags pose_valid =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;

}  // namespace

void OpenXrHeadset::align(const FrameTime& frame) {
  recentred_ = false;
  const bool due = recentre_pending_ && frame.display_time >= realign_from_;
  if (aligned_ && !due) return;

  XrSpaceLocation head{XR_TYPE_SPACE_LOCATION};
  if (XR_FAILED(xrLocateSpace(view_, local_, frame.display_time, &head)) ||
      !holds(head.locationFlags, pose_valid))
    return;
  // Only the turn about the vertical is taken: a patient who looks down must not tilt the world.
  const glm::quat orientation(head.pose.orientation.w, head.pose.orientation.x, head.pose.orientation.y,
                              head.pose.orientation.z);
  auto forward = orientation * glm::vec3(0, 0, -1);
  if (std::abs(forward.y) > 0.99F) forward = orientation * glm::vec3(0, forward.y > 0 ? -1 : 1, 0);
  const float yaw = std::atan2(-forward.x, -forward.z);
  origin_.turn = glm::angleAxis(-yaw, glm::vec3(0, 1, 0));

  float floor_m = head.pose.position.y - standing_eye_height_m;
  XrSpaceLocation floor{XR_TYPE_SPACE_LOCATION};
  if (stage_ != XR_NULL_HANDLE && XR_SUCCEEDED(xrLocateSpace(stage_, local_, frame.display_time, &floor)) &&
      holds(floor.locationFlags, XR_SPACE_LOCATION_POSITION_VALID_BIT)) {
    floor_m = floor.pose.position.y;
  }
  origin_.shift_m = -(origin_.turn * glm::vec3(head.pose.position.x, floor_m, head.pose.position.z));
  if (aligned_) {
    recentred_ = true;
    events_.push_back(HeadsetEvent::recentred);
  }
  aligned_ = true;
  recentre_pending_ = false;
}

void OpenXrHeadset::locate(const FrameTime& frame, telemetry::Frame& out) {
  const auto synced = actions_->sync(session_);
  out.time = frame.time;
  out.headset.running = running_;
  out.headset.visible = state_ == XR_SESSION_STATE_VISIBLE || state_ == XR_SESSION_STATE_FOCUSED;
  out.headset.focused = state_ == XR_SESSION_STATE_FOCUSED && synced == XR_SUCCESS;
  out.headset.worn = worn_;
  out.recentred = recentred_;

  out.head = {};
  XrSpaceLocation head{XR_TYPE_SPACE_LOCATION};
  if (aligned_ && XR_SUCCEEDED(xrLocateSpace(view_, local_, frame.display_time, &head))) {
    out.head = origin_.apply(head.pose, head.locationFlags);
  }
  out.gaze = {};
  out.gaze.time = frame.time;
  out.gaze.origin_m = out.head.position_m;
  XrTime sampled = 0;
  if (aligned_ && out.headset.focused &&
      actions_->read_gaze(session_, local_, frame.display_time, origin_, out.gaze, sampled)) {
    const auto age_ns = frame.display_time - sampled;
    // A sample time out of all reason is the runtime's mistake: the frame's own time is nearer the truth.
    if (age_ns >= 0 && age_ns < 1'000'000'000) out.gaze.time.ns = frame.time.ns - age_ns;
  } else if (!info().eye_gaze && out.head.orientation_valid) {
    out.gaze.direction = out.head.orientation * glm::vec3(0, 0, -1);
    out.gaze.angular_error_rad = head_gaze_error_rad;
    out.gaze.source = telemetry::GazeSource::head;
  }
  for (const auto side : {telemetry::left, telemetry::right}) {
    auto& hand = out.hands[side];
    hand = {};
    if (aligned_ && out.headset.focused)
      actions_->read_hand(session_, side, local_, frame.display_time, origin_, hand);
  }
}

bool OpenXrHeadset::views(const FrameTime& frame, std::array<View, 2>& views) {
  XrViewLocateInfo info{XR_TYPE_VIEW_LOCATE_INFO, nullptr, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO,
                        frame.display_time, local_};
  XrViewState state{XR_TYPE_VIEW_STATE};
  std::array<XrView, 2> located{XrView{XR_TYPE_VIEW, nullptr, {}, {}}, XrView{XR_TYPE_VIEW, nullptr, {}, {}}};
  std::uint32_t count = 0;
  if (!aligned_ || XR_FAILED(xrLocateViews(session_, &info, &state, 2, &count, located.data())) || count != 2)
    return false;
  // The view flags have the same bits as those of a space.
  for (std::size_t eye = 0; eye < 2; ++eye) {
    const auto& view = located[eye];
    views[eye] = {origin_.apply(view.pose, state.viewStateFlags), view.fov.angleLeft, view.fov.angleRight,
                  view.fov.angleUp, view.fov.angleDown};
  }
  return views[0].pose.valid() && views[1].pose.valid();
}

core::Result<void> OpenXrHeadset::begin_frame() {
  const auto result = xrBeginFrame(session_, nullptr);
  return XR_FAILED(result) ? check(result, "beginning a frame") : core::Result<void>();
}

core::Result<void> OpenXrHeadset::end_frame(const FrameTime& frame, const std::array<View, 2>& views) {
  if (const auto released = swapchain_->release(); !released) return released;
  std::array<XrCompositionLayerProjectionView, 2> eyes{};
  for (std::uint32_t eye = 0; eye < 2; ++eye) {
    eyes[eye] = {XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW,
                 nullptr,
                 origin_.undo(views[eye].pose),
                 {views[eye].left_rad, views[eye].right_rad, views[eye].up_rad, views[eye].down_rad},
                 {swapchain_->handle(), swapchain_->area(), eye}};
  }
  XrCompositionLayerProjection layer{
      XR_TYPE_COMPOSITION_LAYER_PROJECTION, nullptr, 0, local_, 2, eyes.data()};
  const auto* layers = reinterpret_cast<const XrCompositionLayerBaseHeader*>(&layer);
  XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO,           nullptr, frame.display_time,
                     XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 1,       &layers};
  const auto result = xrEndFrame(session_, &end);
  return XR_FAILED(result) ? check(result, "handing a picture to the headset") : core::Result<void>();
}

core::Result<void> OpenXrHeadset::end_frame_empty(const FrameTime& frame) {
  XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO,           nullptr, frame.display_time,
                     XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 0,       nullptr};
  const auto result = xrEndFrame(session_, &end);
  return XR_FAILED(result) ? check(result, "ending an empty frame") : core::Result<void>();
}

void OpenXrHeadset::buzz(float strength, float seconds) { actions_->buzz(session_, strength, seconds); }

void OpenXrHeadset::show(const FrameTime& frame, const telemetry::Stimulus& stimulus) {
  if (apply_stimulus_ == nullptr) return;
  XrStimulusATTUNE shown;
  shown.displayTime = frame.display_time;
  shown.stimulus = stimulus;
  apply_stimulus_(session_, &shown);
}

void OpenXrHeadset::patient_signals(const FrameTime& frame, telemetry::PatientSignals& out) {
  out = {};
  if (get_signals_ == nullptr) return;
  XrPatientSignalsATTUNE signals;
  if (XR_SUCCEEDED(get_signals_(session_, frame.display_time, &signals))) out = signals.signals;
}

}  // namespace attune::xr
