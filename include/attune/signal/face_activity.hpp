#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>

#include "attune/signal/event_rate.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::signal {

/// What a face does: how strongly each expression shows, and how often it comes. Constant time and memory a
/// frame; an expression is counted with the frame in which it comes.
class FaceActivity {
 public:
  /// An expression comes when its intensity rises above `on`, having been below `off`. FACS grades intensity
  /// from A, a trace, to E, the most there can be (Ekman, Friesen & Hager, 2002); with five equal steps from
  /// 0 to 1 as face trackers give them, `off` is A and `on` is B, slight but to be seen.
  static constexpr double on = 0.4, off = 0.2;
  static constexpr double window_s = 60.0;  ///< of the rate lately

  /// The face of one frame. @param step_s  for how long it held, s.
  void push(double step_s, const std::array<telemetry::Reading, telemetry::expression_count>& expressions) {
    for (std::size_t i = 0; i < telemetry::expression_count; ++i) each_[i].push(step_s, expressions[i]);
  }
  /// Nobody watched: what the face did meanwhile is not known.
  void gap() {
    for (auto& one : each_) one.push(0.0, {});
  }

  /// For how long it could be seen, s.
  [[nodiscard]] double seen_s(telemetry::Expression expression) const { return of(expression).seen_s; }
  /// Mean intensity, 0..1, over the time in which it could be seen.
  [[nodiscard]] std::optional<double> intensity(telemetry::Expression expression) const {
    const auto& one = of(expression);
    if (!(one.seen_s > 0.0)) return std::nullopt;
    return one.sum_s / one.seen_s;
  }
  /// How many times it came.
  [[nodiscard]] std::uint64_t times(telemetry::Expression expression) const { return of(expression).times; }
  /// How often it came in the last minute in which it could be seen; nothing in the first twenty seconds.
  [[nodiscard]] std::optional<double> lately_per_min(telemetry::Expression expression) const {
    const auto per_s = of(expression).lately.per_second();
    if (!per_s) return std::nullopt;
    return *per_s * 60.0;
  }
  void reset() { *this = {}; }

 private:
  struct One {
    RisingEdge edge{on, off};
    EventRate lately{window_s};
    double seen_s = 0.0, sum_s = 0.0;
    std::uint64_t times = 0;

    void push(double step_s, const telemetry::Reading& reading) {
      const auto level = static_cast<double>(reading.value);
      const bool seen = reading.valid && level >= 0.0 && level <= 1.0;
      const bool came = edge.push(seen ? level : std::numeric_limits<double>::quiet_NaN());
      lately.push(step_s, seen, came ? 1 : 0);
      times += came ? 1 : 0;
      if (!seen || !(step_s > 0.0)) return;
      seen_s += step_s;
      sum_s += step_s * level;
    }
  };
  [[nodiscard]] const One& of(telemetry::Expression expression) const {
    return each_[static_cast<std::size_t>(expression)];
  }
  std::array<One, telemetry::expression_count> each_;
};

}  // namespace attune::signal
