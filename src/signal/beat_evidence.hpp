#pragma once

#include <array>

#include "signal/qrs_candidates.hpp"

namespace attune::signal {

/// Whether what is found is a heart at all. Whatever lies on the likeliest path through noise looks like
/// beats; but a heart keeps its pace, or its pattern, from one interval to the next and its waves resemble
/// each other, and noise does neither for long. Each beat adds or takes away the logarithm of how much
/// likelier a heart gives it than noise does, never below 0 (the cumulative sum of Page, Biometrika 41,
/// 1954): when there is enough, all beats since it was last 0 are a heart's, and they go on being so until it
/// is 0 again.
class BeatEvidence {
 public:
  /// @param enough  nats; 0 where every beat is believed.
  explicit BeatEvidence(float enough) : enough_(enough), certain_(enough <= 0.0F) {}

  /// The next beat. @param interval_s  since the one before, 0 across a break. @param likeness  to the mean
  /// beat in each band, Fisher's z.
  void push(double interval_s, const std::array<float, QrsCandidate::bands>& likeness);
  [[nodiscard]] bool certain() const { return certain_; }
  /// Nothing speaks for a heart.
  [[nodiscard]] bool none() const { return !certain_ && nats_ <= 0.0F; }

 private:
  float enough_, nats_ = 0.0F;
  double before_s_ = 0.0, before_that_s_ = 0.0;  // intervals; 0 where not known
  bool certain_;
};

}  // namespace attune::signal
