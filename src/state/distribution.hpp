#pragma once

#include <array>
#include <cstddef>

namespace attune::state {

/// Shape of a handful of numbers, oldest first.
struct Distribution {
  std::size_t count = 0;
  double mean = 0.0;
  double sd = 0.0;    ///< with n − 1, as VREED has it (two blinks 1 ms apart: 0.7071)
  double skew = 0.0;  ///< adjusted Fisher–Pearson, which does not lean with the number of values
  double max =
      0.0;  ///< of the newest `max_over` values: a maximum over all would grow with the window's fill
};

/// Fixed-size list of what is to be described.
class Values {
 public:
  static constexpr std::size_t capacity = 192;
  void push(float value) {
    if (size_ < capacity) items_[size_++] = value;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] float front() const { return items_[0]; }
  [[nodiscard]] double least() const;  ///< of at least one
  [[nodiscard]] Distribution describe(std::size_t max_over) const;

 private:
  std::array<float, capacity> items_;
  std::size_t size_ = 0;
};

}  // namespace attune::state
