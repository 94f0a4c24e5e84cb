#include "signal/periodogram.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attune::signal {

namespace {

constexpr double tau = 2.0 * std::numbers::pi;
constexpr double oversampling = 4.0;
constexpr std::size_t most_steps = 4096;

/// `x` without its straight line, tapered. @return the sum of squares of the taper.
double prepare(std::span<const double> t, std::vector<double>& x) {
  const auto count = static_cast<double>(t.size());
  double mean_t = 0.0, mean_x = 0.0, tt = 0.0, tx = 0.0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    mean_t += t[i] / count;
    mean_x += x[i] / count;
  }
  for (std::size_t i = 0; i < t.size(); ++i) {
    tt += (t[i] - mean_t) * (t[i] - mean_t);
    tx += (t[i] - mean_t) * (x[i] - mean_x);
  }
  const double slope = tt > 0.0 ? tx / tt : 0.0, span = t.back() - t.front();
  double squares = 0.0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const double taper = span > 0.0 ? 0.5 - 0.5 * std::cos(tau * (t[i] - t.front() + 0.5 * span / count) /
                                                           (span * (1.0 + 1.0 / count)))
                                    : 1.0;
    x[i] = taper * (x[i] - mean_x - slope * (t[i] - mean_t));
    squares += taper * taper;
  }
  return squares;
}

/// Lomb's two squares at one frequency: of cosine and sine made independent by their phase.
double lomb(std::span<const double> t, std::span<const double> x, double hz) {
  double c2 = 0.0, s2 = 0.0, xc = 0.0, xs = 0.0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const double c = std::cos(tau * hz * t[i]), s = std::sin(tau * hz * t[i]);
    c2 += c * c - s * s;
    s2 += 2.0 * s * c;
    xc += x[i] * c;
    xs += x[i] * s;
  }
  const double phase = 0.5 * std::atan2(s2, c2), half = 0.5 * std::hypot(c2, s2);
  const double cosine = xc * std::cos(phase) + xs * std::sin(phase),
               sine = xs * std::cos(phase) - xc * std::sin(phase);
  const double cc = 0.5 * static_cast<double>(t.size()) + half,
               ss = 0.5 * static_cast<double>(t.size()) - half;
  return 0.5 * ((cc > 1e-9 ? cosine * cosine / cc : 0.0) + (ss > 1e-9 ? sine * sine / ss : 0.0));
}

}  // namespace

Periodogram::Periodogram(std::span<const double> t, std::span<const double> x, double highest_hz) {
  const double span = t.back() - t.front();
  if (!(span > 0.0)) return;
  std::vector<double> tapered(x.begin(), x.end()), since(t.begin(), t.end());
  for (auto& instant : since) instant -= t.front();
  const double squares = prepare(since, tapered);
  step_hz_ = std::max(1.0 / (oversampling * span), highest_hz / static_cast<double>(most_steps));
  // The mean distance of samples where there are any: gaps make no power.
  std::vector<double> steps;
  for (std::size_t i = 1; i < t.size(); ++i) steps.push_back(t[i] - t[i - 1]);
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  const double step_s = steps[steps.size() / 2];
  const double scale = 2.0 * step_s * static_cast<double>(t.size()) / squares;
  density_.resize(static_cast<std::size_t>(highest_hz / step_hz_) + 2);
  for (std::size_t i = 1; i < density_.size(); ++i) {
    density_[i] = scale * lomb(since, tapered, step_hz_ * static_cast<double>(i));
  }
}

double Periodogram::power(double from_hz, double to_hz) const {
  double sum = 0.0;
  for (std::size_t i = 1; i < density_.size(); ++i) {
    // Each value stands for the band half a step to each side.
    const double low = std::max(from_hz, step_hz_ * (static_cast<double>(i) - 0.5));
    const double high = std::min(to_hz, step_hz_ * (static_cast<double>(i) + 0.5));
    if (high > low) sum += density_[i] * (high - low);
  }
  return sum;
}

std::optional<double> Periodogram::top(double from_hz, double to_hz) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 1; i + 1 < density_.size(); ++i) {
    const double hz = step_hz_ * static_cast<double>(i);
    if (hz < from_hz || hz > to_hz) continue;
    if (density_[i] < density_[i - 1] || density_[i] < density_[i + 1]) continue;
    if (!best || density_[i] > density_[*best]) best = i;
  }
  if (!best || !(density_[*best] > 0.0)) return std::nullopt;
  const double left = density_[*best - 1], right = density_[*best + 1],
               bend = left - 2.0 * density_[*best] + right;
  const double fraction = bend < 0.0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0.0;
  return step_hz_ * (static_cast<double>(*best) + fraction);
}

}  // namespace attune::signal
