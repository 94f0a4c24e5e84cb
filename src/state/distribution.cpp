#include "state/distribution.hpp"

#include <algorithm>
#include <cmath>

namespace attune::state {

double Values::least() const {
  return static_cast<double>(*std::min_element(items_.begin(), items_.begin() + size_));
}

Distribution Values::describe(std::size_t max_over) const {
  Distribution result;
  result.count = size_;
  if (size_ == 0) return result;
  const auto n = static_cast<double>(size_);
  double sum = 0.0;
  for (std::size_t i = 0; i < size_; ++i) sum += static_cast<double>(items_[i]);
  result.mean = sum / n;
  double second = 0.0, third = 0.0;
  for (std::size_t i = 0; i < size_; ++i) {
    const double off = static_cast<double>(items_[i]) - result.mean;
    second += off * off;
    third += off * off * off;
  }
  if (size_ >= 2) result.sd = std::sqrt(second / (n - 1.0));
  if (size_ >= 3 && second > 1e-12) {
    result.skew = std::sqrt(n * (n - 1.0)) / (n - 2.0) * (third / n) / std::pow(second / n, 1.5);
  }
  const std::size_t first = size_ > max_over ? size_ - max_over : 0;
  result.max = static_cast<double>(*std::max_element(items_.begin() + first, items_.begin() + size_));
  return result;
}

}  // namespace attune::state
