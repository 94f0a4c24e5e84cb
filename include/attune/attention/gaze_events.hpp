#pragma once

#include <cstdint>
#include <glm/vec3.hpp>

#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::attention {

/// What the eyes did. The numbers are the gaze labels of the project.
enum class GazeEventKind : std::uint8_t { none = 0, fixation = 1, saccade = 2, blink = 5 };

/// One finished eye movement, in degrees on the sphere of gaze in the world.
struct GazeEvent {
  GazeEventKind kind = GazeEventKind::none;
  core::SessionTime start{}, end{};
  float amplitude_deg = 0.0F;  ///< saccade: angle between where the gaze rested before and after
  float peak_deg_s = 0.0F;     ///< saccade: fastest interval between two samples; 0 when it was interpolated
  float direction_rad = 0.0F;  ///< saccade: −π..π, 0 = to the right, π/2 = up, seen from where it began
  bool interpolated = false;   ///< its course was filled in by an import: duration and speed say nothing
  bool whole = true;           ///< false: a fixation whose beginning was not seen, at least this long

  [[nodiscard]] double duration_ms() const { return static_cast<double>(end.ns - start.ns) * 1e-6; }
};
using GazeEvents = core::StaticVector<GazeEvent, 3>;

/// Thresholds of the detector.
struct GazeEventParameters {
  float least_peak_deg_s = 40.0F;  ///< slowest saccade seen in a clean signal (velocity thresholds of 20–130
                                   ///< °/s are in use: Salvucci & Goldberg, ETRA 2000)
  float noise_factor =
      3.2F;                 ///< peak threshold over the median velocity: 3.8 σ of Rayleigh-distributed noise
  float edge_share = 0.5F;  ///< threshold of on- and offset over that of the peak (two thresholds as in
                            ///< Nyström & Holmqvist, Behav Res Methods 42, 2010)
  float least_amplitude_deg = 0.7F;     ///< smaller shifts are microsaccades or noise at headset rates
  float amplitude_noise_factor = 3.5F;  ///< least amplitude over the position noise of one sample
  double least_fixation_s = 0.060;      ///< shorter rests are not fixations (40–100 ms are in use: Manor &
                                        ///< Gordon, J Neurosci Methods 128, 2003)
  double least_blink_s = 0.060;         ///< a shorter loss is the tracker's (blinks take 0.1–0.4 s)
  double longest_blink_s = 0.600;       ///< a longer loss is no blink
  double longest_saccade_s = 0.400;     ///< anything longer is an artefact, and no event
  double longest_step_s = 0.100;  ///< samples further apart are a break: nobody knows what happened between
};

/// Finds fixations, saccades and blinks in a stream of gaze samples of 30 Hz and more. Constant time and
/// memory a sample. A saccade, and the fixation before it, is known one sample after it ended; the threshold
/// follows the noise of the tracker (running median of velocity). Durations count half of the first and of
/// the last interval of a movement, which is right on average at any rate.
class GazeEventDetector {
 public:
  GazeEventDetector() : GazeEventDetector(GazeEventParameters{}) {}
  explicit GazeEventDetector(const GazeEventParameters& parameters);

  /// Takes a sample and gives what it completed, oldest first. A sample whose time was seen before counts
  /// once; when it is older than `now` by more than `longest_step_s`, or of source `none`, the eyes are lost.
  /// Samples of the head are no eye movement, and no blink. Time that goes back starts everything afresh.
  /// @param now        time of the frame, not before the sample's.
  /// @param recentred  the origin of the space moved with this sample; that is no movement of the eyes.
  const GazeEvents& push(const telemetry::GazeSample& sample, core::SessionTime now, bool recentred = false);

  /// What the last push gave.
  [[nodiscard]] const GazeEvents& events() const { return events_; }
  /// What the eyes are doing now, as far as is known: `none` while they are lost.
  [[nodiscard]] GazeEventKind current() const;
  /// Running median of gaze velocity, degrees a second: tracker noise and slow movement.
  [[nodiscard]] float median_velocity_deg_s() const { return median_; }
  void reset();

 private:
  struct Saccade {
    core::SessionTime start{};                 ///< of its first interval
    core::SessionTime newest{};                ///< end of its newest interval
    glm::vec3 from{0.0F};                      ///< where the gaze rested before
    std::int64_t first_ns = 0, newest_ns = 0;  ///< lengths of these two intervals
    float peak_deg_s = 0.0F;
    bool interpolated = false;
  };

  void take(const telemetry::GazeSample& sample);
  void step(const telemetry::GazeSample& sample);
  void after_loss(const telemetry::GazeSample& sample);
  void finish_saccade(const glm::vec3& to, float step_s);
  void end_fixation(core::SessionTime end);
  void begin_fixation(core::SessionTime start, bool whole);
  void follow_noise(float velocity_deg_s, float step_s);

  GazeEventParameters parameters_;
  GazeEvents events_;
  bool any_ = false;              ///< something good was seen since the reset
  bool lost_ = false;             ///< since the last good sample
  bool loss_is_of_eyes_ = true;   ///< nothing but `none` came during the loss
  bool shifted_ = false;          ///< the space's origin moved since the last good sample
  telemetry::GazeSample last_{};  ///< newest good sample
  glm::vec3 rest_{0.0F};  ///< where the gaze rested last: between the two ends of the newest slow interval
  glm::vec3 rest_before_{0.0F};    ///< and of the slow interval before that
  std::int64_t last_step_ns_ = 0;  ///< newest interval between two good samples
  float last_velocity_ = 0.0F;
  float median_ = 30.0F;  // a noisy tracker until it shows otherwise
  bool in_saccade_ = false;
  Saccade saccade_;
  core::SessionTime fixation_start_{};
  bool fixation_whole_ = false;       ///< its beginning was seen
  std::int64_t interpolated_ns_ = 0;  ///< of the fixation
};

}  // namespace attune::attention
