#pragma once

#include <array>
#include <cassert>
#include <cstddef>

namespace attune::core {

/// The last N values, oldest first: a window over a stream. Pushing into a full ring forgets the oldest.
template <typename T, std::size_t N>
class Ring {
 public:
  void push(const T& value) {
    items_[(first_ + size_) % N] = value;
    if (size_ < N)
      ++size_;
    else
      first_ = (first_ + 1) % N;
  }
  /// Forgets the oldest value.
  void pop_front() {
    assert(size_ > 0);
    first_ = (first_ + 1) % N;
    --size_;
  }
  void clear() { first_ = size_ = 0; }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] bool full() const { return size_ == N; }
  const T& operator[](std::size_t i) const {
    assert(i < size_);
    return items_[(first_ + i) % N];
  }
  T& operator[](std::size_t i) {
    assert(i < size_);
    return items_[(first_ + i) % N];
  }
  const T& front() const { return (*this)[0]; }
  const T& back() const { return (*this)[size_ - 1]; }

 private:
  std::array<T, N> items_{};
  std::size_t first_ = 0, size_ = 0;
};

}  // namespace attune::core
