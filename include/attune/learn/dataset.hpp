#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "attune/state/features.hpp"
#include "attune/state/own_start.hpp"

namespace attune::learn {

/// Samples for the monitor: data, labels and people, and to which visit of whom each belongs.
class Dataset {
 public:
  struct Sample {
    state::Features features;
    state::OwnStart own;    ///< the person's usual, as it was known by then
    float label = 0.0F;     ///< anxiety, 0..1
    std::string person;     ///< unique over all sets
    std::string visit;      ///< unique within a person
    std::string set;        ///< "vr-cafe", "vr-wait", "sim"
    float length_s = 0.0F;  ///< of the whole visit: never an input, but what a model must beat
  };

  void add(Sample sample) { samples_.push_back(std::move(sample)); }
  void append(const Dataset& other);
  [[nodiscard]] std::size_t size() const { return samples_.size(); }
  [[nodiscard]] bool empty() const { return samples_.empty(); }
  [[nodiscard]] const Sample& operator[](std::size_t i) const { return samples_[i]; }
  [[nodiscard]] auto begin() const { return samples_.begin(); }
  [[nodiscard]] auto end() const { return samples_.end(); }

  /// Everybody's name once, sorted.
  [[nodiscard]] std::vector<std::string> people() const;

  /// Divides by people, never within one: about `share` of each set's people, at least one of a set with two
  /// or more, go to the second part. Which ones depends on the seed and their names alone.
  [[nodiscard]] std::pair<Dataset, Dataset> split_by_people(double share, std::uint64_t seed) const;

  /// All indices in random order, cut to batches; the last may be smaller.
  [[nodiscard]] static std::vector<std::vector<std::size_t>> minibatches(std::size_t count, std::size_t batch,
                                                                         std::mt19937_64& random);

 private:
  std::vector<Sample> samples_;
};

}  // namespace attune::learn
