#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "attune/sim/plant_a.hpp"
#include "attune/sim/random.hpp"
#include "sim/patients.hpp"

namespace attune::sim {
namespace {

using namespace testing_patients;
using telemetry::AoiRole;
using telemetry::GazeSource;
using telemetry::ReportKind;
using testing::HasSubstr;

VirtualPatient shipped(std::uint64_t seed) {
  auto patient = VirtualPatient::open({.profile = "shipped", .seed = seed});
  EXPECT_TRUE(patient) << patient.error().message;
  return std::move(*patient);
}

telemetry::Stimulus high_place(double intensity) {
  telemetry::Stimulus shown;
  shown.intensity = static_cast<float>(intensity);
  shown.aois.push_back(box(AoiRole::threat, {0.0F, -1.0F, -4.0F}, {2.0F, 0.5F, 1.0F}));
  shown.aois.push_back(box(AoiRole::calm, {3.0F, 1.5F, -4.0F}, {0.5F, 0.5F, 0.5F}));
  return shown;
}

/// Everything that can be seen of a patient at one instant.
std::vector<double> snapshot(const VirtualPatient& patient) {
  std::vector<double> all;
  const auto add = [&](const glm::vec3& v) { all.insert(all.end(), {v.x, v.y, v.z}); };
  const auto add_pose = [&](const telemetry::Pose& pose) {
    add(pose.position_m);
    all.insert(all.end(), {pose.orientation.w, pose.orientation.x, pose.orientation.y, pose.orientation.z});
  };
  add_pose(patient.head());
  add(patient.gaze().direction);
  all.push_back(static_cast<double>(patient.gaze().source));
  for (const auto& hand : patient.hands()) add_pose(hand.grip);
  all.push_back(patient.truth().anxiety);
  return all;
}

TEST(VirtualPatient, StandsUprightFacingAhead) {
  const auto patient = shipped(1);
  EXPECT_EQ(patient.head().position_m, glm::vec3(0.0F, 1.6F, 0.0F));
  EXPECT_LT(degrees_between(ahead_of(patient.head()), {0, 0, -1}), 1.0);
  EXPECT_LT(patient.hands()[telemetry::left].grip.position_m.x, 0.0F);
  EXPECT_GT(patient.hands()[telemetry::right].grip.position_m.x, 0.0F);
}

TEST(VirtualPatient, DoesTheSameForTheSameSeedAndElseForAnother) {
  auto one = shipped(5), again = shipped(5), other = shipped(6);
  for (auto* patient : {&one, &again, &other}) {
    patient->show(high_place(0.5));
    patient->advance_to(core::at_seconds(60.0));
  }
  EXPECT_EQ(snapshot(one), snapshot(again));
  EXPECT_NE(snapshot(one), snapshot(other));
}

TEST(VirtualPatient, OfANeighbouringSeedIsAnUnrelatedPerson) {
  constexpr int count = 2000;
  std::vector<double> z;
  for (std::uint64_t seed = 0; seed < count; ++seed) {
    std::mt19937_64 random(seed);
    static const auto population = *Population::read("shipped");
    z.push_back(std::log(draw_patient(population, random).rho / 0.85) / 0.35);
  }
  double mean = 0.0, together = 0.0;
  for (std::size_t i = 1; i < z.size(); ++i) {
    mean += z[i] / count;
    together += z[i] * z[i - 1] / count;
  }
  EXPECT_NEAR(mean, 0.0, 0.07);
  EXPECT_NEAR(rms(z), 1.0, 0.05);
  EXPECT_NEAR(together, 0.0, 0.07);
}

TEST(VirtualPatient, DoesNotDependOnHowOftenItIsLookedAt) {
  auto slow = shipped(7), fast = shipped(7);
  for (int second = 0; second < 60; ++second) {
    for (auto* patient : {&slow, &fast}) patient->show(high_place(second / 60.0));
    live(slow, 1.0, 72.0, [](VirtualPatient& patient) { (void)patient.gaze(); });
    live(fast, 1.0, 90.0, [](VirtualPatient& patient) { (void)patient.hands(); });
    ASSERT_EQ(slow.time(), fast.time());
    ASSERT_EQ(snapshot(slow), snapshot(fast)) << second;
  }
}

TEST(VirtualPatient, FollowsThePlantUnderTheSameInput) {
  auto patient = shipped(8);
  // The plant's stream of chance is the first of the patient's.
  std::mt19937_64 random(8);
  const auto population = Population::read("shipped");
  ASSERT_TRUE(population);
  const auto parameters = draw_patient(*population, random);
  PlantA plant(parameters, derived_seed(random(), 0), 0.0);
  for (int k = 0; k < 3000; ++k) {
    auto shown = high_place(std::min(1.0, k / 2000.0));
    shown.calm_feedback = k % 600 < 100 ? 1.0F : 0.0F;
    patient.show(shown);
    patient.advance_to(core::at_seconds(0.1 * (k + 1)));
    plant.step({double{shown.intensity}, double{shown.calm_feedback}, 0.0});
    ASSERT_EQ(patient.truth().anxiety, plant.state().anxiety);
    ASSERT_EQ(patient.truth().h, plant.state().h);
  }
  EXPECT_GT(patient.truth().h, 0.0);
}

TEST(VirtualPatient, IgnoresTimeThatGoesBack) {
  auto patient = shipped(9);
  patient.advance_to(core::at_seconds(10.0));
  const auto before = snapshot(patient);
  patient.advance_to(core::at_seconds(3.0));
  EXPECT_EQ(snapshot(patient), before);
  EXPECT_EQ(patient.time(), core::at_seconds(10.0));
}

TEST(VirtualPatient, AlwaysGivesUnitDirectionsAndNumbersWhateverIsShown) {
  std::mt19937_64 random(10);
  const float nan = std::numeric_limits<float>::quiet_NaN(),
              infinite = std::numeric_limits<float>::infinity();
  const auto any = [&]() -> float {
    const auto roll = random() % 20;
    if (roll == 0) return nan;
    if (roll == 1) return infinite;
    if (roll == 2) return 0.0F;
    return static_cast<float>(uniform(random, -5.0, 5.0));
  };
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    auto patient = shipped(seed);
    for (int change = 0; change < 20; ++change) {
      telemetry::Stimulus shown;
      shown.intensity = any();
      shown.calm_feedback = any();
      shown.gaze_lead = any();
      shown.question = static_cast<ReportKind>(random() % 4);
      shown.asked = core::at_seconds(uniform(random, -10.0, 40.0));
      for (auto areas = random() % 6; areas > 0; --areas) {
        shown.aois.push_back(
            box(static_cast<AoiRole>(random() % 5), {any(), any(), any()}, {any(), any(), any()}));
      }
      patient.show(shown);
      live(patient, 1.0, 30.0, [&](VirtualPatient& person) {
        for (const double value : snapshot(person)) ASSERT_TRUE(std::isfinite(value)) << "seed " << seed;
        ASSERT_NEAR(glm::length(person.gaze().direction), 1.0, 1e-5);
        ASSERT_NEAR(glm::length(person.head().orientation), 1.0, 1e-5);
        ASSERT_LE(degrees_between(person.true_gaze(), ahead_of(person.head())), 25.01);
        ASSERT_LE(std::abs(person.head().position_m.x), 0.1F);
      });
      for (const auto& report : patient.take_signals().reports) ASSERT_TRUE(std::isfinite(report.value));
    }
  }
}

TEST(VirtualPatient, ThatAttendsLessLooksLessAtTheThreat) {
  auto brave = held_at(0.6), avoider = held_at(0.6);
  brave.alpha = 0.0;
  avoider.alpha = 4.0;
  const auto share = [](const PatientParameters& parameters) {
    VirtualPatient patient(parameters, 11);
    patient.show(high_place(0.5));
    const auto found = movements(patient, 300.0);
    const auto on =
        std::count_if(found.begin(), found.end(), [](const EyeMovement& m) { return m.on_stimulus; });
    return static_cast<double>(on) / static_cast<double>(found.size());
  };
  EXPECT_GT(share(brave), share(avoider) + 0.2);
}

// Words

/// All answers to one question that stays open for ten seconds.
std::vector<telemetry::SelfReport> ask(VirtualPatient& patient, ReportKind kind) {
  telemetry::Stimulus shown;
  shown.question = kind;
  shown.asked = patient.time();
  patient.show(shown);
  std::vector<telemetry::SelfReport> answers;
  live(patient, 10.0, 90.0, [&](VirtualPatient& person) {
    for (const auto& report : person.take_signals().reports) {
      EXPECT_LE(report.answered, person.time());
      EXPECT_LT(core::seconds_between(report.answered, person.time()), 0.012) << "given at once";
      answers.push_back(report);
    }
  });
  return answers;
}

TEST(Words, AnswerEachQuestionOnceTwoToSixSecondsLater) {
  VirtualPatient patient(held_at(0.5), 12);
  std::vector<double> delays;
  for (int i = 0; i < 300; ++i) {
    const auto asked = patient.time();
    const auto answers = ask(patient, ReportKind::suds);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].kind, ReportKind::suds);
    EXPECT_EQ(answers[0].asked, asked);
    delays.push_back(core::seconds_between(asked, answers[0].answered));
    EXPECT_GE(delays.back(), 2.0);
    EXPECT_LE(delays.back(), 6.0);
  }
  EXPECT_NEAR(median(delays), 4.0, 0.4);
}

TEST(Words, ReportAnxietyWithThePersonsBiasInMarksOfFive) {
  auto person = held_at(0.5);
  person.bias = -0.1;
  VirtualPatient patient(person, 13);
  std::vector<double> errors;
  for (int i = 0; i < 600; ++i) {
    const double suds = ask(patient, ReportKind::suds).at(0).value;
    EXPECT_NEAR(std::remainder(suds, 5.0), 0.0, 1e-4);
    errors.push_back(suds / 100.0 - 0.4);
  }
  double mean = 0.0;
  for (const double error : errors) mean += error / static_cast<double>(errors.size());
  EXPECT_NEAR(mean, 0.0, 0.01);
  // Rounding to marks of 0.05 adds its own deviation, 0.05/√12.
  EXPECT_NEAR(rms(errors), std::hypot(0.06, 0.05 / std::sqrt(12.0)), 0.006);
}

TEST(Words, SayNothingUnasked) {
  VirtualPatient patient(held_at(0.9), 14);
  patient.show(high_place(0.5));
  live(patient, 120.0, 90.0,
       [](VirtualPatient& person) { ASSERT_TRUE(person.take_signals().reports.empty()); });
}

TEST(Words, SayNothingToAQuestionThatIsWithdrawn) {
  VirtualPatient patient(held_at(0.5), 15);
  telemetry::Stimulus shown;
  shown.question = ReportKind::suds;
  patient.show(shown);
  patient.advance_to(core::at_seconds(1.5));
  patient.show({});
  patient.advance_to(core::at_seconds(20.0));
  EXPECT_TRUE(patient.take_signals().reports.empty());
}

TEST(Words, SpeakOfComfortAndExpectancyInTheirOwnUnits) {
  auto well = held_at(0.3), unwell = held_at(0.3);
  well.v0 = 0.95;
  unwell.v0 = 0.3;
  VirtualPatient one(well, 16), other(unwell, 16);
  const double good = ask(one, ReportKind::comfort).at(0).value,
               bad = ask(other, ReportKind::comfort).at(0).value;
  EXPECT_GT(good, bad);
  EXPECT_LE(good, 10.0);
  EXPECT_GE(bad, 0.0);
  EXPECT_NEAR(ask(one, ReportKind::expectancy).at(0).value, 100.0, 25.0) << "nothing has been learned yet";
}

TEST(Words, EndWhenThePatientHasLeft) {
  auto terrified = held_at(1.0);
  VirtualPatient patient(terrified, 17);
  patient.advance_to(core::at_seconds(70.0));
  ASSERT_TRUE(patient.truth().left);
  EXPECT_TRUE(ask(patient, ReportKind::suds).empty());
}

TEST(Words, KeepTheNewestAnswersWhenNobodyReadsThem) {
  VirtualPatient patient(held_at(0.5), 18);
  for (int i = 0; i < 6; ++i) {
    telemetry::Stimulus shown;
    shown.question = ReportKind::suds;
    shown.asked = patient.time();
    patient.show(shown);
    patient.advance_to(core::at_seconds(10.0 * (i + 1)));
  }
  const auto reports = patient.take_signals().reports;
  ASSERT_EQ(reports.size(), 4U);
  EXPECT_EQ(reports[0].asked, core::at_seconds(20.0));
  EXPECT_EQ(reports[3].asked, core::at_seconds(50.0));
  EXPECT_TRUE(patient.take_signals().reports.empty());
}

// Sources

TEST(Source, NamesProfilePlantAndSeed) {
  struct Row {
    const char* source;
    const char* profile;
    std::uint64_t seed;
    PlantKind plant = PlantKind::a;
  };
  for (const auto& [source, profile, seed, plant] :
       {Row{"patient:shipped", "shipped", 1}, Row{"patient:shipped:42", "shipped", 42},
        Row{"patient:shipped@a", "shipped", 1}, Row{"patient:shipped@b", "shipped", 1, PlantKind::b},
        Row{"patient:shipped@b:3", "shipped", 3, PlantKind::b},
        Row{"patient:/tmp/p@home/x.toml@a:9", "/tmp/p@home/x.toml", 9},
        Row{"patient:a.toml:18446744073709551615", "a.toml", 18446744073709551615ULL}}) {
    const auto parsed = parse_source(source);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->profile, profile);
    EXPECT_EQ(parsed->seed, seed);
    EXPECT_EQ(parsed->plant, plant);
  }
}

TEST(Source, ThatIsWrongSaysWhatIsWrong) {
  struct Row {
    const char* source;
    const char* expected;
  };
  for (const auto& [source, expected] :
       {Row{"patient:shipped@c", "'c' is neither a nor b"}, Row{"patient:shipped@", "'' is neither"},
        Row{"patient:shipped:seven", "'seven' is not a whole number"},
        Row{"patient:shipped:", "'' is not a whole"}, Row{"patient:shipped:-1", "'-1' is not a whole"},
        Row{"patient:shipped:99999999999999999999", "64 bits"}, Row{"patient:", "names no profile"},
        Row{"patient:@a:1", "names no profile"}, Row{"x.attune", "is not a virtual patient"}}) {
    const auto parsed = parse_source(source);
    ASSERT_FALSE(parsed) << source;
    EXPECT_THAT(parsed.error().message, HasSubstr(expected));
    EXPECT_THAT(parsed.error().message, HasSubstr(source));
  }
}

TEST(Source, OfAnUnknownPopulationDoesNotOpen) {
  const auto patient = VirtualPatient::open({.profile = "martians"});
  ASSERT_FALSE(patient);
  EXPECT_THAT(patient.error().message, HasSubstr("martians"));
}

}  // namespace
}  // namespace attune::sim
