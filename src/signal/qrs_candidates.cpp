#include "signal/qrs_candidates.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attune::signal {

namespace {

constexpr double usual_step =
    0.01;  // of what is usual, an inner sample: a burst's end is forgotten within 2 s
constexpr double least_level = 1e-9;

}  // namespace

QrsCandidates::Band::Band(double low_hz, double high_hz, double rate_hz)
    : filter(Butterworth::band(2, low_hz, high_hz, rate_hz)),
      delay(filter.delay_s(std::sqrt(low_hz * std::min(high_hz, 0.45 * rate_hz))) * rate_hz) {}

QrsCandidates::QrsCandidates(double rate_hz, const WaveScale& scale)
    : rate_hz_(rate_hz),
      factor_(std::max(1, static_cast<int>(rate_hz / scale.least_inner_hz))),
      reach_(std::min(static_cast<std::size_t>(std::lround(scale.reach_s * rate_hz / factor_)),
                      (QrsCandidate::most_width - 1) / 2)),
      apart_(std::max(1L, std::lround(scale.apart_s * rate_hz / factor_))),
      smoothing_(std::lround(scale.smoothing_s * rate_hz / factor_)),
      bands_{Band(scale.broad.low_hz, scale.broad.high_hz, rate_hz),
             Band(scale.sharp.low_hz, scale.sharp.high_hz, rate_hz)},
      fastest_hz_(scale.fastest_hz),
      stands_out_(scale.stands_out),
      lead_(std::lround((bands_[0].delay - bands_[1].delay) / factor_)) {}

std::int64_t QrsCandidates::wait() const {
  return std::max(static_cast<std::int64_t>(reach_), apart_ + smoothing_);
}

double QrsCandidates::delay_s() const {
  return (static_cast<double>(wait()) * factor_ + bands_[0].delay) / rate_hz_;
}

bool QrsCandidates::highest_around(std::int64_t middle) const {
  const double level = level_[at(middle, 0)];
  // What rounding leaves of a flat line has tops, too.
  if (!(bands_[0].levels[at(middle, 0)] > least_level || bands_[1].levels[at(middle, -lead_)] > least_level))
    return false;
  double least = level;
  for (std::int64_t k = 1; k <= apart_; ++k) {
    if (level_[at(middle, -k)] >= level || level_[at(middle, k)] > level) return false;
    least = std::min({least, level_[at(middle, -k)], level_[at(middle, k)]});
  }
  return level >= stands_out_ * least;
}

/// Whether there is nothing in the broad band but what its slope let through of something faster and louder,
/// such as mains hum. A sine of frequency f has steps of 2 sin(πf / rate) times its size.
bool QrsCandidates::leaked(std::int64_t middle) const {
  double squares = 0.0, steps = 0.0;
  for (std::int64_t k = -smoothing_; k <= smoothing_; ++k) {
    squares += squares_[at(middle, k)];
    steps += steps_[at(middle, k)];
  }
  const double step = 2.0 * std::sin(std::numbers::pi * std::min(fastest_hz_ / rate_hz_, 0.5));
  return steps > step * step * squares;
}

void QrsCandidates::follow_steps(double broad) {
  const double step = broad - broad_;
  broad_ = broad;
  square_sum_ += broad * broad;
  step_sum_ += step * step;
}

void QrsCandidates::take(Band& band, double value) const {
  band.values[at(inner_, 0)] = value;
  // Summed anew each time: what a burst leaves in a running sum by rounding would outweigh small beats.
  double square_sum = 0.0;
  for (std::int64_t k = 0; k <= 2 * smoothing_; ++k) {
    const double v = band.values[at(inner_, -k)];
    square_sum += v * v;
  }
  const double level = std::sqrt(square_sum / static_cast<double>(2 * smoothing_ + 1));
  band.levels[at(inner_, -smoothing_)] = level;
  if (band.usual <= 0.0) band.usual = level;
  band.usual *= level > band.usual ? 1.0 + usual_step : 1.0 - usual_step;
  band.usual = std::max(band.usual, least_level);
}

QrsCandidate QrsCandidates::cut_out(std::int64_t middle) const {
  QrsCandidate found;
  found.at = static_cast<double>(middle) * factor_ - bands_[0].delay;
  const auto reach = static_cast<std::int64_t>(reach_);
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    const auto& band = bands_[b];
    const auto shift = b == 1 ? -lead_ : 0;
    found.log_level[b] = static_cast<float>(std::log(std::max(band.levels[at(middle, shift)], least_level)));
    for (std::int64_t k = -reach; k <= reach; ++k) {
      found.shape[b][static_cast<std::size_t>(k + reach)] =
          static_cast<float>(band.values[at(middle, shift + k)]);
    }
  }
  return found;
}

std::optional<QrsCandidate> QrsCandidates::push(double sample) {
  const std::array values{bands_[0].filter.push(sample), bands_[1].filter.push(sample)};
  follow_steps(values[0]);
  if (samples_++ % factor_ != 0) return std::nullopt;
  squares_[at(inner_, 0)] = square_sum_;
  steps_[at(inner_, 0)] = step_sum_;
  square_sum_ = step_sum_ = 0.0;
  double level = 0.0;
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    take(bands_[b], values[b]);
    const double here = bands_[b].levels[at(inner_, -smoothing_ - (b == 1 ? lead_ : 0))] / bands_[b].usual;
    level += here * here;
  }
  level_[at(inner_, -smoothing_)] = level;
  const auto middle = inner_++ - wait();
  if (middle < known_from_ || !highest_around(middle) || leaked(middle)) return std::nullopt;
  return cut_out(middle);
}

void QrsCandidates::restart() {
  for (auto& band : bands_) {
    band.filter.reset();
    band.values.fill(0.0);
    band.levels.fill(0.0);
  }
  level_.fill(0.0);
  squares_.fill(0.0);
  steps_.fill(0.0);
  broad_ = square_sum_ = step_sum_ = 0.0;
  known_from_ = inner_;
}

}  // namespace attune::signal
