#pragma once

namespace attune::cli {

/// Lets single keys through without their echo, for as long as it lives. However the program ends, but for a
/// kill that nobody can catch, the terminal is as it was before: also after a crash, and when the terminal
/// itself is closed.
class RawTerminal {
 public:
  /// Standard input and standard error are terminals, and this program is in their foreground.
  [[nodiscard]] static bool possible();

  /// Ctrl-C still sends SIGINT; Ctrl-Z and Ctrl-\ do nothing: a session that is stopped by its shell would
  /// leave the patient where it is. Nor does Ctrl-S stop what is shown.
  RawTerminal();
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
};

}  // namespace attune::cli
