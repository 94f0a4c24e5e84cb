#include "cli/terminal/raw_terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>

namespace attune::cli {

namespace {

// Of the whole process, since signals and its end are.
termios before{};
std::atomic<bool> raw{false};

constexpr std::array fatal_signals{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT};

/// May be called from a signal's handler.
void restore() {
  if (raw.exchange(false)) ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

void restore_and_die(int number) {
  restore();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

}  // namespace

bool RawTerminal::possible() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1 &&
         ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

RawTerminal::RawTerminal() {
  if (::tcgetattr(STDIN_FILENO, &before) != 0) return;
  termios changed = before;
  changed.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  changed.c_iflag &= ~static_cast<tcflag_t>(IXON);
  changed.c_cc[VMIN] = 1;
  changed.c_cc[VTIME] = 0;
  changed.c_cc[VSUSP] = changed.c_cc[VQUIT] = _POSIX_VDISABLE;
  static const int at_exit = std::atexit(restore);
  static_cast<void>(at_exit);
  for (const int number : fatal_signals) std::signal(number, restore_and_die);
  raw = ::tcsetattr(STDIN_FILENO, TCSANOW, &changed) == 0;
}

RawTerminal::~RawTerminal() {
  restore();
  for (const int number : fatal_signals) std::signal(number, SIG_DFL);
}

}  // namespace attune::cli
