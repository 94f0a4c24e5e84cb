#pragma once

#include <array>
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
  float direction_rad = 0.0F;  ///< saccade: −π..π, 0 = to the patient's right, π/2 = up
  bool interpolated = false;   ///< its course was filled in by an import: duration and speed say nothing

  [[nodiscard]] double duration_ms() const { return static_cast<double>(end.ns - start.ns) * 1e-6; }
};
using GazeEvents = core::StaticVector<GazeEvent, 3>;

/// Thresholds of the detector.
struct GazeEventParameters {
  float least_peak_deg_s = 40.0F;  ///< slowest saccade seen in a clean signal (velocity thresholds of 20–130
                                   ///< °/s are in use: Salvucci & Goldberg, ETRA 2000)
  float noise_factor =
      3.2F;                 ///< peak threshold over the median velocity: 3.8 σ of Rayleigh-distributed noise
  float edge_share = 0.5F;  ///< on- and offset threshold over peak threshold (two thresholds as in
                            ///< Nyström & Holmqvist, Behav Res Methods 42, 2010)
  float least_amplitude_deg = 0.7F;
  double least_fixation_s =
      0.060;  ///< shorter rests are not fixations (Manor & Gordon, 2003: 40–100 ms in use)
  double least_blink_s = 0.070;      ///< a shorter loss is the tracker's (blinks take 0.1–0.4 s)
  double longest_blink_s = 0.500;    ///< a longer loss is no blink
  double longest_saccade_s = 0.500;  ///< anything longer is a turn of the whole body or an artefact: no event
};

/// Finds fixations, saccades and blinks in a stream of gaze samples of 30 Hz and more. Constant time and
/// memory a sample. A saccade, and the fixation before it, is known one sample after it ended; the threshold
/// follows the noise of the tracker (running median of velocity).
class GazeEventDetector {
 public:
  explicit GazeEventDetector(const GazeEventParameters& parameters = {});

  /// Takes a sample and gives what it completed, oldest first. A sample with the time of the one before
  /// counts once; source `none` is a loss; samples of the `head` are no eye movement and count as a loss that
  /// is no blink. `recentred`: the origin of the space moved with this sample; that is no movement of the
  /// eyes.
  const GazeEvents& push(const telemetry::GazeSample& sample, bool recentred = false);

  /// What the eyes are doing now, as far as is known.
  [[nodiscard]] GazeEventKind current() const;
  /// Running median of gaze velocity, degrees a second: tracker noise and slow movement.
  [[nodiscard]] float median_velocity_deg_s() const { return median_; }
  void reset();

 private:
  struct Point {
    glm::vec3 direction{0.0F};
    core::SessionTime time{};
  };
  void fall_silent(core::SessionTime time);
  void wake_up(const Point& point, bool recentred);
  void step(const Point& point, bool interpolated);
  void begin_saccade(float velocity, float step_s);
  void finish_saccade(const Point& point);

  GazeEventParameters parameters_;
  GazeEvents events_;
  // What is known of the stream.
  Point last_{};              ///< newest good sample
  glm::vec3 rest_{0.0F};      ///< where the gaze rested: mean direction of the last two slow samples
  core::SessionTime seen_{};  ///< time of the newest sample, good or not
  bool any_ = false;          ///< something was seen since the reset
  bool tracking_ = false;     ///< the newest sample was good
  bool loss_may_be_blink_ = false;
  core::SessionTime lost_since_{};
  float median_ = 15.0F;
  float last_velocity_ = 0.0F;
  float last_step_s_ = 0.0F;
  // The movement that is going on.
  bool in_saccade_ = false;
  bool in_fixation_ = false;
  core::SessionTime fixation_start_{};
  bool fixation_interpolated_ = false;
  core::SessionTime saccade_first_{};  ///< start of the first fast interval
  glm::vec3 saccade_from_{0.0F};
  float first_velocity_ = 0.0F, newest_velocity_ = 0.0F, peak_ = 0.0F, path_deg_ = 0.0F;
  float first_step_s_ = 0.0F, newest_step_s_ = 0.0F;
  int saccade_intervals_ = 0;
  bool saccade_measured_ = false, saccade_interpolated_ = false;
};

}  // namespace attune::attention
