#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "attune/core/result.hpp"

namespace attune::cli {

/// What a sub-command does once its options are parsed: the exit status, or the error that is printed for it.
using Action = std::function<core::Result<int>()>;

/// Gives `command` what every sub-command has: a footer with an example, and the action that `run` calls.
void on_run(CLI::App& command, const std::string& example, Action action);

/// Ends the process with the outcome of its command and without tidying up: some thread is stuck in a foreign
/// library, whose destructors would wait for it.
[[noreturn]] void end_at_once(const core::Result<int>& outcome);

/// Progress of long work: a bar on a terminal, a plain line every tenth elsewhere. On standard error.
class Progress {
 public:
  Progress(std::string what, double total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void at(double done);

 private:
  std::string what_;
  double total_;
  bool terminal_;
  int shown_ = -1;
};

// One function a sub-command, each in the file of its name.
void add_analyse(CLI::App& app);
void add_bench(CLI::App& app);
void add_doctor(CLI::App& app);
void add_evaluate(CLI::App& app);
void add_import(CLI::App& app);
void add_programs(CLI::App& app);
void add_replay(CLI::App& app);
void add_report(CLI::App& app);
void add_session(CLI::App& app);
void add_train(CLI::App& app);

}  // namespace attune::cli
