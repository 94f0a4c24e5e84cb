#include "session/met_commands.hpp"

#include <algorithm>

namespace attune::session {

namespace {

/// The machine meets a ceiling that is asked for again as its confirmation.
bool is_met_as(treatment::Event sent, treatment::Event met) {
  using treatment::Event;
  return met == sent || (sent == Event::raise_ceiling && met == Event::confirm_ceiling);
}

}  // namespace

CommandReasons reasons_of(const telemetry::Frame& frame, std::span<const treatment::LoggedEvent> met) {
  CommandReasons reasons{};
  auto at = met.begin();
  for (std::size_t i = 0; i < frame.commands.size(); ++i) {
    const auto event = treatment::event_of(frame.commands[i].kind);
    at = std::find_if(at, met.end(), [&](const auto& one) { return is_met_as(event, one.event); });
    if (at == met.end()) break;
    reasons[i] = at->reason;
    ++at;
  }
  return reasons;
}

}  // namespace attune::session
