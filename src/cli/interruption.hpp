#pragma once

namespace attune::cli {

/// While it lives, Ctrl-C (SIGINT) and SIGTERM end no program but are told to whoever asks: long work then
/// keeps what it has. A second one ends the program as ever.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] static bool asked();
};

}  // namespace attune::cli
