#pragma once

#include <functional>
#include <optional>

#include "attune/sensors/sensors.hpp"
#include "attune/session/live.hpp"
#include "attune/session/narrator.hpp"
#include "session/control/intake.hpp"
#include "session/control/status_watch.hpp"
#include "session/live/cost_meter.hpp"
#include "session/live/logbook.hpp"
#include "session/live/runtime_watch.hpp"
#include "session/live/shots.hpp"
#include "session/live/shown_light.hpp"
#include "session/live/stage.hpp"

namespace attune::session {

/// One session in a headset, from its first frame to its last: the frame loop.
class LiveSession {
 public:
  /// @param watch  told of every call that may not return
  LiveSession(const LiveOptions& options, RuntimeWatch& watch, Stage stage, scene::World world);

  /// Runs until the session is over. Error: the recording could not be created.
  [[nodiscard]] core::Result<LiveResult> run();

  /// Shows the calm garden in the place of a loop whose decision does not come, for as long as `still` says
  /// so (`Garden`). A runtime that has nothing to show any more ends the pictures, not the wait.
  void show_garden_while(const std::function<bool()>& still);
  /// Ends the session in the place of a loop that is stuck (`RuntimeWatch::take`): closes the recording,
  /// touches neither headset nor graphics.
  [[nodiscard]] LiveResult abandon(std::string reason, bool lost);

 private:
  core::Result<void> one_turn();
  core::Result<void> one_frame(const xr::FrameTime& time, bool drawn);
  core::Result<void> wait_for_headset();
  void decide(const xr::FrameTime& time, bool drawn);
  core::Result<void> show_garden();
  void sample(const xr::FrameTime& time);
  void observe_sensors();
  void tell_therapists();
  void observe();
  core::Result<void> present(const xr::FrameTime& time);
  core::Result<void> hand_over(const xr::FrameTime& time, const scene::DrawList& list);
  void keep(const core::Result<render::Picture>& picture, const std::filesystem::path& path);
  void leave(std::string reason);
  void end_when_due();
  [[nodiscard]] bool overstayed() const;
  core::Result<LiveResult> finish(const core::Result<void>& outcome);

  const LiveOptions& options_;
  RuntimeWatch& watch_;
  Stage stage_;
  scene::World world_;
  Pipeline pipeline_;
  Narrator narrator_;
  control::Intake intake_;
  control::StatusWatch status_watch_;
  Logbook logbook_;
  std::optional<Shots> shots_;
  ShownLight light_;
  std::unique_ptr<sensors::Sensors> sensors_;  // null: none beside the headset
  CostMeter meter_;
  telemetry::Frame frame_;
  scene::Directive directive_;
  xr::FrameTime shown_at_;    // the frame that was waited for and is to be shown
  bool shown_drawn_ = false;  // it is to be drawn
  bool undecided_ = false;    // the last decision came late
  bool started_ = false, over_ = false;
  bool leaving_ = false;  // the runtime was asked to end the session
  core::SessionTime left_at_{};
  double waited_s_ = 0.0;  // for a headset that is not ready
  std::optional<double> over_since_s_;
  double next_progress_s_ = 0.0;
  LiveResult result_;
};

}  // namespace attune::session
