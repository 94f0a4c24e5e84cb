#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

namespace attune::signal {

/// A figure in units of the patient's own spread around the patient's own mean. The first `settle_s` seconds
/// weigh alike; then the baseline follows with the time constant `follow_s`, so that a session's drift is no
/// arousal.
class OwnBaseline {
 public:
  explicit OwnBaseline(double settle_s = 60.0, double follow_s = 600.0)
      : settle_s_(settle_s), follow_s_(follow_s) {}

  /// @param value   what is not finite is passed over. @param step_s  time that it stands for, above 0.
  /// @return deviations from the baseline as it was before; nothing before it has settled, or of a constant
  /// figure.
  std::optional<double> push(double value, double step_s) {
    if (!std::isfinite(value) || !(step_s > 0.0)) return std::nullopt;
    const auto standard = standardised(value);
    known_s_ += step_s;
    const double share = std::min(1.0, step_s / std::min(known_s_, follow_s_)), off = value - mean_;
    mean_ += share * off;
    variance_ += share * ((1.0 - share) * off * off - variance_);
    return standard;
  }
  [[nodiscard]] std::optional<double> standardised(double value) const {
    if (known_s_ < settle_s_ || !(variance_ > 0.0)) return std::nullopt;
    return (value - mean_) / std::sqrt(variance_);
  }
  void reset() { known_s_ = mean_ = variance_ = 0.0; }

 private:
  double settle_s_, follow_s_, known_s_ = 0.0, mean_ = 0.0, variance_ = 0.0;
};

}  // namespace attune::signal
