#pragma once

#include <memory>
#include <optional>
#include <string>

#include "attune/session/control_socket.hpp"
#include "attune/session/live.hpp"
#include "cli/terminal/terminal_keys.hpp"

namespace attune::cli {

/// How therapists reach one session: by single keys on this terminal and by a socket, as far as there are
/// any. Both go with it.
class Steering {
 public:
  Steering() = default;  ///< nobody steers
  /// @param socket  where `--control` wants one; empty: none
  /// @param by_keys  single keys of this terminal, if it is one
  /// Errors: those of `session::ControlSocket::open`.
  [[nodiscard]] static core::Result<Steering> open(const std::string& socket, bool by_keys,
                                                   session::LiveOptions& live);

  [[nodiscard]] bool by_keys() const { return keys_ != nullptr; }
  [[nodiscard]] bool by_socket() const { return socket_ != nullptr; }

 private:
  std::unique_ptr<session::ControlSocket> socket_;
  std::unique_ptr<TerminalKeys> keys_;
};

}  // namespace attune::cli
