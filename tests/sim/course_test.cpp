#include <gtest/gtest.h>

#include <cstdio>

#include "attune/sim/course.hpp"
#include "attune/sim/threat_memory.hpp"
#include "sim/cohort.hpp"

namespace attune::sim {
namespace {

using namespace testing_cohort;

struct CourseMean {
  double residual = 0, dropouts = 0, overwhelmed = 0, little_moved = 0, other = 0, worse = 0;
};

CourseMean mean_course(const Population& population, const Maker& controller, const CoursePlan& plan,
                       int patients) {
  std::mt19937_64 random(11);
  CourseMean mean;
  const double one = 1.0 / patients;
  for (int i = 0; i < patients; ++i) {
    const auto patient = draw_patient(population, random);
    const auto course = run_course(patient, controller, plan, random());
    mean.residual += course.residual * one;
    mean.dropouts += course.left == LeftCourse::stayed ? 0.0 : one;
    mean.overwhelmed += course.left == LeftCourse::overwhelmed ? one : 0.0;
    mean.little_moved += course.left == LeftCourse::little_moved ? one : 0.0;
    mean.other += course.left == LeftCourse::other ? one : 0.0;
    mean.worse += course.worse ? one : 0.0;
  }
  return mean;
}

struct Row {
  const char* name;
  Maker controller;
  bool varied;
  double residual, dropouts;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class TableOfCourses : public testing::TestWithParam<Row> {};

TEST_P(TableOfCourses, IsReproducedByTwoThousandPatients) {
  const auto& row = GetParam();
  const auto plan = row.varied ? CoursePlan::weekly_varied() : CoursePlan::weekly_same();
  const auto found = mean_course(population_of(""), row.controller, plan, 2000);
  std::printf(
      "%-19s residual %.3f  drop-outs %.1f %% (overwhelmed %.1f, little moved %.1f, other %.1f)  worse %.1f "
      "%%\n",
      row.name, found.residual, 100 * found.dropouts, 100 * found.overwhelmed, 100 * found.little_moved,
      100 * found.other, 100 * found.worse);
  EXPECT_NEAR(found.residual, row.residual, 0.02);
  EXPECT_NEAR(found.dropouts, row.dropouts, 0.02);
}

INSTANTIATE_TEST_SUITE_P(
    Each, TableOfCourses,
    testing::Values(Row{"fixed_same", named("fixed", PlantKind::b), false, 0.641, 0.16},
                    Row{"fixed_varied", named("fixed", PlantKind::b), true, 0.548, 0.17},
                    Row{"integral_70_same", integral(0.70), false, 0.559, 0.025},
                    Row{"integral_70_varied", integral(0.70), true, 0.432, 0.029},
                    Row{"oracle_same", named("oracle", PlantKind::b), false, 0.552, 0.016},
                    Row{"oracle_varied", named("oracle", PlantKind::b), true, 0.418, 0.018}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Course, TableWouldShowNightsThatKeepALittleMore) {
  const auto population = population_of("keep_spaced = { dist = \"uniform\", low = 0.7, high = 1.0 }\n");
  const auto found = mean_course(population, named("oracle", PlantKind::b), CoursePlan::weekly_same(), 400);
  EXPECT_LT(found.residual, 0.552 - 0.02);
}

TEST(Course, LosesPeopleWhereADateCannotBeMoved) {
  const auto population = population_of("rigid = { dist = \"constant\", value = 0.2 }\n");
  const auto found = mean_course(population, named("oracle", PlantKind::b), CoursePlan::weekly_same(), 300);
  EXPECT_GT(found.other, 0.5);
  EXPECT_LT(found.little_moved, 0.05);
}

/// Shows the same all the time.
class Constant final : public Controller {
 public:
  explicit Constant(double z) : z_(z) {}
  PlantInput step(const ControllerView&, std::mt19937_64&) override { return {.z = z_}; }

 private:
  double z_;
};

TEST(Course, LosesWhoIsLittleMovedAndFeltLittle) {
  PatientParameters patient;
  patient.sigma = patient.alpha = 0.0;
  patient.rho = 0.3;
  patient.tau_up_s = 1.0;
  CoursePlan two = CoursePlan::weekly_same();
  two.days.resize(2);
  two.session_s = 120.0;
  for (const double learning_min : {10000.0, 1.0}) {
    patient.learning_min = learning_min;
    for (const double z : {0.0, 0.5, 1.0}) {
      Constant controller(z);
      const auto session = run_session(patient, controller, two.session_s, 1, PlantKind::b);
      const double moved = std::clamp(session.learning / patient.threat / 0.6, 0.0, 1.0);
      const double felt = std::clamp(session.activation / 0.3, 0.0, 1.0);
      int left = 0;
      constexpr int people = 1500;
      for (std::uint64_t seed = 0; seed < people; ++seed) {
        const auto course = run_course(
            patient, [&] { return std::make_unique<Constant>(z); }, two, seed);
        left += course.left == LeftCourse::little_moved ? 1 : 0;
      }
      EXPECT_NEAR(static_cast<double>(left) / people, 0.42 * (1.0 - moved) * (1.0 - felt), 0.035)
          << learning_min << ' ' << z;
    }
  }
}

TEST(Course, OfOneDayLearnsLittleForLater) {
  CoursePlan massed = CoursePlan::weekly_same();
  massed.days.assign(massed.days.size(), 0.0);
  const auto maker = named("oracle", PlantKind::b);
  const auto spaced = mean_course(population_of(""), maker, CoursePlan::weekly_same(), 150);
  EXPECT_GT(mean_course(population_of(""), maker, massed, 150).residual, spaced.residual + 0.15);
}

TEST(Course, EndsForWhoIsOverwhelmedAndLeavesThemWorse) {
  PatientParameters terrified;
  terrified.x0 = 0.95;
  terrified.rho = 2.0;
  terrified.threat = 0.8;
  const auto course = run_course(terrified, named("fixed", PlantKind::b), CoursePlan::weekly_same(), 1);
  EXPECT_EQ(course.left, LeftCourse::overwhelmed);
  EXPECT_EQ(course.sessions, 1);
  EXPECT_TRUE(course.worse);
  EXPECT_GT(course.residual, 1.02);
}

// Nights

ThreatMemory learned_today() {
  ThreatMemory memory{.threat = 0.9};
  memory.labile[0] = 0.4;
  memory.staleness[0] = 0.5;
  return memory;
}

TEST(Night, KeepsMoreWhenTheExposureBeforeWasLongAgo) {
  PatientParameters patient;
  for (const double since_days : {0.0, 7.0, 100.0}) {
    auto memory = learned_today();
    memory.rest(patient, true, since_days, 7.0);
    const double kept = 0.15 + 0.55 * (1.0 - std::exp(-since_days / 5.0));
    EXPECT_NEAR(memory.stable[0], kept * 0.4, 1e-12);
    EXPECT_NEAR(memory.labile[0], (1.0 - kept) * 0.4 * std::exp(-7.0 / 3.0), 1e-12);
    EXPECT_NEAR(memory.staleness[0], 0.5 * std::exp(-1.0), 1e-12);
    EXPECT_EQ(memory.threat, 0.9);
  }
}

TEST(Night, KeepsNothingMoreOfWhatWasNotPractised) {
  auto memory = learned_today();
  memory.rest(PatientParameters{}, false, 7.0, 3.0);
  EXPECT_EQ(memory.stable[0], 0.0);
  EXPECT_NEAR(memory.labile[0], 0.4 * std::exp(-1.0), 1e-12);
}

TEST(Night, DoesNotLieBetweenSessionsOfOneDay) {
  auto memory = learned_today();
  memory.rest(PatientParameters{}, true, 0.0, 0.0);
  EXPECT_EQ(memory.labile[0], 0.4);
  EXPECT_EQ(memory.staleness[0], 0.5);
}

}  // namespace
}  // namespace attune::sim
