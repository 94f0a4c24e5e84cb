#include "attune/state/correlation.hpp"

#include <cmath>

namespace attune::state {

Correlation::Correlation(const Presumed& presumed, double memory)
    : presumed_(presumed), kept_(std::exp(-1.0 / memory)) {}

void Correlation::add(double first, double second) {
  weight_ = weight_ * kept_ + 1.0;
  const double from_first = first - first_, from_second = second - second_;
  first_ += from_first / weight_;
  second_ += from_second / weight_;
  first_squares_ = first_squares_ * kept_ + from_first * (first - first_);
  second_squares_ = second_squares_ * kept_ + from_second * (second - second_);
  products_ = products_ * kept_ + from_first * (second - second_);
}

double Correlation::value() const {
  const double presumed_products =
      presumed_.correlation * std::sqrt(presumed_.first_squares * presumed_.second_squares);
  return (products_ + presumed_products) /
         std::sqrt((first_squares_ + presumed_.first_squares) * (second_squares_ + presumed_.second_squares));
}

}  // namespace attune::state
