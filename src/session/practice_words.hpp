#pragma once

#include <initializer_list>
#include <optional>

#include "attune/telemetry/activity.hpp"
#include "attune/treatment/practice_result.hpp"
#include "attune/treatment/programme.hpp"
#include "session/fixed_text.hpp"

namespace attune::session {

/// What has come of an activity, in words; empty for one that ends in no result, or in none yet.
[[nodiscard]] FixedText practice_words(telemetry::Activity activity, const treatment::PracticeResult& result,
                                       const treatment::Programme& programme, treatment::Language language);
/// The activity's figure for a recording: resonance (breaths/min), bias (ms), share on calm, things found,
/// seconds moved or looked, change of belief. None where there is none.
[[nodiscard]] std::optional<double> practice_figure(telemetry::Activity activity,
                                                    const treatment::PracticeResult& result);

/// The card of an exposure, in words.
[[nodiscard]] FixedText card_words(const treatment::ExpectancyCard& card,
                                   const treatment::Programme& programme, treatment::Language language);

}  // namespace attune::session
