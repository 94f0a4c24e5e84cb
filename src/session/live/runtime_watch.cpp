#include "session/live/runtime_watch.hpp"

#include <unistd.h>

#include <algorithm>

namespace attune::session {

void RuntimeWatch::enter(const char* doing) {
  doing_.store(doing, std::memory_order_release);
  state_.store(State::inside, std::memory_order_release);
}

void RuntimeWatch::leave() {
  if (!change(State::inside, State::ours)) never_go_on();
  returns_.fetch_add(1, std::memory_order_release);
}

void RuntimeWatch::begin_decision() {
  decisions_.fetch_add(1, std::memory_order_release);
  state_.store(State::deciding, std::memory_order_release);
}

std::uint32_t RuntimeWatch::end_decision() {
  if (change(State::deciding, State::ours)) return 0;
  waits_.store(true, std::memory_order_release);
  state_.wait(State::relieved, std::memory_order_acquire);
  if (state_.load(std::memory_order_acquire) == State::taken) never_go_on();
  waits_.store(false, std::memory_order_release);
  return late_ms_.load(std::memory_order_acquire);
}

bool RuntimeWatch::take() {
  const bool taken = change(State::inside, State::taken) || change(State::relieved, State::taken);
  if (taken) state_.notify_all();
  return taken;
}

bool RuntimeWatch::relieve() { return change(State::deciding, State::relieved); }

void RuntimeWatch::give_back(std::uint32_t late_ms) {
  late_ms_.store(std::max<std::uint32_t>(late_ms, 1), std::memory_order_release);
  state_.store(State::ours, std::memory_order_release);
  state_.notify_all();
}

bool RuntimeWatch::change(State from, State to) {
  return state_.compare_exchange_strong(from, to, std::memory_order_acq_rel);
}

/// Unwinding would destroy what the supervisor is using; the process is about to end.
void RuntimeWatch::never_go_on() {
  for (;;) ::pause();
}

}  // namespace attune::session
