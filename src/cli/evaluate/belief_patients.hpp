#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/session/networks.hpp"
#include "attune/sim/plant.hpp"
#include "attune/state/belief.hpp"
#include "cli/evaluate/belief_sequences.hpp"

namespace attune::cli {

/// How one way of believing read people whose truth is known.
struct Reading {
  double rmse = 0.0;  ///< of the belief's mean against the patient's anxiety, 0..1 scale
  double bias = 0.0;  ///< root mean square over people of each one's mean error
  Coverage coverage;  ///< of its intervals of anxiety
};

/// Ways of believing that read the same person on the same course.
enum class Reader : std::uint8_t {
  silent,             ///< hears the body, and no answer
  told,               ///< hears the body, and three answers
  told_uncalibrated,  ///< likewise, and takes the monitor to read everybody alike
  told_as_everybody,  ///< likewise, and takes everybody to answer exposure alike
  words,              ///< hears an answer every three minutes, and no body
  words_as_everybody,
};
inline constexpr std::size_t reader_count = 6;

struct PatientStudy {
  sim::PlantKind plant = sim::PlantKind::a;
  std::size_t people = 0, left = 0;  ///< who stayed, and who dropped out and is not counted
  std::array<Reading, reader_count>
      readings;    ///< from two minutes after the third answer on; words alone: bodies that are drawn
  Reading before;  ///< the silent one's in the minutes before the first answer
  double monitor_bias_sd = 0.0;      ///< between people: of the intercept of the monitor's output on anxiety
  double monitor_middle_sd = 0.0;    ///< of what it says at an anxiety of 0.45
  double monitor_log_gain_sd = 0.0;  ///< and of the logarithm of its slope
  double monitor_noise = 0.0;        ///< deviation around each person's own line

  [[nodiscard]] const Reading& of(Reader reader) const { return readings[static_cast<std::size_t>(reader)]; }
};

/// Virtual patients in a world, read from raw telemetry by features and networks.
/// Errors: those of population and world.
[[nodiscard]] core::Result<PatientStudy> study_sensors(session::Networks& networks, sim::PlantKind plant,
                                                       std::size_t patients, std::uint64_t seed,
                                                       const std::function<void(std::size_t)>& progress);

/// Virtual patients without sensors: a monitor reads every person through the mean of the gains that were
/// drawn for their eyes, head and hands, and with a bias of its own and noise that lasts. Errors: those of
/// the population.
[[nodiscard]] core::Result<PatientStudy> study_drawn_bodies(sim::PlantKind plant, std::size_t patients,
                                                            std::uint64_t seed,
                                                            const std::function<void(std::size_t)>& progress);

}  // namespace attune::cli
