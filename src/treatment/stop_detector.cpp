#include "attune/treatment/stop_detector.hpp"

#include <algorithm>

namespace attune::treatment {

namespace {

// A grip that has closed stays closed until it is clearly opened: a trembling hand must be able to stop.
constexpr float closes_at = 0.7F, opens_at = 0.4F;

/// How long something has been held after `dt_s` more seconds.
double held(double before_s, bool now, double dt_s) { return now ? before_s + dt_s : 0.0; }

}  // namespace

StopOutput StopDetector::push(const StopInput& input) {
  const double dt_s = begun_ ? std::clamp(core::seconds_between(last_, input.time), 0.0, 0.5) : 0.0;
  last_ = input.time;
  begun_ = true;

  const float needed = gripping_ ? opens_at : closes_at;
  gripping_ = std::all_of(input.hands.begin(), input.hands.end(),
                          [&](const auto& hand) { return hand.active && hand.squeeze >= needed; });
  const bool pressing = std::any_of(input.hands.begin(), input.hands.end(),
                                    [](const auto& hand) { return hand.active && hand.buttons != 0; });
  gripped_s_ = held(gripped_s_, gripping_, dt_s);
  pressed_s_ = held(pressed_s_, pressing, dt_s);
  on_mark_s_ = held(on_mark_s_, input.on_stop_mark, dt_s);

  const double furthest = std::max({gripped_s_ / grip_s, pressed_s_ / button_s, on_mark_s_ / mark_s});
  StopOutput out;
  // One part in a million is the rounding of a sum of frames, far below one frame.
  const bool complete = furthest >= 1.0 - 1e-6;
  out.progress = complete ? 1.0F : static_cast<float>(furthest);
  out.stopped = complete && !fired_;
  fired_ = complete;
  return out;
}

void StopDetector::reset() { *this = StopDetector(); }

}  // namespace attune::treatment
