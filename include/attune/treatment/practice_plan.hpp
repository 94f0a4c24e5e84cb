#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/treatment/text.hpp"

/// What a programme says of each practice. The keys, their ranges and defaults are those of docs/programs.md.
namespace attune::treatment {

/// Paced breathing at the resonance of heart and breath (Lehrer, Vaschillo & Vaschillo, Appl Psychophysiol
/// Biofeedback 25 (2000) 177).
struct BreathingPlan {
  Text protocol;                                       ///< its name in the report
  float start_per_min = 6.0F;                          ///< breaths a minute
  std::optional<std::array<float, 2>> search_per_min;  ///< lowest, highest; none: no search
  float by_per_min = 0.5F;
  double each_s = 120.0;  ///< how long each rate is breathed
  bool biofeedback = true;
};

/// Gaze-contingent training (Lazarov, Pine & Bar-Haim, Am J Psychiatry 174 (2017) 649): looking at what is
/// calm brings scene and music to life.
struct GazeTrainingPlan {
  double rise_s = 6.0;  ///< of looking, from nothing to full reward
  double fall_s = 3.0;  ///< of looking away, back to nothing
};

/// The dot-probe task (MacLeod, Mathews & Tata, J Abnorm Psychol 95 (1986) 15). It measures; it trains
/// nothing.
struct DotProbePlan {
  std::uint16_t trials = 96;  ///< a multiple of 8
  float neutral_share = 0.25F;
  double fixation_s = 0.5, cue_s = 0.5, answer_within_s = 2.0, pause_s = 0.8;
  std::uint32_t seed = 1;
};

/// 5-4-3-2-1: what is seen, touched, heard, smelt, tasted. The gaze is the pointer.
struct GroundingPlan {
  std::array<std::uint8_t, 5> counts{5, 4, 3, 2, 1};
  double dwell_s = 1.0;
  double each_limit_s = 60.0;
};

struct MovementPlan {
  double move_s = 20.0;  ///< seconds of movement
};

struct SocialPlan {
  double look_s = 20.0;  ///< seconds of looking at somebody
};

/// All of them; what a programme leaves out has its defaults.
struct PracticePlans {
  BreathingPlan breathing;
  GazeTrainingPlan gaze_training;
  DotProbePlan dot_probe;
  GroundingPlan grounding;
  MovementPlan movement;
  SocialPlan social;
};

}  // namespace attune::treatment
