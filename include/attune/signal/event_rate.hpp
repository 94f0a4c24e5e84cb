#pragma once

#include <cmath>
#include <cstddef>
#include <optional>

#include "attune/core/ring.hpp"

namespace attune::signal {

/// Tells when a level, such as a trigger's pull or an expression's intensity, goes up through `on`, having
/// been below `off` before: a value that rests half-way counts once.
class RisingEdge {
 public:
  RisingEdge(double on, double off) : on_(on), off_(off) {}
  /// @param level  NaN where not known: what comes then is no edge.
  bool push(double level) {
    if (std::isnan(level)) {
      up_ = true;
      return false;
    }
    const bool was_up = up_;
    up_ = was_up ? level > off_ : level > on_;
    return up_ && !was_up;
  }

 private:
  double on_, off_;
  bool up_ = true;  // what is held down when it is first seen was not pressed now
};

/// How often something happens: clicks, expressions, responses of the skin. Counts a window of the last
/// seconds in which it could be seen; of more than 256 events in a window the newest.
class EventRate {
 public:
  explicit EventRate(double window_s = 30.0) : window_s_(window_s) {}

  /// @param step_s  since the last push. @param seen  whether an event could have been seen. @param events
  /// how many were.
  void push(double step_s, bool seen, int events) {
    if (!seen || !(step_s > 0.0)) return;
    seen_s_ += step_s;
    for (int i = 0; i < events; ++i) at_s_.push(seen_s_);
    while (!at_s_.empty() && at_s_.front() <= seen_s_ - window_s_) at_s_.pop_front();
  }
  /// Events a second; nothing before a third of the window was seen.
  [[nodiscard]] std::optional<double> per_second() const {
    if (3.0 * seen_s_ < window_s_) return std::nullopt;
    return static_cast<double>(at_s_.size()) / (seen_s_ < window_s_ ? seen_s_ : window_s_);
  }

 private:
  double window_s_, seen_s_ = 0.0;
  core::Ring<double, 256> at_s_;
};

}  // namespace attune::signal
