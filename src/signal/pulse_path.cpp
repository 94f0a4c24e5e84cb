#include "signal/pulse_path.hpp"

#include <algorithm>
#include <cmath>

#include "signal/likeliest_path.hpp"

namespace attune::signal {

namespace {

constexpr double shortest_s = 0.27, longest_s = 3.0;  // between two pulses
constexpr double height_of_usual = 3.4;               // of a pulse's wave, in mean sizes of the band
// Nats, chosen on 24 wrists together with those of the leaps (docs/signals.md): of a wave of usual height,
// and what is lost for each nat that it is lower, or higher than three times the usual: that is movement.
constexpr float full_weight = 3.0F, lost_below = 1.1F, lost_above = 2.0F, too_high = 1.1F,
                least_weight = -3.0F;
constexpr float most_for_leap = 2.2F, leap_spread = 0.2F;  // of the logarithm of the interval in periods
// A long period may be that of two beats, as in bigeminy: there two leaps cost less than a wave weighs.
constexpr double may_be_two_s = 1.4;
constexpr float most_when_two = 1.3F;
constexpr double trust_from = 0.2, trust_whole = 0.6;  // strength of the period
constexpr float least_trust = 0.4F;
constexpr double height_share = 0.1, most_height_step = 0.2;  // of what is new in what is usual; nats
constexpr double plausible_off = 1.1;                         // nats: three times as high, a third
constexpr int first_pulses = 8;                               // while the size is followed at once
constexpr double size_nats_per_s = 0.07, size_nats_per_s_before = 1.0, size_slack = 1.0;
constexpr double least_size = 1e-9;
constexpr float impossible = 1e6F;

}  // namespace

float PulsePath::weight_of(double height) const {
  const auto off = static_cast<float>(std::log(height) - log_height_);
  const float lost = off < 0.0F ? -lost_below * off : lost_above * std::max(0.0F, off - too_high);
  return std::max(full_weight - lost, least_weight);
}

float PulsePath::leap_cost(const Entry& entry, double interval) const {
  if (interval < shortest_s * rate_hz_) return impossible;
  if (entry.rhythm.period <= 0.0) return 0.0F;
  const float z = std::log(static_cast<float>(interval / entry.rhythm.period)) / leap_spread;
  const auto known = static_cast<float>((entry.rhythm.strength - trust_from) / (trust_whole - trust_from));
  const float most = entry.rhythm.period > may_be_two_s * rate_hz_ ? most_when_two : most_for_leap;
  return std::clamp(known, least_trust, 1.0F) * std::min(0.5F * z * z, most);
}

/// Finds the best pulse before entry `i`.
void PulsePath::link(std::size_t i) {
  auto& entry = entries_[i];
  // What is usual was hardly known when the first waves came.
  if (pulses_ < first_pulses) entry.weight = weight_of(entry.wave.height);
  entry.before = -1;
  entry.score = entry.weight - most_for_leap;
  bool broken = entry.after_break;
  for (std::size_t j = i; j-- > 0;) {
    const auto& earlier = entries_[j];
    const double interval = entry.wave.foot - earlier.wave.foot;
    if (interval > longest_s * rate_hz_) break;
    if (!earlier.dropped) {
      const bool possible = interval >= shortest_s * rate_hz_;
      const float leap = broken && possible ? 0.0F : leap_cost(entry, interval);
      const float score = (earlier.told ? 0.0F : earlier.score) + entry.weight - leap;
      if (score > entry.score) {
        entry.score = score;
        entry.before = static_cast<int>(j);
      }
      if (earlier.told) {  // no path leads around a pulse that is certain
        if (!possible) entry.score = -impossible;
        break;
      }
    }
    broken = broken || earlier.after_break;
  }
}

void PulsePath::relink() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].told && !entries_[i].dropped) link(i);
  }
}

/// What is usual follows the pulses, but never far from what the size of the band lets expect; that follows a
/// burst of movement slowly where there is a heart.
void PulsePath::follow_size(double at, const PulseRhythm& rhythm) {
  const double by_size = std::log(height_of_usual * std::max(rhythm.size, least_size));
  const double most =
      (rhythm.believed ? size_nats_per_s : size_nats_per_s_before) * std::max(at - sized_at_, 0.0) / rate_hz_;
  const double step = by_size - log_by_size_;
  log_by_size_ += pulses_ < first_pulses ? step : std::clamp(step, -most, most);
  sized_at_ = at;
  if (pulses_ == 0) log_height_ = log_by_size_;
  log_height_ = std::clamp(log_height_, log_by_size_ - size_slack, log_by_size_ + size_slack);
}

void PulsePath::push(const PulseWave& wave, const PulseRhythm& rhythm) {
  if (!(wave.height > 0.0)) return;
  if (entries_.full()) {
    entries_.pop_front();
    for (std::size_t i = 0; i < entries_.size(); ++i) --entries_[i].before;
  }
  follow_size(wave.foot, rhythm);
  entries_.push(
      {.wave = wave, .rhythm = rhythm, .weight = weight_of(wave.height), .after_break = break_pending_});
  break_pending_ = false;
  link(entries_.size() - 1);
}

PathPulse PulsePath::tell(std::size_t i) {
  auto& entry = entries_[i];
  const double interval = last_at_ ? entry.wave.foot - *last_at_ : 0.0;
  bool broken = !last_at_ || interval > longest_s * rate_hz_;
  for (std::size_t j = 0; j <= i && !broken; ++j)
    broken = entries_[j].after_break && entries_[j].wave.foot > *last_at_;
  const double off = std::log(entry.wave.height) - log_height_;
  log_height_ +=
      std::clamp(std::max(height_share, 1.0 / (++pulses_ + 1)) * off, -most_height_step, most_height_step);
  entry.told = true;
  last_at_ = entry.wave.foot;
  return {entry.wave, broken ? 0.0 : interval, std::abs(off) < plausible_off};
}

std::optional<PathPulse> PulsePath::next(double until) {
  if (pulses_ < first_pulses) relink();
  const int first = first_of_likeliest_path(entries_);
  const bool certain = first >= 0 && entries_[static_cast<std::size_t>(first)].wave.foot < until;
  const double decided = certain ? entries_[static_cast<std::size_t>(first)].wave.foot : until;
  bool dropped = false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (entry.told || entry.dropped || static_cast<int>(i) == first || entry.wave.foot >= decided) continue;
    entry.dropped = dropped = true;
  }
  if (certain) {
    const auto pulse = tell(static_cast<std::size_t>(first));
    relink();
    return pulse;
  }
  if (dropped) relink();
  return std::nullopt;
}

void PulsePath::break_at(double at, double guard) {
  break_pending_ = true;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (!entry.told && std::abs(entry.wave.foot - at) < guard) entry.dropped = true;
  }
  relink();
}

}  // namespace attune::signal
