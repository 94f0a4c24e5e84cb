#pragma once

#include <cmath>
#include <optional>

#include "attune/telemetry/samples.hpp"

namespace attune::report {

/// Tells what is new in a stream of readings. A reading is held until the next comes: with every frame its
/// age grows by as much as the time, so that its instant stays where it was.
class ReadingNews {
 public:
  /// @return the instant of a reading that was not there before, in s of the session.
  std::optional<double> take(const telemetry::Reading& reading, double now_s) {
    constexpr double rounding_s = 1e-3;  // of an age in a float
    if (!reading.valid || !std::isfinite(reading.value) || !std::isfinite(reading.age_s)) return std::nullopt;
    const double instant_s = now_s - static_cast<double>(reading.age_s);
    if (last_s_ && instant_s <= *last_s_ + rounding_s) return std::nullopt;
    last_s_ = instant_s;
    return instant_s;
  }
  /// Of the newest one.
  [[nodiscard]] const std::optional<double>& last_s() const { return last_s_; }

 private:
  std::optional<double> last_s_;
};

}  // namespace attune::report
