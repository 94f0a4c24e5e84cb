#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

/// An examination in a process of its own, so that a driver or runtime that crashes, hangs or prints costs
/// one finding and nothing else. Starts at once; several run side by side. Start them before any thread.
class Apart {
 public:
  /// @param limit_s  after which it is ended.
  Apart(void (*examine)(Report&), double limit_s);
  Apart(const Apart&) = delete;
  Apart& operator=(const Apart&) = delete;
  ~Apart();

  /// Waits for it. What it found, in order, and, when it crashed or ran out of time, a finding that names
  /// what it was trying.
  [[nodiscard]] std::vector<Finding> findings();

 private:
  enum class Took { a_line, all, too_long };
  [[nodiscard]] Took read_more();
  [[nodiscard]] std::string end_process(bool in_time);

  std::chrono::steady_clock::time_point until_;
  double limit_s_;
  pid_t process_ = -1;
  int pipe_ = -1;
  std::string text_;  // lines of JSON
};

}  // namespace attune::cli::doctor
