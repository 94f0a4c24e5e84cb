#pragma once

#include <algorithm>
#include <cmath>

namespace attune::learn {

/// Running mean and variance of what is added (Welford, Technometrics 4, 1962).
struct Moments {
  double count = 0.0, mean = 0.0, squares = 0.0;

  void add(double value) {
    const double off = value - mean;
    count += 1.0;
    mean += off / count;
    squares += off * (value - mean);
  }
  [[nodiscard]] double variance() const { return count > 1.0 ? squares / (count - 1.0) : 0.0; }
  [[nodiscard]] double deviation() const { return std::sqrt(variance()); }
};

/// Seconds of a person's own data that weigh as much as the population, as `state::Standardisation` explains
/// it: 60 s · (σw² + σx²)/σb², by one-way analysis of variance.
/// @param people  of each person's values, in any order.
/// @param moved   σx², variance that the label gives the feature; 0: not taken into account.
/// @param never   where people do not differ, or nothing can be told; also the most that is given.
template <class People>
[[nodiscard]] double settling_time_s(const People& people, double moved, double never) {
  constexpr double one_look_s = 60.0;  // windows of 30 and 60 s overlap: a minute's mean is one look
  Moments means;
  double squares = 0.0, freedom = 0.0, samples = 0.0;
  for (const auto& [name, person] : people) {
    means.add(person.mean);
    squares += person.squares;
    freedom += person.count - 1.0;
    samples += person.count;
  }
  if (freedom < 1.0 || means.count < 2.0) return never;
  const double within = squares / freedom;
  // The means' own spread holds their error as well.
  const double between = means.variance() - within * means.count / samples;
  return between > 0.0 ? std::min(one_look_s * (within + moved) / between, never) : never;
}

}  // namespace attune::learn
