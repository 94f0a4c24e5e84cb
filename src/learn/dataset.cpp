#include "attune/learn/dataset.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace attune::learn {

void Dataset::append(const Dataset& other) {
  samples_.insert(samples_.end(), other.samples_.begin(), other.samples_.end());
}

std::vector<std::string> Dataset::people() const {
  std::set<std::string> names;
  for (const auto& sample : samples_) names.insert(sample.person);
  return {names.begin(), names.end()};
}

std::pair<Dataset, Dataset> Dataset::split_by_people(double share, std::uint64_t seed) const {
  std::map<std::string, std::set<std::string>> people_of_set;
  for (const auto& sample : samples_) people_of_set[sample.set].insert(sample.person);
  std::mt19937_64 random(seed);
  std::set<std::string> held_out;
  for (const auto& [set, names] : people_of_set) {
    std::vector<std::string> order(names.begin(), names.end());
    std::shuffle(order.begin(), order.end(), random);
    auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(order.size())));
    if (order.size() > 1) count = std::clamp<std::size_t>(count, 1, order.size() - 1);
    held_out.insert(order.begin(),
                    order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size())));
  }
  std::pair<Dataset, Dataset> parts;
  for (const auto& sample : samples_) {
    (held_out.contains(sample.person) ? parts.second : parts.first).add(sample);
  }
  return parts;
}

std::vector<std::vector<std::size_t>> Dataset::minibatches(std::size_t count, std::size_t batch,
                                                           std::mt19937_64& random) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), random);
  std::vector<std::vector<std::size_t>> batches;
  for (std::size_t first = 0; first < count; first += batch) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(first);
    batches.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(std::min(batch, count - first)));
  }
  return batches;
}

}  // namespace attune::learn
