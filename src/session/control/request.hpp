#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "attune/session/therapist.hpp"

namespace attune::session::control {

/// A line longer than this, without its end, is no request.
inline constexpr std::size_t longest_line = 4096;

/// What one line of a client asks for. Exactly one of `act` and `problem` is there.
struct Request {
  std::string id;  ///< JSON, to be given back with the reply; empty: the client gave none
  std::optional<Act> act;
  std::string problem;  ///< why the line asks for nothing, for whoever wrote the client
};

/// Reads one line, without its end, as docs/control.md says. Takes anything at all; throws nothing.
[[nodiscard]] Request read_request(std::string_view line);

}  // namespace attune::session::control
