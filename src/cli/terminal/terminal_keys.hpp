#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "attune/session/therapist.hpp"
#include "cli/terminal/key_map.hpp"
#include "cli/terminal/raw_terminal.hpp"

namespace attune::cli {

/// A therapist at this terminal: single keys steer the session, and a line at its foot says how it stands.
/// On a thread of its own.
class TerminalKeys {
 public:
  TerminalKeys(std::shared_ptr<session::TherapistLine> line, treatment::Middle middle,
               treatment::Language language);
  /// Gives the terminal back.
  ~TerminalKeys();
  TerminalKeys(const TerminalKeys&) = delete;
  TerminalKeys& operator=(const TerminalKeys&) = delete;

 private:
  void run();
  void read_keys();
  void read_session();
  void draw();
  void print(const std::string& lines);

  std::shared_ptr<session::TherapistLine> line_;
  treatment::Middle middle_;
  treatment::Language language_;
  KeyMap keys_;
  RawTerminal terminal_;
  std::string status_, drawn_;
  bool listening_ = true;  // standard input is still there
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace attune::cli
