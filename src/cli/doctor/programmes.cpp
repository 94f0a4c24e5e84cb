#include <algorithm>

#include "attune/scene/world.hpp"
#include "attune/treatment/programme.hpp"
#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

void look_at_programmes(Report& report) {
  const auto programmes = treatment::list_programmes();
  if (programmes.empty())
    report.add({"programme", false, "none is installed", "copy the folder assets/programs again"});
  const auto worlds = scene::world_ids();
  for (const auto& programme : programmes) {
    const bool world_there = std::find(worlds.begin(), worlds.end(), programme.world) != worlds.end();
    if (!programme.ok())
      report.add({"programme", false,
                  programme.id + ": " + std::to_string(programme.problems.size()) + " mistakes",
                  "`attune programs " + programme.id + "` lists them"});
    else if (!world_there)
      report.add({"programme", true, programme.id + ", in simulation only",
                  "its world '" + programme.world + "' is not in this build: a session refuses it"});
    else
      report.add({"programme", true, programme.id, ""});
  }
}

}  // namespace attune::cli::doctor
