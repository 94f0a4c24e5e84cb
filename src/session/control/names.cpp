#include "session/control/names.hpp"

#include <algorithm>
#include <array>

namespace attune::session::control {

namespace {

// In the order of the enumerations; commands and ratings begin at 1.
constexpr std::array<std::string_view, 10> commands{"start",      "pause",        "resume", "step_up",
                                                    "step_down",  "hold",         "skip",   "stop",
                                                    "safe_place", "raise_ceiling"};
constexpr std::array<std::string_view, telemetry::report_kind_count - 1> reports{
    "suds", "comfort", "expectancy", "belief", "urge", "choice"};
constexpr std::array<std::string_view, telemetry::activity_count> activities{
    "none",      "exposure",  "breathing", "thought_record", "experiment", "gaze_training",
    "dot_probe", "grounding", "movement",  "social",         "work",       "rest"};
constexpr std::array<std::string_view, treatment::phase_count> phases{
    "waiting",        "neutral",         "exposure",        "recovery", "safe_place",
    "paused_neutral", "paused_exposure", "paused_recovery", "ended"};
constexpr std::array<std::string_view, 20> events{
    "note",           "session_started",   "session_ended",  "phase_entered", "step_entered", "prompt_shown",
    "question_asked", "question_answered", "command",        "stopped",       "held",         "headset",
    "sensor",         "picture",           "stimulus_shown", "frames_lost",   "problem",      "clock",
    "step_left",      "practice"};
constexpr std::array<std::string_view, sensor_kind_count> sensors{
    "eye_gaze",         "controllers", "heart_rate", "breathing", "skin_conductance",
    "skin_temperature", "eeg",         "face",       "pupil",     "task"};

template <std::size_t N, typename Code>
std::string_view look_up(const std::array<std::string_view, N>& names, Code code, std::size_t first = 0) {
  const auto index = static_cast<std::size_t>(code) - first;  // wraps where a code is below the first
  return index < N ? names[index] : std::string_view();
}

template <typename Code, std::size_t N>
std::optional<Code> find(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Code>(found - names.begin() + 1);
}

}  // namespace

std::string_view name_of(telemetry::CommandKind command) { return look_up(commands, command, 1); }
std::string_view name_of(telemetry::ReportKind kind) { return look_up(reports, kind, 1); }
std::string_view name_of(telemetry::Activity activity) { return look_up(activities, activity); }
std::string_view name_of(treatment::Phase phase) { return look_up(phases, phase); }
std::string_view name_of(SensorKind kind) { return look_up(sensors, kind); }
std::string_view name_of(record::EventKind kind) {
  const auto name = look_up(events, kind);
  return name.empty() ? "event" : name;
}

std::optional<telemetry::CommandKind> command_named(std::string_view name) {
  return find<telemetry::CommandKind>(commands, name);
}
std::optional<telemetry::ReportKind> report_named(std::string_view name) {
  return find<telemetry::ReportKind>(reports, name);
}

std::span<const std::string_view> command_names() { return commands; }
std::span<const std::string_view> report_names() { return reports; }

}  // namespace attune::session::control
