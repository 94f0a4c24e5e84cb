#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/record/key.hpp"
#include "attune/record/meta.hpp"
#include "attune/sensors/config.hpp"
#include "attune/session/pipeline.hpp"
#include "attune/session/therapist.hpp"

namespace attune::session {

/// What a live session is started with.
struct LiveOptions {
  PipelineSpec pipeline;
  record::Meta meta;  ///< what the caller knows; the session fills in rate, runtime, world, codes
  treatment::Language language = treatment::Language::english;
  std::optional<std::filesystem::path> recording;
  record::Key key;                                   ///< to seal it with
  std::optional<std::filesystem::path> screenshots;  ///< a folder that exists
  std::optional<sensors::Config> sensors;            ///< beside the headset; with the real clock only
  /// By which therapists steer and watch; the session holds one end of each.
  std::vector<std::shared_ptr<TherapistLine>> therapists;
  bool waits_for_start = false;  ///< by a therapist; otherwise it starts once the patient sees it
  /// How long to wait for a headset that is not connected or not ready, and for a runtime that does not
  /// answer.
  double patience_s = 60.0;
  /// Nobody waits: every frame is recorded, however slow the writer, and nothing is drawn for nobody.
  bool virtual_clock = false;
  std::uint32_t render_every = 1;  ///< draw one frame of so many; more than 1 only with the virtual clock
  bool measure =
      false;  ///< read the CPU clock in the frame loop, for `LiveResult::costs`; it reads none otherwise
  double limit_s = 3600.0;                         ///< the session ends at this session time at the latest
  const std::atomic<bool>* interrupted = nullptr;  ///< becomes true when the operator ends the program
  std::function<void(double session_s)>
      progress;  ///< called about once a second of session time; may be empty
};

/// What a frame costs the frame loop, in microseconds; CPU time of its thread unless said otherwise. All 0
/// unless it was to be measured.
struct FrameCosts {
  double pipeline_median_us = 0, pipeline_p99_us = 0;
  /// Wall time from the end of the runtime's wait to our beginning of the frame: head, hands and eyes are
  /// read, all is decided, and the scene moved in between.
  double start_median_us = 0, start_p99_us = 0;
  /// Mean of all that is ours: without waiting, the runtime's and the driver's calls.
  double application_us = 0;
  /// Mean of a drawn frame: recording and submitting it, the driver's time included.
  double drawing_us = 0;
};

/// How a live session went.
struct LiveResult {
  std::uint64_t frames = 0, drawn = 0, pictures = 0;
  double session_s = 0;
  std::string end_reason;
  bool lost = false;   ///< it ended by losing the headset or the runtime
  bool stuck = false;  ///< a call of the runtime never returned: end the process without tidying up
  std::string recording_problem;  ///< empty: all of it was written
  std::uint64_t validation_messages = 0;
  std::optional<double> first_frame_s;  ///< from process start to the first frame handed to the runtime
  FrameCosts costs;
  std::string runtime, system, graphics;
};

/// Runs one session in the headset of the active OpenXR runtime, from the first frame to the last. The
/// recording is created with the first frame, and closed however the session ends. The frame loop has a
/// thread of its own, which the calling one watches: a runtime that does not return is given up after the
/// patience, or some seconds after the operator asked for the end. Errors, status 1: no runtime, headset or
/// graphics; 2: the world is unknown, the recording cannot be created.
[[nodiscard]] core::Result<LiveResult> run_live(const LiveOptions& options);

}  // namespace attune::session
