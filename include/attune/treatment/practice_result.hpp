#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/core/static_vector.hpp"

/// What comes of a programme's practices: plain values for events, recording and report. What was not asked,
/// not answered or not measured is not there.
namespace attune::treatment {

/// The card of an exposure.
struct ExpectancyCard {
  std::optional<float> before, after;    ///< likelihood of the feared outcome, 0..100 %
  std::optional<std::uint8_t> happened;  ///< option that was chosen; 0: it did not happen
};

/// A thought, and how it was held to be before and after it was weighed.
struct ThoughtRatings {
  std::optional<float> belief_before, belief_after;      ///< 0..100 %
  std::optional<float> distress_before, distress_after;  ///< SUDS
};

/// How far the heart rate swung with the breath at one rate.
struct RateSwing {
  float breaths_per_min = 0.0F;
  float swing_bpm = 0.0F;  ///< from trough to peak
};

struct BreathingResult {
  double breathed_s = 0.0;
  core::StaticVector<RateSwing, 24> tried;         ///< in the order of the search
  std::optional<float> resonance_breaths_per_min;  ///< the rate with the largest swing
};

struct GazeTrainingResult {
  double seen_s = 0.0;  ///< time in which it is known where the eyes were
  double calm_s = 0.0;  ///< of it, on something calm
};

/// The dot-probe's measure.
struct ProbeResult {
  std::uint16_t shown = 0, answered = 0, correct = 0, used = 0;  ///< trials; used: of pairs with threat
  std::optional<float> to_threat_ms, from_threat_ms;  ///< mean time with the target at, and away from, threat
  std::optional<float> bias_ms;                    ///< their difference; above 0: the eyes were at the threat
  std::optional<float> bias_error_ms;              ///< its standard error
  std::optional<float> odd_half_ms, even_half_ms;  ///< the bias in every second answer of each kind
};

struct GroundingResult {
  std::array<std::uint8_t, 5> found{};  ///< things named by each sense
};

struct MovementResult {
  double moved_s = 0.0;
};

struct SocialResult {
  double looked_s = 0.0;  ///< at somebody
};

/// All of it; a part that never took place has its default values.
struct PracticeResult {
  ExpectancyCard card;
  ThoughtRatings thought;
  BreathingResult breathing;
  GazeTrainingResult gaze_training;
  ProbeResult probe;
  GroundingResult grounding;
  MovementResult movement;
  SocialResult social;
};

}  // namespace attune::treatment
