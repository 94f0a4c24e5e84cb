#pragma once

namespace attune::session {

/// Seconds since this process was started, by the kernel's own book (10 ms steps). For reports on starting,
/// never for a decision.
[[nodiscard]] double process_age_s();

}  // namespace attune::session
