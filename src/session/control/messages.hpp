#pragma once

#include <string>
#include <string_view>

#include "attune/session/control_socket.hpp"
#include "attune/session/therapist.hpp"

/// The lines that go out to a client of the control socket: one JSON object each, with its end of line.
/// docs/control.md describes them.
namespace attune::session::control {

[[nodiscard]] std::string hello(const Greeting& greeting);
[[nodiscard]] std::string message(const Status& status, const Greeting& greeting);
[[nodiscard]] std::string message(const record::Event& event);
/// @param id  JSON, as the client gave it; empty: null
[[nodiscard]] std::string reply(const std::string& id, const Outcome& outcome, const Greeting& greeting);
[[nodiscard]] std::string refusal(const std::string& id, std::string_view code, std::string_view words);
/// A reply to what needs no frame.
[[nodiscard]] std::string agreement(const std::string& id);
[[nodiscard]] std::string lost(std::uint64_t messages);
/// No frame has come for so long.
[[nodiscard]] std::string silence(double seconds);

}  // namespace attune::session::control
