#include "signal/pulse_finder.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

constexpr double flat_s = 1.2;     // no living sensor gives the same value for so long
constexpr double bridged_s = 0.2;  // longest gap that is bridged
constexpr double lag_s = 1.4;      // a wave's half second, and a pulse to come
constexpr double start_s = 4.0;    // until it is known how large waves are
constexpr double look_s = 0.1;     // how often the paths are asked
constexpr double guard_s = 0.35;   // of a break
constexpr double memory_s = 10.0;
// Measured on generated white, pink and brown noise, and on 24 wrists (docs/signals.md).
constexpr double enough = 0.85, still_enough = 0.76;
constexpr double strength_share = 0.4, usual_strength = 0.2;
// A heart goes on being believed where a wrist moves, for so long as its waves were alike times so much.
constexpr double at_first_s = 20.0, belief_gain = 20.0, most_belief_s = 60.0;
constexpr double size_share = 0.005;     // of a new size, a look: within 20 s
constexpr double collapsed_share = 0.1;  // of its size when its waves were alike: the sensor has come off
constexpr std::size_t kept = 28;         // pulses that are told late
constexpr double apart_s = 0.27;
constexpr double slowest_hz = 0.5;  // what swings more slowly came through the band's slope

}  // namespace

PulseFinder::PulseFinder(double rate_hz)
    : rate_hz_(rate_hz),
      slips_(rate_hz),
      filler_(static_cast<std::size_t>(bridged_s * rate_hz)),
      band_(rate_hz),
      memory_(static_cast<std::size_t>(memory_s * band_.inner_rate_hz())),
      period_(band_.inner_rate_hz()),
      direction_(band_.inner_rate_hz()),
      tracks_{PulseTrack(band_.inner_rate_hz(), 1.0), PulseTrack(band_.inner_rate_hz(), -1.0)} {}

double PulseFinder::delay_s() const { return band_.delay_s() + lag_s + look_s; }

/// Gives one value, as sample `at`, to the band; what is found after `until` is made up.
void PulseFinder::see(double value, std::int64_t at, std::int64_t until) {
  const auto banded = band_.push(value);
  const double off = static_cast<double>(at - seen_++);
  if (!banded) return;
  const auto number = memory_.size();
  memory_.push(*banded);
  period_.push(*banded);
  const auto now = static_cast<double>(number);
  direction_.push(*banded, tracks_[0].likeness(now), tracks_[1].likeness(now));
  const auto look_every = std::max<std::int64_t>(1, std::lround(look_s * band_.inner_rate_hz()));
  const bool look = number % look_every == 0;
  if (look) period_.look();
  const PulseRhythm rhythm{period_.period_s() * band_.inner_rate_hz(), period_.strength(), period_.usual(),
                           certain()};
  const double instant = band_.at(static_cast<double>(number));
  for (auto& track : tracks_)
    track.push({*banded, number, instant + off, rate_hz_ / band_.inner_rate_hz()}, rhythm,
               {static_cast<double>(stretch_from_), static_cast<double>(until)});
  if (look && now > start_s * band_.inner_rate_hz()) decide(now - lag_s * band_.inner_rate_hz());
}

void PulseFinder::decide(double until) {
  for (auto& track : tracks_) {
    while (track.decide(until, memory_)) {}
  }
  judge();
}

/// Whether there is a heart. A wrist that moves hides it for a while; what swings at another pace than a
/// heart's waves, or is suddenly much weaker, is none.
void PulseFinder::judge() {
  const double evidence = chosen().likeness(static_cast<double>(memory_.size())) +
                          strength_share * (period_.strength() - usual_strength);
  const bool collapsed = certain() && period_.usual() < collapsed_share * size_;
  const bool other =
      !direction_.known() || collapsed || period_.too_fast() || period_.swing_hz() < slowest_hz;
  const bool alike = !other && evidence >= (certain() ? still_enough : enough);
  if (alike) {
    size_ += (certain() ? size_share : 1.0) * (period_.usual() - size_);
    belief_s_ = std::min(std::max(belief_s_, at_first_s) + belief_gain * look_s, most_belief_s);
  } else {
    belief_s_ = other ? 0.0 : std::max(belief_s_ - look_s, 0.0);
  }
  for (auto& track : tracks_) {
    if (!certain()) track.keep_newest(kept);
    if (collapsed) track.forget_likeness();
  }
}

std::optional<Beat> PulseFinder::tell() {
  if (!certain()) return std::nullopt;
  const bool turned = told_upward_ != direction_.upward();
  auto& other = tracks_[direction_.upward() ? 1 : 0];
  auto& track = tracks_[direction_.upward() ? 0 : 1];
  other.keep_newest(3);
  if (turned) track.forget_before(told_ + apart_s * rate_hz_);
  auto beat = track.take();
  if (!beat) return std::nullopt;
  beat->connected = beat->connected && !turned;
  told_upward_ = direction_.upward();
  told_ = beat->sample;
  return beat;
}

/// Lets the band end on what is known, as if the last value stood.
void PulseFinder::run_out() {
  const auto more =
      static_cast<std::int64_t>(std::ceil((band_.delay_s() + PulseLikeness::after_s) * rate_hz_)) + 2;
  for (std::int64_t i = 0; i < more; ++i) see(last_, taken_ + i, taken_);
}

void PulseFinder::break_here(double guard) {
  for (auto& track : tracks_) track.break_at(static_cast<double>(memory_.size()), guard);
  broken_ = true;
}

void PulseFinder::take(double value) {
  unchanged_ = value == last_ ? unchanged_ + 1 : 0;
  last_ = value;
  if (unchanged_ > static_cast<std::int64_t>(flat_s * rate_hz_)) {
    // The edge of the flat stretch looks like a wave.
    if (!broken_) break_here((flat_s + band_.delay_s() + guard_s) * band_.inner_rate_hz());
    slips_.relearn();
  } else {
    if (broken_) {
      stretch_from_ = taken_;
      band_.restart();
      period_.restart();
      for (auto& track : tracks_) track.restart();
    }
    broken_ = false;
    see(value, taken_, taken_);
  }
  ++taken_;
}

std::optional<Beat> PulseFinder::push(double sample) {
  const auto filled = filler_.push(slips_.push(sample));
  if (filled.samples.empty() && filler_.in_gap() && !broken_) {
    run_out();
    break_here(0.0);
  }
  if (filled.lost > 0) {
    taken_ += static_cast<std::int64_t>(filled.lost);
    unchanged_ = 0;
  }
  for (const double value : filled.samples) take(value);
  return tell();
}

std::optional<Beat> PulseFinder::finish() {
  if (!finished_) {
    if (!broken_) run_out();
    decide(static_cast<double>(memory_.size()));
  }
  finished_ = true;
  return tell();
}

}  // namespace attune::signal
