#include "attune/attention/gaze_events.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

namespace attune::attention {
namespace {

constexpr double rad = std::numbers::pi / 180.0;
constexpr double rates_hz[]{60.0, 72.0, 90.0, 120.0};

glm::vec3 towards(double right_deg, double up_deg) {
  return {static_cast<float>(std::sin(right_deg * rad) * std::cos(up_deg * rad)),
          static_cast<float>(std::sin(up_deg * rad)),
          static_cast<float>(-std::cos(right_deg * rad) * std::cos(up_deg * rad))};
}

/// Rests of 0.4 s at 0° and `amplitude` to the right (or up), with jumps of the main sequence between them.
struct Jumps {
  double amplitude_deg = 10.0;
  bool vertical = false;
  static constexpr double rest_s = 0.4;

  [[nodiscard]] double jump_s() const {
    return 0.021 + 0.0022 * amplitude_deg;
  }  // Bahill, Clark & Stark 1975
  [[nodiscard]] glm::vec3 at(double t) const {
    const double period = rest_s + jump_s(), phase = t / period;
    const bool back = static_cast<int>(std::floor(phase)) % 2 == 1;
    const double s = std::max((phase - std::floor(phase)) * period - rest_s, 0.0) / jump_s();
    const double way = s * s * s * (10.0 - 15.0 * s + 6.0 * s * s),
                 place = amplitude_deg * (back ? 1.0 - way : way);
    return vertical ? towards(0.0, place) : towards(place, 0.0);
  }
};

telemetry::GazeSample sample_at(double t, glm::vec3 direction) {
  telemetry::GazeSample sample;
  sample.time = core::at_seconds(t);
  sample.direction = direction;
  sample.source = telemetry::GazeSource::eye;
  return sample;
}

using Change = std::function<void(telemetry::GazeSample&, bool& recentred)>;

std::vector<GazeEvent> events_of(const std::function<glm::vec3(double)>& gaze, double rate_hz, double seconds,
                                 const Change& change = {}) {
  GazeEventDetector detector;
  std::vector<GazeEvent> all;
  for (int i = 0; i < static_cast<int>(seconds * rate_hz); ++i) {
    const double t = i / rate_hz;
    auto sample = sample_at(t, gaze(t));
    bool recentred = false;
    if (change) change(sample, recentred);
    for (const auto& event : detector.push(sample, core::at_seconds(t), recentred)) all.push_back(event);
  }
  return all;
}

std::vector<GazeEvent> of_kind(const std::vector<GazeEvent>& all, GazeEventKind kind) {
  std::vector<GazeEvent> some;
  for (const auto& event : all) {
    if (event.kind == kind) some.push_back(event);
  }
  return some;
}

double mean_ms(const std::vector<GazeEvent>& events) {
  double sum = 0.0;
  for (const auto& event : events) sum += event.duration_ms();
  return sum / static_cast<double>(events.size());
}

TEST(GazeEvents, FindsEveryJumpWithItsSizeDirectionAndDurationAtAnyRate) {
  for (const double rate : rates_hz) {
    for (const double amplitude : {3.0, 10.0, 25.0}) {
      const Jumps jumps{amplitude};
      const double period = Jumps::rest_s + jumps.jump_s();
      const auto all = events_of([&](double t) { return jumps.at(t); }, rate, 30.0);
      const auto saccades = of_kind(all, GazeEventKind::saccade);
      EXPECT_NEAR(static_cast<double>(saccades.size()), 30.0 / period, 1.5)
          << rate << " Hz, " << amplitude << "°";
      for (std::size_t i = 0; i < saccades.size(); ++i) {
        EXPECT_NEAR(saccades[i].amplitude_deg, amplitude, std::max(0.05 * amplitude, 0.25));
        EXPECT_NEAR(std::abs(saccades[i].direction_rad), i % 2 == 0 ? 0.0 : std::numbers::pi, 0.05);
        EXPECT_GT(saccades[i].peak_deg_s, 0.8 * amplitude / jumps.jump_s()) << "near its mean at the least";
        EXPECT_LT(saccades[i].peak_deg_s, 1.9 * amplitude / jumps.jump_s())
            << "a minimum-jerk peak is 1.875 times";
      }
      // Its slow first and last parts do not stand out.
      EXPECT_LT(mean_ms(saccades), 1000.0 * jumps.jump_s()) << rate << " " << amplitude;
      EXPECT_GT(mean_ms(saccades), 500.0 * jumps.jump_s()) << rate << " " << amplitude;
      const auto fixations = of_kind(all, GazeEventKind::fixation);
      EXPECT_NEAR(mean_ms(fixations), 1000.0 * Jumps::rest_s, 30.0) << rate << " " << amplitude;
      EXPECT_EQ(fixations.size(), saccades.size());
    }
  }
}

TEST(GazeEvents, GivesUpAndDownTheirSigns) {
  const Jumps jumps{8.0, true};
  const auto saccades =
      of_kind(events_of([&](double t) { return jumps.at(t); }, 72.0, 5.0), GazeEventKind::saccade);
  ASSERT_GE(saccades.size(), 2U);
  EXPECT_NEAR(saccades[0].direction_rad, std::numbers::pi / 2.0, 0.02);
  EXPECT_NEAR(saccades[1].direction_rad, -std::numbers::pi / 2.0, 0.02);
}

TEST(GazeEvents, ComeInOrderAndDoNotOverlap) {
  const Jumps jumps;
  core::SessionTime before{};
  for (const auto& event : events_of([&](double t) { return jumps.at(t); }, 90.0, 20.0)) {
    EXPECT_LE(before.ns, event.start.ns);
    EXPECT_LT(event.start.ns, event.end.ns);
    before = event.end;
  }
}

TEST(GazeEvents, DoesNotTakeTheNoiseOfATrackerForJumps) {
  for (const double rate : rates_hz) {
    std::mt19937_64 random(3);
    std::normal_distribution<double> noise(0.0, 0.3);
    const auto still = [&](double) { return towards(noise(random), noise(random)); };
    EXPECT_LE(of_kind(events_of(still, rate, 60.0), GazeEventKind::saccade).size(), 2U) << rate;
    const Jumps jumps{6.0};
    const auto jumping = [&](double t) {
      const auto d = jumps.at(t);
      return glm::vec3{d.x + static_cast<float>(noise(random) * rad),
                       d.y + static_cast<float>(noise(random) * rad), d.z};
    };
    const auto found = of_kind(events_of(jumping, rate, 60.0), GazeEventKind::saccade).size();
    EXPECT_NEAR(static_cast<double>(found), 60.0 / (Jumps::rest_s + jumps.jump_s()), 7.0) << rate;
  }
}

TEST(GazeEvents, CallsALossOfBlinkLengthABlinkAndAShorterOrLongerOneNothing) {
  struct Case {
    double loss_s;
    std::size_t blinks;
  };
  for (const auto& [loss_s, blinks] : {Case{0.03, 0}, Case{0.15, 1}, Case{0.30, 1}, Case{0.9, 0}}) {
    for (const double rate : rates_hz) {
      const auto all = events_of([](double) { return towards(0.0, 0.0); }, rate, 4.0,
                                 [&, loss = loss_s](auto& sample, bool&) {
                                   const double t = sample.time.seconds();
                                   if (t > 1.5 && t < 1.5 + loss) sample.source = telemetry::GazeSource::none;
                                 });
      const auto found = of_kind(all, GazeEventKind::blink);
      ASSERT_EQ(found.size(), blinks) << loss_s << " s at " << rate;
      if (blinks == 1) {
        EXPECT_NEAR(found[0].duration_ms(), 1000.0 * loss_s, 1000.0 / rate);
      }
      EXPECT_TRUE(of_kind(all, GazeEventKind::saccade).empty());
    }
  }
}

TEST(GazeEvents, TakesGazeOfTheHeadForNoEyeMovement) {
  const Jumps jumps;
  const auto all = events_of([&](double t) { return jumps.at(t); }, 72.0, 10.0,
                             [](auto& sample, bool&) { sample.source = telemetry::GazeSource::head; });
  EXPECT_TRUE(all.empty());
  // Eyes lost for 150 ms with the head standing in did not blink.
  const auto mixed = events_of([](double) { return towards(0.0, 0.0); }, 72.0, 4.0,
                               [](auto& sample, bool&) {
                                 const double t = sample.time.seconds();
                                 if (t > 1.5 && t < 1.65) sample.source = telemetry::GazeSource::head;
                               });
  EXPECT_TRUE(of_kind(mixed, GazeEventKind::blink).empty());
}

TEST(GazeEvents, ARecentringIsNoJumpAndTheSameShiftWithoutItIsOne) {
  const auto shifted = [](double t) { return t < 2.0 ? towards(0.0, 0.0) : towards(30.0, 5.0); };
  const auto flag = [](auto& sample, bool& recentred) {
    recentred = sample.time.ns == core::at_seconds(2.0).ns;
  };
  EXPECT_TRUE(of_kind(events_of(shifted, 60.0, 4.0, flag), GazeEventKind::saccade).empty());
  EXPECT_EQ(of_kind(events_of(shifted, 60.0, 4.0), GazeEventKind::saccade).size(), 1U);
}

TEST(GazeEvents, ARecentringThatComesWhileTheEyesAreLostIsNoJumpEither) {
  const auto shifted = [](double t) { return t < 2.0 ? towards(0.0, 0.0) : towards(30.0, 5.0); };
  const auto all = events_of(shifted, 60.0, 4.0, [](auto& sample, bool& recentred) {
    const double t = sample.time.seconds();
    recentred = sample.time.ns == core::at_seconds(2.0).ns;
    if (t > 1.99 && t < 2.03) sample.source = telemetry::GazeSource::none;
  });
  EXPECT_TRUE(of_kind(all, GazeEventKind::saccade).empty());
}

TEST(GazeEvents, CountsARepeatedSampleOnce) {
  const Jumps jumps;
  GazeEventDetector once, twice;
  for (int i = 0; i < 1200; ++i) {
    const double t = i / 60.0;
    const auto sample = sample_at(t, jumps.at(t));
    std::vector<GazeEvent> a, b;
    for (const auto& event : once.push(sample, core::at_seconds(t))) a.push_back(event);
    for (const auto& event : twice.push(sample, core::at_seconds(t))) b.push_back(event);
    EXPECT_TRUE(twice.push(sample, core::at_seconds(t + 1.0 / 120.0)).empty());
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
      EXPECT_EQ(a[k].start, b[k].start);
      EXPECT_EQ(a[k].end, b[k].end);
      EXPECT_EQ(a[k].amplitude_deg, b[k].amplitude_deg);
    }
  }
}

TEST(GazeEvents, ATrackerThatRepeatsAnOldSampleHasLostTheEyes) {
  GazeEventDetector detector;
  const auto sample = sample_at(0.0, towards(0.0, 0.0));
  detector.push(sample, core::at_seconds(0.0));
  EXPECT_EQ(detector.current(), GazeEventKind::fixation);
  detector.push(sample, core::at_seconds(0.3));
  EXPECT_EQ(detector.current(), GazeEventKind::none);
}

TEST(GazeEvents, TakesTheSizeButNotTheTimingOfAJumpThatWasFilledIn) {
  // A rest, a slow straight line of 0.2 s that an import drew, a rest.
  const auto gaze = [](double t) { return towards(6.0 * std::clamp((t - 1.0) / 0.2, 0.0, 1.0), 0.0); };
  const auto flag = [](auto& sample, bool&) {
    const double t = sample.time.seconds();
    sample.interpolated = t > 1.001 && t < 1.199;
  };
  const auto saccades = of_kind(events_of(gaze, 90.0, 3.0, flag), GazeEventKind::saccade);
  ASSERT_EQ(saccades.size(), 1U);
  EXPECT_TRUE(saccades[0].interpolated);
  EXPECT_EQ(saccades[0].peak_deg_s, 0.0F);
  EXPECT_NEAR(saccades[0].amplitude_deg, 6.0F, 0.1F);
  // Unflagged, the same line is a slow pursuit and no jump at all.
  EXPECT_TRUE(of_kind(events_of(gaze, 90.0, 3.0), GazeEventKind::saccade).empty());
}

TEST(GazeEvents, StartsAfreshWhenTimeGoesBackAndIgnoresWhatIsNoDirection) {
  GazeEventDetector detector;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (int i = 0; i < 100; ++i)
    detector.push(sample_at(10.0 + i / 72.0, towards(0, 0)), core::at_seconds(10.0 + i / 72.0));
  EXPECT_TRUE(detector.push(sample_at(1.0, towards(40.0, 0.0)), core::at_seconds(1.0)).empty());
  EXPECT_EQ(detector.current(), GazeEventKind::fixation);
  detector.push(sample_at(1.02, {nan, 0.0F, 0.0F}), core::at_seconds(1.02));
  EXPECT_EQ(detector.current(), GazeEventKind::none);
  detector.push(sample_at(1.03, {0.0F, 0.0F, 0.0F}), core::at_seconds(1.03));
  EXPECT_EQ(detector.current(), GazeEventKind::none);
  detector.push(sample_at(1.05, towards(40.0, 0.0)), core::at_seconds(1.05));
  EXPECT_EQ(detector.current(), GazeEventKind::fixation);
}

}  // namespace
}  // namespace attune::attention
