#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <memory>
#include <span>
#include <vector>

#include "attune/attention/gaze_labels.hpp"
#include "attune/attention/gaze_parameters.hpp"
#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::attention {

/// One direction of gaze, as it enters the classifier.
struct GazePoint {
  core::SessionTime time{};
  glm::vec3 direction{0.0F, 0.0F, -1.0F};  ///< unit vector, eye and head together
  bool tracked = false;                    ///< false: direction is not read
};

/// A gaze sample of the headset as a point; the head that stands in for the eyes is not tracked.
[[nodiscard]] GazePoint as_point(const telemetry::GazeSample& sample);

/// A sample with what it was.
struct LabelledGaze {
  core::SessionTime time{};
  glm::vec3 direction{0.0F};  ///< as it came
  float speed_deg_s = 0.0F;   ///< 0 where it is not known
  GazeLabel label = GazeLabel::none;
  std::uint32_t copies = 1;  ///< samples of this very time: they share the label
};

/// Labels a stream of gaze at 30 to 1000 Hz, sample by sample, on the sphere: there is no pole and no ±180°.
/// Constant time and memory a sample; nothing is allocated after construction.
///
/// Losses and blinks come first, then saccades (velocity thresholds that follow the tracker's noise), then
/// the oscillations after them, then pursuit against fixation by a Bayes filter on the drift between
/// saccades. Online and offline differ in how far they may look ahead, and in nothing else.
class GazeClassifier {
 public:
  explicit GazeClassifier(GazeMode mode);
  explicit GazeClassifier(const GazeClassifierParameters& parameters);
  ~GazeClassifier();
  GazeClassifier(GazeClassifier&&) noexcept;
  GazeClassifier& operator=(GazeClassifier&&) noexcept;

  /// Takes a sample and gives those whose labels became final, oldest first: every instant comes out once, in
  /// the order of going in. Samples of one and the same time are one instant, whose first value counts. Time
  /// that goes back begins a new stream: all that was pending comes out.
  /// @param moved  the space turned or jumped with this sample (recentring): what came before cannot be
  /// compared.
  /// @return valid until the next call.
  std::span<const LabelledGaze> push(const GazePoint& point, bool moved = false);
  /// The rest of the stream, with what is known of it; the next push begins a new one.
  std::span<const LabelledGaze> finish();

  /// A sample's label is known at most so long after it, while samples come at their usual pace: in a pause
  /// of the stream, with the next one.
  [[nodiscard]] double delay_s() const;
  /// Median time between samples, as far as is known; 0 before the second sample.
  [[nodiscard]] double interval_s() const;
  void reset();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attune::attention
