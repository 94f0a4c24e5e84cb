#pragma once

#include "attune/record/streams.hpp"
#include "attune/treatment/activities/work_rhythm.hpp"
#include "attune/treatment/phase.hpp"
#include "session/fixed_text.hpp"

namespace attune::session {

/// What is believed of anxiety, in SUDS.
struct LikelyAnxiety {
  double mean = 0.0, low = 0.0, high = 0.0;  ///< of 95 %
};
[[nodiscard]] LikelyAnxiety likely_anxiety(const record::DecisionRecord& decision);

/// Says that anxiety is likely, with its uncertainty, and why: the signs that moved the monitor's estimate
/// most, and what work at a desk shows.
/// @param snapshot  the monitor's last explanation; null where nothing is inferred: then reports alone said
/// so.
[[nodiscard]] FixedText anxiety_words(const LikelyAnxiety& anxiety, const record::Snapshot* snapshot,
                                      const treatment::WorkSigns& work, treatment::Language language);

}  // namespace attune::session
