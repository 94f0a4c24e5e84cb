#include <cmath>

#include "attune/record/recording.hpp"
#include "attune/scene/world.hpp"
#include "attune/session/panel_texts.hpp"
#include "cli/networks.hpp"
#include "cli/simulate/adaptive_session.hpp"
#include "support/program.hpp"
#include "support/scratch_folder.hpp"

/// The fast simulation against the full application: OpenXR loader, our runtime with a virtual patient under
/// it, frame loop, rendering, recording.
namespace attune::cli::test {
namespace {

using attune::test::ScratchFolder;

constexpr std::uint64_t seed = 11;
constexpr double length_s = 240.0;

/// What the patient lived through, second by second.
struct Truth {
  double time_s, anxiety, h, z;
};

record::Recording session_of_the_application(const ScratchFolder& folder, char plant) {
  const auto recording = folder / "session.attune";
  const auto outcome = attune::test::run(
      {ATTUNE_BUILD_DIR "/attune", "session", "--program", "heights", "--xr", "replay", "--input",
       std::string("patient:shipped@") + plant + ":" + std::to_string(seed), "--headless", "--duration",
       std::to_string(static_cast<int>(length_s)), "--render-every", "600", "--record", recording.string()},
      {{"ATTUNE_XR_VIEW_SIZE", "160x120"}, {"XDG_DATA_HOME", folder.path().string()}}, 400);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ::unsetenv("ATTUNE_KEY");
  ::setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
  auto opened = record::Recording::open(recording);
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
  return *opened;
}

sim::VirtualPatient the_patient(char plant) {
  auto patient = sim::VirtualPatient::open(
      *sim::parse_source(std::string("patient:shipped@") + plant + ":" + std::to_string(seed)));
  EXPECT_TRUE(patient);
  return std::move(*patient);
}

/// The truth behind a recording: the same patient lives again under what was decided, and the recorded heads
/// and gazes say whether it is the same life.
std::vector<Truth> truth_behind(const record::Recording& recording, char plant) {
  auto patient = the_patient(plant);
  const auto programme = treatment::Programme::parse(recording.meta().program_text, "recorded");
  EXPECT_TRUE(programme);
  auto world = scene::load_world("heights", session::panel_texts(*programme, treatment::Language::english));
  std::vector<Truth> course;
  std::size_t differing = 0, frames = 0;
  const auto read = recording.for_each_moment([&](const record::Moment& moment) {
    const auto& frame = moment.frame;
    patient.advance_to(frame.time);
    ++frames;
    differing += glm::distance(patient.head().position_m, frame.head.position_m) > 1e-3F ? 1 : 0;
    world->advance(moment.decision.directive, {frame.head, frame.recentred});
    patient.show(world->stimulus());
    static_cast<void>(patient.take_signals());
    if (frame.time.seconds() >= static_cast<double>(course.size()))
      course.push_back(
          {frame.time.seconds(), patient.truth().anxiety, patient.truth().h, patient.truth().felt.z});
    return true;
  });
  EXPECT_TRUE(read);
  EXPECT_LT(differing, frames / 100) << "of " << frames << " frames: it is not the patient that was recorded";
  return course;
}

std::vector<CoursePoint> fast_course(const record::Recording& recording, char plant) {
  std::mt19937_64 random(seed);
  const auto population = *sim::Population::read("shipped");
  const auto parameters = sim::draw_patient(population, random);
  const auto programme = treatment::Programme::parse(recording.meta().program_text, "recorded");
  EXPECT_TRUE(programme);
  const auto networks = load_networks("folded", true, false);
  EXPECT_TRUE(networks);
  const auto sessions =
      adaptive_sessions({.programme = programme->scaled_to(recording.meta().program_length_s),
                         .networks = networks->networks,
                         .plant = plant == 'b' ? sim::PlantKind::b : sim::PlantKind::a,
                         .population = population,
                         .rate_hz = static_cast<double>(recording.meta().display_rate_hz),
                         .length_s = length_s});
  EXPECT_TRUE(sessions);
  return (*sessions)({parameters, random()}, true).course;
}

class SameCourse : public testing::TestWithParam<char> {};

TEST_P(SameCourse, IsGivenByTheFastSimulationAndTheFullApplication) {
  const ScratchFolder folder;
  const auto recording = session_of_the_application(folder, GetParam());
  const auto full = truth_behind(recording, GetParam());
  const auto fast = fast_course(recording, GetParam());
  ASSERT_GT(full.size(), 150u);
  ASSERT_GE(fast.size(), full.size() - 2);
  double most_x = 0.0, most_h = 0.0, highest_z = 0.0, change_x = 0.0;
  for (std::size_t i = 0; i < std::min(full.size(), fast.size()); ++i) {
    most_x = std::max(most_x, std::abs(full[i].anxiety - fast[i].anxiety));
    most_h = std::max(most_h, std::abs(full[i].h - fast[i].h));
    highest_z = std::max(highest_z, full[i].z);
    change_x = std::max(change_x, std::abs(full[i].anxiety - full[0].anxiety));
  }
  std::printf("plant %c: most |dx| %.4f, most |dh| %.4f over %zu s; highest z %.2f\n", GetParam(), most_x,
              most_h, full.size(), highest_z);
  EXPECT_LE(most_x, 0.02);
  EXPECT_LE(most_h, 0.01);
  EXPECT_GT(highest_z, 0.2) << "no exposure took place: everything is equal to itself";
  EXPECT_GT(change_x, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Plant, SameCourse, testing::Values('a', 'b'),
                         [](const auto& plant) { return std::string(1, plant.param); });

}  // namespace
}  // namespace attune::cli::test
