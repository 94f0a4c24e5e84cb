#include "cli/interruption.hpp"

#include <csignal>
#include <initializer_list>

namespace attune::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void note(int number) {
  interrupted = 1;
  std::signal(number, SIG_DFL);
}

}  // namespace

Interruption::Interruption() {
  interrupted = 0;
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, note);
}

Interruption::~Interruption() {
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, SIG_DFL);
}

bool Interruption::asked() { return interrupted != 0; }

}  // namespace attune::cli
