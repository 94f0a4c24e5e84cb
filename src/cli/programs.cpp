#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "attune/scene/world.hpp"
#include "attune/treatment/programme.hpp"
#include "cli/command.hpp"

namespace attune::cli {

namespace {

struct ProgramsOptions {
  std::vector<std::string> which;
  bool json = false;
};

bool world_is_there(const treatment::ProgrammeSummary& programme) {
  const auto worlds = scene::world_ids();
  return std::find(worlds.begin(), worlds.end(), programme.world) != worlds.end();
}

nlohmann::json to_json(const treatment::ProgrammeSummary& programme) {
  nlohmann::json problems = nlohmann::json::array();
  for (const auto& p : programme.problems)
    problems.push_back({{"line", p.line}, {"key", p.key}, {"message", p.message}});
  auto activities = nlohmann::json::array();
  for (const auto activity : programme.activities) activities.push_back(treatment::name_of(activity));
  return {{"id", programme.id},
          {"title", programme.title.en},
          {"title_zh", programme.title.zh},
          {"kind", programme.kind},
          {"world", programme.world},
          {"world_is_there", world_is_there(programme)},
          {"setting", programme.setting},
          {"needs_purpose", programme.needs_purpose},
          {"needs_therapist", programme.needs_therapist},
          {"duration_s", programme.duration_s},
          {"activities", activities},
          {"phases", programme.phases},
          {"languages", programme.languages},
          {"ok", programme.ok()},
          {"problems", problems}};
}

core::Result<int> run_programs(const ProgramsOptions& options) {
  std::vector<treatment::ProgrammeSummary> programmes;
  if (options.which.empty()) {
    programmes = treatment::list_programmes();
  } else {
    for (const auto& which : options.which) {
      const auto path = treatment::find_programme(which);
      if (!path) return path.error();
      programmes.push_back(treatment::summarise_programme(*path));
    }
  }
  bool sound = true;
  auto all = nlohmann::json::array();
  for (const auto& programme : programmes) {
    sound = sound && programme.ok();
    if (options.json) {
      all.push_back(to_json(programme));
      continue;
    }
    const bool is_read = !programme.title.en.empty();
    const auto world = programme.world + (world_is_there(programme) ? "" : " (to come)");
    if (is_read) {
      std::printf("%-20s %-12s %-22s %s · %s\n", programme.id.c_str(), programme.kind.c_str(), world.c_str(),
                  programme.title.en.c_str(), programme.title.zh.c_str());
    }
    for (const auto& p : programme.problems) {
      std::fprintf(stderr, "%s:%d: %s: %s\n", programme.path.c_str(), p.line, p.key.c_str(),
                   p.message.c_str());
    }
  }
  if (options.json) {
    // A file's name may be any bytes.
    const auto text = all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
  }
  return sound ? 0 : 2;
}

}  // namespace

void add_programs(Command& app) {
  auto command = app.add_subcommand("programs", "List the programmes, or check some");
  static ProgramsOptions o;
  command.add_option("programme", o.which, "Ids or files; without any, all that are shipped");
  command.add_flag("--json", o.json, "Print for machines");
  command.on_run("attune programs heights --json", [] { return run_programs(o); });
}

}  // namespace attune::cli
