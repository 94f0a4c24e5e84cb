#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace attune::cli {

/// What a sub-command does once its options are parsed: the exit status, or the error that is printed for it.
using Action = std::function<core::Result<int>()>;

/// What is demanded of one option of a command. Input that breaks a demand ends the program with status 2.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}
  Option& required();
  Option& one_of(const std::vector<std::string>& words);
  Option& above_zero();
  /// @param least, most  both allowed; int, unsigned, std::uint64_t or double.
  template <typename Number>
  Option& within(Number least, Number most);
  /// How often it may be given, whatever its variable could hold.
  Option& times(int count);
  /// `--help` says what the variable holds now.
  Option& shows_default();

 private:
  CLI::Option* option_;
};

/// A command or sub-command: what may be typed after its name. CLI11 parses it; its headers are costly to
/// compile, so only command.cpp and run.cpp include them.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}
  Command add_subcommand(const std::string& name, const std::string& help);
  /// @param names  as typed: "--rate", "-o,--output", or "file" for one that needs no name.
  /// @param value  where it goes, which must outlive the command: std::string, double, std::optional<double>,
  ///               std::uint32_t, std::size_t or std::vector<std::string>.
  template <typename Value>
  Option add_option(const std::string& names, Value& value, const std::string& help);
  void add_flag(const std::string& name, bool& value, const std::string& help);
  /// Says what a command that is run needs: an example for `--help`, and what `run` calls.
  void on_run(const std::string& example, Action action);
  /// As `on_run`, for a command that only chooses among its sub-commands.
  void choose_subcommand(const std::string& example);

 private:
  CLI::App* app_;
};

/// Ends the process with the outcome of its command and without tidying up: some thread is stuck in a foreign
/// library, whose destructors would wait for it.
[[noreturn]] void end_at_once(const core::Result<int>& outcome);

/// Ends the process after so long at the latest, whatever it waits for then: with it, a picture that nobody
/// can take away goes.
void end_after(std::chrono::seconds longest, int status);

/// Progress of long work: a bar on a terminal, a plain line every tenth elsewhere. On standard error, as far
/// as there is room at once.
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
void add_analyse(Command& app);
void add_bench(Command& app);
void add_doctor(Command& app);
void add_evaluate(Command& app);
void add_import(Command& app);
void add_programs(Command& app);
void add_replay(Command& app);
void add_report(Command& app);
void add_score(Command& app);
void add_session(Command& app);
void add_simulate(Command& app);
void add_train(Command& app);

}  // namespace attune::cli
