#pragma once

#include <unistd.h>

#include <bit>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <random>
#include <string>

#include "attune/record/key.hpp"
#include "attune/record/meta.hpp"
#include "attune/record/recorder.hpp"
#include "attune/record/streams.hpp"
#include "support/scratch_folder.hpp"

/// Sessions for the tests of `record`: every field filled, none like its neighbour.
namespace attune::record::test {

using attune::test::ScratchFolder;

/// The environment variable has this value while the test runs; null takes it away.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before, was_set_ = true;
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  ~Variable() { was_set_ ? ::setenv(name_, before_.c_str(), 1) : ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string before_;
  bool was_set_ = false;
};

/// Values of any bits, NaN with a payload, infinities and −0 among them.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  float real() {
    switch (random_() % 8) {
      case 0:
        return std::bit_cast<float>(static_cast<std::uint32_t>(0x7FA00000U | (random_() & 0xFFFFFU)));
      case 1:
        return -std::numeric_limits<float>::infinity();
      case 2:
        return -0.0F;
      default:
        return std::bit_cast<float>(static_cast<std::uint32_t>(random_()));
    }
  }
  template <typename T>
  T whole() {
    return static_cast<T>(random_());
  }
  bool flag() { return (random_() & 1U) != 0; }
  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  std::mt19937_64 random_;
};

inline glm::vec3 any_vec3(Chance& chance) { return {chance.real(), chance.real(), chance.real()}; }

inline telemetry::Pose any_pose(Chance& chance) {
  telemetry::Pose pose;
  pose.position_m = any_vec3(chance);
  pose.orientation = {chance.real(), chance.real(), chance.real(), chance.real()};
  pose.position_valid = chance.flag();
  pose.orientation_valid = chance.flag();
  pose.tracked = chance.flag();
  return pose;
}

inline telemetry::Reading any_reading(Chance& chance) {
  return {chance.real(), chance.real(), chance.flag()};
}

/// Frame number `index` of a session at `rate_hz`, everything else in it by chance.
inline telemetry::Frame any_frame(Chance& chance, std::uint64_t index, double rate_hz = 90.0) {
  telemetry::Frame frame;
  frame.index = index;
  frame.time = core::at_seconds(static_cast<double>(index) / rate_hz);
  frame.headset = {chance.flag(), chance.flag(), chance.flag(), chance.flag()};
  frame.head = any_pose(chance);
  frame.gaze.time = {chance.whole<std::int64_t>()};
  frame.gaze.origin_m = any_vec3(chance);
  frame.gaze.direction = any_vec3(chance);
  frame.gaze.angular_error_rad = chance.real();
  frame.gaze.source = static_cast<telemetry::GazeSource>(chance.below(3));
  frame.gaze.interpolated = chance.flag();
  for (auto& hand : frame.hands) {
    hand.grip = any_pose(chance);
    hand.aim = any_pose(chance);
    hand.trigger = chance.real();
    hand.squeeze = chance.real();
    hand.thumbstick = {chance.real(), chance.real()};
    hand.buttons = chance.whole<std::uint8_t>();
    hand.active = chance.flag();
  }
  frame.vitals = {any_reading(chance), any_reading(chance), any_reading(chance),
                  any_reading(chance), any_reading(chance), any_reading(chance)};
  for (auto& reading : frame.vitals.eeg_share) reading = any_reading(chance);
  frame.vitals.eeg_alpha_asymmetry = any_reading(chance);
  for (auto& reading : frame.vitals.expressions) reading = any_reading(chance);
  frame.vitals.pupil_mm = any_reading(chance);
  frame.shown_light = any_reading(chance);
  for (auto left = chance.below(5); left > 0; --left) {
    frame.reports.push_back({static_cast<telemetry::ReportKind>(chance.below(4)),
                             chance.real(),
                             {chance.whole<std::int64_t>()},
                             {chance.whole<std::int64_t>()}});
  }
  for (auto left = chance.below(5); left > 0; --left) {
    frame.commands.push_back({static_cast<telemetry::CommandKind>(1 + chance.below(10)), chance.real()});
  }
  frame.patient_stop = chance.flag();
  for (auto left = chance.below(telemetry::max_aois + 1); left > 0; --left) {
    frame.aois.push_back({chance.whole<std::uint16_t>(), static_cast<telemetry::AoiRole>(chance.below(5)),
                          any_vec3(chance), any_vec3(chance)});
  }
  frame.recentred = chance.flag();
  return frame;
}

inline DecisionRecord any_decision(Chance& chance, const telemetry::Frame& frame) {
  DecisionRecord decision;
  decision.frame_index = frame.index;
  decision.time = frame.time;
  auto& directive = decision.directive;
  directive.time = {chance.whole<std::int64_t>()};
  directive.place = static_cast<scene::Place>(chance.below(2));
  directive.intensity = chance.real();
  directive.fade = chance.real();
  directive.stimulus_hidden = chance.flag();
  directive.calm_feedback = chance.real();
  directive.breath_phase = chance.real();
  directive.guide_breaths_per_min = chance.real();
  directive.gaze_lead = chance.real();
  directive.prompt = chance.whole<std::uint16_t>();
  directive.question = {static_cast<telemetry::ReportKind>(chance.below(4)),
                        {chance.whole<std::int64_t>()},
                        chance.real(),
                        chance.real()};
  directive.stop_progress = chance.real();
  decision.monitor_valid = chance.flag();
  decision.monitor_estimate = chance.real();
  decision.monitor_sd = chance.real();
  decision.x_mean = chance.real();
  decision.x_variance = chance.real();
  decision.v_mean = chance.real();
  decision.v_variance = chance.real();
  decision.xv_covariance = chance.real();
  decision.engagement_valid = chance.flag();
  decision.engagement = chance.real();
  decision.wanted_valid = chance.flag();
  decision.wanted_change = chance.real();
  decision.asked_intensity = chance.real();
  decision.reason = chance.whole<std::uint16_t>();
  decision.holds = chance.whole<std::uint32_t>();
  decision.state = chance.whole<std::uint8_t>();
  decision.phase = chance.whole<std::uint16_t>();
  decision.step = chance.whole<std::uint16_t>();
  return decision;
}

inline Snapshot any_snapshot(Chance& chance, core::SessionTime time) {
  Snapshot snapshot;
  snapshot.time = time;
  for (std::size_t i = 0; i < feature_count; ++i) {
    snapshot.features[i] = chance.real();
    snapshot.present[i] = chance.flag();
  }
  for (auto left = chance.below(6); left > 0; --left) {
    snapshot.top.push_back({static_cast<std::uint16_t>(chance.below(100)), chance.real(), chance.real()});
  }
  snapshot.report_share = chance.real();
  return snapshot;
}

/// Meta data with every field set.
inline Meta full_meta() {
  Meta meta;
  meta.start_unix_ns = 1'764'061'954'123'456'789;
  meta.source = SourceKind::virtual_patient;
  meta.source_detail = "shipped@b:7";
  meta.patient = "Schneeglöckchen 雪";
  meta.purpose = "treatment of acrophobia";
  meta.display_rate_hz = 89.97F;
  meta.program_id = "heights";
  meta.program_text = "title = \"Höhe\"\n\n[[phases]]\n";
  meta.session_number = 3;
  meta.world_id = "high-place";
  meta.build = "0.1.0 abcdef0";
  meta.seed = 0xFEDCBA9876543210;
  meta.inference = Inference::torch;
  meta.gaze = telemetry::GazeSource::head;
  meta.runtime = "Attune replay 0.1";
  meta.models = {{"state_monitor_sim.pt", std::string(64, 'a')}, {"treatment_sim.pt", std::string(64, 'b')}};
  meta.aois.add(3, "the drop");
  meta.features.add(0, "fixations a minute");
  meta.reasons.add(7, "below the wanted level");
  meta.holds.add(2, "belief is stale");
  meta.states.add(1, "exposure");
  meta.phases.add(0, "neutral");
  meta.prompts.add(1, "Look around. 看看四周。");
  return meta;
}

/// Publishes frames first..last−1, with a decision each, a snapshot every 22 frames and an event every 45.
inline void publish_frames(Recorder& recorder, Chance& chance, std::uint64_t first, std::uint64_t last,
                           double rate_hz = 90.0) {
  for (auto index = first; index < last; ++index) {
    const auto frame = any_frame(chance, index, rate_hz);
    recorder.publish(frame, any_decision(chance, frame));
    if (index % 22 == 0) recorder.snapshot(any_snapshot(chance, frame.time));
    if (index % 45 == 0)
      recorder.event(make_event(frame.time, EventKind::note, "frame " + std::to_string(index), {1.5}));
  }
}

/// For tests that write as fast as they can.
inline RecorderOptions waiting() {
  RecorderOptions options;
  options.wait_for_writer = true;
  return options;
}

/// A closed recording of `frames` frames in `path`, sealed with `key`.
inline void write_recording(const std::filesystem::path& path, const Key& key, std::uint64_t frames,
                            double rate_hz = 90.0) {
  auto recorder = Recorder::create(path, full_meta(), key, waiting());
  Chance chance(11);
  publish_frames(**recorder, chance, 0, frames, rate_hz);
  const auto closed = (*recorder)->close();
  static_cast<void>(closed);
}

}  // namespace attune::record::test
