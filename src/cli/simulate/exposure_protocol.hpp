#pragma once

#include "attune/treatment/programme.hpp"

namespace attune::cli {

/// Times of the protocol in which exposures are judged, in seconds from the session's start.
namespace protocol {
inline constexpr double baseline_s = 10.0;        ///< at intensity 0.1, before the exposure
inline constexpr double first_question_s = 70.0;  ///< some exposure has been felt by then
inline constexpr double ask_every_s = 180.0;
inline constexpr float lowest = 0.1F, highest = 1.0F;  ///< intensity
}  // namespace protocol

/// The programme as its exposure is judged in simulation: some seconds at intensity 0.1, then exposure over
/// the whole ladder, from 0.1 to 1, past the end of the session. SUDS is asked every three minutes, and
/// nothing else. No criterion ends a phase. One variant of the stimulus is shown, the first of each step, as
/// the reference controllers show one: that variants alternate is for what is left after days, and costs
/// learning within one session. All else (ladder, holds, limits, what the controller may do) stays as
/// prescribed. A programme that is no exposure is given back as it is.
[[nodiscard]] treatment::Programme exposure_protocol(const treatment::Programme& programme);

/// How long a session of the programme is in simulation: 20 minutes, or to its end where it runs as it is.
[[nodiscard]] double simulated_length_s(const treatment::Programme& programme);

}  // namespace attune::cli
