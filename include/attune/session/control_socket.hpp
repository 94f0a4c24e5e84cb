#pragma once

#include <filesystem>
#include <memory>

#include "attune/core/result.hpp"
#include "attune/session/therapist.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::session {

/// What a client is told when it comes, and what words are taken from.
struct Greeting {
  treatment::Programme programme;
  treatment::Language language = treatment::Language::english;
  bool virtual_clock = false;  ///< seconds of the session are no seconds of the clock
};

/// A Unix socket on which therapists' programs steer a session and see how it goes, line by line
/// (docs/control.md). It has a thread of its own; nothing a client does or leaves undone reaches the frame
/// loop but the acts it sends.
class ControlSocket {
 public:
  /// Listens on `path`, with mode 0600. A socket that nobody listens on any more is replaced. Errors, status
  /// 2: the path is taken, is too long for a socket, or cannot be made.
  /// @param line  the other end of which the session holds
  [[nodiscard]] static core::Result<std::unique_ptr<ControlSocket>> open(const std::filesystem::path& path,
                                                                         std::shared_ptr<TherapistLine> line,
                                                                         Greeting greeting);
  /// Sends what is left, for half a second at most, and takes the path away.
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  class Server;
  explicit ControlSocket(std::unique_ptr<Server> server);
  std::unique_ptr<Server> server_;
};

}  // namespace attune::session
