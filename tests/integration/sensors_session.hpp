#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

namespace attune::test {

/// Sessions of the real program, in real time, that listen to sensors on a UDP port of loopback.
class SensorSession : public testing::Test {
 protected:
  /// Starts a session that goes on until `end`. @param more  lines for the section [osc].
  void start(const std::string& more = {}, const RunningProgram::Environment& environment = tiny_views) {
    const auto sensors = sensors_file("[osc]\nport = " + port_ + "\n" + more);
    auto command = session_command(sensors, "real", "600");
    command.insert(command.begin(), ATTUNE_BUILD_DIR "/attune");
    program_.emplace(command, environment);
  }
  /// Ends it as an operator does.
  [[nodiscard]] Outcome end() {
    program_->signal(SIGINT);
    return program_->end_within(60.0).value_or(Outcome{.status = Outcome::hung});
  }
  /// The recording, as far as it is written; nothing before there is a frame in it.
  [[nodiscard]] std::optional<record::Recording> recorded() const {
    if (!std::filesystem::exists(recording_file())) return std::nullopt;
    auto recording = record::Recording::open(recording_file());
    if (!recording || recording->moment_count() == 0) return std::nullopt;
    return std::move(*recording);
  }

  [[nodiscard]] std::filesystem::path recording_file() const { return scratch_ / "s.attune"; }
  [[nodiscard]] std::string sensors_file(const std::string& text) const {
    const auto path = scratch_ / "sensors.toml";
    std::ofstream(path) << text;
    return path.string();
  }
  [[nodiscard]] std::vector<std::string> session_command(const std::string& sensors, const std::string& clock,
                                                         const std::string& seconds) const {
    return {"session",     "--program", "heights",    "--xr",  "replay",   "--headless",
            "--clock",     clock,       "--duration", seconds, "--record", recording_file().string(),
            "--inference", "off",       "--sensors",  sensors};
  }
  /// Debian's client; `values` are types and then numbers, as ("ff", "0.1", "0.2").
  void oscsend(const std::string& address, const std::vector<std::string>& values) const {
    std::vector<std::string> command{"oscsend", "127.0.0.1", port_, address};
    command.insert(command.end(), values.begin(), values.end());
    ASSERT_EQ(run(command, {}, 10).status, 0) << "oscsend is in the Debian package liblo-tools";
  }
  [[nodiscard]] static bool told(const std::vector<record::Event>& events, const std::string& words) {
    return std::any_of(events.begin(), events.end(), [&](const auto& event) {
      return event.kind == record::EventKind::sensor && event.words() == words;
    });
  }

  ScratchFolder scratch_;
  std::string port_ = free_port();
  std::optional<RunningProgram> program_;

 private:
  /// A UDP port of loopback that nobody had a moment ago.
  static std::string free_port() {
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&name), size), 0);
    EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size), 0);
    ::close(fd);
    return std::to_string(ntohs(name.sin_port));
  }
};

}  // namespace attune::test
