#include "cli/terminal/terminal_keys.hpp"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "cli/ready_stderr.hpp"
#include "cli/terminal/status_line.hpp"

namespace attune::cli {

namespace {

constexpr int turn_ms = 50;
// Clears the status line, so that what is written next stands at its place; a line that is too long is cut
// by the terminal itself, which alone knows how wide letters are.
constexpr auto clear_line = "\r\x1b[2K";
constexpr auto cut_lines = "\x1b[?7l";
constexpr auto wrap_lines = "\x1b[?7h";

}  // namespace

TerminalKeys::TerminalKeys(std::shared_ptr<session::TherapistLine> line, treatment::Middle middle,
                           treatment::Language language)
    : line_(std::move(line)), middle_(middle), language_(language), keys_(language), thread_([this] {
        run();
      }) {
  spdlog::set_pattern(std::string(clear_line) + "%^%v%$");
}

TerminalKeys::~TerminalKeys() {
  ending_ = true;
  thread_.join();
  print(clear_line);
  spdlog::set_pattern("%^%v%$");
}

void TerminalKeys::run() {
  while (!ending_) {
    read_keys();
    read_session();
    if (keys_.take_help_wanted()) {
      print(clear_line + keys_.help());
      drawn_.clear();
    }
    draw();
  }
}

void TerminalKeys::read_keys() {
  pollfd input{listening_ ? STDIN_FILENO : -1, POLLIN, 0};
  if (::poll(&input, 1, turn_ms) <= 0) return;
  std::array<char, 64> bytes{};
  const auto size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  listening_ = size > 0;
  if (!listening_) return;
  for (const auto& act : keys_.press({bytes.data(), static_cast<std::size_t>(size)})) {
    if (!line_->send(act)) print("\a");
  }
}

void TerminalKeys::read_session() {
  for (session::Notice notice; line_->next(notice);) {
    if (const auto* status = std::get_if<session::Status>(&notice)) {
      keys_.know_ceiling(status->ceiling);
      status_ = status_line(*status, middle_, language_);
    }
    drawn_.clear();  // whatever it was, the log may have written over the line
  }
}

void TerminalKeys::draw() {
  const auto typed = keys_.typed();
  auto line = (typed.empty() ? "" : typed + " | ") + status_ + " | " + keys_.hint();
  if (line == drawn_ || status_.empty()) return;
  print(clear_line + (cut_lines + line) + wrap_lines);
  drawn_ = std::move(line);
}

/// In one piece, since the log writes to the same terminal.
void TerminalKeys::print(const std::string& lines) { say_at_once(lines); }

}  // namespace attune::cli
