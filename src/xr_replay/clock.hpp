#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// XrTime of an instance: nanoseconds, of CLOCK_MONOTONIC or of a clock that only frames move.
class Clock {
 public:
  explicit Clock(bool is_virtual) : virtual_(is_virtual) {}

  [[nodiscard]] bool is_virtual() const { return virtual_; }

  [[nodiscard]] XrTime now() const {
    if (virtual_) return virtual_now_;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }

  /// Lets time come to `when`: the virtual clock jumps there, the real one sleeps, giving `lock` free, until
  /// then or until `given_up` says that nobody needs it any more.
  template <typename GivenUp>
  void wait_until(XrTime when, std::unique_lock<std::mutex>& lock, std::condition_variable& woken,
                  GivenUp given_up) {
    if (virtual_) {
      virtual_now_ = std::max(virtual_now_, when);
      return;
    }
    woken.wait_until(lock, std::chrono::steady_clock::time_point(std::chrono::nanoseconds(when)), given_up);
  }

 private:
  bool virtual_;
  XrTime virtual_now_ = 1'000'000'000;  // XrTime must be positive, and the same in every run
};

}  // namespace attune::xr_replay
