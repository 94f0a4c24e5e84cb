#pragma once

#include <optional>

#include "attune/record/streams.hpp"
#include "attune/signal/respiration.hpp"
#include "report/vitals.hpp"

namespace attune::report {

/// How somebody breathed while the breathing guide was shown.
struct GuideFigures {
  double shown_s = 0.0;
  double known_s = 0.0;             ///< of these, with a coherence: after half a minute of guide and breath
  std::optional<double> coherence;  ///< mean, 0..1; 1 = at the guide's pace, with whatever lag
  std::optional<double> guide_breaths_per_min, breaths_per_min;  ///< means while it was shown
};

/// Follows the coherence of breathing and guide (`signal::GuideCoherence`). Of breathing, a sensor tells
/// where in a breath somebody is; that makes a wave.
class GuideFollower {
 public:
  /// How strongly the guide must show to count as shown.
  static constexpr float shown_from = 0.05F;

  /// @param rate_hz  of the frames
  explicit GuideFollower(double rate_hz);
  /// Takes the next moment, which holds until `held_s` later.
  void add(const record::Moment& moment, double held_s);
  [[nodiscard]] GuideFigures finish() const;

 private:
  double rate_hz_;
  signal::GuideCoherence now_;  ///< since the guide came
  double shown_s_ = 0.0;
  TimeMean coherence_, guide_, own_;
};

}  // namespace attune::report
