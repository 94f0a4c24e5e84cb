#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/core/ring.hpp"

namespace attune::signal {

/// What an interval between two beats is worth.
enum class IntervalKind : std::uint8_t {
  normal,
  broken,   ///< spans a gap or a break of the signal
  ectopic,  ///< before or after a beat from elsewhere in the heart
  missed,   ///< a beat was not found in it
  extra,    ///< a beat too many splits it from the next
  odd,      ///< too long or too short for its neighbours
};

/// The time between two beats that follow one another.
struct Interval {
  double end_s = 0.0;  ///< instant of the later beat
  double ms = 0.0;
  IntervalKind kind = IntervalKind::normal;

  [[nodiscard]] bool normal() const { return kind == IntervalKind::normal; }
};

/// Tells artefacts among RR intervals as they come: Lipponen & Tarvainen, J Med Eng Technol 43 (2019), whose
/// thresholds follow the quartile deviation of the 91 intervals around; here of the last 91 that are known.
/// Delay: five beats, half of the median's reach; at the start twelve, for thresholds need something to go
/// by.
class RrSeries {
 public:
  /// @param connected  as in `Beat`: whether the time since the beat before is an interval.
  void push(double beat_s, bool connected);
  /// The intervals that have become certain, oldest first, one a call.
  std::optional<Interval> next();
  /// The intervals that are left when no more beats come, one a call.
  std::optional<Interval> finish();
  void reset() { *this = RrSeries(); }

 private:
  static constexpr std::size_t window = 91, nearby = 11, ahead = nearby / 2, to_start = 12;

  struct Known {
    Interval interval;
    double step_ms = 0.0;        // to the interval before; NaN across a break
    double off_median_ms = 0.0;  // from the median of those nearby
    bool decided = false;
  };

  void add(double end_s, double ms, bool broken);
  void set_off_median(std::size_t i);
  std::optional<Interval> decide_next();
  void judge(std::size_t i);
  [[nodiscard]] double step(std::size_t i) const;
  [[nodiscard]] double median_near(std::size_t i) const;
  [[nodiscard]] double threshold(double Known::*figure) const;

  core::Ring<Known, window> known_;
  std::size_t undecided_ = 0;  // at the end of `known_`
  std::optional<double> last_beat_s_;
  bool started_ = false;
};

}  // namespace attune::signal
