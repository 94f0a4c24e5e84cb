#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace attune::signal {

/// Takes out values that leap as no living signal does: slips of the writer or of the plug become NaN, a leap
/// that lasts longer than `longest_s` is accepted. A QRS, whose way up and down is walked once a beat, has
/// steps of up to 60 times the mean step at any rate, 120 at 30 beats a minute. Delay: none.
class SlipGuard {
 public:
  explicit SlipGuard(double rate_hz, double longest_s = 0.25)
      : window_(window_s * rate_hz), longest_(static_cast<std::int64_t>(longest_s * rate_hz)) {}

  double push(double sample) {
    if (!std::isfinite(sample)) return sample;
    const double step = std::abs(sample - accepted_);
    const double most = (static_cast<double>(known_) < window_ ? leap_at_start : leap) * usual_step_;
    if (usual_step_ > 0.0 && step > most && ++slips_ <= longest_)
      return std::numeric_limits<double>::quiet_NaN();
    if (started_ && slips_ == 0 && (step > 0.0 || known_ > 0)) {
      usual_step_ += (step - usual_step_) / std::min(static_cast<double>(++known_), window_);
    }
    started_ = true;
    slips_ = 0;
    accepted_ = sample;
    return sample;
  }
  /// Forgets how far steps usually go: what comes after a flat line is another signal.
  void relearn() {
    known_ = 0;
    usual_step_ = 0.0;
  }

 private:
  static constexpr double leap = 300.0, leap_at_start = 1e5, window_s = 4.0;

  double window_;
  std::int64_t longest_, slips_ = 0, known_ = 0;
  double accepted_ = 0.0, usual_step_ = 0.0;
  bool started_ = false;
};

}  // namespace attune::signal
