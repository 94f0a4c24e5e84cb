#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "support/scratch_folder.hpp"

namespace attune::test {

/// What a program left behind.
struct Outcome {
  int status = -1;  ///< exit status; 128 + n when a signal n ended it
  std::string out, err;

  [[nodiscard]] std::size_t error_lines() const {
    std::size_t lines = 0;
    for (const char c : err) lines += c == '\n';
    return lines;
  }
};

inline std::string whole_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Runs a program to its end and takes what it prints; `limit_s` ends one that hangs (status 137 then).
inline Outcome run(const std::vector<std::string>& command,
                   const std::map<std::string, std::string>& environment = {}, int limit_s = 240) {
  const ScratchFolder scratch;
  const auto out = scratch / "out", err = scratch / "err";
  const auto child = ::fork();
  if (child == 0) {
    for (const auto& [name, value] : environment) {
      if (value.empty())
        ::unsetenv(name.c_str());
      else
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    if (std::freopen(out.c_str(), "w", stdout) == nullptr ||
        std::freopen(err.c_str(), "w", stderr) == nullptr)
      _exit(126);
    std::vector<std::string> words{"timeout", "--signal=KILL", std::to_string(limit_s)};
    words.insert(words.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = whole_file(out);
  outcome.err = whole_file(err);
  return outcome;
}

}  // namespace attune::test
