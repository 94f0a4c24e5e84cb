#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "attune/signal/hampel.hpp"
#include "attune/signal/own_baseline.hpp"
#include "attune/signal/running_slope.hpp"
#include "report/phase_parts.hpp"
#include "report/reading_news.hpp"

/// Heart, breath and skin over a session, phase by phase.
namespace attune::report {

/// A mean over time.
struct TimeMean {
  double sum = 0.0, seconds = 0.0;

  void add(double value, double for_s) {
    sum += for_s * value;
    seconds += for_s;
  }
  [[nodiscard]] std::optional<double> value() const {
    if (seconds <= 0.0) return std::nullopt;
    return sum / seconds;
  }
};

/// A figure in one phase: in its unit, and in deviations from the person's own usual (`signal::OwnBaseline`:
/// nothing in the first minute).
struct OwnMean {
  TimeMean plain, own;
};

struct VitalsPart : PhasePart {
  OwnMean heart_rate_bpm, breaths_per_min, skin_conductance_us;
  TimeMean warming_c_per_min;  ///< the skin's
  [[nodiscard]] bool known() const;
};

/// One stream on its way into the parts: lone outliers are replaced by their neighbours' median.
class OwnFigure {
 public:
  struct Value {
    std::size_t part = 0;
    double step_s = 0.0;  ///< the time that it stands for
    double value = 0.0;
    std::optional<double> own;  ///< deviations from the person's usual
  };
  /// @return what is clean now, of two readings ago.
  std::optional<Value> take(const telemetry::Reading& reading, double now_s, std::size_t part);

 private:
  static constexpr std::size_t reach = 2;
  ReadingNews news_;
  std::optional<double> before_s_;
  signal::Hampel<reach> hampel_;
  signal::OwnBaseline baseline_;
  std::deque<Value> waiting_;
};

/// Keeps the account of one recording.
class VitalsAccount {
 public:
  /// Takes the next moment.
  void add(const record::Moment& moment);
  /// In order of time; empty where nothing was measured.
  [[nodiscard]] std::vector<VitalsPart> finish() const;

 private:
  void follow(OwnFigure& figure, const telemetry::Reading& reading, double now_s, OwnMean VitalsPart::*mean);
  void follow_warmth(const telemetry::Reading& reading, double now_s);

  std::vector<VitalsPart> parts_;
  OwnFigure heart_rate_, breaths_, conductance_;
  ReadingNews warmth_news_;
  std::optional<double> warmth_before_s_;
  signal::RunningSlope warming_;
};

}  // namespace attune::report
