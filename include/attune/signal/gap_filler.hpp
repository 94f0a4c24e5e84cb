#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace attune::signal {

/// Bridges short gaps by a straight line; longer ones stay gaps.
/// Delay: none while samples come; a bridged gap is told when it ends.
class GapFiller {
 public:
  /// What is known after a push.
  struct Filled {
    std::span<const double> samples;  ///< in order, the newest last; valid until the next push
    std::size_t lost = 0;             ///< samples before `samples` that stay unknown: a gap
  };

  /// @param longest  missing samples in a row that are bridged.
  explicit GapFiller(std::size_t longest) : longest_(longest), buffer_(longest + 1) {}

  /// @param sample  NaN or infinite where missing.
  Filled push(double sample) {
    if (!std::isfinite(sample)) {
      ++missing_;
      return {};
    }
    const std::size_t missing = missing_;
    missing_ = 0;
    const bool bridged = known_ && missing <= longest_;
    const std::size_t count = bridged ? missing + 1 : 1;
    for (std::size_t i = 0; i + 1 < count; ++i) {
      buffer_[i] = last_ + (sample - last_) * static_cast<double>(i + 1) / static_cast<double>(count);
    }
    buffer_[count - 1] = last_ = sample;
    known_ = true;
    return {{buffer_.data(), count}, bridged ? 0 : missing};
  }
  /// Whether so many samples are missing that they will not be bridged.
  [[nodiscard]] bool in_gap() const { return missing_ > longest_; }
  void reset() {
    missing_ = 0;
    known_ = false;
  }

 private:
  std::size_t longest_, missing_ = 0;
  std::vector<double> buffer_;
  double last_ = 0.0;
  bool known_ = false;
};

}  // namespace attune::signal
