#include <cmath>

#include "xr/check.hpp"
#include "xr/headset_openxr.hpp"

namespace attune::xr {

namespace {

/// One sigma of the head's direction as a stand-in for gaze: eyes stay within ±15° of the head for most of
/// the time (Stahl, Exp Brain Res 126 (1999): 41).
constexpr float head_gaze_error_rad = 0.26F;

constexpr double oldest_gaze_s = 0.25;  // what the eyes did before that is not what they do now
// An eye tracker that gives nothing for so long is not there: switched off, not calibrated, no consent.
constexpr double never_came_s = 5.0, went_away_s = 30.0;
constexpr double place_comes_within_s = 1.0;

bool possible(const XrFovf& fov) {
  constexpr float widest_rad = 1.55F;
  const auto angle = [](float rad) { return std::abs(rad) < widest_rad; };
  return angle(fov.angleLeft) && angle(fov.angleRight) && angle(fov.angleUp) && angle(fov.angleDown) &&
         fov.angleLeft < fov.angleRight && fov.angleDown < fov.angleUp;
}

}  // namespace

void OpenXrHeadset::locate(const FrameTime& frame, telemetry::Frame& out) {
  const auto synced = framed_ ? actions_->sync(session_) : XR_SESSION_NOT_FOCUSED;
  const bool seen = state_ == XR_SESSION_STATE_VISIBLE || state_ == XR_SESSION_STATE_FOCUSED;
  out.time = frame.time;
  out.headset.running = framed_;
  out.headset.visible = framed_ && seen && frame.should_render;
  out.headset.focused = framed_ && state_ == XR_SESSION_STATE_FOCUSED && synced == XR_SUCCESS;
  runtime_errs_now_ = XR_FAILED(synced);
  out.headset.worn = worn_;
  out.recentred = framed_ && recentred_;
  out.head = {};
  out.gaze = {};
  out.gaze.time = frame.time;
  out.hands = {};
  if (!framed_ || !aligned_) return;

  read_head(frame, out);
  read_gaze(frame, out);
  if (!out.headset.focused) return;
  for (const auto side : {telemetry::left, telemetry::right})
    actions_->read_hand(session_, side, local_, frame.display_time, origin_, out.hands[side]);
}

void OpenXrHeadset::read_head(const FrameTime& frame, telemetry::Frame& out) {
  XrSpaceLocation head{XR_TYPE_SPACE_LOCATION};
  const auto located = xrLocateSpace(view_, local_, frame.display_time, &head);
  if (erring_.begins(XR_FAILED(located) || runtime_errs_now_)) note(HeadsetEvent::runtime_errs);
  if (XR_FAILED(located)) return;
  out.head = origin_.apply(head.pose, head.locationFlags);
  place_tracked_ = place_tracked_ || (head.locationFlags & XR_SPACE_LOCATION_POSITION_TRACKED_BIT) != 0;
  if (place_tracked_ || !out.head.valid()) return;
  // The position of a headset that only turns is the runtime's guess: it is drawn with, and cannot get lost.
  out.head.tracked = (head.locationFlags & XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT) != 0;
  if (!out.headset.focused) return;
  if (!place_awaited_) place_awaited_ = frame.time;
  const double awaited_s = core::seconds_between(*place_awaited_, frame.time);
  if (turning_only_.begins(awaited_s > place_comes_within_s)) note(HeadsetEvent::turning_only);
}

void OpenXrHeadset::read_gaze(const FrameTime& frame, telemetry::Frame& out) {
  auto& gaze = out.gaze;
  gaze.origin_m = out.head.position_m;
  XrTime sampled = 0;
  if (out.headset.focused &&
      actions_->read_gaze(session_, local_, frame.display_time, origin_, gaze, sampled)) {
    gaze.time = gaze_clock_.place(frame.time, frame.display_time, sampled, gaze.direction);
    if (core::seconds_between(gaze.time, frame.time) > oldest_gaze_s)
      gaze.source = telemetry::GazeSource::none;
  }
  if (gaze.source == telemetry::GazeSource::eye) {
    if (std::exchange(head_stands_in_, false)) note(HeadsetEvent::gaze_back);
    gaze_seen_ = frame.time;
    gaze_ever_ = true;
    return;
  }
  // Without the focus nothing is asked of the eyes, so nothing can be missing.
  if (!out.headset.focused && !head_stands_in_) gaze_seen_ = frame.time;
  const double missing_s = core::seconds_between(gaze_seen_, frame.time);
  if (info().eye_gaze && !head_stands_in_ && missing_s >= (gaze_ever_ ? went_away_s : never_came_s)) {
    head_stands_in_ = true;
    note(HeadsetEvent::gaze_missing);
  }
  if ((info().eye_gaze && !head_stands_in_) || !out.head.orientation_valid) return;
  gaze = {};
  gaze.time = frame.time;
  gaze.origin_m = out.head.position_m;
  gaze.direction = out.head.orientation * glm::vec3(0, 0, -1);
  gaze.angular_error_rad = head_gaze_error_rad;
  gaze.source = telemetry::GazeSource::head;
}

bool OpenXrHeadset::views(const FrameTime& frame, std::array<View, 2>& views) {
  XrViewLocateInfo info{XR_TYPE_VIEW_LOCATE_INFO, nullptr, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO,
                        frame.display_time, local_};
  XrViewState state{XR_TYPE_VIEW_STATE};
  std::array<XrView, 2> located{XrView{XR_TYPE_VIEW, nullptr, {}, {}}, XrView{XR_TYPE_VIEW, nullptr, {}, {}}};
  std::uint32_t count = 0;
  if (!aligned_) return false;
  const auto result = xrLocateViews(session_, &info, &state, 2, &count, located.data());
  if (viewless_.begins(XR_FAILED(result))) note(HeadsetEvent::runtime_errs);
  if (XR_FAILED(result)) return false;
  // The view flags have the same bits as those of a space.
  for (std::size_t eye = 0; eye < 2; ++eye) {
    const auto& view = located[eye];
    views[eye] = {origin_.apply(view.pose, state.viewStateFlags), view.fov.angleLeft, view.fov.angleRight,
                  view.fov.angleUp, view.fov.angleDown};
  }
  const bool fit = count == 2 && possible(located[0].fov) && possible(located[1].fov) &&
                   views[0].pose.valid() && views[1].pose.valid();
  if (eyeless_.begins(!fit)) note(HeadsetEvent::no_views);
  return fit;
}

core::Result<VkImage> OpenXrHeadset::acquire_image() {
  auto image = swapchain_->acquire();
  if (without_buffer_.begins(image && *image == VK_NULL_HANDLE)) note(HeadsetEvent::no_buffer);
  return image;
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
