#include "cli/terminal/steering.hpp"

namespace attune::cli {

core::Result<Steering> Steering::open(const std::string& socket, bool by_keys, session::LiveOptions& live) {
  Steering steering;
  if (!socket.empty()) {
    auto line = std::make_shared<session::TherapistLine>(true);
    auto opened = session::ControlSocket::open(socket, line,
                                               {live.pipeline.programme, live.language, live.virtual_clock});
    if (!opened) return opened.error();
    steering.socket_ = std::move(*opened);
    live.therapists.push_back(std::move(line));
  }
  if (by_keys && RawTerminal::possible()) {
    auto line = std::make_shared<session::TherapistLine>(false);
    steering.keys_ = std::make_unique<TerminalKeys>(line, live.pipeline.programme.middle(), live.language);
    live.therapists.push_back(std::move(line));
  }
  return steering;
}

}  // namespace attune::cli
