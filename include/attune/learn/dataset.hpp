#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attune/state/features.hpp"
#include "attune/state/monitor_noise.hpp"
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
    float weight = 1.0F;    ///< how often it counts among its set's, 1 on the whole; 0: not at all

    /// Which sensors it was made from.
    [[nodiscard]] state::SensorSet sensors() const { return state::sensors_of(features); }
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

  /// Puts everybody into one of some parts, 0..parts − 1: nobody into two, and of each set about as many
  /// people into each. Who goes where depends on the seed and their names alone. @param parts  at least 1.
  [[nodiscard]] std::map<std::string, std::size_t> parts_by_people(std::size_t parts,
                                                                   std::uint64_t seed) const;

  /// Indices in random order, cut to batches; the last may be smaller. An index of weight 2.5 is there twice
  /// or three times, with even chances.
  [[nodiscard]] static std::vector<std::vector<std::size_t>> minibatches(std::span<const float> weights,
                                                                         std::size_t batch,
                                                                         std::mt19937_64& random);

 private:
  std::vector<Sample> samples_;
};

}  // namespace attune::learn
