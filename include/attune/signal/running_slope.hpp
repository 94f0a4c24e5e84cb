#pragma once

#include <cmath>
#include <optional>

namespace attune::signal {

/// Slope of a slow figure, such as the skin's temperature: the straight line through what was, older values
/// counting ever less. Delay: about the time constant.
class RunningSlope {
 public:
  explicit RunningSlope(double time_constant_s = 20.0) : time_constant_s_(time_constant_s) {}

  /// @param value  what is not finite is passed over, and its time with it. @param step_s  since the last
  /// push.
  void push(double value, double step_s) {
    if (!(step_s > 0.0)) return;
    // The origin of time moves along with the newest sample.
    const double keep = std::exp(-step_s / time_constant_s_);
    tt_ = keep * (tt_ - 2.0 * step_s * t_ + step_s * step_s * weight_);
    tx_ = keep * (tx_ - step_s * x_);
    t_ = keep * (t_ - step_s * weight_);
    x_ *= keep;
    weight_ *= keep;
    known_s_ += step_s;
    if (!std::isfinite(value)) return;
    if (weight_ <= 0.0) first_ = value;
    weight_ += 1.0;
    x_ += value - first_;
  }
  /// In the figure's unit a second; nothing before one time constant has passed, or without recent values.
  [[nodiscard]] std::optional<double> per_second() const {
    const double spread = tt_ * weight_ - t_ * t_;
    if (known_s_ < time_constant_s_ || weight_ < 1e-3 || !(spread > 1e-12 * tt_ * weight_))
      return std::nullopt;
    return (tx_ * weight_ - t_ * x_) / spread;
  }

 private:
  double time_constant_s_, known_s_ = 0.0, first_ = 0.0;
  double weight_ = 0.0, t_ = 0.0, x_ = 0.0, tt_ = 0.0, tx_ = 0.0;
};

}  // namespace attune::signal
