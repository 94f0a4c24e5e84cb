#include "attune/report/report.hpp"

#include <algorithm>

#include "attune/core/files.hpp"
#include "cli/command.hpp"

namespace attune::cli {

namespace {

struct ReportOptions {
  std::string file, output, pictures;
};

core::Result<int> run_report(const ReportOptions& options) {
  if (const auto free = core::must_not_exist(options.output, "-o"); !free) return free.error();
  const auto recording = record::Recording::open(options.file);
  if (!recording) return recording.error();
  report::ReportOptions wanted;
  if (!options.pictures.empty()) {
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(options.pictures, problem)) {
      if (entry.path().extension() == ".png") wanted.pictures.push_back(entry.path());
    }
    if (problem) return core::bad_input("--pictures: " + options.pictures + ": " + problem.message());
    std::sort(wanted.pictures.begin(), wanted.pictures.end());
  }
  const auto page = report::write_html(*recording, wanted);
  if (!page) return page.error();
  if (const auto written = core::write_whole(options.output, *page); !written) return written.error();
  return 0;
}

}  // namespace

void add_report(CLI::App& app) {
  auto* command = app.add_subcommand("report", "Write the report of a session as one HTML page");
  static ReportOptions o;
  command->add_option("file", o.file, "A recording")->required();
  command->add_option("-o,--output", o.output, "The page (a new file)")->required();
  command->add_option("--pictures", o.pictures, "Folder of the session's screenshots, to put into the page");
  on_run(*command, "attune report session.attune --pictures pictures -o report.html",
         [] { return run_report(o); });
}

}  // namespace attune::cli
