#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace attune::test {

/// What a session of a test is of; by itself the programme for heights, with a virtual patient's headset.
struct SessionOf {
  std::string programme = "heights", source = "patient:shipped:2";
  std::string program = ATTUNE_BUILD_DIR "/attune";
};

/// The command that runs a session on our own runtime and records it.
/// @param more  further options of `attune session`, as {"--clock", "real"}
inline std::vector<std::string> session_command(const std::filesystem::path& recording,
                                                const std::vector<std::string>& more,
                                                const SessionOf& session = {}) {
  std::vector<std::string> words{session.program, "session",         "--program", session.programme,
                                 "--xr",          "replay",          "--input",   session.source,
                                 "--record",      recording.string()};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace attune::test
