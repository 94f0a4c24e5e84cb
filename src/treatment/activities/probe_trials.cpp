#include "attune/treatment/activities/probe_trials.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace attune::treatment {

namespace {

/// A small generator of its own, since the library's distributions differ between machines (splitmix64:
/// Steele, Lea & Flood, OOPSLA 2014).
class Shuffler {
 public:
  explicit Shuffler(std::uint32_t seed) : state_(seed) {}

  /// A number below `bound`; its bias against some of them is below one in 10^16.
  std::size_t below(std::size_t bound) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % bound);
  }

 private:
  std::uint64_t state_;
};

}  // namespace

std::vector<PlannedProbe> probe_trials(const DotProbePlan& plan) {
  // Four cells of sides: what is neutral takes a multiple of four, so that threat has one too.
  const int neutral =
      4 * static_cast<int>(std::lround(plan.neutral_share * static_cast<float>(plan.trials) / 4.0F));
  std::vector<PlannedProbe> trials;
  trials.reserve(plan.trials);
  for (int i = 0; i < plan.trials; ++i) trials.push_back({i < neutral, (i & 1) != 0, (i & 2) != 0});
  Shuffler shuffler(plan.seed);
  for (std::size_t i = trials.size(); i > 1; --i) std::swap(trials[i - 1], trials[shuffler.below(i)]);
  return trials;
}

}  // namespace attune::treatment
