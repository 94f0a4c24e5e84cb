#include "attune/signal/respiration.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attune::signal {

namespace {

constexpr double highest_hz = 0.8;  // 48 breaths a minute; above is heart and movement
constexpr double faster_from_hz = 1.5, faster_to_hz = 4.0, faster_needs_hz = 6.0;
// Of a swing, at most: the median is 0.03 in a belt's recording and up to 0.06 in made breathing of 6 to 44 a
// minute with noise, but 0.27 in pink noise.
constexpr double most_haste = 0.1;
constexpr double haste_window_s = 10.0;
constexpr double bridged_s = 0.5;
constexpr double swing_share =
    0.3;  // of the usual swing: a sigh's neighbours count, a heart beat's ripple does not
constexpr double start_share = 0.6;  // of the deviation, while no swing is known
constexpr double patience_s = 15.0, halving_s = 8.0;
constexpr double least_period_s = 1.2, longest_period_s = 20.0;
constexpr double spread_window_s = 20.0;
// |rise − fall| / (rise + fall) of one breath, taken for half of a normal distribution. BioSPPy's belt has
// quartiles of 0.05, 0.11 and 0.14; a walk 0.15, 0.30 and 0.50, at any rate.
constexpr double breath_uneven = 0.13, walk_uneven = 0.42;
constexpr double believed_from = 4.5, most_evidence = 7.5, most_against = 2.0;  // nats

template <std::size_t N>
double median(const core::Ring<double, N>& ring) {
  std::array<double, N> sorted{};
  for (std::size_t i = 0; i < ring.size(); ++i) sorted[i] = ring[i];
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(ring.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(ring.size()));
  return *middle;
}

}  // namespace

Respiration::Respiration(double rate_hz)
    : rate_hz_(rate_hz),
      slips_(rate_hz),
      filler_(static_cast<std::size_t>(bridged_s * rate_hz)),
      low_pass_(Butterworth::low(2, highest_hz, rate_hz)),
      faster_(Butterworth::band(3, faster_from_hz, faster_to_hz, std::max(rate_hz, faster_needs_hz))),
      delay_s_(low_pass_.delay_s(0.25)) {}

double Respiration::threshold() const {
  const double spread = std::sqrt(std::max(square_ - mean_ * mean_, 0.0));
  const double usual = swings_.size() >= 3 ? swing_share * median(swings_) : start_share * spread;
  const double waited_s = now_s_ - last_turn_s_ - patience_s;
  return std::max(waited_s > 0.0 ? usual * std::exp2(-waited_s / halving_s) : usual, 1e-9 + 0.02 * spread);
}

bool Respiration::smooth() const {
  return rate_hz_ < faster_needs_hz || swings_.empty() || haste_ < most_haste * median(swings_);
}

/// What is breathed in is breathed out: a breath ends about where it began, a walk anywhere.
/// @return false when nothing speaks for breathing any more.
bool Respiration::weigh(double rise, double fall) {
  if (rate_hz_ < faster_needs_hz) return true;
  const double uneven = std::abs(rise - fall) / std::max(rise + fall, 1e-12);
  const double ratio =
      std::log(walk_uneven / breath_uneven) -
      0.5 * uneven * uneven * (1.0 / (breath_uneven * breath_uneven) - 1.0 / (walk_uneven * walk_uneven));
  evidence_ = std::clamp(evidence_ + std::max(ratio, -most_against), 0.0, most_evidence);
  if (evidence_ >= believed_from) believed_ = true;
  if (evidence_ > 0.0) return true;
  believed_ = false;
  held_.clear();
  return false;
}

bool Respiration::believed() const { return believed_ || rate_hz_ < faster_needs_hz; }

/// Moves toward the median by the same share whatever comes, so that a burst of movement has little hold on
/// it.
void Respiration::follow_haste(double size) {
  if (since_start_s_ < haste_window_s) {
    const double bounded = haste_ > 0.0 ? std::min(size, 20.0 * haste_) : size;
    haste_ += (bounded - haste_) / (rate_hz_ * since_start_s_);
  } else {
    haste_ *= 1.0 + (size > haste_ ? 1.0 : -1.0) / (rate_hz_ * haste_window_s);
  }
  haste_ = std::max(haste_, 1e-3 * size);
}

void Respiration::restart() {
  low_pass_.reset();
  faster_.reset();
  turns_.reset();
  before_.reset();
  start_s_.reset();
  top_s_.reset();
  connected_ = false;
  last_turn_s_ = now_s_;
}

std::optional<Breath> Respiration::turned(const TurningPoints::Turn& turn) {
  last_turn_s_ = turn.at_s;
  if (before_) swings_.push(std::abs(turn.value - before_->value));
  const auto before = before_;
  before_ = turn;
  if (turn.top) {
    top_s_ = turn.at_s;
    rise_ = before ? turn.value - before->value : 0.0;
    return std::nullopt;
  }
  std::optional<Breath> breath;
  if (start_s_ && top_s_) {
    const double period_s = turn.at_s - *start_s_;
    if (const bool even = weigh(rise_, before->value - turn.value); !even || !smooth()) {
      periods_s_.clear();
    } else if (period_s >= least_period_s && period_s <= longest_period_s) {
      periods_s_.push(period_s);
      breath = Breath{*start_s_ - delay_s_, *top_s_ - delay_s_, turn.at_s - delay_s_, rise_, connected_};
    }
    connected_ = breath.has_value();
  }
  start_s_ = turn.at_s;
  return breath;
}

std::optional<Breath> Respiration::take(double value) {
  now_s_ += 1.0 / rate_hz_;
  since_start_s_ += 1.0 / rate_hz_;
  const double share = 1.0 / (rate_hz_ * std::clamp(since_start_s_, 1.0 / rate_hz_, spread_window_s));
  const double smooth = low_pass_.push(value);
  follow_haste(std::abs(faster_.push(value)));
  mean_ += share * (smooth - mean_);
  square_ += share * (smooth * smooth - square_);
  if (since_start_s_ < 3.0) return std::nullopt;  // the spread of less says nothing
  const auto turn = turns_.push(now_s_, smooth, threshold());
  return turn ? turned(*turn) : std::nullopt;
}

std::optional<Breath> Respiration::push(double sample) {
  const auto filled = filler_.push(slips_.push(sample));
  if (filled.lost > 0) {
    now_s_ += static_cast<double>(filled.lost) / rate_hz_;
    restart();
  }
  for (const double value : filled.samples) {
    if (const auto breath = take(value)) held_.push(*breath);
  }
  if (!believed() || held_.empty()) return std::nullopt;
  const auto breath = held_.front();
  held_.pop_front();
  return breath;
}

std::optional<double> Respiration::breaths_per_min() const {
  if (!believed() || periods_s_.size() < 2 || now_s_ - last_turn_s_ > longest_period_s) return std::nullopt;
  return 60.0 / median(periods_s_);
}

std::optional<double> Respiration::regularity() const {
  if (!believed() || periods_s_.size() < 4 || now_s_ - last_turn_s_ > longest_period_s) return std::nullopt;
  const auto count = static_cast<double>(periods_s_.size());
  double mean = 0.0, square = 0.0;
  for (std::size_t i = 0; i < periods_s_.size(); ++i) mean += periods_s_[i] / count;
  for (std::size_t i = 0; i < periods_s_.size(); ++i)
    square += (periods_s_[i] - mean) * (periods_s_[i] - mean);
  return std::clamp(1.0 - std::sqrt(square / (count - 1.0)) / mean, 0.0, 1.0);
}

std::optional<double> Respiration::phase() const {
  if (!start_s_ || !breaths_per_min()) return std::nullopt;
  const double turns = (now_s_ - *start_s_ + delay_s_) / median(periods_s_);
  return turns - std::floor(turns);
}

void GuideCoherence::push(double breathing, double guide_phase) {
  if (!std::isfinite(breathing) || !std::isfinite(guide_phase)) return;
  known_ = std::min(1.0, known_ + share_);
  const double share = std::max(share_, share_ / known_), angle = 2.0 * std::numbers::pi * guide_phase;
  mean_ += share * (breathing - mean_);
  const double value = breathing - mean_;
  cosine_ += share * (value * std::cos(angle) - cosine_);
  sine_ += share * (value * std::sin(angle) - sine_);
  square_ += share * (value * value - square_);
}

std::optional<double> GuideCoherence::value() const {
  if (known_ < 1.0 || !(square_ > 0.0)) return std::nullopt;
  return std::min(1.0, std::sqrt(2.0 * (cosine_ * cosine_ + sine_ * sine_) / square_));
}

}  // namespace attune::signal
