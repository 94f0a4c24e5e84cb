#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace attune::signal {

/// The last seconds of a band, by the number of the value.
class BandMemory {
 public:
  /// @param values  that are kept.
  explicit BandMemory(std::size_t values) : values_(values) {}

  void push(double value) { values_[static_cast<std::size_t>(size_++) % values_.size()] = value; }
  [[nodiscard]] std::int64_t size() const { return size_; }  ///< of all that ever came
  /// Copies the values from number `from` on. @return whether all of them are kept.
  bool copy(std::int64_t from, std::span<double> to) const {
    const auto end = from + static_cast<std::int64_t>(to.size());
    if (from < 0 || end > size_ || size_ - from > static_cast<std::int64_t>(values_.size())) return false;
    for (std::size_t i = 0; i < to.size(); ++i)
      to[i] = values_[(static_cast<std::size_t>(from) + i) % values_.size()];
    return true;
  }

 private:
  std::vector<double> values_;
  std::int64_t size_ = 0;
};

}  // namespace attune::signal
