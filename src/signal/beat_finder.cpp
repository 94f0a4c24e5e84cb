#include "signal/beat_finder.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

constexpr double flat_s = 1.2;   // no living sensor gives the same value for so long
constexpr double kept_s = 12.0;  // of the input, to find the top of a beat that is told late
constexpr double look_s = 0.1;   // how often the path is asked

}  // namespace

BeatFinder::BeatFinder(double rate_hz, const WaveScale& scale)
    : rate_hz_(rate_hz),
      scale_(scale),
      slips_(rate_hz),
      filler_(static_cast<std::size_t>(scale.bridged_s * rate_hz)),
      candidates_(rate_hz, scale),
      path_(rate_hz, candidates_.inner_rate_hz(), candidates_.width(), scale),
      kept_(static_cast<std::size_t>(kept_s * rate_hz)) {}

double BeatFinder::delay_s() const { return BeatPath::lag_s + look_s + candidates_.delay_s(); }

/// Gives one value, as sample `at`, to the candidates; what they find after `until` is made up.
void BeatFinder::see(double value, std::int64_t at, std::int64_t until) {
  if (auto candidate = candidates_.push(value)) {
    candidate->at += static_cast<double>(at - seen_);
    if (candidate->at <= static_cast<double>(until)) path_.push(*candidate);
  }
  ++seen_;
}

/// Lets the candidates end on what is known, as if the last value stood.
void BeatFinder::run_out() {
  const auto more = static_cast<std::int64_t>(std::ceil(1.1 * candidates_.delay_s() * rate_hz_)) + 2;
  for (std::int64_t i = 0; i < more; ++i) see(last_, taken_ + i, taken_);
}

void BeatFinder::take(double value) {
  unchanged_ = value == last_ ? unchanged_ + 1 : 0;
  const auto flat = static_cast<std::int64_t>(flat_s * rate_hz_);
  keep(taken_, value);
  last_ = value;
  if (unchanged_ > flat) {
    // The edge of the flat stretch looks like a wave.
    if (!broken_) path_.break_at(static_cast<double>(taken_ - flat), scale_.reach_s * rate_hz_);
    broken_ = true;
    slips_.relearn();
  } else {
    if (broken_) candidates_.restart();
    broken_ = false;
    see(value, taken_, taken_);
  }
  ++taken_;
}

std::int64_t BeatFinder::bounded(double sample) const {
  const auto oldest = std::max<std::int64_t>(0, taken_ - static_cast<std::int64_t>(kept_.size()));
  return std::clamp(static_cast<std::int64_t>(std::lround(sample)), oldest, std::max(oldest, taken_ - 1));
}

std::int64_t BeatFinder::top_between(std::int64_t from, std::int64_t to) const {
  const double sign = upward_ >= 0.0 ? 1.0 : -1.0;
  auto top = from;
  for (auto i = from; i <= to; ++i) {
    if (sign * kept_at(i) > sign * kept_at(top)) top = i;
  }
  return top;
}

/// Whether this person's wave points up or down, by which side of the mean around it goes farther.
void BeatFinder::learn_direction(double at) {
  const auto from = bounded(at - scale_.baseline_s * rate_hz_),
             to = bounded(at + scale_.baseline_s * rate_hz_);
  double mean = 0.0;
  for (auto i = from; i <= to; ++i) mean += kept_at(i) / static_cast<double>(to - from + 1);
  double up = 0.0, down = 0.0;
  const auto last = bounded(at + scale_.apex_reach_s * rate_hz_);
  for (auto i = bounded(at - scale_.apex_reach_s * rate_hz_); i <= last; ++i) {
    up = std::max(up, kept_at(i) - mean);
    down = std::max(down, mean - kept_at(i));
  }
  if (up > 0.0 || down > 0.0) upward_ += 0.1 * ((up - down) / std::max(up, down) - upward_);
}

/// Where between its neighbours the top lies, by the parabola through the three.
double BeatFinder::fraction_at(std::int64_t top) const {
  if (top <= bounded(0.0) || top + 1 >= taken_) return 0.0;
  const double left = kept_at(top - 1), right = kept_at(top + 1), bend = left - 2.0 * kept_at(top) + right;
  if ((upward_ >= 0.0 ? bend : -bend) >= 0.0) return 0.0;
  return std::clamp(0.5 * (left - right) / bend, -0.5, 0.5);
}

/// Moves a beat to the top of its wave: where the tops of the beats before lay, give or take a little.
Beat BeatFinder::refined(const PathBeat& beat) {
  learn_direction(beat.at);
  const double reach = scale_.apex_reach_s * rate_hz_, slack = scale_.apex_slack_s * rate_hz_;
  const auto widest = top_between(bounded(beat.at - reach), bounded(beat.at + reach));
  const double expected = beat.at + top_offset_;
  constexpr int settled = 3;
  const auto top =
      tops_ >= settled ? top_between(bounded(expected - slack), bounded(expected + slack)) : widest;
  ++tops_;
  const double off = std::clamp(static_cast<double>(widest) - beat.at, -reach, reach);
  top_offset_ += std::max(0.1, 1.0 / tops_) * (off - top_offset_);
  return {static_cast<double>(top) + fraction_at(top), beat.connected()};
}

std::optional<Beat> BeatFinder::push(double sample) {
  const auto filled = filler_.push(slips_.push(sample));
  if (filled.samples.empty()) keep(given_, last_);
  ++given_;
  if (filled.samples.empty() && filler_.in_gap() && !broken_) {
    run_out();
    path_.break_at(static_cast<double>(taken_), 0.0);
    broken_ = true;
  }
  if (filled.lost > 0) {
    taken_ += static_cast<std::int64_t>(filled.lost);
    unchanged_ = 0;
  }
  for (const double value : filled.samples) take(value);
  const auto beat = path_.next(static_cast<double>(given_));
  return beat ? std::optional(refined(*beat)) : std::nullopt;
}

std::optional<Beat> BeatFinder::finish() {
  if (!finished_ && !broken_) run_out();
  finished_ = true;
  const auto beat = path_.next_of_rest();
  return beat ? std::optional(refined(*beat)) : std::nullopt;
}

}  // namespace attune::signal
