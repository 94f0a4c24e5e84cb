#include "attune/treatment/activities/dot_probe.hpp"

#include "attune/telemetry/frame.hpp"

namespace attune::treatment {

namespace {

using telemetry::ProbeStage;

constexpr float pull = 0.6F;  // of the trigger's way: as the answer panel takes for a deliberate pull
constexpr float push_aside = 0.6F;

}  // namespace

DotProbe::DotProbe(const DotProbePlan& plan) : plan_(plan), trials_(probe_trials(plan)) {
  answers_.reserve(trials_.size());
}

void DotProbe::reset() {
  answers_.clear();
  result_ = {};
  shown_ = {};
  begun_ = false;
  was_pressed_ = {true, true};
}

void DotProbe::show(ProbeStage stage, core::SessionTime now) {
  shown_.stage = stage;
  shown_.changed = now;
  if (stage != ProbeStage::fixation) return;
  const auto& trial = trials_[answers_.size()];
  shown_.number = static_cast<std::uint16_t>(answers_.size() + 1);
  shown_.neutral_pair = trial.neutral_pair;
  shown_.threat_left = trial.threat_left;
  shown_.target_left = trial.target_left;
}

std::array<bool, 2> DotProbe::pressed(const std::array<telemetry::HandSample, 2>& hands) {
  std::array<bool, 2> held{}, edges{};
  for (std::size_t side = 0; side < hands.size(); ++side) {
    const auto& hand = hands[side];
    if (!hand.active) continue;
    held[side] = held[side] || hand.trigger > pull;
    held[telemetry::left] = held[telemetry::left] || hand.thumbstick.x < -push_aside;
    held[telemetry::right] = held[telemetry::right] || hand.thumbstick.x > push_aside;
  }
  for (std::size_t side = 0; side < held.size(); ++side) edges[side] = held[side] && !was_pressed_[side];
  was_pressed_ = held;
  return edges;
}

void DotProbe::end_trial(core::SessionTime now, const ProbeAnswer& answer) {
  answers_.push_back(answer);
  result_ = probe_score(answers_);
  show(ProbeStage::none, now);
}

const telemetry::ProbeTrial& DotProbe::push(core::SessionTime now,
                                            const std::array<telemetry::HandSample, 2>& hands, bool waits) {
  const auto edges = pressed(hands);
  if (waits) {
    show(ProbeStage::none, now);
    return shown_;
  }
  const double for_s = core::seconds_between(shown_.changed, now);
  switch (shown_.stage) {
    case ProbeStage::none:
      if (!done() && (!begun_ || for_s >= plan_.pause_s)) {
        begun_ = true;
        show(ProbeStage::fixation, now);
      }
      break;
    case ProbeStage::fixation:
      if (for_s >= plan_.fixation_s) show(ProbeStage::cues, now);
      break;
    case ProbeStage::cues:
      if (for_s >= plan_.cue_s) show(ProbeStage::target, now);
      break;
    case ProbeStage::target: {
      ProbeAnswer answer{trials_[answers_.size()], edges[0] || edges[1], false,
                         static_cast<float>(for_s * 1000.0)};
      // Both sides at once say nothing.
      answer.correct = edges[0] != edges[1] && edges[telemetry::left] == answer.trial.target_left;
      if (answer.given || for_s >= plan_.answer_within_s) end_trial(now, answer);
      break;
    }
  }
  return shown_;
}

}  // namespace attune::treatment
