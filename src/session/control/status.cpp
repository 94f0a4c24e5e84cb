#include "attune/session/status.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::session {

namespace {

struct Words {
  std::string_view en, zh;
};
constexpr std::array<Words, sensor_kind_count> sensor_words{{
    {"eyes", "眼动"},
    {"controllers", "手柄"},
    {"heart", "心率"},
    {"breathing", "呼吸"},
    {"skin conductance", "皮电"},
    {"skin temperature", "皮温"},
    {"EEG", "脑电"},
    {"face", "面部"},
    {"pupils", "瞳孔"},
    {"desk", "桌面"},
}};

}  // namespace

std::uint32_t sensors_in(const telemetry::Frame& frame) {
  std::uint32_t bits = 0;
  const auto say = [&](SensorKind kind, bool there) {
    if (there) bits |= 1U << static_cast<unsigned>(kind);
  };
  const auto any = [](const auto& readings) {
    return std::any_of(readings.begin(), readings.end(), [](const auto& reading) { return reading.valid; });
  };
  const auto& vitals = frame.vitals;
  say(SensorKind::eye_gaze, frame.gaze.source == telemetry::GazeSource::eye);
  say(SensorKind::controllers, frame.hands[0].active || frame.hands[1].active);
  say(SensorKind::heart_rate, vitals.heart_rate_bpm.valid || vitals.rr_ms.valid);
  say(SensorKind::breathing, vitals.breaths_per_min.valid || vitals.breath_phase.valid);
  say(SensorKind::skin_conductance, vitals.skin_conductance_us.valid);
  say(SensorKind::skin_temperature, vitals.skin_temperature_c.valid);
  say(SensorKind::eeg, any(vitals.eeg_share) || vitals.eeg_alpha_asymmetry.valid);
  say(SensorKind::face, any(vitals.expressions));
  say(SensorKind::pupil, vitals.pupil_mm.valid);
  say(SensorKind::task, frame.task.clicks_per_min.valid || frame.task.screen_share.valid);
  return bits;
}

std::string_view text(SensorKind kind, treatment::Language language) {
  const auto index = static_cast<std::size_t>(kind);
  if (index >= sensor_words.size()) return {};
  return language == treatment::Language::chinese ? sensor_words[index].zh : sensor_words[index].en;
}

Band band_of(const Status& status) {
  const auto suds = [](float state) {
    return std::isfinite(state) ? static_cast<int>(std::lround(100.0F * std::clamp(state, 0.0F, 1.0F))) : 0;
  };
  const float half = Status::band_deviations * status.state_deviation;
  if (!std::isfinite(status.state_mean) || !std::isfinite(half)) return {0, 50, 100};
  return {suds(status.state_mean - half), suds(status.state_mean), suds(status.state_mean + half)};
}

}  // namespace attune::session
