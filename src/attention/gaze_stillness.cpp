#include "attention/gaze_stillness.hpp"

#include <algorithm>

namespace attune::attention {
namespace {

constexpr float forgets = 0.998F;        ///< a step; some 500 steps are remembered
constexpr float least_moves = 20.0F;     ///< before the stream is known to have noise
constexpr float largest_repeats = 0.2F;  ///< share of repeated values in a stream with noise
constexpr std::int64_t least_repeats = 2;

}  // namespace

std::int64_t GazeStillness::push(GazeSlots& slots, std::int64_t number) {
  auto& slot = slots[number];
  if (slot.lost) return none;
  if (run_ == none || slot.raw_deg != value_deg_) {
    moves_ = moves_ * forgets + 1.0F;
    repeats_ *= forgets;
    run_ = number;
    value_deg_ = slot.raw_deg;
    run_begin_ns_ = slot.time_ns;
    return none;
  }
  const double still_s = static_cast<double>(slot.time_ns - run_begin_ns_) * 1e-9;
  const bool noisy = moves_ >= least_moves && repeats_ <= largest_repeats * (moves_ + repeats_);
  const bool long_enough = still_s >= parameters_->constant_s && number - run_ >= least_repeats;
  if (!noisy || !long_enough) {
    // Past the limit nothing is learnt: a long sleep must not make the stream look clean.
    if (still_s < parameters_->constant_s || !noisy) repeats_ += 1.0F;
    return none;
  }
  const auto first = std::max({run_ + 1, slots.begin(), number - 64});
  std::int64_t marked = none;
  for (auto i = number; i >= first && !slots[i].lost; --i) {
    slots[i].lost = true;
    marked = i;
  }
  return marked;
}

}  // namespace attune::attention
