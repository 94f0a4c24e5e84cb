#pragma once

#include "attune/treatment/programme.hpp"

namespace attune::cli {

/// The programme as its exposure is judged in simulation: one minute at intensity 0.1 that takes the person's
/// baseline, then exposure over the whole ladder, from 0.1 to 1, past the end of the session. SUDS is asked
/// in the first minute and every three minutes from then on, and nothing else. No criterion ends a phase. One
/// variant of the stimulus is shown, as the reference controllers show it: that variants alternate is for
/// what is left after days, and costs learning within one session.
/// All else (ladder, holds, limits, what the controller may do) stays as prescribed. A programme that is no
/// exposure is given back as it is.
[[nodiscard]] treatment::Programme exposure_protocol(const treatment::Programme& programme);

}  // namespace attune::cli
