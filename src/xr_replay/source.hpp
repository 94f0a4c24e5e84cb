#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "attune/core/result.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/telemetry/stimulus.hpp"
#include "xr_replay/settings.hpp"

namespace attune::xr_replay {

/// What is tracked at one instant of the source, in its own space: floor at y = 0, −Z forward.
struct PlayedState {
  core::SessionTime time{};
  telemetry::Pose head;
  telemetry::GazeSample gaze;  ///< the newest sample there is; its own time tells how old
  std::array<telemetry::HandSample, 2> hands;
  bool worn = true;
  bool visible = true;  ///< what the program drew was shown
  bool focused = true;  ///< the program had the input
};

/// Between two states: poses on the way from `a` to `b`, everything else as it was in `a`. Valid only where
/// both are. `t` lies between their times.
[[nodiscard]] PlayedState between(const PlayedState& a, const PlayedState& b, core::SessionTime t);

/// One run of whatever wears the headset. Time 0 is the session's first displayed frame.
class Source {
 public:
  virtual ~Source() = default;

  /// Frames up to `time` will be shown: a source that lives on its own lives until then.
  virtual void advance(core::SessionTime time) = 0;
  /// Never later than what was advanced to: beyond that, and before 0, the nearest that is known.
  [[nodiscard]] virtual PlayedState at(core::SessionTime time) const = 0;
  /// Whether the origin of the source's space moved after `from` and not after `to`.
  [[nodiscard]] virtual bool recentred(core::SessionTime from, core::SessionTime to) const = 0;

  /// What the program shows: reaches a virtual patient, and nobody else.
  virtual void show(const telemetry::Stimulus& stimulus) = 0;
  /// Vitals at `time` and the answers since the last call.
  [[nodiscard]] virtual telemetry::PatientSignals signals(core::SessionTime time) = 0;
};

/// What is true of a SOURCE before and while it runs, and how to start it from its beginning.
struct SourceInfo {
  std::string name;                  ///< in words
  double rate_hz = 90.0;             ///< of its display
  std::optional<double> duration_s;  ///< nothing: it never ends
  bool has_eye_gaze = false;
  std::function<core::Result<std::unique_ptr<Source>>()> start;
};

/// Opens the SOURCE of the settings, and applies their rate and duration.
/// Errors: what the reader of recordings or of virtual patients says.
[[nodiscard]] core::Result<SourceInfo> open_source(const Settings& settings);

[[nodiscard]] SourceInfo still_source();
[[nodiscard]] core::Result<SourceInfo> recording_source(const std::string& path);
[[nodiscard]] core::Result<SourceInfo> patient_source(const std::string& source);

}  // namespace attune::xr_replay
