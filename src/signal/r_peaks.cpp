#include "attune/signal/r_peaks.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "attune/signal/gap_filler.hpp"
#include "signal/beat_path.hpp"

namespace attune::signal {

namespace {

constexpr double bridged_s = 0.06;
constexpr double flat_s = 1.2;   // no living electrode gives the same value for so long
constexpr double kept_s = 12.0;  // of the input, to find the peak of a beat that is told late
constexpr double apex_reach_s = 0.06, apex_slack_s = 0.012, baseline_s = 0.1;
constexpr double guard_s = 0.12;  // around a break: the edge itself looks like a QRS

}  // namespace

struct RPeakDetector::Impl {
  explicit Impl(double rate)
      : rate_hz(rate),
        filler(static_cast<std::size_t>(bridged_s * rate)),
        candidates(rate),
        path(rate, candidates.inner_rate_hz(), candidates.width()),
        kept(static_cast<std::size_t>(kept_s * rate)) {}

  double rate_hz;
  GapFiller filler;
  QrsCandidates candidates;
  BeatPath path;
  std::vector<double> kept;  // ring of the input, by sample
  std::int64_t given = 0;    // samples of the input
  std::int64_t taken = 0;    // samples of the input up to the last that the candidates have seen
  std::int64_t seen = 0;     // samples that the candidates have seen, with those made up at breaks
  double last = 0.0;
  std::int64_t unchanged = 0;
  bool broken = true, finished = false;
  double apex_offset = 0.0, upward = 0.0;
  int apexes = 0;

  [[nodiscard]] double kept_at(std::int64_t sample) const {
    return kept[static_cast<std::size_t>(sample) % kept.size()];
  }
  void keep(std::int64_t sample, double value) {
    kept[static_cast<std::size_t>(sample) % kept.size()] = value;
  }

  void see(double value) {
    if (auto candidate = candidates.push(value)) {
      candidate->at += static_cast<double>(taken - seen);
      if (candidate->at <= static_cast<double>(taken)) path.push(*candidate);
    }
    ++seen;
  }
  /// Lets the candidates end on what is known, as if the last value stood.
  void run_out() {
    const auto more = static_cast<std::int64_t>(std::ceil(1.1 * candidates.delay_s() * rate_hz)) + 2;
    const auto until = taken;
    for (std::int64_t i = 0; i < more; ++i) {
      ++taken;
      if (auto candidate = candidates.push(last)) {
        candidate->at += static_cast<double>(taken - 1 - seen);
        if (candidate->at <= static_cast<double>(until)) path.push(*candidate);
      }
      ++seen;
    }
    taken = until;
  }
  void break_off(std::int64_t at) {
    if (broken) return;
    broken = true;
    path.break_at(static_cast<double>(at), 0.0);
  }
  void take(double value);
  [[nodiscard]] Beat refined(const PathBeat& beat);
};

void RPeakDetector::Impl::take(double value) {
  unchanged = value == last ? unchanged + 1 : 0;
  const auto flat = static_cast<std::int64_t>(flat_s * rate_hz);
  keep(taken, value);
  last = value;
  if (unchanged > flat) {
    if (!broken) {
      path.break_at(static_cast<double>(taken - flat), guard_s * rate_hz);
      broken = true;
    }
    ++taken;
    return;
  }
  if (broken) {
    candidates.restart();
    broken = false;
  }
  see(value);
  ++taken;
}

/// Moves a beat to the top of its main wave, up or down, whichever is this person's.
Beat RPeakDetector::Impl::refined(const PathBeat& beat) {
  const auto near = [&](double s) { return static_cast<std::int64_t>(std::lround(s)); };
  const auto oldest = std::max<std::int64_t>(0, taken - static_cast<std::int64_t>(kept.size()));
  const auto bounded = [&](double s) { return std::clamp(near(s), oldest, std::max(oldest, taken - 1)); };
  const auto from = bounded(beat.at - baseline_s * rate_hz), to = bounded(beat.at + baseline_s * rate_hz);
  double baseline = 0.0;
  for (auto i = from; i <= to; ++i) baseline += kept_at(i) / static_cast<double>(to - from + 1);
  const auto wide_from = bounded(beat.at - apex_reach_s * rate_hz),
             wide_to = bounded(beat.at + apex_reach_s * rate_hz);
  double most = 0.0, least = 0.0;
  for (auto i = wide_from; i <= wide_to; ++i) {
    most = std::max(most, kept_at(i) - baseline);
    least = std::min(least, kept_at(i) - baseline);
  }
  const double size = std::max(most, -least);
  if (size > 0.0) upward += 0.1 * ((most + least) / size - upward);
  const double sign = upward >= 0.0 ? 1.0 : -1.0;
  const bool settled = apexes >= 3;
  const auto search_from = settled ? bounded(beat.at + apex_offset - apex_slack_s * rate_hz) : wide_from;
  const auto search_to = settled ? bounded(beat.at + apex_offset + apex_slack_s * rate_hz) : wide_to;
  auto apex = search_from;
  for (auto i = search_from; i <= search_to; ++i) {
    if (sign * kept_at(i) > sign * kept_at(apex)) apex = i;
  }
  // The top of the whole neighbourhood teaches where to look for the next one.
  auto top = wide_from;
  for (auto i = wide_from; i <= wide_to; ++i) {
    if (sign * kept_at(i) > sign * kept_at(top)) top = i;
  }
  const double off =
      std::clamp(static_cast<double>(top) - beat.at, -apex_reach_s * rate_hz, apex_reach_s * rate_hz);
  ++apexes;
  apex_offset += std::max(0.1, 1.0 / apexes) * (off - apex_offset);
  double fraction = 0.0;
  if (apex > oldest && apex + 1 < taken) {
    const double left = kept_at(apex - 1), middle = kept_at(apex), right = kept_at(apex + 1);
    const double bend = left - 2.0 * middle + right;
    if (sign * bend < 0.0) fraction = std::clamp(0.5 * (left - right) / bend, -0.5, 0.5);
  }
  return {static_cast<double>(apex) + fraction, beat.connected};
}

RPeakDetector::RPeakDetector(double rate_hz) : impl_(std::make_unique<Impl>(rate_hz)) {}
RPeakDetector::~RPeakDetector() = default;
RPeakDetector::RPeakDetector(RPeakDetector&&) noexcept = default;
RPeakDetector& RPeakDetector::operator=(RPeakDetector&&) noexcept = default;

std::optional<Beat> RPeakDetector::push(double ecg) {
  auto& d = *impl_;
  const auto filled = d.filler.push(ecg);
  if (filled.samples.empty()) d.keep(d.given, d.last);
  ++d.given;
  if (filled.samples.empty() && d.filler.in_gap() && !d.broken) {
    d.run_out();
    d.break_off(d.taken);
  }
  if (filled.lost > 0) {
    // The candidates go on after the gap as if it had not been; what they find is placed by `taken`.
    d.taken += static_cast<std::int64_t>(filled.lost);
    d.unchanged = 0;
  }
  for (const double value : filled.samples) d.take(value);
  const auto beat = d.path.next(static_cast<double>(d.given));
  if (!beat) return std::nullopt;
  return d.refined(*beat);
}

std::optional<Beat> RPeakDetector::finish() {
  auto& d = *impl_;
  if (!d.finished) {
    if (!d.broken) d.run_out();
    d.finished = true;
  }
  const auto beat = d.path.next_of_rest();
  if (!beat) return std::nullopt;
  return d.refined(*beat);
}

double RPeakDetector::delay_s() const { return BeatPath::lag_s + 0.1 + impl_->candidates.delay_s(); }

void RPeakDetector::reset() { *impl_ = Impl(impl_->rate_hz); }

}  // namespace attune::signal
