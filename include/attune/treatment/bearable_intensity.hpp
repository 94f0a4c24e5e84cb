#pragma once

#include <limits>

namespace attune::treatment {

/// Up to where somebody is taken after it was too much for them; without limit until they report so. A report
/// at or above the limit bounds the intensity at less than half of what it would have needed for the target,
/// since a fear that rises fast has not settled by the time it is told of; every report at or below the
/// target, told under exposure, shows that half as much again is bearable. What is told under no exposure
/// says nothing of it.
class BearableIntensity {
 public:
  /// `suds`, `limit_suds`, `target_suds`: 0..100; `intensity`: what was shown when it was told, 0..1.
  void hear(float suds, float intensity, float limit_suds, float target_suds);
  /// Of the intensity, 0..1; infinite where nothing is known to be too much.
  [[nodiscard]] float at_most() const { return at_most_; }

 private:
  float at_most_ = std::numeric_limits<float>::infinity();
};

}  // namespace attune::treatment
