#pragma once

namespace attune::attention {

/// How long a classifier may wait before it says what a sample was.
enum class GazeMode { online, offline };

/// Everything that can be set in the classifier of gaze. Defaults were chosen on half of the people of the
/// Lund 2013 set and of lookAtPoint, and checked on the other half (docs/gaze.md shows both).
struct GazeClassifierParameters {
  // Velocity.
  double velocity_half_window_s = 0.0042;  ///< slope of the positions within this time on both sides; at
                                           ///< least one neighbour on each side, so it is a central
                                           ///< difference below 240 Hz
  double spike_step_s = 0.005;   ///< samples closer than this pass a vector median of three: single outliers
                                 ///< are the tracker's (Stampe, Behav Res Methods 25, 1993)
  double noise_follows_s = 0.4;  ///< the running median of speed changes by at most a factor e in this time

  // Saccades: two thresholds that follow the noise (Nyström & Holmqvist, Behav Res Methods 42, 2010).
  float peak_deg_s = 35.0F;       ///< a saccade is faster than this at its fastest,
  float peak_over_median = 6.6F;  ///< and than this many median speeds
  float onset_deg_s = 24.0F;      ///< it began when speed rose above this,
  float onset_over_median = 4.3F;
  float onset_over_peak = 0.1F;  ///< and above this share of its peak
  float offset_deg_s = 6.0F;     ///< it ends when speed in its own direction falls below this,
  float offset_over_median = 0.6F;
  float offset_over_peak = 0.05F;
  double least_saccade_s = 0.006;
  float least_amplitude_deg = 0.2F;
  float fastest_deg_s = 1500.0F;   ///< no eye is faster (Bahill et al., Math Biosci 24, 1975: 1000 °/s)
  float least_kept_share = 0.3F;   ///< of its length a saccade stays where it landed; a spike returns
  double longest_saccade_s = 0.2;  ///< anything longer is an artefact

  // Oscillation after a saccade.
  float oscillation_deg_s = 9.0F;         ///< it lasts while speed comes back above this,
  float oscillation_over_median = 3.1F;   ///< and above this many median speeds,
  float oscillation_over_pursuit = 2.0F;  ///< and above this many times the pursuit that it ends in
  double oscillation_quiet_s = 0.007;     ///< before so much time has passed below
  double longest_oscillation_s = 0.05;
  double least_oscillation_s = 0.0015;
  double oscillation_step_s = 0.02;  ///< samples further apart cannot show one

  // Blinks and losses.
  double bridged_s = 0.005;        ///< between two good samples no further apart, what was lost is filled in
  double least_blink_s = 0.03;     ///< a shorter loss is the tracker's
  double least_dragged_s = 0.005;  ///< the same where the gaze was moving when it was lost
  double longest_blink_s = 0.8;    ///< in a longer loss, what comes after this time is no blink any more
  float lid_deg_s = 30.0F;  ///< the lid drags the gaze with it before and after a blink, faster than this
  double lid_before_s = 0.1, lid_after_s = 0.3;  ///< for at most so long
  double lid_gap_s = 0.008;                      ///< slower for at most so long before the loss,
  double lid_quiet_s = 0.016;                    ///< and after it
  double join_losses_s = 0.2;  ///< what is seen between two losses for less than this, and for less than the
                               ///< first took, is the lid
  double constant_s = 0.045;   ///< a value that stands still so long in a stream with noise is not measured
  double longest_step_s = 0.075;  ///< samples further apart are a break, at rates above 40 Hz

  // Pursuit against fixation: a two-state Bayes filter of log odds in continuous time.
  double drift_back_s = 0.2, drift_ahead_s = 0.34;  ///< window of the drift speed around a sample
  float spread_share = 0.1F;       ///< drift = trend · (1 − share) + spread of the positions · share
  float pursuit_deg_s = 2.8F;      ///< drift that speaks for neither
  float evidence_per_s = 6.3F;     ///< log odds a second for an e-fold of drift above it
  float evidence_clip = 0.59F;     ///< e-folds that count at most
  double whole_evidence_s = 0.32;  ///< shorter windows count in proportion
  float pursuit_begins_per_s = 0.17F, pursuit_ends_per_s = 0.7F;
  float kept_over_saccade = 0.6F;  ///< share of what was believed that outlives a saccade
  float pursuit_prior = 0.38F;
  double delay_s = 2.0;  ///< a sample's label is final at most so long after it

  [[nodiscard]] static GazeClassifierParameters of(GazeMode mode);
};

}  // namespace attune::attention
