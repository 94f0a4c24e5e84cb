#pragma once

#include <cstdint>

#include "attune/telemetry/samples.hpp"
#include "attune/treatment/practice_result.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// Fills the card of an exposure from the answers to its questions.
inline void take_answer(ExpectancyCard& card, CardItem item, float value) {
  if (item == CardItem::before) card.before = value;
  if (item == CardItem::happened) card.happened = static_cast<std::uint8_t>(value);
  if (item == CardItem::after) card.after = value;
}

/// Keeps how a thought was rated first and last: the first answer of a kind is before, every further one
/// after.
inline void take_answer(ThoughtRatings& thought, telemetry::ReportKind kind, float value) {
  const auto keep = [value](std::optional<float>& before, std::optional<float>& after) {
    (before ? after : before) = value;
  };
  if (kind == telemetry::ReportKind::belief) keep(thought.belief_before, thought.belief_after);
  if (kind == telemetry::ReportKind::suds) keep(thought.distress_before, thought.distress_after);
}

}  // namespace attune::treatment
