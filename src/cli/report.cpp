#include "attune/report/report.hpp"

#include <algorithm>
#include <cstdio>

#include "attune/core/files.hpp"
#include "cli/command.hpp"

namespace attune::cli {

namespace {

struct ReportOptions {
  std::string file, output, pictures;
  bool json = false;
};

core::Result<void> write_page(const record::Recording& recording, const ReportOptions& options) {
  report::ReportOptions wanted;
  if (!options.pictures.empty()) {
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(options.pictures, problem)) {
      if (entry.path().extension() == ".png") wanted.pictures.push_back(entry.path());
    }
    if (problem) return core::bad_input("--pictures: " + options.pictures + ": " + problem.message());
    std::sort(wanted.pictures.begin(), wanted.pictures.end());
  }
  const auto page = report::write_html(recording, wanted);
  if (!page) return page.error();
  return core::write_whole(options.output, *page);
}

core::Result<int> run_report(const ReportOptions& options) {
  if (options.output.empty() && !options.json)
    return core::bad_input("nothing is asked for: give -o FILE.html for the page, or --json for its figures");
  if (!options.output.empty()) {
    if (const auto free = core::must_not_exist(options.output, "-o"); !free) return free.error();
  }
  const auto recording = record::Recording::open(options.file);
  if (!recording) return recording.error();
  if (!options.output.empty()) {
    if (const auto written = write_page(*recording, options); !written) return written.error();
  }
  if (options.json) {
    const auto figures = report::write_json(*recording);
    if (!figures) return figures.error();
    std::printf("%s\n", figures->c_str());
  }
  return 0;
}

}  // namespace

void add_report(Command& app) {
  auto command = app.add_subcommand("report", "Write the report of a session as one HTML page");
  static ReportOptions o;
  command.add_option("file", o.file, "A recording").required();
  command.add_option("-o,--output", o.output, "The page (a new file)");
  command.add_flag("--json", o.json, "Print the figures of what was looked at for machines");
  command.add_option("--pictures", o.pictures, "Folder of the session's screenshots, to put into the page");
  command.on_run("attune report session.attune --pictures pictures -o report.html",
                 [] { return run_report(o); });
}

}  // namespace attune::cli
