#pragma once

#include <optional>
#include <span>

#include "attune/treatment/activities/probe_trials.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::treatment {

inline constexpr std::size_t most_probe_trials = 320;

/// The answer to one trial.
struct ProbeAnswer {
  PlannedProbe trial;
  bool given = false;    ///< false: none within the time
  bool correct = false;  ///< on the target's side
  float time_ms = 0.0F;  ///< from the target's appearance
};

/// The bias index of a task: mean time with the target away from the threat less the mean with it at the
/// threat, pairs with threat only. Left out are wrong answers, answers under 200 ms, and those further from
/// the median than three times the scaled median absolute deviation (Leys et al., J Exp Soc Psychol 49 (2013)
/// 764). No index with fewer than four answers of either kind. At most `most_probe_trials` answers are looked
/// at.
[[nodiscard]] ProbeResult probe_score(std::span<const ProbeAnswer> answers);

/// The bias of one person in the two halves of the task.
struct BiasHalves {
  float odd_ms = 0.0F, even_ms = 0.0F;
};
/// How far the task tells people apart.
struct SplitHalf {
  std::size_t people = 0;
  double halves_r = 0.0;            ///< correlation of the two halves over people
  double reliability = 0.0;         ///< of the whole task, 0..1
  std::optional<double> low, high;  ///< 95 % interval of the reliability; none of three people
};
/// The correlation of the halves over people, and what it makes the reliability of the whole length
/// (Spearman-Brown, Br J Psychol 3 (1910) 271/296): 2r / (1 + r), 0 where the halves go against each other.
/// The interval is Fisher's of the correlation (Metron 1 (1921) 3), carried through the same formula. None
/// with fewer than three people, or where they do not differ.
[[nodiscard]] std::optional<SplitHalf> split_half_reliability(std::span<const BiasHalves> people);

}  // namespace attune::treatment
