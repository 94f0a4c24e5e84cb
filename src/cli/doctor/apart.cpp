#include "cli/doctor/apart.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

namespace attune::cli::doctor {

namespace {

/// Lines of JSON into a pipe, each written at once: what was found before a crash is not lost.
class PipeReport final : public Report {
 public:
  explicit PipeReport(int pipe) : pipe_(pipe) {}

  void add(Finding finding) override {
    write({{"what", finding.what}, {"ok", finding.ok}, {"found", finding.found}, {"advice", finding.advice}});
  }
  void trying(const std::string& what, const std::string& trying, const std::string& advice) override {
    write({{"what", what}, {"trying", trying}, {"advice", advice}});
  }
  void done() { write({{"done", true}}); }

 private:
  void write(const nlohmann::json& line) const {
    // Names come from foreign code: what is no UTF-8 is replaced.
    const auto text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    for (std::size_t at = 0; at < text.size();) {
      const auto written = ::write(pipe_, text.data() + at, text.size() - at);
      if (written <= 0 && errno != EINTR) return;
      at += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
  }
  int pipe_;
};

/// Foreign code prints as it likes; none of it is ours to pass on.
void be_silent() {
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, descriptor);
}

std::string seconds(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.0f s", value);
  return text.data();
}

}  // namespace

Apart::Apart(void (*examine)(Report&), double limit_s)
    : until_(std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<int>(limit_s * 1e3))),
      limit_s_(limit_s) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
  std::fflush(nullptr);
  process_ = ::fork();
  if (process_ == 0) {
    ::close(ends[0]);
    be_silent();
    PipeReport report(ends[1]);
    examine(report);
    report.done();
    // No destructors: they belong to foreign libraries as well, and what they do now interests nobody.
    ::_exit(0);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

Apart::~Apart() {
  if (process_ > 0) static_cast<void>(end_process(false));
  if (pipe_ >= 0) ::close(pipe_);
}

Apart::Took Apart::read_more() {
  // The end is a line, not the end of the pipe: a runtime may have started a service that holds it open.
  if (text_.find("{\"done\":true}\n") != std::string::npos) return Took::all;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(until_ - std::chrono::steady_clock::now());
  if (left.count() <= 0) return Took::too_long;
  pollfd ready{pipe_, POLLIN, 0};
  if (::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return Took::a_line;
  std::array<char, 4096> bytes{};
  const auto got = ::read(pipe_, bytes.data(), bytes.size());
  if (got == 0) return Took::all;
  if (got > 0) text_.append(bytes.data(), static_cast<std::size_t>(got));
  return Took::a_line;
}

/// How it ended, in words; empty when well.
std::string Apart::end_process(bool in_time) {
  if (!in_time) ::kill(process_, SIGKILL);
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {}
  process_ = -1;
  if (!in_time) return "gave no answer within " + seconds(limit_s_);
  if (WIFSIGNALED(status)) return std::string("crashed (") + ::strsignal(WTERMSIG(status)) + ")";
  if (WEXITSTATUS(status) != 0) return "ended the program";
  return "";
}

std::vector<Finding> Apart::findings() {
  if (process_ < 0)
    return {{"doctor", false, std::string("no process can be started: ") + std::strerror(errno),
             "close other programs, then try again"}};
  auto took = read_more();
  while (took == Took::a_line) took = read_more();
  const auto end = end_process(took == Took::all);

  std::vector<Finding> all;
  // Until it says what it is at.
  nlohmann::json last{{"what", "doctor"}, {"trying", "it was started"}, {"advice", "try again"}};
  for (std::size_t at = 0; at < text_.size();) {
    const auto stop = std::min(text_.find('\n', at), text_.size());
    const auto line = nlohmann::json::parse(text_.substr(at, stop - at), nullptr, false);
    at = stop + 1;
    if (!line.is_object() || line.contains("done")) continue;
    if (line.contains("trying"))
      last = line;
    else
      all.push_back({line["what"], line["ok"], line["found"], line["advice"]});
  }
  if (!end.empty())
    all.push_back({last["what"], false, end + " while " + last["trying"].get<std::string>(), last["advice"]});
  return all;
}

}  // namespace attune::cli::doctor
