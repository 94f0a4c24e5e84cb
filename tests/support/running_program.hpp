#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/scratch_folder.hpp"

namespace attune::test {

/// What a program left behind.
struct Outcome {
  static constexpr int hung = 128 + SIGKILL;  ///< status of one that had to be killed

  int status = -1;  ///< exit status; 128 + n when a signal n ended it
  std::string out, err;
  double took_s = 0.0;

  [[nodiscard]] std::size_t error_lines() const {
    std::size_t lines = 0;
    for (const char c : err) lines += c == '\n';
    return lines;
  }
  [[nodiscard]] std::string first_error_line() const { return err.substr(0, err.find('\n')); }
};

inline std::string whole_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A program that runs beside the test. It ends with the test at the latest.
class RunningProgram {
 public:
  using Environment = std::map<std::string, std::string>;

  /// An empty value takes a variable away.
  explicit RunningProgram(const std::vector<std::string>& command, const Environment& environment = {}) {
    child_ = ::fork();
    if (child_ != 0) return;
    for (const auto& [name, value] : environment) {
      if (value.empty())
        ::unsetenv(name.c_str());
      else
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    if (std::freopen((scratch_ / "out").c_str(), "w", stdout) == nullptr ||
        std::freopen((scratch_ / "err").c_str(), "w", stderr) == nullptr)
      _exit(126);
    auto words = command;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    _exit(127);
  }
  ~RunningProgram() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void signal(int number) const {
    if (child_ > 0) ::kill(child_, number);
  }
  /// Its end, if it comes within so many seconds.
  [[nodiscard]] std::optional<Outcome> end_within(double limit_s) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::duration<double>(limit_s);
    int status = 0;
    while (::waitpid(child_, &status, WNOHANG) == 0) {
      if (Clock::now() >= until) return std::nullopt;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    child_ = 0;
    Outcome outcome;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    outcome.out = whole_file(scratch_ / "out");
    outcome.err = whole_file(scratch_ / "err");
    outcome.took_s = std::chrono::duration<double>(Clock::now() - began_).count();
    return outcome;
  }

 private:
  ScratchFolder scratch_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  pid_t child_ = 0;
};

}  // namespace attune::test
