#include <gtest/gtest.h>

#include <complex>
#include <numbers>

#include "sim/patients.hpp"

namespace attune::sim {
namespace {

using namespace testing_patients;

constexpr double rate_hz = 90.0;

/// Angular speed of the head in °/s at every sample.
std::vector<double> head_speeds(const PatientParameters& parameters, std::uint64_t seed) {
  VirtualPatient patient(parameters, seed);
  std::vector<double> speeds;
  glm::quat before = patient.head().orientation;
  live(patient, 600.0, rate_hz, [&](VirtualPatient& person) {
    const auto change = glm::normalize(person.head().orientation * glm::conjugate(before));
    const double half = std::atan2(glm::length(glm::vec3(change.x, change.y, change.z)), std::abs(change.w));
    speeds.push_back(glm::degrees(2.0 * half) * rate_hz);
    before = person.head().orientation;
  });
  return speeds;
}

TEST(Head, MovesFasterWithAnxietyUnlessItGoesStill) {
  for (const double anxiety : {0.1, 0.5, 0.9}) {
    auto person = held_at(anxiety);
    const double moving = rms(head_speeds(person, 2)), specified = 6.0 + 14.0 * anxiety;
    print_row("head speed, rms, degrees/s", anxiety, moving, specified);
    EXPECT_NEAR(moving / specified, 1.0, 0.1) << anxiety;
    person.still = true;
    const double gone_still = rms(head_speeds(person, 2)), still_specified = 6.0 * (1.0 - 0.75 * anxiety);
    print_row("the same, goes still", anxiety, gone_still, still_specified);
    EXPECT_NEAR(gone_still / still_specified, 1.0, 0.1) << anxiety;
  }
}

TEST(Head, SwaysMoreWithAnxiety) {
  for (const double anxiety : {0.1, 0.9}) {
    VirtualPatient patient(held_at(anxiety), 3);
    std::vector<double> away_mm;
    live(patient, 900.0, rate_hz, [&](VirtualPatient& person) {
      const auto head = person.head();
      EXPECT_FLOAT_EQ(head.position_m.y, 1.6F);
      away_mm.push_back(1000.0 * std::hypot(head.position_m.x, head.position_m.z));
    });
    print_row("sway, rms, mm", anxiety, rms(away_mm), 4.0 + 4.0 * anxiety);
    EXPECT_NEAR(rms(away_mm) / (4.0 + 4.0 * anxiety), 1.0, 0.1) << anxiety;
  }
}

/// A hand's way from its rest, sway taken off, in millimetres.
glm::dvec3 hand_mm(const VirtualPatient& person, telemetry::Side side) {
  const glm::dvec3 trunk = 0.6 * (glm::dvec3(person.head().position_m) - glm::dvec3(0.0, 1.6, 0.0));
  const glm::dvec3 rest(side == telemetry::left ? -0.22 : 0.22, 1.02, -0.32);
  return 1000.0 * (glm::dvec3(person.hands()[side].grip.position_m) - trunk - rest);
}

TEST(Hands, TrembleMoreWithAnxiety) {
  for (const double anxiety : {0.1, 0.5, 0.9}) {
    VirtualPatient patient(held_at(anxiety), 4);
    std::vector<double> away_mm;
    live(patient, 300.0, rate_hz, [&](VirtualPatient& person) {
      const double away = glm::length(hand_mm(person, telemetry::right));
      if (away < 3.0) away_mm.push_back(away);  // not in a gesture
    });
    print_row("tremor, rms, mm", anxiety, rms(away_mm), 0.2 + 0.8 * anxiety);
    EXPECT_NEAR(rms(away_mm) / (0.2 + 0.8 * anxiety), 1.0, 0.1) << anxiety;
  }
}

TEST(Hands, TrembleAtEightToElevenHertz) {
  VirtualPatient patient(held_at(0.8), 5);
  std::vector<glm::dvec3> way;
  std::vector<double> power(20, 0.0);  // by whole hertz
  live(patient, 300.0, rate_hz, [&](VirtualPatient& person) {
    const auto mm = hand_mm(person, telemetry::left);
    if (glm::length(mm) > 3.0)
      way.clear();
    else
      way.push_back(mm);
    if (way.size() < 180) return;
    for (std::size_t hz = 1; hz < power.size(); ++hz) {
      for (int axis = 0; axis < 3; ++axis) {
        std::complex<double> sum = 0.0;
        for (std::size_t k = 0; k < way.size(); ++k) {
          const double share = static_cast<double>(k) / static_cast<double>(way.size());
          const double window = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * share);
          const double angle =
              -2.0 * std::numbers::pi * static_cast<double>(hz) * static_cast<double>(k) / rate_hz;
          sum += window * way[k][axis] * std::polar(1.0, angle);
        }
        power[hz] += std::norm(sum);
      }
    }
    way.clear();
  });
  double inside = 0.0, all = 0.0;
  for (std::size_t hz = 1; hz < power.size(); ++hz) {
    all += power[hz];
    if (hz >= 8 && hz <= 11) inside += power[hz];
  }
  EXPECT_GT(all, 0.0);
  EXPECT_GT(inside / all, 0.9);
}

double gestures_a_minute(const PatientParameters& parameters, std::uint64_t seed) {
  VirtualPatient patient(parameters, seed);
  int gestures = 0;
  std::array<bool, 2> was_out{};
  constexpr double minutes = 60.0;
  live(patient, 60.0 * minutes, 30.0, [&](VirtualPatient& person) {
    for (const auto side : {telemetry::left, telemetry::right}) {
      const bool out = glm::length(hand_mm(person, side)) > 20.0;
      if (out && !was_out[side]) ++gestures;
      was_out[side] = out;
    }
  });
  return gestures / minutes;
}

TEST(Hands, GestureSixTimesAMinuteAndHalfAsOftenWhenFrozen) {
  const double free = gestures_a_minute(held_at(1.0), 6);
  print_row("gestures a minute", 1.0, free, 6.0);
  EXPECT_NEAR(free, 6.0, 0.8);
  for (const double anxiety : {0.0, 1.0}) {
    auto person = held_at(anxiety);
    person.freezes = true;
    const double found = gestures_a_minute(person, 6), specified = 6.0 * (1.0 - 0.5 * anxiety);
    print_row("the same, freezes", anxiety, found, specified);
    EXPECT_NEAR(found, specified, 0.8);
  }
}

}  // namespace
}  // namespace attune::sim
