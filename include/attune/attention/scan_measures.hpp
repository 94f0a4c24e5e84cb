#pragma once

#include <cstdint>
#include <optional>

#include "attune/attention/gaze_episodes.hpp"
#include "attune/core/ring.hpp"

namespace attune::attention {

/// A fixation and the saccade that ended it.
struct Scan {
  core::SessionTime start{};  ///< of the fixation
  double fixation_s = 0.0, amplitude_deg = 0.0;
};

/// How the gaze moves about, whatever it meets: length of its path, and whether it searches (short fixations,
/// long saccades: ambient) or examines (long fixations, short saccades: focal).
class ScanMeasures {
 public:
  /// Fixations that K looks back over.
  static constexpr std::size_t window = 20;

  /// Takes the next finished episode, of any kind.
  /// @return fixation and saccade, when the episode is a saccade that ended a fixation.
  std::optional<Scan> push(const GazeEpisode& episode);
  /// What comes next cannot be compared in place with what was last: the space turned, or another place was
  /// shown in between.
  void break_off();
  void reset() { *this = {}; }

  /// Sum of the angles between fixations in a row, degrees: over losses as well, since the eyes went there.
  [[nodiscard]] double path_deg() const { return path_deg_; }
  [[nodiscard]] std::int64_t fixations() const { return fixations_; }

  /// The coefficient K over the last `window` fixations: mean of the standardised duration of a fixation less
  /// the standardised amplitude of the saccade after it. Above 0 focal, below 0 ambient. Standardised by all
  /// that was seen of this person, so that over everything it is 0. Nothing before `window` pairs.
  /// Source: Krejtz, Duchowski et al., PLoS ONE 11 (2016).
  [[nodiscard]] std::optional<double> ambient_focal() const;
  /// K of a single pair; K of a phase is the mean over its pairs. Nothing before two different fixations and
  /// two different saccades are known.
  [[nodiscard]] std::optional<double> ambient_focal_of(const Scan& scan) const;

 private:
  /// Mean and deviation without keeping the values (Welford, Technometrics 4, 1962).
  struct Running {
    double count = 0.0, mean = 0.0, squares = 0.0;
    void add(double value);
    [[nodiscard]] double deviation() const;
  };

  Running duration_, amplitude_;  ///< of fixations and the saccades that ended them
  core::Ring<Scan, window> scans_;
  std::optional<GazeEpisode> fixation_;  ///< newest; no saccade came after it yet
  std::optional<glm::vec3> place_;       ///< of the newest fixation
  double path_deg_ = 0.0;
  std::int64_t fixations_ = 0;
};

}  // namespace attune::attention
