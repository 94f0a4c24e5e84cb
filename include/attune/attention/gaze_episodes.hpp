#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <optional>

#include "attune/attention/gaze_classifier.hpp"

namespace attune::attention {

/// A stretch of samples with one label: a fixation, a saccade, and so on.
struct GazeEpisode {
  GazeLabel label = GazeLabel::none;
  core::SessionTime start{}, end{};  ///< of its first and its last sample
  std::int64_t samples = 0;
  double interval_s = 0.0;         ///< mean time between its samples, or to its neighbours when it has one
  double moved_s = 0.0;            ///< by which its borders with saccades were moved outwards
  bool whole = true;               ///< false: the stream began, broke off or ended in it, or, in a saccade,
                                   ///< the eyes were lost
  glm::vec3 from{0.0F}, to{0.0F};  ///< directions of its first and last sample; for a saccade, of where the
                                   ///< gaze rested before and where it went on after
  float amplitude_deg = 0.0F;      ///< angle between `from` and `to`
  float direction_rad = 0.0F;      ///< −π..π, 0 = to the right, π/2 = up, seen from `from`
  float peak_deg_s = 0.0F, mean_deg_s = 0.0F;  ///< speed
  float dispersion_deg = 0.0F;                 ///< root mean square angle from the mean direction
  glm::vec3 centre{0.0F};                      ///< mean direction; 0 where the eyes were lost
  bool micro = false;                          ///< a saccade below `micro_below_deg` at 200 Hz or more

  /// Half an interval on both sides counts, since a movement begins and ends between samples. At slow rates
  /// the speed at a sample is that between its neighbours, which puts the borders of a saccade too far
  /// outside: they are moved back.
  [[nodiscard]] double duration_s() const { return core::seconds_between(start, end) + interval_s + moved_s; }
};

/// Below this a saccade is a microsaccade (Martinez-Conde et al., Nat Rev Neurosci 14, 2013).
inline constexpr float micro_below_deg = 1.0F;
/// A microsaccade lasts 10 to 30 ms: slower streams do not show it.
inline constexpr double micro_interval_s = 0.0051;

/// Puts labelled samples together to episodes, in constant time and memory.
class GazeEpisodes {
 public:
  /// Takes the next sample.
  /// @return the episode that ended before it, if one did.
  std::optional<GazeEpisode> push(const LabelledGaze& sample);
  /// The episode that the stream ended in; the next push begins a new stream.
  std::optional<GazeEpisode> finish();
  void reset() { *this = {}; }

 private:
  void begin(const LabelledGaze& sample, bool follows);
  void take(const LabelledGaze& sample);
  [[nodiscard]] GazeEpisode close(const LabelledGaze* next) const;

  bool open_ = false;
  GazeEpisode episode_;
  LabelledGaze last_;
  glm::vec3 sum_{0.0F}, first_{0.0F};
  double squares_ = 0.0, speeds_ = 0.0;
  std::int64_t seen_ = 0;     ///< samples with a direction
  double before_s_ = 0.0;     ///< from the sample before to the first
  bool before_seen_ = false;  ///< a direction was known right before
  bool before_saccade_ = false;
  double typical_s_ = 0.0;  ///< running interval
};

}  // namespace attune::attention
