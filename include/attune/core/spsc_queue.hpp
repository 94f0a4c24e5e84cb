#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

namespace attune::core {

/// A bounded queue between one producing and one consuming thread, without locks; what it holds is copied.
/// Room is made once, at construction.
template <typename T>
class SpscQueue {
 public:
  explicit SpscQueue(std::size_t capacity) : slots_(capacity + 1) {}

  /// Producer's side. False, and nothing queued, when the consumer is behind by the whole capacity.
  bool push(const T& value) {
    const auto tail = tail_.load(std::memory_order_relaxed);
    const auto next = (tail + 1) % slots_.size();
    if (next == head_.load(std::memory_order_acquire)) return false;
    slots_[tail] = value;
    tail_.store(next, std::memory_order_release);
    return true;
  }
  /// Consumer's side. False when nothing waits.
  bool pop(T& value) {
    const auto head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    value = slots_[head];
    head_.store((head + 1) % slots_.size(), std::memory_order_release);
    return true;
  }

 private:
  std::vector<T> slots_;
  alignas(64) std::atomic<std::size_t> head_{0};
  alignas(64) std::atomic<std::size_t> tail_{0};
};

}  // namespace attune::core
