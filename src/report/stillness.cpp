#include "report/stillness.hpp"

#include <algorithm>
#include <utility>

namespace attune::report {

namespace {

constexpr double longest_step_s = 0.1;  // what lies across a longer gap is no movement

}  // namespace

std::optional<Stillness> StillnessFollower::end() {
  freezing_ = {};
  return std::exchange(open_, std::nullopt);
}

std::optional<Stillness> StillnessFollower::finish() {
  head_.reset();
  for (auto& hand : hands_) hand.reset();
  last_.reset();
  return end();
}

std::optional<Stillness> StillnessFollower::push(const telemetry::Frame& frame) {
  std::optional<Stillness> ended;
  const double step_s = last_ ? core::seconds_between(*last_, frame.time) : 0.0;
  if (last_ && step_s == 0.0) return ended;
  if (step_s < 0.0 || step_s > longest_step_s || frame.recentred) ended = finish();
  if (!last_) {
    last_ = frame.time;
    return ended;
  }
  last_ = frame.time;

  const auto step = static_cast<float>(step_s);
  std::optional<double> head_deg_s, hand_m_s;
  if (const auto motion = head_.push(frame.head, step)) head_deg_s = static_cast<double>(motion->turn_deg_s);
  for (std::size_t side = 0; side < hands_.size(); ++side) {
    if (const auto motion = hands_[side].push(frame.hands[side].grip, step))
      hand_m_s = std::max(hand_m_s.value_or(0.0), static_cast<double>(motion->speed_m_s));
  }
  freezing_.push(head_deg_s, hand_m_s, step_s);
  if (!freezing_.frozen()) return open_ ? end() : ended;
  const double now_s = frame.time.seconds();
  if (!open_) open_ = Stillness{now_s - freezing_.for_s(), now_s};
  open_->to_s = now_s;
  return ended;
}

}  // namespace attune::report
