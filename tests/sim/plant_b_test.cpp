#include <gtest/gtest.h>

#include "attune/sim/plant_b.hpp"
#include "sim/patients.hpp"

namespace attune::sim {
namespace {

using namespace testing_patients;

PatientParameters quiet_person() {
  PatientParameters patient;
  patient.sigma = 0.0;
  patient.alpha = 0.0;
  patient.x0 = 0.35;
  return patient;
}

/// How much less is expected of a variant after a minute of exposure.
double learned(const PatientParameters& patient, const PlantInput& input, std::uint8_t tested) {
  PlantB plant(patient, 3, input.z);
  const double before = plant.memory().expectancy(tested, patient.generalise);
  for (int k = 0; k < 600; ++k) plant.step(input);
  return before - plant.memory().expectancy(tested, patient.generalise);
}

TEST(PlantB, TakesOneEulerStepAsTheEquationsSay) {
  for (const bool attends : {true, false}) {
    auto patient = quiet_person();
    patient.freezes = true;
    patient.alpha = attends ? 0.0 : 1000.0;
    std::uint64_t seed = 1;  // chance decides about attention: the first seed that decides as wanted
    while (PlantB(patient, seed, 0.5).step({.z = 0.5}).attends != attends) ++seed;
    PlantB plant(patient, seed, 0.5);
    const auto state = plant.step({.z = 0.5, .u = 0.5, .variant = 2});
    const double y = attends ? 1.0 : 0.0, phi = std::pow(0.5, patient.gamma);
    const double drive = patient.x0 + patient.rho * phi * patient.v0 * (0.6 + 0.4 * y) * patient.threat -
                         patient.relief * patient.compliance * 0.5;
    const double x = patient.x0 + 0.1 * (drive - patient.x0) / patient.tau_up_s;
    ASSERT_GT(drive, patient.x0);
    EXPECT_NEAR(state.x, x, 1e-12);
    const double safety = 0.5 * (1.0 - y) + 0.5 * x;  // below 0.40 calming feedback is no escape
    EXPECT_NEAR(state.safety, safety, 1e-12);
    const double stale = 0.1 * phi / 480.0, burnt = 1.0 / (1.0 + std::exp((0.90 - x) / 0.025));
    const double labile = 0.1 / (60.0 * patient.learning_min) * phi * patient.threat * (0.3 + 0.7 * y) *
                          (1.0 - patient.omega * safety) * (1.0 - 0.6 * stale) * (1.0 - burnt);
    EXPECT_NEAR(plant.memory().labile[2], labile, 1e-12);
    EXPECT_NEAR(plant.memory().staleness[2], stale, 1e-12);
    const double threat =
        patient.threat + 0.1 / (60.0 * patient.sensitise_min) * burnt * (1 - patient.threat);
    EXPECT_NEAR(plant.memory().threat, threat, 1e-12);
    EXPECT_NEAR(state.expectancy, threat - labile, 1e-12);
    EXPECT_EQ(state.h, 1.0 - state.expectancy);
  }
}

TEST(PlantB, LearnsAboutOtherVariantsInPart) {
  auto patient = quiet_person();
  const double shown = learned(patient, {.z = 0.5, .variant = 1}, 1);
  EXPECT_GT(shown, 0.01);
  for (const double generalise : {0.0, 0.35, 1.0}) {
    patient.generalise = generalise;
    EXPECT_NEAR(learned(patient, {.z = 0.5, .variant = 1}, novel_variant) / shown, generalise, 0.02);
  }
}

TEST(PlantB, LearnsLessTheMoreItEscapes) {
  auto patient = quiet_person();
  patient.x0 = 0.5;
  patient.omega = 1.0;
  const double free = learned(patient, {.z = 0.3}, 0);
  EXPECT_LT(learned(patient, {.z = 0.3, .u = 1.0}, 0), 0.1 * free) << "a breathing guide while anxious";
  patient.freezes = true;
  EXPECT_LT(learned(patient, {.z = 0.3}, 0), 0.8 * free);
  patient.omega = 0.0;
  EXPECT_NEAR(learned(patient, {.z = 0.3}, 0), free, 0.15 * free) << "who is not hindered by it";
  patient.freezes = false;
  patient.omega = 1.0;
  patient.alpha = 1000.0;
  EXPECT_LT(learned(patient, {.z = 0.3}, 0), 0.3 * free) << "looking away";
}

TEST(PlantB, TakesCalmingFeedbackForEscapeOnlyWhileAnxious) {
  const auto patient = quiet_person();
  EXPECT_EQ(PlantB::safety(patient, 0.39, 1.0, 1.0), 0.0);
  EXPECT_EQ(PlantB::safety(patient, 0.41, 1.0, 1.0), 1.0);
  EXPECT_EQ(PlantB::safety(patient, 0.41, 0.0, 1.0), 1.0) << "no more than wholly";
}

TEST(PlantB, LearnsLessFromWhatIsShownOverAndOver) {
  const auto patient = quiet_person();
  ThreatMemory stale = ThreatMemory::of(patient);
  stale.staleness[0] = 1.0;
  PlantB tired(patient, 4, 0.5, stale), fresh(patient, 4, 0.5);
  tired.step({.z = 0.5});
  fresh.step({.z = 0.5});
  EXPECT_NEAR(tired.memory().labile[0] / fresh.memory().labile[0], 0.4, 0.001);
  for (int k = 0; k < 9000; ++k) tired.step({.z = 0.5, .variant = 1});
  EXPECT_NEAR(tired.memory().staleness[0], std::exp(-1.0), 0.01) << "a quarter of an hour of something else";
}

TEST(PlantB, FindsTheThreatGreaterWhenOverwhelmedAndMuchGreaterOnLeaving) {
  auto terrified = quiet_person();
  terrified.x0 = 1.0;
  terrified.rho = 1.0;
  terrified.threat = 0.8;
  PlantB plant(terrified, 1, 0.5);
  double before = 0.0;
  while (!plant.state().left) {
    before = plant.memory().threat;
    plant.step({.z = 0.5});
    ASSERT_LT(plant.state().steps, 1000U);
  }
  EXPECT_GT(before, 0.82);
  EXPECT_NEAR(plant.memory().threat, before + 0.4 * (1.0 - before), 0.001);
  const auto memory = plant.memory();
  for (int k = 0; k < 600; ++k) plant.step({.z = 1.0});
  EXPECT_EQ(plant.memory().threat, memory.threat) << "out of reach";
  EXPECT_EQ(plant.memory().labile, memory.labile);
}

TEST(PlantB, LearnsNextToNothingWhileOverwhelmed) {
  auto person = quiet_person();
  person.omega = 0.0;
  const auto pace = [&](double anxiety) {  // of learning at that anxiety
    person.x0 = anxiety;
    person.rho = 0.0;
    PlantB plant(person, 6, 0.5);
    plant.step({.z = 0.5});
    return plant.memory().labile[0];
  };
  EXPECT_NEAR(pace(0.90) / pace(0.60), 0.5, 0.01);
  EXPECT_LT(pace(1.0), 0.03 * pace(0.60));
  EXPECT_NEAR(pace(0.80) / pace(0.60), 1.0, 0.03) << "no level of anxiety below is better than another";
}

TEST(PlantB, FeelsPresenceAsTheProgrammeCouplesIt) {
  auto patient = quiet_person();
  patient.v0 = 0.5;
  const auto felt = [&](double exponent) {
    patient.presence_exponent = exponent;
    PlantB plant(patient, 5, 0.5);
    return plant.step({.z = 0.5}).x;
  };
  EXPECT_GT(felt(0.0), felt(1.0)) << "social fear: the same with little presence";
  EXPECT_GT(felt(1.0), felt(3.3)) << "animals: presence is nearly all";
  patient.presence_exponent = 1.0;
  EXPECT_NEAR(PlantB(patient, 5, 0.5).step({.z = 0.5}).x, felt(1.0 + 1e-9), 1e-9);
}

TEST(PlantB, IsThePersonOfPlantAInAllButLearning) {
  const auto patient = quiet_person();
  const auto a = make_plant(PlantKind::a, patient, 9, 0.1), b = make_plant(PlantKind::b, patient, 9, 0.1);
  EXPECT_EQ(a->kind(), PlantKind::a);
  EXPECT_EQ(b->kind(), PlantKind::b);
  for (int k = 0; k < 600; ++k) {
    const double z = k % 20 < 10 ? 0.0 : 0.3;
    a->step({.z = z});
    b->step({.z = z});
    EXPECT_EQ(a->state().attends, b->state().attends) << "the same chance";
    EXPECT_NEAR(a->state().s, b->state().s, 1e-12);
    EXPECT_NEAR(a->state().v, b->state().v, 1e-12);
  }
}

TEST(PlantB, StaysInRangeForEveryPersonAndAnyInput) {
  const auto population = Population::read("shipped");
  ASSERT_TRUE(population);
  std::mt19937_64 random(21);
  const auto any = [&] { return static_cast<double>(random() % 4000) / 1000.0 - 1.5; };  // −1.5 to 2.5
  for (int person = 0; person < 200; ++person) {
    PlantB plant(draw_patient(*population, random), random(), 0.1);
    for (int k = 0; k < 2000; ++k) {
      const auto& state = plant.step({any(), any(), any(), static_cast<std::uint8_t>(random() % 256)});
      for (const double value : {state.x, state.anxiety, state.s, state.v, state.expectancy, state.h,
                                 state.safety, state.stimulus, plant.memory().threat}) {
        ASSERT_TRUE(value >= 0.0 && value <= 1.0);
      }
    }
  }
}

}  // namespace
}  // namespace attune::sim
