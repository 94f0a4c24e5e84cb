#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include "support/running_program.hpp"
#include "support/scratch_folder.hpp"

namespace attune::test {

/// A D-Bus of the test's own, on which anybody may have any name.
class PrivateBus {
 public:
  PrivateBus() {
    std::ofstream(folder_ / "bus.conf")
        << R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>)"
        << address() << R"(</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";
    daemon_.emplace(std::vector<std::string>{"dbus-daemon", "--nofork", "--nopidfile",
                                             "--config-file=" + (folder_ / "bus.conf").string()});
    for (int i = 0; i < 500 && !listens(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (!listens())
      throw std::runtime_error("dbus-daemon did not start: it is in the Debian package dbus-daemon");
  }

  [[nodiscard]] std::string address() const { return "unix:path=" + socket().string(); }

 private:
  /// A socket has its name before anybody listens to it.
  [[nodiscard]] bool listens() const {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const auto text = socket().string();
    text.copy(name.sun_path, sizeof name.sun_path - 1);
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected = ::connect(made, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0;
    ::close(made);
    return connected;
  }
  [[nodiscard]] std::filesystem::path socket() const { return folder_ / "bus"; }

  ScratchFolder folder_;
  std::optional<RunningProgram> daemon_;
};

}  // namespace attune::test
