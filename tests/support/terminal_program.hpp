#pragma once

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace attune::test {

/// A program on a terminal of its own, which stays there after it.
class TerminalProgram {
 public:
  TerminalProgram(std::vector<std::string> command, const std::map<std::string, std::string>& environment) {
    if (::openpty(&ours_, &theirs_, nullptr, nullptr, nullptr) != 0) return;
    child_ = ::fork();
    if (child_ != 0) return;
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::close(ours_);
    ::login_tty(theirs_);
    std::vector<char*> arguments;
    for (auto& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ~TerminalProgram() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    ::close(ours_);
    ::close(theirs_);
  }
  TerminalProgram(const TerminalProgram&) = delete;
  TerminalProgram& operator=(const TerminalProgram&) = delete;

  void type(std::string_view keys) const {
    [[maybe_unused]] const auto written = ::write(ours_, keys.data(), keys.size());
  }
  void signal(int number) const { ::kill(child_, number); }

  /// Single keys are let through, and not shown.
  [[nodiscard]] bool is_raw() const {
    termios now{};
    ::tcgetattr(theirs_, &now);
    return (now.c_lflag & (ICANON | ECHO)) == 0;
  }
  /// As a shell wants to find it.
  [[nodiscard]] bool is_as_before() const {
    termios now{};
    ::tcgetattr(theirs_, &now);
    return (now.c_lflag & (ICANON | ECHO)) == (ICANON | ECHO) && now.c_cc[VSUSP] != _POSIX_VDISABLE;
  }

  /// Whether these words were written since the last call, within so many seconds.
  [[nodiscard]] bool shows(std::string_view words, double within_s = 30.0) {
    const auto until = Clock::now() + std::chrono::duration<double>(within_s);
    while (true) {
      if (const auto found = text_.find(words); found != std::string::npos) {
        text_.erase(0, found + words.size());
        return true;
      }
      if (Clock::now() > until) return false;
      read_some();
    }
  }
  [[nodiscard]] const std::string& unread() const { return text_; }

  /// Exit status, or 128 + n after a signal n; none when it goes on.
  [[nodiscard]] std::optional<int> end_within(double limit_s) {
    const auto until = Clock::now() + std::chrono::duration<double>(limit_s);
    int status = 0;
    while (::waitpid(child_, &status, WNOHANG) == 0) {
      if (Clock::now() > until) return std::nullopt;
      read_some();
    }
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void read_some() {
    pollfd input{ours_, POLLIN, 0};
    if (::poll(&input, 1, 20) <= 0) return;
    char bytes[4096];
    const auto size = ::read(ours_, bytes, sizeof bytes);
    if (size > 0) text_.append(bytes, static_cast<std::size_t>(size));
  }

  int ours_ = -1, theirs_ = -1;
  pid_t child_ = 0;
  std::string text_;
};

}  // namespace attune::test
