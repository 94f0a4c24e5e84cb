#include "sensors/beat_clock.hpp"

#include <algorithm>
#include <cmath>

namespace attune::sensors {

namespace {

constexpr double longest_interval_s = 5.0;  // no beat for longer: not an interval between two beats

std::int64_t to_ns(double seconds) { return std::llround(seconds * 1e9); }

Sample sample_of(Stream stream, double value, std::int64_t measured_ns) {
  Sample sample;
  sample.stream = stream;
  sample.value = static_cast<float>(value);
  sample.measured_ns = measured_ns;
  return sample;
}

}  // namespace

void BeatClock::begin_anew() {
  estimator_.restart();
  beats_s_ = 0.0;
  counting_ = false;
}

void BeatClock::lose(Fault why, std::int64_t now_ns, std::vector<Sample>& out) {
  out.clear();
  begin_anew();
  for (const auto stream : {Stream::rr_ms, Stream::heart_rate_bpm}) {
    out.push_back(Sample{.stream = stream, .fault = why, .measured_ns = now_ns});
  }
}

void BeatClock::take(const HeartRateMeasurement& measurement, std::int64_t arrival_ns,
                     std::vector<Sample>& out) {
  if (measurement.contact == Contact::missing) {
    lose(Fault::no_contact, arrival_ns, out);
    return;
  }
  out.clear();
  const double silence_s = static_cast<double>(arrival_ns - last_arrival_ns_) * 1e-9;
  if (counting_ && silence_s > longest_silence_s) begin_anew();
  last_arrival_ns_ = arrival_ns;
  take_beats({measurement.rr_1024.begin(), measurement.rr_1024.size()}, arrival_ns, out);
  out.push_back(sample_of(Stream::heart_rate_bpm, measurement.rate_bpm, arrival_ns));
}

void BeatClock::take_beats(std::span<const std::uint16_t> rr_1024, std::int64_t arrival_ns,
                           std::vector<Sample>& out) {
  if (rr_1024.empty()) return;
  double sum_s = 0.0;
  for (const auto interval : rr_1024) sum_s += interval * HeartRateMeasurement::rr_unit_s;
  if (sum_s > longest_interval_s * static_cast<double>(rr_1024.size())) begin_anew();
  beats_s_ += sum_s;
  counting_ = true;
  const auto placed_s = estimator_.push(beats_s_, static_cast<double>(arrival_ns) * 1e-9);
  // Where the sum does not fit, the beats are as old as they can be told to be: just told.
  const std::int64_t last_ns = placed_s ? std::min(to_ns(*placed_s), arrival_ns) : arrival_ns;
  double after_s = sum_s;
  for (const auto interval : rr_1024) {
    const double interval_s = interval * HeartRateMeasurement::rr_unit_s;
    after_s -= interval_s;
    // Instants of beats rise whatever the estimate does; two of them never share one.
    last_beat_ns_ = std::min(std::max(last_ns - to_ns(after_s), last_beat_ns_ + 1), arrival_ns);
    out.push_back(sample_of(Stream::rr_ms, interval_s * 1e3, last_beat_ns_));
  }
}

}  // namespace attune::sensors
