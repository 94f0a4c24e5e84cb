#include <algorithm>
#include <vector>

#include "attune/record/recording.hpp"
#include "xr_replay/source.hpp"

namespace attune::xr_replay {
namespace {

// A sample this much later than asked counts as there: recorded times and display times round differently.
constexpr std::int64_t tolerance_ns = 1'000'000;
// Over a longer hole nobody knows the way: the last pose is held, as not tracked.
constexpr double longest_bridge_s = 0.25;

/// What is kept of a recorded frame: the recording itself is several times as large.
struct Sample {
  PlayedState state;
  telemetry::Vitals vitals;
  bool recentred = false;
};
struct Answer {
  core::SessionTime came{};
  telemetry::SelfReport report;
};
struct Track {
  std::vector<Sample> samples;  // by time
  std::vector<Answer> answers;
};

void hold(PlayedState& state) {
  state.head.tracked = false;
  for (auto& hand : state.hands) hand.grip.tracked = hand.aim.tracked = false;
}

void add_age(telemetry::Reading& reading, float seconds) {
  if (reading.valid) reading.age_s += seconds;
}

class RecordingSource final : public Source {
 public:
  explicit RecordingSource(std::shared_ptr<const Track> track) : track_(std::move(track)) {}

  void advance(core::SessionTime) override {}

  [[nodiscard]] PlayedState at(core::SessionTime time) const override {
    const auto& samples = track_->samples;
    const std::size_t after = first_after(time);
    if (after == 0) return samples.front().state;
    const PlayedState& earlier = samples[after - 1].state;
    PlayedState state = earlier;
    if (after < samples.size()) {
      const Sample& later = samples[after];
      if (core::seconds_between(earlier.time, later.state.time) > longest_bridge_s) {
        if (core::seconds_between(earlier.time, time) > longest_bridge_s) hold(state);
      } else if (!later.recentred) {
        state = between(earlier, later.state, time);
      }
      const bool as_good_as_there = later.state.time.ns <= time.ns + tolerance_ns;
      if (as_good_as_there) take_inputs(later.state, state);
    }
    state.time = time;
    state.gaze.time = std::min(state.gaze.time, time);
    return state;
  }

  [[nodiscard]] bool recentred(core::SessionTime from, core::SessionTime to) const override {
    for (std::size_t i = first_after(from); i < track_->samples.size() && track_->samples[i].state.time <= to;
         ++i) {
      if (track_->samples[i].recentred) return true;
    }
    return false;
  }

  void show(const telemetry::Stimulus&) override {}

  [[nodiscard]] telemetry::PatientSignals signals(core::SessionTime time) override {
    telemetry::PatientSignals signals;
    const Sample& sample =
        track_->samples[std::max<std::size_t>(first_after({time.ns + tolerance_ns}), 1) - 1];
    signals.vitals = sample.vitals;
    const auto older = static_cast<float>(std::max(0.0, core::seconds_between(sample.state.time, time)));
    auto& vitals = signals.vitals;
    for (auto* reading : {&vitals.heart_rate_bpm, &vitals.rr_ms, &vitals.breaths_per_min,
                          &vitals.breath_phase, &vitals.skin_conductance_us, &vitals.skin_temperature_c}) {
      add_age(*reading, older);
    }
    const auto& answers = track_->answers;
    while (next_answer_ < answers.size() && answers[next_answer_].came.ns <= time.ns + tolerance_ns &&
           signals.reports.push_back(answers[next_answer_].report)) {
      ++next_answer_;
    }
    return signals;
  }

 private:
  [[nodiscard]] std::size_t first_after(core::SessionTime time) const {
    const auto& samples = track_->samples;
    return static_cast<std::size_t>(
        std::upper_bound(samples.begin(), samples.end(), time,
                         [](core::SessionTime t, const Sample& sample) { return t < sample.state.time; }) -
        samples.begin());
  }

  /// Everything that is not a pose comes from one frame: what is pressed, worn and looked at.
  static void take_inputs(const PlayedState& from, PlayedState& to) {
    to.gaze = from.gaze;
    std::tie(to.worn, to.visible, to.focused) = std::tie(from.worn, from.visible, from.focused);
    for (std::size_t side = 0; side < 2; ++side) {
      const auto poses = std::pair(to.hands[side].grip, to.hands[side].aim);
      to.hands[side] = from.hands[side];
      std::tie(to.hands[side].grip, to.hands[side].aim) = poses;
    }
  }

  std::shared_ptr<const Track> track_;
  std::size_t next_answer_ = 0;
};

/// Display rate of a recording that does not tell it: from the middle one of the times between frames.
double usual_rate_hz(const std::vector<Sample>& samples) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const double step = core::seconds_between(samples[i - 1].state.time, samples[i].state.time);
    if (step > 0.0) steps.push_back(step);
  }
  if (steps.empty()) return 90.0;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  return std::clamp(1.0 / steps[steps.size() / 2], 1.0, 1000.0);
}

}  // namespace

core::Result<SourceInfo> recording_source(const std::string& path) {
  const auto recording = record::Recording::open(path);
  if (!recording) return recording.error();

  auto track = std::make_shared<Track>();
  track->samples.reserve(recording->moment_count());
  const auto read = recording->for_each_moment([&](const record::Moment& moment) {
    const telemetry::Frame& frame = moment.frame;
    if (!track->samples.empty() && frame.time <= track->samples.back().state.time) return true;
    Sample& sample = track->samples.emplace_back();
    sample.state = {frame.time,           frame.head,         frame.gaze,
                    frame.hands,          frame.headset.worn, frame.headset.visible,
                    frame.headset.focused};
    sample.vitals = frame.vitals;
    sample.recentred = frame.recentred;
    for (const auto& report : frame.reports) track->answers.push_back({frame.time, report});
    return true;
  });
  if (!read) return read.error();
  if (track->samples.empty()) return core::bad_input(path + ": the recording holds no frames to play");

  SourceInfo info;
  info.name = path;
  const float rate = recording->meta().display_rate_hz;
  info.rate_hz = rate >= 1.0F && rate <= 1000.0F ? static_cast<double>(rate) : usual_rate_hz(track->samples);
  info.duration_s = track->samples.back().state.time.seconds();
  info.has_eye_gaze = std::any_of(track->samples.begin(), track->samples.end(), [](const Sample& sample) {
    return sample.state.gaze.source == telemetry::GazeSource::eye;
  });
  info.start = [track]() -> core::Result<std::unique_ptr<Source>> {
    return std::unique_ptr<Source>(std::make_unique<RecordingSource>(track));
  };
  return info;
}

}  // namespace attune::xr_replay
