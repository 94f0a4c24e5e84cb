#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/session/networks.hpp"
#include "attune/state/belief.hpp"
#include "cli/belief_sequences.hpp"

namespace attune::cli {

/// How one way of believing read people whose truth is known.
struct Reading {
  double rmse = 0.0;  ///< of the belief's mean against the patient's anxiety, 0..1 scale
  double bias = 0.0;  ///< root mean square over people of each one's mean error
  Coverage coverage;  ///< of its intervals of anxiety
};

/// The same bodies on the same course, read by a belief that hears no answer, by one that hears three, and by
/// one that hears three and does not calibrate the monitor by them.
struct PatientStudy {
  std::size_t people = 0, left = 0;         ///< who stayed, and who dropped out and is not counted
  Reading silent, told, told_uncalibrated;  ///< from two minutes after the third answer on
  Reading before;                           ///< in the minutes before the first
  double monitor_bias_sd = 0.0;      ///< between people: of the intercept of the monitor's output on anxiety
  double monitor_middle_sd = 0.0;    ///< of what it says at an anxiety of 0.45
  double monitor_log_gain_sd = 0.0;  ///< and of the logarithm of its slope
  double monitor_noise = 0.0;        ///< deviation around each person's own line
};

/// Virtual patients of plant A in a world, read from raw telemetry by features and networks.
/// Errors: those of population and world.
[[nodiscard]] core::Result<PatientStudy> study_sensors(session::Networks& networks, std::size_t patients,
                                                       std::uint64_t seed,
                                                       const std::function<void(std::size_t)>& progress);

/// Plant A without sensors: a monitor reads every person through the mean of the gains that were drawn for
/// their eyes, head and hands, and with a bias of its own and noise that lasts. Errors: those of the
/// population.
[[nodiscard]] core::Result<PatientStudy> study_drawn_bodies(std::size_t patients, std::uint64_t seed,
                                                            const std::function<void(std::size_t)>& progress);

}  // namespace attune::cli
