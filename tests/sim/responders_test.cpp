#include <gtest/gtest.h>

#include "attune/treatment/activities/dot_probe.hpp"
#include "attune/treatment/activities/gaze_reward.hpp"
#include "attune/treatment/activities/grounding.hpp"
#include "attune/treatment/activities/movement_break.hpp"
#include "sim/gaze_targets.hpp"
#include "sim/patients.hpp"

// What virtual patients do when a programme asks for more than to look and to feel, as the product's own
// practices take it.

namespace attune::sim {
namespace {

using namespace testing_patients;
using telemetry::Activity;
using telemetry::AoiRole;

constexpr double rate_hz = 72.0;

telemetry::AoiShape area(std::uint16_t id, AoiRole role, glm::vec3 centre_m, glm::vec3 half_m) {
  return {id, role, centre_m, half_m};
}

/// A desk with mail and a document, a colleague beside it, a plant.
telemetry::Stimulus office(Activity activity) {
  telemetry::Stimulus shown;
  shown.activity = activity;
  shown.intensity = 0.4F;
  shown.aois.push_back(area(1, AoiRole::task, {-0.25F, 1.35F, -0.9F}, {0.2F, 0.15F, 0.02F}));
  shown.aois.push_back(area(2, AoiRole::task, {0.25F, 1.35F, -0.9F}, {0.2F, 0.15F, 0.02F}));
  shown.aois.push_back(area(3, AoiRole::social, {1.6F, 1.5F, -2.0F}, {0.25F, 0.4F, 0.2F}));
  shown.aois.push_back(area(4, AoiRole::calm, {-1.8F, 1.2F, -2.0F}, {0.3F, 0.5F, 0.3F}));
  return shown;
}

treatment::Look look_of(const VirtualPatient& patient, const telemetry::Stimulus& shown) {
  const auto gaze = patient.gaze();
  treatment::Look look;
  look.known = gaze.source == telemetry::GazeSource::eye;
  look.direction = gaze.direction;
  if (const auto* met = first_met(shown.aois, glm::dvec3(gaze.origin_m), glm::dvec3(gaze.direction))) {
    look.area = met->id;
    look.role = met->role;
  }
  return look;
}

/// Share of the seen time that the eyes are on an area of that role.
double share_on(AoiRole role, const PatientParameters& parameters, const telemetry::Stimulus& shown) {
  VirtualPatient patient(parameters, 31);
  patient.show(shown);
  int on = 0, seen = 0;
  live(patient, 240.0, rate_hz, [&](VirtualPatient& person) {
    const auto look = look_of(person, shown);
    seen += look.known;
    on += look.at(role);
  });
  return static_cast<double>(on) / seen;
}

// Looking

TEST(LedGaze, GoesToTheRoleItIsLedTo) {
  auto worker = held_at(0.6);
  worker.alpha = 0.0;  // does not look away from the work
  auto shown = office(Activity::work);
  EXPECT_GT(share_on(AoiRole::task, worker, shown), 0.6) << "mail and documents hold the eyes";
  EXPECT_LT(share_on(AoiRole::social, worker, shown), 0.15);
  shown.gaze_lead = 1.0F;
  shown.lead_to = AoiRole::social;
  EXPECT_GT(share_on(AoiRole::social, worker, shown), 0.6);
  EXPECT_LT(share_on(AoiRole::task, worker, shown), 0.3);
  shown.gaze_lead = 0.5F;
  const double half = share_on(AoiRole::social, worker, shown);
  EXPECT_GT(half, 0.25);
  EXPECT_LT(half, 0.6);
}

TEST(LedGaze, RaisesAttentionOnlyWhereItLeadsToTheStimulus) {
  auto avoider = held_at(0.7);
  avoider.alpha = 1.5;
  const auto attending = [&](AoiRole role, float lead) {
    VirtualPatient patient(avoider, 32);
    telemetry::Stimulus shown;
    shown.aois.push_back(area(1, AoiRole::threat, {0, 1, -4}, {1, 1, 1}));
    shown.gaze_lead = lead;
    shown.lead_to = role;
    patient.show(shown);
    int y = 0;
    live(patient, 1800.0, 10.0, [&](VirtualPatient& person) { y += person.truth().attends; });
    return y / 18000.0;
  };
  const auto expected = [&](double lead) {
    return 1.0 / (1.0 + std::exp(-(1.6 - 3.0 * avoider.alpha * 0.4 + 0.5 * avoider.v0 + 0.8 * lead)));
  };
  EXPECT_NEAR(attending(AoiRole::threat, 0.0F), expected(0.0), 0.02);
  EXPECT_NEAR(attending(AoiRole::threat, 1.0F), expected(1.0), 0.02);
  EXPECT_NEAR(attending(AoiRole::neutral, 1.0F), expected(1.0), 0.02);
  EXPECT_NEAR(attending(AoiRole::calm, 1.0F), expected(0.0), 0.02);
}

/// Five minutes in a garden with two calm things and a wall.
treatment::GazeTrainingResult train_gaze(const PatientParameters& parameters, Activity activity) {
  VirtualPatient patient(parameters, 33);
  telemetry::Stimulus shown;
  shown.activity = activity;
  shown.aois.push_back(area(1, AoiRole::calm, {-1.5F, 1.2F, -4.0F}, {0.6F, 0.6F, 0.6F}));
  shown.aois.push_back(area(2, AoiRole::calm, {2.0F, 1.6F, -5.0F}, {0.6F, 0.6F, 0.6F}));
  shown.aois.push_back(area(3, AoiRole::neutral, {0.0F, 1.0F, -9.0F}, {4.0F, 1.0F, 0.2F}));
  treatment::GazeReward reward(treatment::GazeTrainingPlan{});
  live(patient, 300.0, rate_hz, [&](VirtualPatient& person) {
    shown.gaze_reward = reward.push(1.0 / rate_hz, look_of(person, shown));
    person.show(shown);
  });
  return reward.result();
}

TEST(GazeTraining, HoldsTheCalmTargetTheBetterTheMoreItIsRewarded) {
  const auto share = [](const treatment::GazeTrainingResult& result) {
    return result.calm_s / result.seen_s;
  };
  const double trained = share(train_gaze(held_at(0.3), Activity::gaze_training));
  EXPECT_GT(trained, 0.75);
  EXPECT_LT(share(train_gaze(held_at(0.3), Activity::none)), 0.5);
  EXPECT_LT(share(train_gaze(held_at(0.9), Activity::gaze_training)), trained - 0.08);
}

TEST(GroundingPractice, IsFollowedByEyesThatRestOnThings) {
  const auto found = [](Activity activity) {
    VirtualPatient patient(held_at(0.4), 34);
    auto shown = office(activity);
    patient.show(shown);
    treatment::Grounding grounding(treatment::GroundingPlan{});
    live(patient, 60.0, rate_hz, [&](VirtualPatient& person) {
      grounding.push(1.0 / rate_hz, look_of(person, shown), person.hands());
    });
    return grounding.share();
  };
  EXPECT_GT(found(Activity::grounding), found(Activity::none) + 0.15F);
  EXPECT_GT(found(Activity::grounding), 0.6F);
}

// Moving

TEST(MovementPractice, MovesHeadAndHandsForAsLongAsItIsAsked) {
  VirtualPatient patient(held_at(0.4), 35);
  const auto moved_s = [&](Activity activity, double seconds) {
    patient.show(office(activity));
    treatment::MovementBreak counted(treatment::MovementPlan{});
    glm::vec3 head_m = patient.head().position_m;
    live(patient, seconds, rate_hz, [&](VirtualPatient& person) {
      counted.push(1.0 / rate_hz, person.head(), person.hands());
      EXPECT_LT(glm::distance(person.head().position_m, head_m) * rate_hz, 1.0) << "nothing leaps";
      EXPECT_LT(person.head().position_m.y, 1.65F);
      head_m = person.head().position_m;
    });
    return counted.result().moved_s;
  };
  EXPECT_LT(moved_s(Activity::work, 30.7), 6.0) << "a gesture now and then";
  EXPECT_GT(moved_s(Activity::movement, 30.0), 24.0);
  EXPECT_LT(moved_s(Activity::work, 30.0), 8.0);
}

// Answering

treatment::ProbeResult answer_probes(const PatientParameters& parameters, std::uint64_t seed) {
  VirtualPatient patient(parameters, seed);
  treatment::DotProbePlan plan;
  plan.trials = 320;
  treatment::DotProbe task(plan);
  telemetry::Stimulus shown;
  shown.activity = Activity::dot_probe;
  for (double time_s = 0.0; !task.done() && time_s < 1500.0; time_s += 1.0 / rate_hz) {
    patient.advance_to(core::at_seconds(time_s));
    shown.probe = task.push(patient.time(), patient.hands(), false);
    patient.show(shown);
  }
  return task.result();
}

TEST(DotProbe, IsAnsweredWithReactionTimesErrorsAndTheBiasOfTheAnxious) {
  const auto mean_bias = [](double rho) {
    auto person = held_at(0.3);
    person.rho = rho;
    double bias_ms = 0.0, time_ms = 0.0, correct = 0.0, answered = 0.0;
    constexpr int people = 24;
    for (std::uint64_t seed = 0; seed < people; ++seed) {
      const auto result = answer_probes(person, seed);
      EXPECT_EQ(result.shown, 320);
      bias_ms += static_cast<double>(*result.bias_ms) / people;
      time_ms += 0.5 * static_cast<double>(*result.to_threat_ms + *result.from_threat_ms) / people;
      correct += result.correct, answered += result.answered;
    }
    EXPECT_NEAR(time_ms, 555.0, 25.0);
    EXPECT_NEAR(correct / answered, 0.97, 0.01);
    return bias_ms;
  };
  EXPECT_NEAR(mean_bias(0.0), 0.0, 12.0);
  EXPECT_NEAR(mean_bias(1.7), 36.0, 12.0);
}

TEST(DotProbe, IsNotAnsweredByWhoHasLeftOrWearsNoControllers) {
  telemetry::Stimulus shown;
  shown.probe = {telemetry::ProbeStage::target, true, false, true, 1, {}};
  VirtualPatient gone(held_at(1.0), 36), bare(held_at(0.3), 36, PlantKind::a, SensorSet::none);
  gone.advance_to(core::at_seconds(70.0));
  ASSERT_TRUE(gone.truth().left);
  for (auto* patient : {&gone, &bare}) {
    shown.probe.changed = patient->time();
    patient->show(shown);
    live(*patient, 5.0, rate_hz, [](VirtualPatient& person) {
      for (const auto& hand : person.hands()) EXPECT_EQ(hand.trigger, 0.0F);
    });
  }
}

std::vector<double> answers(telemetry::ReportKind kind, const PatientParameters& person, int options = 0) {
  VirtualPatient patient(person, 37);
  std::vector<double> values;
  for (int i = 0; i < 200; ++i) {
    telemetry::Stimulus shown;
    shown.question = kind;
    shown.asked = patient.time();
    shown.options = static_cast<std::uint8_t>(options);
    patient.show(shown);
    patient.advance_to(core::at_seconds(patient.time().seconds() + 7.0));
    for (const auto& report : patient.take_signals().reports) {
      EXPECT_EQ(report.kind, kind);
      values.push_back(static_cast<double>(report.value));
    }
  }
  EXPECT_EQ(values.size(), 200U);
  return values;
}

TEST(Words, RateThoughtsAndUrgesAsExpectancyAndAnxietySay) {
  EXPECT_NEAR(median(answers(telemetry::ReportKind::belief, held_at(0.2))), 76.0, 4.0)
      << "nothing learned yet";
  EXPECT_NEAR(median(answers(telemetry::ReportKind::belief, held_at(0.8))), 94.0, 4.0);
  EXPECT_NEAR(median(answers(telemetry::ReportKind::urge, held_at(0.2))), 20.0, 4.0);
  EXPECT_NEAR(median(answers(telemetry::ReportKind::urge, held_at(0.8))), 80.0, 4.0);
}

TEST(Words, ChooseAmongTheOptionsTheFirstMostOftenUnlessAnxious) {
  const auto share_of = [](double option, double anxiety) {
    const auto chosen = answers(telemetry::ReportKind::choice, held_at(anxiety), 3);
    EXPECT_LE(*std::max_element(chosen.begin(), chosen.end()), 2.0);
    EXPECT_GE(*std::min_element(chosen.begin(), chosen.end()), 0.0);
    return static_cast<double>(std::count(chosen.begin(), chosen.end(), option)) / 200.0;
  };
  EXPECT_NEAR(share_of(0.0, 0.0), 0.8, 0.09);
  EXPECT_NEAR(share_of(0.0, 0.8), 0.4, 0.1);
  EXPECT_NEAR(share_of(2.0, 0.8), 0.3, 0.1);
}

// Working

/// Mean clicks a minute and share at the screen over ten minutes.
std::pair<double, double> work(double anxiety, Activity activity) {
  VirtualPatient patient(held_at(anxiety), 38);
  patient.show(office(activity));
  patient.advance_to(core::at_seconds(60.0));
  double clicks = 0.0, screen = 0.0;
  live(patient, 1800.0, 1.0, [&](VirtualPatient& person) {
    const auto task = person.take_signals().task;
    EXPECT_TRUE(task.clicks_per_min.valid && task.screen_share.valid);
    EXPECT_LE(task.clicks_per_min.age_s, 1.01F);
    clicks += static_cast<double>(task.clicks_per_min.value) / 1800.0;
    screen += static_cast<double>(task.screen_share.value) / 1800.0;
  });
  return {clicks, screen};
}

TEST(Desk, IsWorkedAtLessByTheAnxious) {
  for (const double anxiety : {0.1, 0.9}) {
    const auto [clicks, screen] = work(anxiety, Activity::work);
    print_row("clicks a minute", anxiety, clicks, 24.0 * (1.0 - 0.75 * anxiety));
    print_row("share at the screen", anxiety, screen, 0.95 - 0.6 * anxiety);
    EXPECT_NEAR(clicks, 24.0 * (1.0 - 0.75 * anxiety), 1.5);
    EXPECT_NEAR(screen, 0.95 - 0.6 * anxiety, 0.05);
  }
  const auto [clicks, screen] = work(0.1, Activity::breathing);
  EXPECT_EQ(clicks, 0.0) << "who breathes does not click";
  EXPECT_EQ(screen, 0.0);
}

/// The last minute of a stretch of a working day.
struct Stretch {
  double bpm = 0, clicks = 0, screen = 0, on_task = 0, on_people = 0;
};

Stretch live_through(VirtualPatient& patient, const telemetry::Stimulus& shown, double seconds) {
  patient.show(shown);
  patient.advance_to(core::at_seconds(patient.time().seconds() + seconds - 60.0));
  Stretch sum;
  double frames = 0.0, seen = 0.0;
  live(patient, 60.0, rate_hz, [&](VirtualPatient& person) {
    const auto signals = person.take_signals();
    const auto look = look_of(person, shown);
    sum.bpm += static_cast<double>(signals.vitals.heart_rate_bpm.value);
    sum.clicks += static_cast<double>(signals.task.clicks_per_min.value);
    sum.screen += static_cast<double>(signals.task.screen_share.value);
    sum.on_task += look.at(AoiRole::task);
    sum.on_people += look.at(AoiRole::social);
    seen += look.known;
    ++frames;
  });
  return {sum.bpm / frames, sum.clicks / frames, sum.screen / frames, sum.on_task / seen,
          sum.on_people / seen};
}

TEST(OfficeWorker, ShowsTheOfficeCaseAndRecovers) {
  for (const auto plant : {PlantKind::a, PlantKind::b}) {
    auto patient = VirtualPatient::open({.profile = "office-worker", .plant = plant, .seed = 3});
    ASSERT_TRUE(patient) << patient.error().message;
    auto shown = office(Activity::work);
    shown.intensity = 0.0F;
    const auto quiet = live_through(*patient, shown, 90.0);
    shown.intensity = 0.6F;
    const auto pressed = live_through(*patient, shown, 180.0);
    EXPECT_GT(pressed.bpm, quiet.bpm + 20.0) << "the heart rate rises abnormally";
    EXPECT_LT(pressed.clicks, 0.75 * quiet.clicks) << "click rate falls";
    EXPECT_LT(pressed.screen, quiet.screen - 0.15) << "screen time falls";
    EXPECT_GT(pressed.on_task, 0.55) << "the gaze stays on mail and documents";
    EXPECT_LT(pressed.on_people, 0.15);
    EXPECT_GT(patient->truth().anxiety, 0.5);

    shown = office(Activity::breathing);
    shown.intensity = 0.0F;
    shown.calm_feedback = 1.0F;
    shown.guide_breaths_per_min = 6.0F;
    const auto calmer = live_through(*patient, shown, 120.0);
    EXPECT_LT(calmer.bpm, pressed.bpm - 15.0) << "breathing slowly helps";
    shown = office(Activity::social);
    shown.intensity = 0.0F;
    shown.gaze_lead = 1.0F;
    shown.lead_to = AoiRole::social;
    const auto together = live_through(*patient, shown, 90.0);
    EXPECT_GT(together.on_people, 0.6) << "attention goes to the colleague it is led to";
    EXPECT_LT(together.on_task, 0.2);
    shown = office(Activity::work);
    shown.intensity = 0.1F;
    const auto back = live_through(*patient, shown, 120.0);
    EXPECT_LT(back.bpm, quiet.bpm + 12.0) << "recovered";
    EXPECT_GT(back.clicks, pressed.clicks + 3.0);
    EXPECT_GT(back.screen, pressed.screen + 0.1);
  }
}

TEST(Desk, GivesNothingWhereThereIsNone) {
  VirtualPatient patient(held_at(0.3), 39);
  telemetry::Stimulus shown;
  shown.aois.push_back(area(1, AoiRole::threat, {0, 0, -3}, {1, 1, 1}));
  patient.show(shown);
  live(patient, 60.0, 1.0, [](VirtualPatient& person) {
    const auto task = person.take_signals().task;
    EXPECT_FALSE(task.clicks_per_min.valid || task.screen_share.valid);
  });
}

TEST(VirtualPatient, GivesTheSameSignalsHoweverOftenItIsAsked) {
  VirtualPatient slow(held_at(0.6), 40), fast(held_at(0.6), 40);
  for (int second = 0; second < 90; ++second) {
    const auto activity = static_cast<Activity>(second / 8);
    for (auto* patient : {&slow, &fast}) patient->show(office(activity));
    live(slow, 1.0, 72.0, [](VirtualPatient& person) { (void)person.gaze(); });
    live(fast, 1.0, 90.0, [](VirtualPatient& person) { (void)person.take_signals(); });
    ASSERT_EQ(slow.time(), fast.time());
    const auto one = slow.take_signals(), other = fast.take_signals();
    const auto values = [](const telemetry::PatientSignals& signals) {
      const auto& v = signals.vitals;
      std::vector<float> all;
      for (const auto* reading :
           {&v.heart_rate_bpm, &v.rr_ms, &v.breaths_per_min, &v.breath_phase, &v.skin_conductance_us,
            &v.skin_temperature_c, &signals.task.clicks_per_min, &signals.task.screen_share}) {
        all.insert(all.end(), {reading->value, reading->age_s, reading->valid ? 1.0F : 0.0F});
      }
      return all;
    };
    EXPECT_EQ(values(one), values(other)) << second;
    EXPECT_EQ(slow.hands()[0].grip.position_m, fast.hands()[0].grip.position_m);
    EXPECT_EQ(slow.true_gaze(), fast.true_gaze());
  }
}

}  // namespace
}  // namespace attune::sim
