#pragma once

#include <memory>
#include <optional>

#include "attune/state/features.hpp"
#include "attune/state/own_start.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::state {

/// Turns frames into features. Windows slide in steps of 250 ms of session time, counted from the first
/// frame; in between, `current` stays as it is. Values depend on the course of time, not on the number of
/// frames. Nothing is read from an invalid pose, from a gaze sample that was seen before, or while the
/// headset is not worn. Allocates only at construction; deterministic.
class FeatureExtractor {
 public:
  static constexpr double step_s = 0.25;

  FeatureExtractor();
  ~FeatureExtractor();
  FeatureExtractor(FeatureExtractor&&) noexcept;
  FeatureExtractor& operator=(FeatureExtractor&&) noexcept;

  /// Takes one frame. True when the features were computed anew. Time that goes back starts everything
  /// afresh.
  bool push(const telemetry::Frame& frame);

  /// The features as of the last step; all missing before the first.
  [[nodiscard]] const Features& current() const;

  /// What is usual for this person, from the earliest data there was.
  [[nodiscard]] const OwnStart& own_start() const;

  /// Attention of the last whole step: true when most of the seen time went to the target, false when it went
  /// elsewhere; nothing when the gaze was mostly lost or the scene shows no target.
  [[nodiscard]] std::optional<bool> engaged() const;

  /// The area of interest under the gaze now: its id, or nothing.
  [[nodiscard]] std::optional<std::uint16_t> looked_at() const;

  void reset();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attune::state
