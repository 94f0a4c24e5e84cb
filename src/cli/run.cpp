#include "cli/run.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include "cli/command.hpp"
#include "cli/ready_stderr.hpp"

namespace attune::cli {

namespace {

std::map<const CLI::App*, Action>& actions() {
  static std::map<const CLI::App*, Action> all;
  return all;
}

int fail(const std::string& message, int status) {
  std::fprintf(stderr, "attune: %s\n", message.c_str());
  return status;
}

int status_of(const core::Result<int>& outcome) {
  return outcome ? *outcome : fail(outcome.error().message, static_cast<int>(outcome.error().kind));
}

/// The sub-command that was named, down to the innermost.
const CLI::App* chosen(const CLI::App& app) {
  for (const auto* command : app.get_subcommands()) return chosen(*command);
  return &app;
}

/// As it is typed: "attune analyse ecg".
std::string full_name(const CLI::App& command) {
  const auto* above = command.get_parent();
  return above == nullptr ? command.get_name() : full_name(*above) + " " + command.get_name();
}

}  // namespace

void Command::on_run(const std::string& example, Action action) {
  app_->footer("Example:\n  " + example);
  actions()[app_] = std::move(action);
}

void end_after(std::chrono::seconds longest, int status) {
  std::thread([=] {
    std::this_thread::sleep_for(longest);
    std::_Exit(status);
  }).detach();
}

void end_at_once(const core::Result<int>& outcome) {
  const int status = status_of(outcome);
  std::fflush(nullptr);
  std::_Exit(status);
}

Progress::Progress(std::string what, double total)
    : what_(std::move(what)), total_(total), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (terminal_ && shown_ >= 0) say_at_once("\n");
}

void Progress::at(double done) {
  const int percent = total_ > 0 ? static_cast<int>(100 * done / total_) : 100;
  if (terminal_) {
    if (percent == shown_) return;
    std::string bar(40, '.');
    for (int i = 0; i < percent * 40 / 100 && i < 40; ++i) bar[static_cast<std::size_t>(i)] = '#';
    say_at_once(fmt::format("\r{} [{}] {:3} %", what_, bar, percent));
    shown_ = percent;
  } else if (percent / 10 != shown_) {
    shown_ = percent / 10;
    say_at_once(fmt::format("{}: {} %\n", what_, shown_ * 10));
  }
}

int run(int argc, char** argv) {
  // Standard output belongs to figures and results; the log is for whoever watches.
  spdlog::set_default_logger(spdlog::stderr_color_mt("attune"));
  spdlog::set_pattern("%^%v%$");
  CLI::App app{"Attune: a VR therapy session runtime. Not a medical device: an adjunct to a clinician."};
  app.name("attune");
  app.require_subcommand(1);
  app.set_version_flag("--version", "attune " ATTUNE_VERSION);
  app.footer(
      "Example:\n  attune session --program heights --xr replay --input patient:shipped:1 --headless "
      "--record first.attune\nEvery command has its own --help.");
  Command commands(app);
  add_session(commands);
  add_replay(commands);
  add_import(commands);
  add_report(commands);
  add_score(commands);
  add_analyse(commands);
  add_train(commands);
  add_evaluate(commands);
  add_simulate(commands);
  add_programs(commands);
  add_doctor(commands);
  add_bench(commands);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {
    return app.exit(wanted);  // --help and --version
  } catch (const CLI::ParseError& error) {
    const auto* at = chosen(app);
    if (at == &app && argc > 1 && argv[1][0] != '-') {
      return fail(std::string("there is no command '") + argv[1] + "' ('attune --help' lists them)", 2);
    }
    return fail(std::string(error.what()) + " ('" + full_name(*at) + " --help' shows the options)", 2);
  }
  try {
    return status_of(actions().at(chosen(app))());
  } catch (
      const std::exception& error) {  // a third-party library's, which should have been caught at its border
    return fail(std::string("unexpected: ") + error.what(), 1);
  }
}

}  // namespace attune::cli
