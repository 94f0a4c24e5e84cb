#include "fault_layer/fault.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace attune::fault_layer {

namespace {

constexpr std::array kinds{
    "session_lost",   "instance_lost", "failure",
    "hang",           "loss_pending",  "instance_loss_pending",
    "exit",           "sleep",         "unfocused",
    "hidden",         "no_render",     "time",
    "leap",           "period",        "refuse_times",
    "no_headset",     "no_stage",      "formats",
    "image_busy",     "recentre",      "pose",
    "gaze",           "pressed",       "controller_down",
    "flood",          "events_lost",   "unknown_events",
    "endless_events", "exit_ignored",  "hang_elsewhere",
};

[[noreturn]] void refuse(const std::string& text) {
  std::fprintf(stderr, "fault layer: ATTUNE_FAULT: cannot read '%s'\n", text.c_str());
  std::_Exit(99);
}

long whole_number(const std::string& text, const std::string& whole) {
  char* end = nullptr;
  const long value = std::strtol(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0') refuse(whole);
  return value;
}

std::vector<std::string> parts(const std::string& text, char separator) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(separator, at), text.size());
    result.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

Fault parse(const std::string& text) {
  Fault fault;
  const auto at = text.find('@');
  if (at == std::string::npos) refuse(text);
  fault.kind = text.substr(0, at);
  bool known = false;
  for (const char* kind : kinds) known = known || fault.kind == kind;
  if (!known) refuse(text);
  const auto colon = text.find(':', at);
  if (colon != std::string::npos) fault.values = parts(text.substr(colon + 1), ',');
  const auto when = text.substr(at + 1, colon == std::string::npos ? colon : colon - at - 1);
  const auto plus = when.find('+');
  fault.from = whole_number(when.substr(0, plus), text);
  if (plus != std::string::npos) fault.frames = whole_number(when.substr(plus + 1), text);
  return fault;
}

}  // namespace

long long Fault::number(std::size_t place, long long otherwise) const {
  const auto text = value(place);
  if (text.empty()) return otherwise;
  if (text == "min") return std::numeric_limits<long long>::min();
  if (text == "max") return std::numeric_limits<long long>::max();
  char* end = nullptr;
  const long long number = std::strtoll(text.c_str(), &end, 10);
  if (*end != '\0') refuse(kind + ":" + text);
  return number;
}

Plan Plan::from_environment() {
  Plan plan;
  const char* text = std::getenv("ATTUNE_FAULT");
  if (text == nullptr) return plan;
  for (const auto& part : parts(text, ';')) plan.faults_.push_back(parse(part));
  return plan;
}

const Fault* Plan::find(const char* kind, long frame) const {
  for (const auto& fault : faults_) {
    if (fault.kind == kind && fault.lasts_in(frame)) return &fault;
  }
  return nullptr;
}

const Fault* Plan::any(const char* kind) const {
  for (const auto& fault : faults_) {
    if (fault.kind == kind) return &fault;
  }
  return nullptr;
}

}  // namespace attune::fault_layer
