#include "session/live/runtime_watch.hpp"

#include <unistd.h>

namespace attune::session {

void RuntimeWatch::enter(const char* doing) {
  doing_.store(doing, std::memory_order_release);
  state_.store(State::inside, std::memory_order_release);
}

void RuntimeWatch::leave() {
  auto expected = State::inside;
  if (!state_.compare_exchange_strong(expected, State::ours, std::memory_order_acq_rel)) {
    // Unwinding would destroy what the supervisor is using; the process is about to end.
    for (;;) ::pause();
  }
  returns_.fetch_add(1, std::memory_order_release);
}

bool RuntimeWatch::take() {
  auto expected = State::inside;
  return state_.compare_exchange_strong(expected, State::taken, std::memory_order_acq_rel);
}

}  // namespace attune::session
