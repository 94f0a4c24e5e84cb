#pragma once

#include "treatment/programme_check.hpp"
#include "treatment/reading/fields.hpp"

/// The parts of a programme's file, each read in a file of its own.
namespace attune::treatment::reading {

/// `[[ladder]]`: the steps. Needs order, limits, phases and world of the programme.
void read_ladder(core::ConfigTable& root, Programme& programme, const ReadingRules& rules);
/// `[expectancy]`: fills `Programme::feared`. Needs kind.
/// @return the card's questions, which follow those of the file.
[[nodiscard]] std::vector<Question> read_card(core::ConfigTable& root, Programme& programme,
                                              const ReadingRules& rules);
/// `[[prompts]]` and `[[questions]]`. Needs the ladder and the feared outcome.
void read_prompts(core::ConfigTable& root, Programme& programme);
void read_questions(core::ConfigTable& root, Programme& programme);
/// `[breathing]`, `[gaze_training]`, `[dot_probe]`, `[grounding]`, `[movement]`, `[social]`. Needs the
/// ladder.
void read_practices(core::ConfigTable& root, Programme& programme);

}  // namespace attune::treatment::reading
