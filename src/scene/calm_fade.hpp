#pragma once

#include <algorithm>

namespace attune::scene {

/// The fade to grey and back. It may close at once, since a stop must hide the stimulus in the next frame. It
/// opens slowly, and only after it has stayed for a while: whatever is asked of it, the picture cannot go
/// dark and bright again more than twice in a second (WCAG 2.3.1 allows three flashes).
class CalmFade {
 public:
  static constexpr double hold_s = 0.4;
  static constexpr double open_s = 1.2;   ///< from grey to the picture
  static constexpr double close_s = 0.7;  ///< to grey, when nothing is urgent

  /// @param at_least  asked from outside: reached in this frame.
  /// @param closing   goes to grey in `close_s`.
  float step(double dt_s, float at_least, bool closing) {
    since_rise_s_ += dt_s;
    const auto before = value_;
    if (closing) value_ = std::min(1.0F, value_ + static_cast<float>(dt_s / close_s));
    value_ = std::max(value_, std::clamp(at_least, 0.0F, 1.0F));
    if (value_ > before) {
      since_rise_s_ = 0.0;
    } else if (!closing && since_rise_s_ >= hold_s) {
      value_ = std::max(std::clamp(at_least, 0.0F, 1.0F), value_ - static_cast<float>(dt_s / open_s));
    }
    return value_;
  }
  [[nodiscard]] float value() const { return value_; }
  [[nodiscard]] bool closed() const { return value_ >= 1.0F; }

 private:
  float value_ = 0.0F;
  double since_rise_s_ = hold_s;
};

}  // namespace attune::scene
