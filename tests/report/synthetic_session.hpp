#pragma once

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <glm/geometric.hpp>
#include <random>
#include <string>

#include "attune/core/files.hpp"
#include "attune/record/recorder.hpp"
#include "attune/record/recording.hpp"
#include "support/scratch_folder.hpp"

/// A session of six minutes with known figures: one minute neutral, four of exposure, one of recovery, at 30
/// Hz.
namespace attune::report::test {

using attune::test::ScratchFolder;

inline constexpr double rate_hz = 30.0;
inline constexpr std::uint64_t session_frames = 360 * 30 + 1;

inline record::Meta session_meta() {
  record::Meta meta;
  meta.start_unix_ns = 1'795'597'920'000'000'000;
  meta.source = record::SourceKind::virtual_patient;
  meta.source_detail = "shipped@a:7";
  meta.patient = "Birch <7> & co";
  meta.display_rate_hz = static_cast<float>(rate_hz);
  meta.program_id = "heights";
  meta.program_text =
      *core::read_text(std::filesystem::path(ATTUNE_SOURCE_DIR) / "assets/programs/heights.toml");
  meta.world_id = "heights";
  meta.build = "0.1.0 (test)";
  meta.seed = 7;
  meta.inference = record::Inference::folded;
  meta.gaze = telemetry::GazeSource::eye;
  meta.runtime = "synthetic";
  meta.models = {{"state_monitor_sim.pt", std::string(64, 'a')}};
  meta.aois.add(1, "the drop");
  meta.aois.add(2, "the railing");
  meta.aois.add(3, "the garden");
  return meta;
}

/// Which phase a time belongs to, as `treatment::Phase`.
inline std::uint16_t phase_at(double time_s) { return time_s < 60.0 ? 1 : time_s < 300.0 ? 2 : 3; }

/// Exposure climbs a fifth every 48 seconds: 0.1, 0.3, 0.5, 0.7, 0.9.
inline float intensity_at(double time_s) {
  return phase_at(time_s) == 2 ? 0.1F + 0.2F * static_cast<float>(std::floor((time_s - 60.0) / 48.0)) : 0.0F;
}

/// The eyes rest on the garden, then on the drop, then elsewhere, a third of each ten seconds.
inline int looking_at(double time_s) {
  const double within = std::fmod(time_s, 9.0);
  return within < 3.0 ? 3 : within < 6.0 ? 1 : 0;
}

inline telemetry::Frame session_frame(std::uint64_t index, std::mt19937& random) {
  std::normal_distribution<float> noise(0.0F, 0.03F);
  telemetry::Frame frame;
  frame.index = index;
  frame.time = core::at_seconds(static_cast<double>(index) / rate_hz);
  frame.headset = {true, true, true, true};
  frame.head.position_m = {0.0F, 1.65F, 0.0F};
  frame.head.position_valid = frame.head.orientation_valid = frame.head.tracked = true;
  frame.aois.push_back({1, telemetry::AoiRole::threat, {0.0F, -6.0F, -7.0F}, {4.0F, 1.0F, 3.0F}});
  frame.aois.push_back({2, telemetry::AoiRole::neutral, {0.0F, 0.9F, -1.4F}, {1.5F, 0.25F, 0.05F}});
  frame.aois.push_back({3, telemetry::AoiRole::calm, {6.0F, 1.4F, -8.0F}, {2.0F, 1.2F, 1.0F}});
  frame.gaze.time = frame.time;
  frame.gaze.source = telemetry::GazeSource::eye;
  frame.gaze.origin_m = frame.head.position_m;
  const auto target = looking_at(frame.time.seconds());
  const glm::vec3 at = target == 3   ? glm::vec3(6.0F, 1.4F, -8.0F)
                       : target == 1 ? glm::vec3(0.0F, -6.0F, -5.0F)
                                     : glm::vec3(-9.0F, 3.0F, -6.0F);
  frame.gaze.direction = glm::normalize(glm::normalize(at - frame.gaze.origin_m) +
                                        glm::vec3(noise(random), noise(random), noise(random)));
  frame.vitals.heart_rate_bpm = {78.0F, 0.4F, frame.time.seconds() < 180.0};
  return frame;
}

inline record::DecisionRecord session_decision(const telemetry::Frame& frame) {
  const double time_s = frame.time.seconds();
  record::DecisionRecord decision;
  decision.frame_index = frame.index;
  decision.time = frame.time;
  decision.phase = phase_at(time_s);
  decision.state = static_cast<std::uint8_t>(decision.phase);
  const float intensity = intensity_at(time_s);
  decision.directive.time = frame.time;
  decision.directive.intensity = intensity;
  decision.asked_intensity = intensity > 0.0F ? intensity + 0.08F : 0.0F;
  decision.step = static_cast<std::uint16_t>(intensity * 5.0F);
  const float wave = 0.03F * static_cast<float>(std::sin(time_s / 4.0));
  decision.x_mean = 0.2F + 0.55F * intensity + wave;
  const float sd = 0.06F + 0.08F * static_cast<float>(std::fmod(time_s, 60.0) / 60.0);
  decision.x_variance = sd * sd;
  decision.v_mean = 0.8F;
  decision.v_variance = 0.01F;
  return decision;
}

/// Writes the session, up to the frame before `frames`.
inline void write_session(const std::filesystem::path& path, const record::Key& key, const record::Meta& meta,
                          std::uint64_t frames = session_frames) {
  record::RecorderOptions options;
  options.wait_for_writer = true;
  auto created = record::Recorder::create(path, meta, key, options);
  auto& recorder = **created;
  std::mt19937 random(5);
  const auto event = [&](double time_s, record::EventKind kind, std::string_view text,
                         std::initializer_list<double> values = {}) {
    recorder.event(record::make_event(core::at_seconds(time_s), kind, text, values));
  };
  event(0.0, record::EventKind::session_started, "Graded exposure to heights");
  for (std::uint64_t index = 0; index < frames; ++index) {
    const auto frame = session_frame(index, random);
    recorder.publish(frame, session_decision(frame));
    const double time_s = frame.time.seconds();
    if (index % 8 == 0) {
      record::Snapshot snapshot;
      snapshot.time = frame.time;
      snapshot.top.push_back({80, 14.0F, 0.05F});
      snapshot.top.push_back({59, 800.0F, -0.02F});
      snapshot.report_share = 0.6F;
      recorder.snapshot(snapshot);
    }
    if (index == 2 * 30)
      event(time_s, record::EventKind::prompt_shown,
            "Take a moment to arrive. Feel your feet on the floor, and look around.");
    if (index == 60 * 30)
      event(time_s, record::EventKind::phase_entered, "exposure: the baseline has been taken", {2});
    if (index == 200 * 30)
      event(time_s, record::EventKind::held, "the upper bound is above the ceiling", {13});
    const double suds[] = {20, 45, 72, 55};
    if (index % (80 * 30) == 40 * 30) {
      event(time_s, record::EventKind::question_answered, "distress (SUDS 0-100)",
            {1, suds[index / (80 * 30) % 4]});
    }
  }
  event(static_cast<double>(frames - 1) / rate_hz, record::EventKind::session_ended, "the programme is over");
  const auto closed = recorder.close();
  static_cast<void>(closed);
}

}  // namespace attune::report::test
