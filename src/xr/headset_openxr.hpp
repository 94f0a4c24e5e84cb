#pragma once

#include <time.h>

#include <chrono>
#include <optional>
#include <utility>

#include "attune/xr/gaze_clock.hpp"
#include "attune/xr/recentre_detector.hpp"
#include "attune/xr/session_clock.hpp"
#include "xr/actions.hpp"
#include "xr/instance.hpp"
#include "xr/swapchain.hpp"
#include "xr/vulkan_maker.hpp"

#include "attune/xr/stimulus_extension.h"

namespace attune::xr {

/// Something that lasts for a while and is told once.
class Spell {
 public:
  /// True when it is there now and was not before.
  bool begins(bool there) { return !std::exchange(there_, there) && there; }

 private:
  bool there_ = false;
};

/// The headset on top of OpenXR. Split over four files: life (headset.cpp), events (headset_events.cpp),
/// where the patient stands (headset_origin.cpp), and what is read and shown every frame (headset_frame.cpp).
class OpenXrHeadset final : public Headset {
 public:
  explicit OpenXrHeadset(Instance instance) : instance_(std::move(instance)), maker_(instance_) {}
  ~OpenXrHeadset() override;

  const HeadsetInfo& info() const override { return instance_.info(); }
  VulkanMaker& vulkan() override { return maker_; }
  core::Result<void> start(const Graphics& graphics, const ChooseFormat& choose_format) override;
  std::int64_t swapchain_format() const override { return swapchain_->format(); }

  core::Result<Turn> wait_frame(FrameTime& frame) override;
  void locate(const FrameTime& frame, telemetry::Frame& out) override;
  bool views(const FrameTime& frame, std::array<View, 2>& views) override;
  core::StaticVector<HeadsetEvent, 16> take_events() override;

  core::Result<void> begin_frame() override;
  core::Result<VkImage> acquire_image() override;
  core::Result<void> end_frame(const FrameTime& frame, const std::array<View, 2>& views) override;
  core::Result<void> end_frame_empty(const FrameTime& frame) override;

  void buzz(float strength, float seconds) override;
  void show(const FrameTime& frame, const telemetry::Stimulus& stimulus) override;
  void patient_signals(const FrameTime& frame, telemetry::PatientSignals& out) override;

  void request_exit() override;
  const std::string& end_reason() const override { return end_reason_; }
  bool lost() const override { return lost_; }

 private:
  [[nodiscard]] core::Result<void> create_session(const Graphics& graphics);
  [[nodiscard]] core::Result<void> create_spaces();
  [[nodiscard]] core::Result<void> poll_events();
  [[nodiscard]] core::Result<void> enter_wanted_states();
  [[nodiscard]] core::Result<void> enter(XrSessionState state);
  void handle(const XrEventDataBuffer& event);
  void note(HeadsetEvent event);
  void read_time(const XrFrameState& state, FrameTime& frame);
  [[nodiscard]] std::int64_t monotonic_ns(XrTime time, std::chrono::steady_clock::time_point now) const;
  void align(const FrameTime& frame);
  void stand_at(const telemetry::Pose& head, const std::optional<telemetry::Pose>& stage);
  [[nodiscard]] telemetry::Pose locate_in_local(XrSpace space, XrTime time) const;
  void read_head(const FrameTime& frame, telemetry::Frame& out);
  void read_gaze(const FrameTime& frame, telemetry::Frame& out);
  void end(std::string reason, bool lost);

  Instance instance_;
  RuntimeVulkanMaker maker_;
  XrSession session_ = XR_NULL_HANDLE;
  XrSpace local_ = XR_NULL_HANDLE, stage_ = XR_NULL_HANDLE, view_ = XR_NULL_HANDLE;
  std::optional<Swapchain> swapchain_;
  std::optional<Actions> actions_;
  PFN_xrApplyStimulusATTUNE apply_stimulus_ = nullptr;
  PFN_xrGetPatientSignalsATTUNE get_signals_ = nullptr;
  using ConvertTime = XrResult(XRAPI_PTR*)(XrInstance, XrTime, timespec*);
  ConvertTime convert_time_ = nullptr;  // xrConvertTimeToTimespecTimeKHR

  XrSessionState state_ = XR_SESSION_STATE_UNKNOWN;
  core::StaticVector<XrSessionState, 16> wanted_states_;  // of state events that are not yet acted on
  bool running_ = false, worn_ = true;
  std::optional<bool> pictures_wanted_;  // once they were
  bool framed_ = false;                  // the last turn was a frame
  SessionClock clock_;
  std::optional<std::chrono::steady_clock::time_point> returned_;  // the last wait for a frame
  core::SessionTime now_{}, leap_noted_{-1};
  Spell odd_period_, erring_, viewless_, eyeless_, without_buffer_, turning_only_;
  bool runtime_errs_now_ = false;
  Origin origin_;
  RecentreDetector recentre_detector_;
  GazeClock gaze_clock_;
  core::SessionTime gaze_seen_{};                    // when the eye tracker last gave something
  bool gaze_ever_ = false, head_stands_in_ = false;  // for eyes that are offered but do not come
  bool place_tracked_ = false;                       // the head's position was measured at least once
  std::optional<core::SessionTime> place_awaited_;   // since the head is seen without
  bool aligned_ = false;                             // the origin is where the patient stands
  XrTime realign_from_ = 0;                          // a recentring counts from this display time on
  XrTime realigned_at_ = 0;                          // the display time of the last
  bool recentre_pending_ = false;
  bool recentred_ = false;  // the origin moved with the present frame
  core::StaticVector<HeadsetEvent, 16> events_;
  std::string end_reason_;
  bool lost_ = false;
};

}  // namespace attune::xr
