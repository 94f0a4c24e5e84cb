#include "attune/session/answer_panel.hpp"

#include <algorithm>
#include <cmath>

namespace attune::session {

namespace {

constexpr float pull = 0.6F;             // of the trigger's way: a deliberate pull
constexpr double longest_frame_s = 0.1;  // a gap in time is no dwelling

}  // namespace

float full_scale(telemetry::ReportKind kind, std::uint8_t options) {
  if (kind == telemetry::ReportKind::choice) return static_cast<float>(std::max<int>(options, 2) - 1);
  return kind == telemetry::ReportKind::comfort ? 10.0F : 100.0F;
}

/// Shows the slider where it stands: of a choice at the nearest of its places.
void AnswerPanel::settle() {
  shown_.value = slider_;
  if (shown_.kind != telemetry::ReportKind::choice) return;
  const float places = full_scale(shown_.kind, shown_.options);
  shown_.value = std::round(slider_ * places) / places;
}

void AnswerPanel::open(const OpenQuestion& question) {
  shown_ = {};
  shown_.kind = question.kind;
  shown_.asked = question.asked;
  shown_.text = question.text;
  shown_.options = question.options;
  slider_ = 0.5F;
  settle();
  pulled_ = selected_ = {true, true};
  dwelt_s_ = 0.0;
  dwell_at_ = -1.0F;
}

std::optional<telemetry::SelfReport> AnswerPanel::step(const telemetry::Frame& frame,
                                                       const scene::PanelLayout& layout,
                                                       const OpenQuestion& question) {
  const double dt_s = std::clamp(core::seconds_between(last_, frame.time), 0.0, longest_frame_s);
  last_ = frame.time;
  if (question.kind == telemetry::ReportKind::none) {
    shown_ = {};
    return std::nullopt;
  }
  if (question.kind != shown_.kind || question.asked != shown_.asked) open(question);
  if (!frame.headset.focused) return std::nullopt;

  bool answered = false;
  for (std::size_t side = 0; side < frame.hands.size(); ++side) {
    const auto& hand = frame.hands[side];
    answered = by_hand(hand, pulled_[side], selected_[side], dt_s, layout) || answered;
    pulled_[side] = hand.active && hand.trigger > pull;
    selected_[side] = hand.active && (hand.buttons & telemetry::button_select) != 0;
  }
  answered = by_gaze(frame, dt_s, layout) || answered;
  settle();
  if (!answered) return std::nullopt;
  return telemetry::SelfReport{question.kind,
                               std::round(shown_.value * full_scale(question.kind, question.options)),
                               question.asked, frame.time};
}

bool AnswerPanel::by_hand(const telemetry::HandSample& hand, bool was_pulled, bool was_selected, double dt_s,
                          const scene::PanelLayout& layout) {
  if (!hand.active) return false;
  if (std::abs(hand.thumbstick.x) > thumbstick_dead_zone) {
    slider_ =
        std::clamp(slider_ + hand.thumbstick.x * thumbstick_per_s * static_cast<float>(dt_s), 0.0F, 1.0F);
  }
  const bool pulls = hand.trigger > pull && !was_pulled;
  const bool selects = (hand.buttons & telemetry::button_select) != 0 && !was_selected;
  if (!pulls && !selects) return false;
  // Pointing at the track chooses the place; pulled while pointing elsewhere, the trigger confirms where it
  // stands.
  if (hand.aim.valid()) {
    const auto pointed =
        scene::slider_under(layout, hand.aim.position_m, hand.aim.orientation * glm::vec3(0, 0, -1));
    if (pointed) slider_ = *pointed;
  }
  return true;
}

bool AnswerPanel::by_gaze(const telemetry::Frame& frame, double dt_s, const scene::PanelLayout& layout) {
  std::optional<float> at;
  if (frame.gaze.source != telemetry::GazeSource::none) {
    // The lower half is the track; the upper is the question, which is read and not answered by reading.
    const auto met = scene::meet(layout.question, frame.gaze.origin_m, frame.gaze.direction);
    if (met && met->y < 0.0F) at = scene::slider_under(layout, frame.gaze.origin_m, frame.gaze.direction);
  }
  if (!at) {
    dwelt_s_ = 0.0;
    dwell_at_ = -1.0F;
    shown_.progress = 0.0F;
    return false;
  }
  if (dwell_at_ < 0.0F || std::abs(*at - dwell_at_) > dwell_width) {
    dwell_at_ = *at;
    dwelt_s_ = 0.0;
  }
  dwelt_s_ += dt_s;
  slider_ = dwell_at_;
  shown_.progress = static_cast<float>(std::min(dwelt_s_ / dwell_s, 1.0));
  return dwelt_s_ >= dwell_s;
}

}  // namespace attune::session
