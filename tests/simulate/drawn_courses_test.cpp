#include <cstdlib>

#include "attune/core/files.hpp"
#include "cli/simulate/simulated_scene.hpp"
#include "cli/simulate/simulation_output.hpp"
#include "simulate/requests.hpp"
#include "support/scratch_folder.hpp"

namespace attune::cli::test {
namespace {

TEST(SimulatedScenes, AreWhatTheirFileSaidWhenTheyWereAskedFor) {
  const attune::test::ScratchFolder folder;
  std::filesystem::copy(core::assets_folder(), folder / "assets", std::filesystem::copy_options::recursive);
  ::setenv("ATTUNE_ASSETS", (folder / "assets").c_str(), 1);
  auto scenes = simulated_scenes("heights");
  ASSERT_TRUE(scenes) << scenes.error().message;
  std::ofstream(folder / "assets" / "worlds" / "heights" / "world.toml") << "half a file = [";
  EXPECT_NE((*scenes)(), nullptr) << "somebody edits the world during a long simulation";
  EXPECT_FALSE(simulated_scenes("heights")) << "it is another file that was read";
  ::unsetenv("ATTUNE_ASSETS");
}

TEST(CoursePlot, ShowsWhoWasLongestAbove85OnlyWhereAnybodyWas) {
  auto request = request_for({"fixed"}, 12);
  const auto simulation = simulated(request);
  auto calm = simulation;
  double most = 0.0;
  for (auto& outcome : calm.runs[0].outcomes) most = std::max(most, outcome.minutes_above_85);
  ASSERT_GT(most, 0.0) << "nobody here was above 85: the plot had nothing to show";
  EXPECT_NE(to_plot(request, simulation).find("fixed: longest above 85"), std::string::npos);
  for (auto& outcome : calm.runs[0].outcomes) outcome.minutes_above_85 = 0.0;
  const auto plot = to_plot(request, calm);
  EXPECT_EQ(plot.find("longest above 85"), std::string::npos);
  EXPECT_NE(plot.find("anxiety raised most"), std::string::npos);
}

/// How far to the right the lines of a picture go.
double farthest_right(const std::string& svg) {
  const std::string begins = " d=\"";
  double farthest = 0.0;
  for (auto at = svg.find(begins); at != std::string::npos; at = svg.find(begins, at + 1)) {
    const auto from = at + begins.size();
    const auto path = svg.substr(from, svg.find('"', from) - from);
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] != 'M' && path[i] != 'L') continue;
      farthest = std::max(farthest, std::strtod(path.c_str() + i + 1, nullptr));
    }
  }
  return farthest;
}

TEST(CoursePlot, IsAsLongAsTheSessionsOfTheProgramme) {
  constexpr double last_chart_ends = 2 * 480.0 + 464.0;
  auto request = request_for({"adaptive"}, 1);
  request.programme = "breathing";
  const auto simulation = simulated(request);
  ASSERT_GT(simulation.length_s, simulated_session_s + 60.0);
  const auto farthest = farthest_right(to_plot(request, simulation));
  EXPECT_LE(farthest, last_chart_ends + 0.1) << "a line leaves its chart";
  EXPECT_GT(farthest, last_chart_ends - 40.0) << "a course of which the end is not drawn";
}

}  // namespace
}  // namespace attune::cli::test
