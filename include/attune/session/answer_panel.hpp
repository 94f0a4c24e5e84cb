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
  std::uint16_t text = 0;    ///< 1 + index into the programme's questions
  std::uint8_t options = 0;  ///< of a choice
};

/// The slider with which a patient answers inside the scene, by whichever way is easiest: pointing and
/// pulling the trigger, the thumbstick and then the trigger or select, or looking at a place on the track and
/// staying there. Of a choice it stands at one of its places. A function of the frames alone. Input counts
/// only while the session is FOCUSED.
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

  void settle();

  scene::QuestionPanel shown_;
  float slider_ = 0.5F;  // where hand or gaze has brought it, between the places of a choice too
  core::SessionTime last_{};
  std::array<bool, 2> pulled_{true, true}, selected_{true, true};  // held from before the question: no answer
  double dwelt_s_ = 0.0;
  float dwell_at_ = -1.0F;
};

/// The end of the slider's range in the unit of the report: 10 for comfort, the last option's index for a
/// choice, 100 for all others.
[[nodiscard]] float full_scale(telemetry::ReportKind kind, std::uint8_t options = 0);

}  // namespace attune::session
