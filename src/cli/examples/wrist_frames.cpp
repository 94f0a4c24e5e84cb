#include "cli/examples/wrist_frames.hpp"

#include <cmath>
#include <deque>

#include "attune/signal/pulses.hpp"

namespace attune::cli {

namespace {

constexpr double frames_hz = 16.0;
constexpr double oldest_s = 30.0;  // an older reading says nothing of now

struct BeatInterval {
  double end_s = 0.0, ms = 0.0;
};

/// The intervals of a pulse, as they become known; what they are worth is for the reader to tell.
class Heart {
 public:
  explicit Heart(const datasets::WristSignal& pulse) : pulse_(&pulse), detector_(pulse.rate_hz) {}

  /// Takes the samples up to a time. @return the intervals that have become certain, oldest first.
  std::deque<BeatInterval>& until(double time_s) {
    for (; next_ < pulse_->values.size() && second_of(static_cast<double>(next_)) <= time_s; ++next_) {
      const auto beat = detector_.push(pulse_->values[next_]);
      if (!beat) continue;
      const double at_s = second_of(beat->sample);
      if (beat->connected) known_.push_back({at_s, 1000.0 * (at_s - last_beat_s_)});
      last_beat_s_ = at_s;
    }
    return known_;
  }

 private:
  [[nodiscard]] double second_of(double sample) const { return pulse_->start_s + sample / pulse_->rate_hz; }

  const datasets::WristSignal* pulse_;
  signal::PulseDetector detector_;
  std::deque<BeatInterval> known_;
  double last_beat_s_ = 0.0;
  std::size_t next_ = 0;
};

telemetry::Reading reading(double value, double age_s) {
  if (!std::isfinite(value) || age_s > oldest_s) return {};
  return {static_cast<float>(value), static_cast<float>(age_s), true};
}

/// The newest sample at a time.
telemetry::Reading newest(const datasets::WristSignal& signal, double time_s) {
  const double sample = std::floor((time_s - signal.start_s) * signal.rate_hz);
  if (sample < 0.0 || signal.values.empty()) return {};
  const auto index = std::min(static_cast<std::size_t>(sample), signal.values.size() - 1);
  const double at_s = signal.start_s + static_cast<double>(index) / signal.rate_hz;
  return reading(signal.values[index], time_s - at_s);
}

}  // namespace

void play_wrist(const datasets::WristRecording& recording,
                const std::function<void(const telemetry::Frame&)>& on_frame) {
  const double length_s = static_cast<double>(recording.pulse.values.size()) / recording.pulse.rate_hz;
  Heart heart(recording.pulse);
  std::optional<BeatInterval> last;
  telemetry::Frame frame;
  frame.headset.worn = true;
  for (double time_s = 0.0; time_s < length_s; time_s = static_cast<double>(frame.index) / frames_hz) {
    frame.time = core::at_seconds(time_s);
    // Beats may become certain in a bunch: a frame has room for one, the rest follow in the next frames.
    if (auto& known = heart.until(time_s); !known.empty()) {
      last = known.front();
      known.pop_front();
    }
    frame.vitals = {};
    if (last) {
      frame.vitals.rr_ms = reading(last->ms, time_s - last->end_s);
      frame.vitals.heart_rate_bpm = reading(60'000.0 / last->ms, time_s - last->end_s);
    }
    frame.vitals.skin_conductance_us = newest(recording.conductance, time_s);
    frame.vitals.skin_temperature_c = newest(recording.temperature, time_s);
    on_frame(frame);
    ++frame.index;
  }
}

}  // namespace attune::cli
