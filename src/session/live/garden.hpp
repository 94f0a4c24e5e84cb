#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "session/live/live_session.hpp"

namespace attune::session {

/// The calm garden, shown in the place of a loop whose decision does not come (`RuntimeWatch::relieve`). It
/// has a thread of its own, since it calls the runtime, which may not return: whoever supervises the session
/// must not wait for it. Begins at once.
class Garden {
 public:
  explicit Garden(LiveSession& session);
  /// Waits for the picture that is under way, unless the garden was left.
  ~Garden();
  Garden(const Garden&) = delete;
  Garden& operator=(const Garden&) = delete;

  /// Shows no further picture. True once headset and scene are free again: at once, or as soon as the runtime
  /// returns. Gives up when `patient` no longer agrees to so long a wait, and leaves the thread where it is:
  /// then nobody may touch headset or scene any more.
  [[nodiscard]] bool end(const std::function<bool(std::chrono::duration<double>)>& patient);

 private:
  /// Outlives the garden where the thread was left.
  struct Shared {
    std::atomic<bool> wanted{true}, over{false};
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::thread thread_;
};

}  // namespace attune::session
