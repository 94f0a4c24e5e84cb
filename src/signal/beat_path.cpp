#include "signal/beat_path.hpp"

#include <algorithm>
#include <cmath>

#include "signal/likeliest_path.hpp"

namespace attune::signal {

namespace {

constexpr double first_look_s = 3.0;
constexpr double silence_s = 3.0;  // longer than the pauses of a heart that beats on
constexpr double longest_look_s = 8.0;
constexpr double look_every_s = 0.1, learn_every_s = 0.3, patience_s = 6.0, learn_seldom_s = 2.0;
constexpr double shortest_s = 0.24;                         // 250 a minute
constexpr double longest_s = 3.0;                           // 20 a minute
constexpr float most_for_leap = 4.0F, leap_spread = 0.15F;  // nats; natural logarithm of the intervals' ratio
constexpr float impossible = 1e6F, unlikely = 12.0F;
constexpr double t_wave_s = 0.38;  // what looks like no other beat so soon after one is its T wave

}  // namespace

BeatPath::BeatPath(double rate_hz, double inner_rate_hz, std::size_t width, const WaveScale& scale)
    : rate_hz_(rate_hz), model_(rate_hz, rate_hz / inner_rate_hz, width, scale) {}

float BeatPath::median_interval_s() const {
  std::array<float, 9> sorted{};
  for (std::size_t i = 0; i < intervals_s_.size(); ++i) sorted[i] = intervals_s_[i];
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(intervals_s_.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(intervals_s_.size()));
  return *middle;
}

float BeatPath::leap_cost(double interval) const {
  const double s = interval / rate_hz_;
  if (s < shortest_s) return impossible;
  if (intervals_s_.empty()) return 0.0F;
  const float z = std::log(static_cast<float>(s) / median_interval_s()) / leap_spread;
  // A rhythm known by few intervals binds little.
  const float trust = static_cast<float>(intervals_s_.size()) / 9.0F;
  return trust * std::min(0.5F * z * z, most_for_leap);
}

/// Finds the best beat before entry `i`.
void BeatPath::link(std::size_t i) {
  auto& entry = entries_[i];
  const float weight = entry.weighed.weight;
  entry.before = -1;
  entry.score = weight - most_for_leap;
  bool broken = entry.after_break;
  for (std::size_t j = i; j-- > 0;) {
    const auto& earlier = entries_[j];
    const double interval = entry.weighed.aligned - earlier.weighed.aligned;
    if (interval > longest_s * rate_hz_) break;
    if (!earlier.dropped) {
      float leap = broken && interval > shortest_s * rate_hz_ ? 0.0F : leap_cost(interval);
      if (entry.weighed.ectopic && interval < t_wave_s * rate_hz_) leap += unlikely;
      const float score = (earlier.told ? 0.0F : earlier.score) + weight - leap;
      if (score > entry.score) {
        entry.score = score;
        entry.before = static_cast<int>(j);
      }
      if (earlier.told) {  // no path leads around a beat that is certain
        if (interval < shortest_s * rate_hz_) entry.score = -impossible;
        break;
      }
    }
    broken = broken || earlier.after_break;
  }
}

void BeatPath::relink() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].told && !entries_[i].dropped) link(i);
  }
}

void BeatPath::push(const QrsCandidate& candidate) {
  // A look at a start that was silent would see too little.
  if (!learned_ && entries_.empty())
    quiet_since_ = std::max(quiet_since_, candidate.at - shortest_s * rate_hz_);
  if (entries_.full()) {
    entries_.pop_front();
    for (std::size_t i = 0; i < entries_.size(); ++i) --entries_[i].before;
  }
  Entry entry;
  entry.weighed.candidate = candidate;
  entry.weighed.aligned = newest_ = candidate.at;
  entry.after_break = break_pending_;
  break_pending_ = false;
  if (learned_) model_.weigh(entry.weighed);
  entries_.push(entry);
  if (learned_) link(entries_.size() - 1);
}

bool BeatPath::learn_anew(double now) {
  const double from = last_beat_ ? std::max(quiet_since_, *last_beat_ + shortest_s * rate_hz_) : quiet_since_;
  std::array<const QrsCandidate*, 96> fresh{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& entry = entries_[i];
    if (!entry.told && entry.weighed.candidate.at >= from) fresh[count++] = &entry.weighed.candidate;
  }
  if (!model_.learn_anew({fresh.data(), count}, from, now)) return false;
  learned_ = true;
  intervals_s_.clear();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (entry.told) continue;
    entry.dropped = entry.weighed.candidate.at < from;
    model_.weigh(entry.weighed);
  }
  relink();
  return true;
}

void BeatPath::drop_before(double until, int spared) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (entry.told || entry.dropped || static_cast<int>(i) == spared || entry.weighed.aligned >= until)
      continue;
    entry.dropped = true;
    model_.learn_noise(entry.weighed);
  }
}

void BeatPath::tell(Entry& beat) {
  bool broken = !last_beat_;
  for (std::size_t i = 0; i < entries_.size() && last_beat_; ++i) {
    const auto& entry = entries_[i];
    const double at = entry.weighed.aligned;
    broken = broken || (entry.after_break && at > *last_beat_ && at <= beat.weighed.aligned);
  }
  const double interval_s = last_beat_ ? (beat.weighed.aligned - *last_beat_) / rate_hz_ : 0.0;
  broken = broken || interval_s > longest_s;
  if (!broken) intervals_s_.push(static_cast<float>(interval_s));
  beat.told = true;
  last_beat_ = beat.weighed.aligned;
  quiet_since_ = std::max(quiet_since_, beat.weighed.aligned);
  found_.push({beat.weighed.aligned, broken ? 0.0 : interval_s});
  model_.learn_beat(beat.weighed);
}

/// Makes certain what lies before `until`.
void BeatPath::decide(double until) {
  for (;;) {
    const int first = first_of_likeliest_path(entries_);
    const bool certain = first >= 0 && entries_[static_cast<std::size_t>(first)].weighed.aligned < until;
    drop_before(certain ? entries_[static_cast<std::size_t>(first)].weighed.aligned : until, first);
    if (!certain) return;
    tell(entries_[static_cast<std::size_t>(first)]);
    relink();
  }
}

void BeatPath::look(double now) {
  if (!learned_) {
    if (now - quiet_since_ < first_look_s * rate_hz_ || now < learn_again_) return;
    if (!learn_anew(now)) quiet_since_ = std::max(quiet_since_, now - longest_look_s * rate_hz_);
    const bool in_vain = now - quiet_since_ > patience_s * rate_hz_;
    learn_again_ = now + (in_vain ? learn_seldom_s : learn_every_s) * rate_hz_;
  }
  if (!learned_) return;
  decide(now - lag_s * rate_hz_);
  if (found_.empty() && now - quiet_since_ > (silence_s + lag_s) * rate_hz_) {
    // Louder, softer or of another shape than was known? What was dropped meanwhile is looked at again.
    if (learn_anew(now)) decide(now - lag_s * rate_hz_);
    if (found_.empty()) quiet_since_ = std::max(quiet_since_, now - (lag_s + 1.0) * rate_hz_);
  }
}

std::optional<PathBeat> BeatPath::take_found() {
  if (found_.empty()) return std::nullopt;
  const auto beat = found_.front();
  found_.pop_front();
  return beat;
}

std::optional<PathBeat> BeatPath::next(double now) {
  if (found_.empty() && now >= look_again_) {
    look_again_ = now + look_every_s * rate_hz_;
    look(now);
  }
  return take_found();
}

std::optional<PathBeat> BeatPath::next_of_rest() {
  if (found_.empty()) {
    if (!learned_) learn_anew(newest_ + 1.0);
    if (learned_) decide(newest_ + longest_s * rate_hz_);
  }
  return take_found();
}

void BeatPath::break_at(double at, double guard) {
  break_pending_ = true;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (!entry.told && std::abs(entry.weighed.aligned - at) < guard) entry.dropped = true;
  }
  if (learned_) relink();
}

}  // namespace attune::signal
