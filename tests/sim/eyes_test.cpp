#include <gtest/gtest.h>

#include "sim/patients.hpp"

namespace attune::sim {
namespace {

using namespace testing_patients;
using telemetry::AoiRole;
using telemetry::GazeSource;

TEST(Eyes, FixateAsLongAsSpecifiedAndShorterWithAnxiety) {
  double before = 1.0;
  for (const double anxiety : {0.1, 0.5, 0.9}) {
    VirtualPatient patient(held_at(anxiety), 3);
    const auto found = movements(patient, 900.0);
    const double middle = median(each(found, &EyeMovement::fixation_s));
    print_row("fixation, median, s", anxiety, middle, 0.26 * (1.0 - 0.25 * anxiety));
    EXPECT_NEAR(middle, 0.26 * (1.0 - 0.25 * anxiety), 0.01) << anxiety;
    EXPECT_LT(middle, before);
    before = middle;
  }
}

TEST(Eyes, MakeLargerSaccadesWithAnxiety) {
  for (const double anxiety : {0.1, 0.5, 0.9}) {
    VirtualPatient patient(held_at(anxiety), 4);
    const double middle = median(each(movements(patient, 900.0), &EyeMovement::amplitude_deg));
    print_row("saccade, median, degrees", anxiety, middle, 6.0 * (1.0 + 0.4 * anxiety));
    EXPECT_NEAR(middle, 6.0 * (1.0 + 0.4 * anxiety), 0.5) << anxiety;
  }
}

TEST(Eyes, FollowTheMainSequenceAsDrawn) {
  VirtualPatient patient(held_at(0.5), 5);
  for (const auto& movement : movements(patient, 300.0)) {
    EXPECT_NEAR(movement.peak_deg_s, 550.0 * (1.0 - std::exp(-movement.amplitude_deg / 14.0)), 0.01);
    const double specified_s = 0.021 + 0.0022 * movement.amplitude_deg;
    if (movement.amplitude_deg > 6.5) {
      EXPECT_NEAR(movement.saccade_s, specified_s, 1e-9);
    } else {
      EXPECT_GE(movement.saccade_s, specified_s - 1e-9);
      EXPECT_LE(movement.saccade_s, 1.4 * specified_s);
    }
  }
}

TEST(Eyes, ReachThePeakVelocityOfTheMainSequenceInTheGazeItself) {
  auto still = held_at(1.0);
  still.still = true;  // little head movement, so that the gaze moves with the eyes alone
  still.gain_eye = 0.0;
  VirtualPatient patient(still, 6);
  EyeMovement current;
  glm::vec3 before = patient.true_gaze();
  double fastest = 0.0;
  int checked = 0;
  live(patient, 120.0, 2000.0, [&](VirtualPatient& person) {
    if (person.eye_movement().start_s != current.start_s) {
      const bool whole = current.amplitude_deg > 2.0 && current.amplitude_deg < 20.0;
      if (whole) {
        EXPECT_NEAR(fastest / current.peak_deg_s, 1.0, 0.08) << current.amplitude_deg;
        ++checked;
      }
      current = person.eye_movement();
      fastest = 0.0;
    }
    fastest = std::max(fastest, 2000.0 * degrees_between(before, person.true_gaze()));
    before = person.true_gaze();
  });
  EXPECT_GT(checked, 200);
}

TEST(Eyes, BlinkMoreWithAnxiety) {
  for (const double anxiety : {0.1, 0.5, 0.9}) {
    VirtualPatient patient(held_at(anxiety), 7);
    int closed_samples = 0, blinks = 0;
    constexpr double minutes = 30.0, rate_hz = 200.0;
    live(patient, 60.0 * minutes, rate_hz, [&](VirtualPatient& person) {
      const bool seen = person.gaze().source == GazeSource::eye;
      if (seen && closed_samples >= 10) {
        ++blinks;
        EXPECT_GE(closed_samples, 0.1 * rate_hz - 1);
        EXPECT_LE(closed_samples, 0.3 * rate_hz + 12) << "lost samples may lengthen a gap a little";
      }
      closed_samples = seen ? 0 : closed_samples + 1;
    });
    print_row("blinks a minute", anxiety, blinks / minutes, 12.0 + 14.0 * anxiety);
    EXPECT_NEAR(blinks / minutes, 12.0 + 14.0 * anxiety, 2.0) << anxiety;
  }
}

TEST(Tracker, LosesTwoPercentOfItsSamplesAndErrsByAThirdOfADegree) {
  VirtualPatient patient(held_at(0.2), 8);
  std::vector<double> errors;
  int lost_alone = 0, samples = 0;
  bool seen_before = true;
  live(patient, 600.0, 90.0, [&](VirtualPatient& person) {
    const auto gaze = person.gaze();
    const bool seen = gaze.source == GazeSource::eye;
    if (seen) errors.push_back(degrees_between(gaze.direction, person.true_gaze()));
    lost_alone += !seen && seen_before ? 1 : 0;
    seen_before = seen;
    ++samples;
  });
  EXPECT_NEAR(rms(errors), 0.3, 0.01);
  // Beside the beginnings of blinks, some 15 a minute.
  EXPECT_NEAR(static_cast<double>(lost_alone - 148) / samples, 0.02, 0.002);
}

TEST(Eyes, StayWithinTwentyFiveDegreesOfTheHead) {
  auto restless = held_at(0.9);
  restless.gain_head = restless.gain_eye = 2.0;
  VirtualPatient patient(restless, 9);
  telemetry::Stimulus shown;
  shown.aois.push_back(box(AoiRole::threat, {-6.0F, 1.0F, -4.0F}, {0.5F, 0.5F, 0.5F}));
  shown.aois.push_back(box(AoiRole::calm, {6.0F, 2.0F, -3.0F}, {0.5F, 0.5F, 0.5F}));
  patient.show(shown);
  double widest = 0.0;
  live(patient, 300.0, 90.0, [&](VirtualPatient& person) {
    widest = std::max(widest, degrees_between(person.true_gaze(), ahead_of(person.head())));
  });
  EXPECT_LE(widest, 25.01);
  EXPECT_GT(widest, 20.0) << "far targets use the whole range";
}

TEST(Eyes, ReachFarTargetsTogetherWithTheHead) {
  auto calm = held_at(0.2);
  calm.alpha = 0.0;
  VirtualPatient patient(calm, 10);
  telemetry::Stimulus shown;
  const auto threat =
      box(AoiRole::threat, {-6.0F, 1.6F, -2.0F}, {0.6F, 0.6F, 0.6F});  // 72 degrees to the left
  shown.aois.push_back(threat);
  patient.show(shown);
  int on_it = 0, samples = 0;
  live(patient, 300.0, 90.0, [&](VirtualPatient& person) {
    ++samples;
    on_it += degrees_between(person.true_gaze(), glm::normalize(threat.centre_m - person.head().position_m)) <
             10.0;
  });
  EXPECT_GT(static_cast<double>(on_it) / samples, 0.35);
}

/// Share of the fixations that begin in either state of attention and meet the threat.
std::array<double, 2> shares_on_threat(const telemetry::Stimulus& shown, std::uint64_t seed) {
  auto person = held_at(0.55);
  person.alpha = 2.5;  // turns away and back
  VirtualPatient patient(person, seed);
  patient.show(shown);
  std::array<int, 2> on{}, all{};
  double started_s = 0.0;
  bool attended = true;
  live(patient, 1800.0, 200.0, [&](VirtualPatient& alive) {
    const auto& movement = alive.eye_movement();
    if (movement.start_s != started_s && attended == alive.truth().attends) {
      ++all[alive.truth().attends];
      on[alive.truth().attends] += movement.on_stimulus;
    }
    started_s = movement.start_s;
    attended = alive.truth().attends;
  });
  return {static_cast<double>(on[0]) / all[0], static_cast<double>(on[1]) / all[1]};
}

TEST(Eyes, LandOnTheStimulusWhileAttendingAndSeldomOtherwise) {
  telemetry::Stimulus shown;
  shown.aois.push_back(box(AoiRole::threat, {0.0F, 0.0F, -4.0F}, {1.0F, 0.6F, 0.6F}));
  shown.aois.push_back(box(AoiRole::calm, {2.5F, 1.6F, -4.0F}, {0.4F, 0.4F, 0.4F}));
  shown.aois.push_back(box(AoiRole::social, {-2.5F, 1.6F, -4.0F}, {0.4F, 0.4F, 0.4F}));
  const auto [absent, attending] = shares_on_threat(shown, 12);
  print_row("fixations on the threat, y = 1", 0.55, attending, 0.7);
  print_row("fixations on the threat, y = 0", 0.55, absent, 0.1);
  EXPECT_NEAR(attending, 0.7, 0.03);
  EXPECT_NEAR(absent, 0.1, 0.03);
}

TEST(Eyes, KeepTheseSharesWhereTheStimulusFillsHalfTheView) {
  telemetry::Stimulus shown;
  shown.aois.push_back(box(AoiRole::threat, {0.0F, -30.0F, -30.0F}, {40.0F, 28.0F, 28.0F}));
  const auto [absent, attending] = shares_on_threat(shown, 13);
  EXPECT_NEAR(attending, 0.7, 0.05);
  EXPECT_NEAR(absent, 0.1, 0.05);
}

TEST(Eyes, LookAtTheStimulusWhereItIsNotHidden) {
  // A terrace: the drop is seen beyond the floor's edge, above and beside the railing.
  constexpr float edge_m = -1.3F, rail_m = 1.1F, rail_from_m = -0.6F, rail_to_m = 3.2F;
  telemetry::Stimulus shown;
  shown.aois.push_back(box(AoiRole::threat, {4.0F, -30.0F, -5.9F}, {5.5F, 29.9F, 4.5F}));
  shown.aois.push_back(
      box(AoiRole::neutral, {1.3F, 0.5F * rail_m, edge_m + 0.06F}, {1.9F, 0.5F * rail_m, 0.06F}));
  shown.aois.push_back(box(AoiRole::neutral, {0.75F, -0.05F, 1.35F}, {2.45F, 0.05F, 2.65F}));
  shown.aois.push_back(box(AoiRole::calm, {-3.8F, 1.4F, -0.6F}, {2.1F, 1.4F, 4.6F}));
  shown.aois.push_back(box(AoiRole::neutral, {0.0F, 20.0F, -570.0F}, {600.0F, 70.0F, 70.0F}));
  const auto [absent, attending] = shares_on_threat(shown, 15);
  EXPECT_NEAR(attending, 0.7, 0.05);
  EXPECT_NEAR(absent, 0.1, 0.05);

  VirtualPatient patient(held_at(0.3), 16);
  patient.show(shown);
  int looks = 0;
  live(patient, 300.0, 60.0, [&](VirtualPatient& person) {
    const auto& movement = person.eye_movement();
    const auto way = person.true_gaze(), eye = person.head().position_m;
    const double landed_s = person.time().seconds() - movement.start_s - movement.saccade_s;
    const bool arrived = landed_s > 0.0 && degrees_between(way, ahead_of(person.head())) < 24.5;
    if (!movement.on_stimulus || !arrived || landed_s > 0.05) return;
    ++looks;
    ASSERT_LT(way.z, 0.0F);
    const auto at_edge = eye + (edge_m - eye.z) / way.z * way;
    const bool behind_rail = at_edge.x > rail_from_m + 0.1F && at_edge.x < rail_to_m - 0.1F;
    EXPECT_TRUE(!behind_rail || at_edge.y > rail_m - 0.1F) << at_edge.x << ' ' << at_edge.y;
  });
  EXPECT_GT(looks, 300);
}

TEST(Eyes, MeetTheThreatInWhatTheTrackerSees) {
  telemetry::Stimulus shown;
  const auto threat = box(AoiRole::threat, {0.0F, 1.6F, -4.0F}, {0.5F, 0.5F, 0.1F});
  shown.aois.push_back(threat);
  VirtualPatient patient(held_at(0.2), 14);
  patient.show(shown);
  int agree = 0, samples = 0;
  live(patient, 120.0, 90.0, [&](VirtualPatient& person) {
    const auto gaze = person.gaze();
    const auto& movement = person.eye_movement();
    const bool resting = person.time().seconds() > movement.start_s + movement.saccade_s;
    if (gaze.source != GazeSource::eye || !resting || movement.amplitude_deg == 0.0) return;
    const float reach = (threat.centre_m.z - gaze.origin_m.z) / gaze.direction.z;
    const auto hit = gaze.origin_m + reach * gaze.direction - threat.centre_m;
    agree += (std::abs(hit.x) < 0.5F && std::abs(hit.y) < 0.5F) == movement.on_stimulus;
    ++samples;
  });
  EXPECT_GT(static_cast<double>(agree) / samples, 0.93);
}

}  // namespace
}  // namespace attune::sim
