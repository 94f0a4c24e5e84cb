#include "attention/gaze_velocity.hpp"

#include <algorithm>
#include <glm/common.hpp>

namespace attune::attention {
namespace {

float square(const glm::vec3& v) { return glm::dot(v, v); }

/// Slots next to each other between which gaze was followed.
bool joined(const GazeSlots& slots, std::int64_t before, std::int64_t after) {
  return before >= slots.begin() && after < slots.end() && !slots[before].lost && !slots[after].lost &&
         !slots[after].starts;
}

}  // namespace

/// Slots at the end of the stream that are lost may yet be bridged: they wait.
std::int64_t GazeVelocity::decided(GazeSlots& slots, bool last) const {
  const auto newest = slots.end() - 1;
  if (last || slots.end() == 0 || !slots[newest].lost) return slots.end();
  auto good = newest;
  while (good >= smooth_ && slots[good].lost && !slots[good].starts) --good;
  if (good < smooth_ || slots[good].lost) return slots.end();
  return slots.seconds(good, newest) < parameters_->bridged_s ? good + 1 : slots.end();
}

void GazeVelocity::bridge(GazeSlots& slots) const {
  const auto newest = slots.end() - 1;
  if (slots[newest].lost || slots[newest].starts) return;
  auto good = newest - 1;
  while (good >= std::max(smooth_, slots.begin()) && slots[good].lost && !slots[good].starts) --good;
  if (good + 1 == newest || good < slots.begin() || slots[good].lost || good + 1 < smooth_) return;
  const double gap_s = slots.seconds(good, newest);
  if (gap_s > parameters_->bridged_s) return;
  for (auto i = good + 1; i < newest; ++i) {
    const float share = static_cast<float>(slots.seconds(good, i) / gap_s);
    slots[i].raw_deg = glm::mix(slots[good].raw_deg, slots[newest].raw_deg, share);
    slots[i].lost = false;
  }
}

void GazeVelocity::follow(GazeSlots& slots, bool last) {
  if (slots.end() > 0) bridge(slots);
  const auto end = decided(slots, last);
  while (smooth_ < end) {
    const bool newest = smooth_ + 1 == end;
    const bool may_wait = newest && !last && smooth_ > slots.begin() && joined(slots, smooth_ - 1, smooth_) &&
                          slots.seconds(smooth_ - 1, smooth_) <= parameters_->spike_step_s;
    if (may_wait) break;
    smooth(slots, smooth_++);
  }
  while (known_ < smooth_ && ready(slots, last)) measure(slots, known_++);
}

void GazeVelocity::smooth(GazeSlots& slots, std::int64_t number) const {
  auto& slot = slots[number];
  slot.place_deg = slot.raw_deg;
  const auto before = number - 1, after = number + 1;
  if (!joined(slots, before, number) || !joined(slots, number, after)) return;
  if (slots.seconds(before, after) > 2.0 * parameters_->spike_step_s) return;
  // The median of three points is the one opposite to the longest side.
  const glm::vec3 a = slots[before].raw_deg, b = slot.raw_deg, c = slots[after].raw_deg;
  const float ab = square(a - b), bc = square(b - c), ca = square(c - a);
  if (ab > ca && ab >= bc)
    slot.place_deg = c;
  else if (bc > ca)
    slot.place_deg = a;
}

bool GazeVelocity::ready(const GazeSlots& slots, bool last) const {
  if (last) return true;
  const auto newest = smooth_ - 1;
  if (slots[known_].lost) return true;
  if (newest == known_) return false;
  if (slots[known_ + 1].lost || slots[known_ + 1].starts) return true;
  if (slots.seconds(known_, newest) >= parameters_->velocity_half_window_s) return true;
  return slots[newest].lost || slots[newest].starts;
}

void GazeVelocity::measure(GazeSlots& slots, std::int64_t number) const {
  auto& slot = slots[number];
  if (slot.lost) return;
  const double half = parameters_->velocity_half_window_s;
  auto from = number, to = number;
  while (joined(slots, from - 1, from) && slots.seconds(from - 1, number) <= half) --from;
  if (from == number && joined(slots, from - 1, from)) --from;
  while (to + 1 < smooth_ && joined(slots, to, to + 1) && slots.seconds(number, to + 1) <= half) ++to;
  if (to == number && to + 1 < smooth_ && joined(slots, to, to + 1)) ++to;
  if (from == to) return;

  // Around the slot itself, so that single precision is enough.
  float mean_s = 0.0F;
  glm::vec3 mean{0.0F};
  for (auto i = from; i <= to; ++i) {
    mean_s += static_cast<float>(slots.seconds(number, i));
    mean += slots[i].place_deg - slot.place_deg;
  }
  const float count = static_cast<float>(to - from + 1);
  mean_s /= count;
  mean /= count;
  float spread = 0.0F;
  glm::vec3 together{0.0F};
  for (auto i = from; i <= to; ++i) {
    const float s = static_cast<float>(slots.seconds(number, i)) - mean_s;
    spread += s * s;
    together += s * (slots[i].place_deg - slot.place_deg - mean);
  }
  if (!(spread > 0.0F)) return;
  slot.velocity_deg_s = together / spread;
  slot.speed_deg_s = glm::length(slot.velocity_deg_s);
}

}  // namespace attune::attention
