#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "attune/core/spsc_queue.hpp"
#include "attune/sensors/status.hpp"
#include "sensors/message.hpp"

namespace attune::sensors {

/// Something that measures, with a thread of its own. Samples go through a bounded queue to the one thread
/// that reads them; a queue that is full loses the newest samples and counts them.
class Source {
 public:
  static constexpr std::size_t queue_capacity = 1024;  // some seconds of a face at 60 Hz

  explicit Source(std::string name) : queue_(queue_capacity) { status_.name = std::move(name); }
  virtual ~Source() = default;  // a derived class ends its thread in its own destructor
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// The reading thread's side: no lock, no allocation.
  bool take(Message& message) { return queue_.pop(message); }
  [[nodiscard]] std::uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }

  /// Any thread.
  [[nodiscard]] SourceStatus status() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }

 protected:
  void give(const Message& message) {
    if (!queue_.push(message)) lost_.fetch_add(1, std::memory_order_relaxed);
  }
  void give(const Sample& sample) { give(Message{.kind = Message::Kind::sample, .sample = sample}); }
  /// Says and logs how it is; the same state again is said once.
  void say(Progress progress, const std::string& state);
  void heard_unread(const std::string& what);

 private:
  core::SpscQueue<Message> queue_;
  std::atomic<std::uint64_t> lost_{0};
  mutable std::mutex mutex_;
  SourceStatus status_;
};

/// CLOCK_MONOTONIC, in nanoseconds.
[[nodiscard]] std::int64_t monotonic_ns();

}  // namespace attune::sensors
