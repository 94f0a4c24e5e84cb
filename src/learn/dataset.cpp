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

std::map<std::string, std::size_t> Dataset::parts_by_people(std::size_t parts, std::uint64_t seed) const {
  std::map<std::string, std::set<std::string>> people_of_set;
  for (const auto& sample : samples_) people_of_set[sample.set].insert(sample.person);
  std::mt19937_64 random(seed);
  std::map<std::string, std::size_t> part_of;
  std::size_t next = 0;  // goes on from set to set, so that small sets do not all fill the same parts
  for (const auto& [set, names] : people_of_set) {
    std::vector<std::string> order(names.begin(), names.end());
    std::shuffle(order.begin(), order.end(), random);
    for (const auto& name : order) part_of.try_emplace(name, next++ % parts);
  }
  return part_of;
}

std::vector<std::vector<std::size_t>> Dataset::minibatches(std::span<const float> weights, std::size_t batch,
                                                           std::mt19937_64& random) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float whole = std::floor(weights[i]), rest = weights[i] - whole;
    auto copies = static_cast<std::size_t>(whole);
    if (rest > 0.0F && std::uniform_real_distribution<float>()(random) < rest) ++copies;
    order.insert(order.end(), copies, i);
  }
  std::shuffle(order.begin(), order.end(), random);
  std::vector<std::vector<std::size_t>> batches;
  for (std::size_t first = 0; first < order.size(); first += batch) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(first);
    batches.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(std::min(batch, order.size() - first)));
  }
  return batches;
}

}  // namespace attune::learn
