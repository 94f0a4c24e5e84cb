#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/core/static_vector.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/telemetry/stimulus.hpp"

// The handles that cross this border, so that nobody needs Vulkan's or OpenXR's headers to hold them.
using VkInstance = struct VkInstance_T*;
using VkPhysicalDevice = struct VkPhysicalDevice_T*;
using VkDevice = struct VkDevice_T*;
using VkImage = struct VkImage_T*;
struct VkInstanceCreateInfo;
struct VkDeviceCreateInfo;

/// The headset, through whichever OpenXR runtime is active: one class, one frame loop.
namespace attune::xr {

/// What the runtime and its headset say of themselves. Known once the headset is open.
struct HeadsetInfo {
  std::string runtime;    ///< name and version
  std::string system;     ///< the headset's name
  bool eye_gaze = false;  ///< XR_EXT_eye_gaze_interaction, and the system has it
  bool user_presence = false;
  bool stimulus = false;  ///< XR_ATTUNE_stimulus: a patient or recording plays
  std::uint32_t view_width = 0, view_height = 0;
};

/// Something that happened to the headset and belongs into the recording.
enum class HeadsetEvent : std::uint8_t {
  running,
  stopped,
  visible,
  hidden,
  focused,
  unfocused,
  recentred,
  profile_changed,
  taken_off,
  put_on,
  loss_pending,
  exiting,
  instance_loss_pending,
  pictures_unwanted,
  pictures_wanted,
  time_leapt,
  frames_missed,
  gaze_missing,
  gaze_back,
  events_lost,
  no_buffer,
  runtime_errs,
  no_views,
  period_impossible,
  turning_only,
  no_floor,
};
/// In words, for log and report.
[[nodiscard]] const char* words(HeadsetEvent event);

/// What a frame is for.
struct FrameTime {
  core::SessionTime time{};       ///< predicted display time since the first frame; strictly rising
  std::int64_t display_time = 0;  ///< the same as XrTime
  /// The same on CLOCK_MONOTONIC, in ns, where the runtime can tell (XR_KHR_convert_timespec_time); else the
  /// end of the wait for this frame, which is some 10 to 40 ms earlier.
  std::int64_t monotonic_ns = 0;
  float period_s = 0.0F;  ///< 0 where the runtime says nothing that could be true
  bool should_render = false;
};

/// What came of waiting for a frame.
enum class Turn {
  frame,  ///< draw one: `begin_frame` … `end_frame`
  idle,   ///< the runtime wants no frames now; 0.1 s of session time went by, and that is all that is known
  ended,  ///< the session is over; `end_reason` says why
};

/// The view of one eye.
struct View {
  telemetry::Pose pose;
  float left_rad = 0, right_rad = 0, up_rad = 0, down_rad = 0;
};

/// Functions by which Vulkan's objects are made the way the runtime wants them (XR_KHR_vulkan_enable2).
class VulkanMaker {
 public:
  virtual ~VulkanMaker() = default;
  [[nodiscard]] virtual core::Result<VkInstance> make_instance(const VkInstanceCreateInfo& wanted) = 0;
  [[nodiscard]] virtual core::Result<VkPhysicalDevice> choose_device(VkInstance instance) = 0;
  [[nodiscard]] virtual core::Result<VkDevice> make_device(VkPhysicalDevice physical,
                                                           const VkDeviceCreateInfo& wanted) = 0;
};

/// The graphics a session is bound to.
struct Graphics {
  VkInstance instance = nullptr;
  VkPhysicalDevice physical = nullptr;
  VkDevice device = nullptr;
  std::uint32_t queue_family = 0, queue_index = 0;
};

/// Chooses among the picture formats that a runtime offers, VkFormat values, its favourite first; none when
/// it can use none of them.
using ChooseFormat = std::function<std::optional<std::int64_t>(std::span<const std::int64_t> offered)>;

class Headset {
 public:
  /// Finds the active runtime and its headset; waits up to `patience_s` for a headset that is not connected
  /// yet, or until `interrupted` (may be null) becomes true. Errors, status 1: no runtime, no headset, a
  /// runtime without what Attune needs; each says what to do.
  [[nodiscard]] static core::Result<std::unique_ptr<Headset>> open(
      double patience_s, const std::atomic<bool>* interrupted = nullptr);
  virtual ~Headset() = default;

  [[nodiscard]] virtual const HeadsetInfo& info() const = 0;
  /// For `render`, which knows what it wants of Vulkan. Call before `start`.
  [[nodiscard]] virtual VulkanMaker& vulkan() = 0;
  /// Makes session, spaces, actions and one swapchain of two array layers, in the format that is chosen.
  [[nodiscard]] virtual core::Result<void> start(const Graphics& graphics,
                                                 const ChooseFormat& choose_format) = 0;
  [[nodiscard]] virtual std::int64_t swapchain_format() const = 0;

  /// Drains events, then waits for the next frame. Never blocks longer than the runtime's own wait, which may
  /// be for ever.
  [[nodiscard]] virtual core::Result<Turn> wait_frame(FrameTime& frame) = 0;
  /// Fills time, headset state, head, gaze, hands and `recentred` of `out`, all located at the frame's
  /// display time; after an idle turn only time and state.
  virtual void locate(const FrameTime& frame, telemetry::Frame& out) = 0;
  /// Both views at the frame's display time. False when the runtime does not know them.
  [[nodiscard]] virtual bool views(const FrameTime& frame, std::array<View, 2>& views) = 0;
  /// What happened since the last call.
  virtual core::StaticVector<HeadsetEvent, 16> take_events() = 0;

  [[nodiscard]] virtual core::Result<void> begin_frame() = 0;
  /// The image to draw into: two layers, left and right. Call only when the frame is to be rendered. Null
  /// when the runtime has none free: end the frame without a picture.
  [[nodiscard]] virtual core::Result<VkImage> acquire_image() = 0;
  /// Gives the image back and ends the frame with it.
  [[nodiscard]] virtual core::Result<void> end_frame(const FrameTime& frame,
                                                     const std::array<View, 2>& views) = 0;
  /// Ends the frame without a picture.
  [[nodiscard]] virtual core::Result<void> end_frame_empty(const FrameTime& frame) = 0;

  /// A short buzz in both hands: the patient feels that a stop was taken.
  virtual void buzz(float strength, float seconds) = 0;

  /// The way back to a virtual patient; does nothing where `info().stimulus` is false.
  virtual void show(const FrameTime& frame, const telemetry::Stimulus& stimulus) = 0;
  virtual void patient_signals(const FrameTime& frame, telemetry::PatientSignals& out) = 0;

  /// Asks the runtime to end the session; `wait_frame` goes on until it says `ended`.
  virtual void request_exit() = 0;
  /// Why the session is over, in words; empty while it is not.
  [[nodiscard]] virtual const std::string& end_reason() const = 0;
  /// Whether that end was a loss (exit status 1) or asked for.
  [[nodiscard]] virtual bool lost() const = 0;
};

}  // namespace attune::xr
