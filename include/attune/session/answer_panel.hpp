#pragma once

#include <optional>

#include "attune/scene/directive.hpp"
#include "attune/scene/panel_placement.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::session {

/// The question that is open, as the controller asks it.
struct OpenQuestion {
  telemetry::ReportKind kind = telemetry::ReportKind::none;
  core::SessionTime asked{};
};

/// The slider with which a patient answers inside the scene, by whichever way is easiest: pointing and
/// pulling the trigger, the thumbstick and then the trigger or select, or looking at a place on the track and
/// staying there. A function of the frames alone. Input counts only while the session is FOCUSED.
class AnswerPanel {
 public:
  static constexpr double dwell_s = 1.5;           ///< gaze rests this long on one place of the track
  static constexpr float dwell_width = 0.06F;      ///< and strays no further from it, in shares of the track
  static constexpr float thumbstick_per_s = 0.4F;  ///< from end to end in 2.5 s
  static constexpr float thumbstick_dead_zone = 0.25F;

  /// One frame. Returns the answer in the frame in which it is given.
  std::optional<telemetry::SelfReport> step(const telemetry::Frame& frame, const scene::PanelLayout& layout,
                                            const OpenQuestion& question);

  /// What the panel shows now.
  [[nodiscard]] const scene::QuestionPanel& shown() const { return shown_; }

 private:
  void open(const OpenQuestion& question);
  [[nodiscard]] bool by_hand(const telemetry::HandSample& hand, bool was_pulled, bool was_selected,
                             double dt_s, const scene::PanelLayout& layout);
  [[nodiscard]] bool by_gaze(const telemetry::Frame& frame, double dt_s, const scene::PanelLayout& layout);

  scene::QuestionPanel shown_;
  core::SessionTime last_{};
  std::array<bool, 2> pulled_{true, true}, selected_{true, true};  // held from before the question: no answer
  double dwelt_s_ = 0.0;
  float dwell_at_ = -1.0F;
};

/// The end of the slider's range in the unit of the report: 100 for SUDS and expectancy, 10 for comfort.
[[nodiscard]] float full_scale(telemetry::ReportKind kind);

}  // namespace attune::session
