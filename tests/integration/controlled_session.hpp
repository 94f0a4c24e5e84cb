#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"
#include "integration/session_command.hpp"
#include "support/control_client.hpp"

namespace attune::test {

/// Sessions of the real program with a control socket.
class ControlledSession : public testing::Test {
 protected:
  using Json = nlohmann::json;

  /// @param more  further options, as {"--clock", "real"}
  void start(const std::vector<std::string>& more, const std::string& programme = "heights") {
    std::vector<std::string> options{"--headless", "--inference", "off", "--control", socket().string()};
    options.insert(options.end(), more.begin(), more.end());
    const auto command = session_command(recording_file(), options, {.programme = programme});
    program_.emplace(command, RunningProgram::Environment{{"ATTUNE_XR_VIEW_SIZE", "32x32"}});
  }
  /// Waits for its end, or asks for it as an operator does.
  [[nodiscard]] Outcome end(bool by_operator) {
    if (by_operator) program_->signal(SIGINT);
    return program_->end_within(120.0).value_or(Outcome{.status = Outcome::hung});
  }
  [[nodiscard]] record::Recording recorded() const {
    auto recording = record::Recording::open(recording_file());
    EXPECT_TRUE(recording) << recording.error().message;
    return std::move(*recording);
  }
  /// The shipped programme for heights, with a line exchanged.
  [[nodiscard]] std::string programme_with(const std::string& line, const std::string& instead) const {
    auto text = whole_file(ATTUNE_SOURCE_DIR "/assets/programs/heights.toml");
    const auto found = text.find(line);
    EXPECT_NE(found, std::string::npos) << line;
    text.replace(found, line.size(), instead);
    const auto path = scratch_ / "heights.toml";
    std::ofstream(path) << text;
    return path.string();
  }

  [[nodiscard]] std::filesystem::path socket() const { return scratch_ / "control"; }
  [[nodiscard]] std::filesystem::path recording_file() const { return scratch_ / "s.attune"; }

  ScratchFolder scratch_;
  std::optional<RunningProgram> program_;
};

}  // namespace attune::test
