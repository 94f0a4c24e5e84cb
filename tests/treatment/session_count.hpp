#pragma once

#include <algorithm>
#include <cstdlib>

namespace attune::treatment {

/// Random sessions that each property of the governor must hold on. Under a sanitizer, which looks for other
/// mistakes and makes them thirty times slower, they are $ATTUNE_SANITIZED_SESSIONS, or 10,000.
inline int session_count() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  const char* const wanted = std::getenv("ATTUNE_SANITIZED_SESSIONS");
  return wanted != nullptr ? std::max(1, std::atoi(wanted)) : 10'000;
#else
  return 100'000;
#endif
}

}  // namespace attune::treatment
