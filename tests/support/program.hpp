#pragma once

#include "support/running_program.hpp"

namespace attune::test {

/// Runs a program to its end and takes what it prints; `limit_s` ends one that hangs (`Outcome::hung`).
inline Outcome run(const std::vector<std::string>& command,
                   const RunningProgram::Environment& environment = {}, int limit_s = 240) {
  RunningProgram program(command, environment);
  if (const auto outcome = program.end_within(limit_s)) return *outcome;
  program.signal(SIGKILL);
  return program.end_within(10).value_or(Outcome{});
}

}  // namespace attune::test
