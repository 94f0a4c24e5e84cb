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

/// A single sample is bridged at any rate but the slowest.
double GazeVelocity::longest_bridge_s(const GazeSlots& slots) const {
  constexpr double one_sample = 2.1, longest_s = 0.035;
  return std::max(parameters_->bridged_s, std::min(one_sample * slots.interval_s, longest_s));
}

/// The slot from which `before` can be reached through lost slots that still wait; -1 without one.
std::int64_t GazeVelocity::last_good(const GazeSlots& slots, std::int64_t before) const {
  auto good = before;
  while (good >= smooth_ && slots[good].lost && !slots[good].starts) --good;
  return good >= slots.begin() && !slots[good].lost ? good : -1;
}

/// Slots at the end of the stream that are lost may yet be bridged: they wait.
std::int64_t GazeVelocity::decided(const GazeSlots& slots, bool last) const {
  const auto newest = slots.end() - 1;
  if (last || slots.end() == 0 || !slots[newest].lost) return slots.end();
  const auto good = last_good(slots, newest);
  if (good < 0) return slots.end();
  return slots.seconds(good, newest) + slots.interval_s <= longest_bridge_s(slots) ? good + 1 : slots.end();
}

void GazeVelocity::bridge(GazeSlots& slots) const {
  const auto newest = slots.end() - 1;
  if (newest < 1 || slots[newest].lost || slots[newest].starts || !slots[newest - 1].lost) return;
  const auto good = last_good(slots, newest - 1);
  if (good < 0) return;
  const double gap_s = slots.seconds(good, newest);
  if (gap_s > longest_bridge_s(slots)) return;
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
  return slots.seconds(known_, newest) >= parameters_->velocity_half_window_s || slots[newest].lost ||
         slots[newest].starts;
}

void GazeVelocity::measure(GazeSlots& slots, std::int64_t number) const {
  auto& slot = slots[number];
  if (slot.lost) return;
  const auto half_ns = static_cast<std::int64_t>(parameters_->velocity_half_window_s * 1e9);
  // Around the slot itself, so that single precision is enough.
  float count = 1.0F, time = 0.0F, times = 0.0F;
  glm::vec3 place{0.0F}, together{0.0F};
  const auto add = [&](const GazeSlot& other) {
    const float s = static_cast<float>(other.time_ns - slot.time_ns) * 1e-9F;
    const glm::vec3 p = other.place_deg - slot.place_deg;
    count += 1.0F;
    time += s;
    times += s * s;
    place += p;
    together += s * p;
  };
  const auto oldest = slots.begin();
  for (auto i = number; i > oldest && !slots[i].starts; --i) {
    const auto& before = slots[i - 1];
    const bool nearest = i == number;
    if (before.lost || (!nearest && slot.time_ns - before.time_ns > half_ns)) break;
    add(before);
  }
  for (auto i = number + 1; i < smooth_; ++i) {
    const auto& after = slots[i];
    const bool nearest = i == number + 1;
    if (after.lost || after.starts || (!nearest && after.time_ns - slot.time_ns > half_ns)) break;
    add(after);
  }
  const float spread = times - time * time / count;
  if (!(spread > 0.0F)) return;
  slot.velocity_deg_s = (together - time * place / count) / spread;
  slot.speed_deg_s = glm::length(slot.velocity_deg_s);
}

}  // namespace attune::attention
