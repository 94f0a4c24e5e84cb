#include "cli/ready_stderr.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/sinks/base_sink.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>
#include <string>

namespace attune::cli {

namespace {

/// Standard error, opened once more so that it never waits: whoever shares the original keeps it as it is.
/// The original where that is not possible, or where it needs not be: files do not wait.
int open_again() {
  struct stat about {};
  const bool may_wait =
      ::fstat(STDERR_FILENO, &about) == 0 && (S_ISFIFO(about.st_mode) || S_ISCHR(about.st_mode));
  const int own = may_wait ? ::open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
  return own >= 0 ? own : STDERR_FILENO;
}

class ReadyStderr {
 public:
  void say(std::string_view text) {
    const std::lock_guard lock(mutex_);
    if (left_out_ > 0) {
      const auto gap = "\n(" + std::to_string(left_out_) + " messages found no room here)\n";
      if (write(gap)) left_out_ = 0;
    }
    if (left_out_ > 0 || !write(text)) ++left_out_;
  }

 private:
  /// False: not all of it was written.
  [[nodiscard]] bool write(std::string_view text) const {
    while (!text.empty()) {
      pollfd output{channel_, POLLOUT, 0};
      if (::poll(&output, 1, 0) != 1) return false;
      const auto written = ::write(channel_, text.data(), text.size());
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  std::mutex mutex_;
  int channel_ = open_again();
  std::uint64_t left_out_ = 0;
};

class Sink final : public spdlog::sinks::base_sink<std::mutex> {
 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t formatted;
    formatter_->format(message, formatted);
    std::string line(formatted.data(), formatted.size());
    if (coloured_ && message.color_range_end > message.color_range_start) {
      line.insert(message.color_range_end, "\x1b[0m");
      line.insert(message.color_range_start, colour_of(message.level));
    }
    say_at_once(line);
  }
  void flush_() override {}

  static const char* colour_of(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err) return "\x1b[31m\x1b[1m";
    return level == spdlog::level::warn ? "\x1b[33m\x1b[1m" : "\x1b[32m";
  }

  bool coloured_ = ::isatty(STDERR_FILENO) == 1;
};

}  // namespace

void say_at_once(std::string_view text) {
  static ReadyStderr channel;
  channel.say(text);
}

std::shared_ptr<spdlog::logger> log_that_never_waits() {
  auto log = std::make_shared<spdlog::logger>("attune session", std::make_shared<Sink>());
  log->set_pattern("%^%v%$");
  return log;
}

}  // namespace attune::cli
