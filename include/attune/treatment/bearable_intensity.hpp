#pragma once

namespace attune::treatment {

/// Up to where somebody is taken after it was too much for them: 1 until they report so. A report at or above
/// the limit bounds the intensity at less than half of what it would have needed for the target, since a fear that
/// rises fast has not settled by the time it is told of; every report at or below the target, told under
/// exposure, shows that half as much again is bearable. What is told under no exposure says nothing of it.
class BearableIntensity {
 public:
  /// `suds`, `limit_suds`, `target_suds`: 0..100; `intensity`: what was shown when it was told, 0..1.
  void hear(float suds, float intensity, float limit_suds, float target_suds);
  /// 0..1.
  [[nodiscard]] float value() const { return value_; }

 private:
  float value_ = 1.0F;
};

}  // namespace attune::treatment
