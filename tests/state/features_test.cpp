#include <gtest/gtest.h>

#include <bit>
#include <iostream>
#include <limits>

#include "state/distribution.hpp"
#include "state/helpers.hpp"
#include "support/allocations.hpp"

namespace attune::state {
namespace {

using test::feature;
using test::features_of;
using test::Person;

Person looking_person() {
  Person person;
  person.areas = {{1, telemetry::AoiRole::threat, {0.0F, 1.6F, -5.0F}, glm::vec3{0.3F}},
                  {2, telemetry::AoiRole::calm, {-0.7F, 1.6F, -5.0F}, glm::vec3{0.3F}}};
  return person;
}

TEST(Features, AgreeWithAGazeWhoseEveryMovementIsKnown) {
  const Person person = looking_person();
  const auto features = features_of(person, 72.0);
  const double period = person.gaze.period_s();
  EXPECT_NEAR(feature(features, "Num_of_Saccade"), 1.0 / period, 0.05);
  EXPECT_NEAR(feature(features, "Num_of_Fixations"), 1.0 / period, 0.05);
  EXPECT_NEAR(feature(features, "Mean_Fixation_Duration"), 360.0, 20.0);
  EXPECT_LT(feature(features, "SD_Fixation_Duration"), 15.0);
  EXPECT_NEAR(feature(features, "Mean_Saccade_Amplitude"), 8.0, 0.2);
  EXPECT_NEAR(feature(features, "Max_Saccade_Amplitude"), 8.0, 0.2);
  EXPECT_NEAR(feature(features, "Mean_Saccade_Length"),
              feature(features, "Mean_Saccade_Amplitude") * 1.0001015, 1e-4);
  EXPECT_LT(feature(features, "Mean_Saccade_Duration"), 1000.0 * person.gaze.jump_s());
  EXPECT_GT(feature(features, "Mean_Saccade_Duration"), 600.0 * person.gaze.jump_s());
  // Left, up, right, down by turns: π, π/2, 0 and −π/2 have mean π/4.
  EXPECT_NEAR(feature(features, "Mean_Saccade_Direction"), std::numbers::pi / 4.0, 0.1);
  EXPECT_NEAR(feature(features, "Max_Saccade_Direction"), std::numbers::pi, 0.02);
  EXPECT_EQ(feature(features, "Num_of_Blink"), 0.0);
  EXPECT_TRUE(std::isnan(feature(features, "Mean_Blink_Duration")));
  // Four corners of a square of 8° are 5.7° from their middle.
  EXPECT_NEAR(feature(features, "Gaze_Dispersion"), 8.0 / std::numbers::sqrt2, 0.2);
  // A quarter of the time on the threat straight ahead, a quarter on the calm thing 8° to the left.
  EXPECT_NEAR(feature(features, "Target_Share"), 0.25, 0.03);
  EXPECT_NEAR(feature(features, "Threat_Bias"), 0.0, 0.03);
  EXPECT_NEAR(feature(features, "Aoi_Dwell_Mean"), 0.37, 0.03);
  EXPECT_EQ(feature(features, "Threat_In_View"), 1.0);
}

TEST(Features, AgreeWithAHeadAndHandsWhoseEveryMovementIsKnown) {
  const auto features = features_of(Person{}, 90.0);
  // A sine of rms 6°/s has mean |speed| 6 · 2√2/π.
  EXPECT_NEAR(feature(features, "Head_Speed_Mean"), 6.0 * 2.0 * std::numbers::sqrt2 / std::numbers::pi, 0.1);
  EXPECT_NEAR(std::hypot(feature(features, "Head_Speed_Mean"), feature(features, "Head_Speed_SD")), 6.0, 0.1);
  EXPECT_NEAR(feature(features, "Head_Pitch_Mean"), 0.0, 0.01);
  EXPECT_NEAR(feature(features, "Head_Yaw_Spread"), 6.0 / (2.0 * std::numbers::pi * 0.4), 0.05);
  EXPECT_NEAR(feature(features, "Head_Sway_Rms"), 5.0 / std::numbers::sqrt2, 0.2);
  EXPECT_NEAR(feature(features, "Hand_Tremor_Rms"), 0.5 / std::numbers::sqrt2, 0.06);
  EXPECT_NEAR(feature(features, "Hand_Reach_Mean"), std::hypot(0.2, 0.3), 0.01);
  EXPECT_NEAR(feature(features, "Trigger_Rate"), 0.5, 0.02);
  EXPECT_EQ(feature(features, "Hand_Still_Share"), 1.0);
}

TEST(Features, CountPressesOfSelectAsPullsOfTheTriggerAndBothAtOnceAsOne) {
  const auto rate_with = [](bool trigger, bool select) {
    return feature(features_of(Person{}, 72.0, 40.0,
                               [&](telemetry::Frame& frame) {
                                 auto& hand = frame.hands[telemetry::right];
                                 const bool down = std::fmod(frame.time.seconds(), 4.0) < 0.2;
                                 hand.trigger = trigger && down ? 1.0F : 0.0F;
                                 hand.buttons = select && down ? telemetry::button_select : 0;
                               }),
                   "Trigger_Rate");
  };
  EXPECT_NEAR(rate_with(true, false), 0.25, 0.04);
  EXPECT_NEAR(rate_with(false, true), 0.25, 0.04);
  EXPECT_NEAR(rate_with(true, true), 0.25, 0.04);
  EXPECT_EQ(rate_with(false, false), 0.0);
}

TEST(Features, DoNotDependOnTheFrameRate) {
  Person person = looking_person();
  person.gaze.blink_every_s = 4.0;
  const auto reference = features_of(person, 90.0);
  for (const double rate : {60.0, 72.0, 120.0}) {
    const auto features = features_of(person, rate);
    EXPECT_EQ(features.present, reference.present) << rate;
    for (std::size_t i = 0; i < feature_count; ++i) {
      const auto& row = feature_table[i];
      // The shape of a spread that is nothing but the grid of samples is noise; so is the deviation of equal
      // blinks. A jump that meets a blink is taken for the lid's where samples are far apart.
      if (row.name.starts_with("Skew_") || row.name == "SD_Blink_Duration" ||
          row.name == "Max_Blink_Duration" || row.name == "SD_Saccade_Duration" ||
          row.name.starts_with("SD_Saccade_A") || row.name.starts_with("SD_Saccade_L")) {
        continue;
      }
      const double expected = static_cast<double>(reference.value[i]);
      // Times are known to a sample or so; the extremes to two.
      double tolerance = 0.05 * std::abs(expected) + 0.02;
      if (row.unit == "ms") tolerance += row.name.starts_with("Max") ? 20.0 : 10.0;
      EXPECT_NEAR(static_cast<double>(features.value[i]), expected, tolerance) << row.name << " at " << rate;
    }
  }
}

TEST(Features, GiveASaccadesDurationWithinEightMillisecondsFrom60To500Hz) {
  const Person person = looking_person();
  const double fine_ms = feature(features_of(person, 500.0), "Mean_Saccade_Duration");
  EXPECT_NEAR(fine_ms, 1e3 * person.gaze.jump_s(), 6.0) << "its soft ends are slower than any threshold";
  for (const int rate_hz : {60, 72, 90, 120, 250}) {
    const double ms = feature(features_of(person, rate_hz), "Mean_Saccade_Duration");
    EXPECT_NEAR(ms, fine_ms, 8.0) << rate_hz << " Hz";
    std::cout << rate_hz << " Hz: " << ms << " ms, of " << fine_ms << " ms at 500 Hz\n";
  }
}

TEST(Features, AreTheSameBitForBitWhateverTheSessionTime) {
  Person person = looking_person();
  person.gaze.blink_every_s = 4.0;
  const auto here = features_of(person, 72.0);
  for (const double start_s : {0.123456789, 1234.5}) {
    const auto later = features_of(person, 72.0, 40.0, [&](telemetry::Frame& frame) {
      const auto shift = static_cast<std::int64_t>(start_s * 1e9);
      frame.time.ns += shift;
      frame.gaze.time.ns += shift;
    });
    EXPECT_EQ(here.present, later.present);
    for (std::size_t i = 0; i < feature_count; ++i) {
      EXPECT_EQ(std::bit_cast<std::uint32_t>(here.value[i]), std::bit_cast<std::uint32_t>(later.value[i]))
          << feature_table[i].name;
    }
  }
}

TEST(Features, DoNotKnowTheHeading) {
  Person north = looking_person();
  north.areas.clear();
  const auto here = features_of(north, 72.0);
  for (const double heading : {90.0, 178.0}) {
    Person turned = north;
    turned.heading_deg = heading;
    const auto there = features_of(turned, 72.0);
    EXPECT_EQ(here.present, there.present);
    for (std::size_t i = 0; i < feature_count; ++i) {
      if (feature_table[i].name.starts_with("Skew_")) continue;  // of rounding alone
      const double value = static_cast<double>(here.value[i]);
      EXPECT_NEAR(static_cast<double>(there.value[i]), value, 0.01 * std::abs(value) + 0.02)
          << feature_table[i].name;
    }
  }
}

TEST(Features, DoNotGrowWithTheFillOfTheirWindow) {
  Person person = looking_person();
  person.gaze.blink_every_s = 2.0;
  const auto early = features_of(person, 72.0, 15.0), full = features_of(person, 72.0, 40.0);
  int compared = 0;
  for (std::size_t i = 0; i < feature_count; ++i) {
    const auto name = feature_table[i].name;
    // Jumps are equal but for those that a blink cut: a deviation of that is luck.
    if (!early.present[i] || name.starts_with("Skew_") || name.starts_with("SD_Saccade_A") ||
        name.starts_with("SD_Saccade_L"))
      continue;
    const double value = static_cast<double>(full.value[i]);
    EXPECT_NEAR(static_cast<double>(early.value[i]), value,
                0.12 * std::abs(value) + 0.05 + (feature_table[i].unit == "ms" ? 20.0 : 0.0))
        << feature_table[i].name;
    ++compared;
  }
  EXPECT_GT(compared, 30);
}

TEST(Features, AreMissingUntilThereIsEvidence) {
  EXPECT_TRUE(features_of(looking_person(), 72.0, 2.0).present.none());
  const auto early = features_of(looking_person(), 72.0, 7.0);
  EXPECT_FALSE(std::isnan(feature(early, "Head_Speed_Mean")));
  EXPECT_TRUE(std::isnan(feature(early, "Head_Yaw_Spread"))) << "a spread needs its whole window";
  EXPECT_TRUE(std::isnan(feature(early, "Num_of_Blink")))
      << "ten seconds before a blink rate means something";
}

TEST(Features, OfEyesAreMissingWhereTheHeadStandsInForThem) {
  const auto features = features_of(looking_person(), 72.0, 40.0, [](telemetry::Frame& frame) {
    frame.gaze.source = telemetry::GazeSource::head;
  });
  for (std::size_t i = 0; i < 49; ++i) EXPECT_FALSE(features.present[i]) << feature_table[i].name;
  EXPECT_FALSE(std::isnan(feature(features, "Target_Share"))) << "where the head points still says something";
  EXPECT_FALSE(std::isnan(feature(features, "Head_Speed_Mean")));
}

TEST(Features, OfARecentringAreThoseWithoutIt) {
  const Person person = looking_person();
  const auto plain = features_of(person, 72.0);
  // From 20 s on everything is given in a space turned by 90° and moved by two metres.
  const glm::quat turn = glm::angleAxis(glm::radians(90.0F), glm::vec3{0.0F, 1.0F, 0.0F});
  const glm::vec3 move{2.0F, 0.0F, 1.0F};
  const auto with_flag = [&](bool flagged) {
    return features_of(person, 72.0, 40.0, [&, flagged](telemetry::Frame& frame) {
      if (frame.index < 1440) return;
      frame.recentred = flagged && frame.index == 1440;
      frame.head.orientation = turn * frame.head.orientation;
      frame.head.position_m = turn * frame.head.position_m + move;
      frame.gaze.direction = turn * frame.gaze.direction;
      frame.gaze.origin_m = turn * frame.gaze.origin_m + move;
      for (auto& hand : frame.hands) hand.grip.position_m = turn * hand.grip.position_m + move;
      for (auto& area : frame.aois) area.centre_m = turn * area.centre_m + move;
    });
  };
  const auto flagged = with_flag(true), unflagged = with_flag(false);
  for (const auto* name :
       {"Head_Speed_Mean", "Head_Speed_SD", "Max_Saccade_Amplitude", "Mean_Saccade_Amplitude",
        "Num_of_Saccade", "Hand_Speed_Mean", "Target_Share", "Threat_Bias"}) {
    EXPECT_NEAR(feature(flagged, name), feature(plain, name), 0.02 * std::abs(feature(plain, name)) + 0.02)
        << name;
  }
  EXPECT_GT(feature(unflagged, "Head_Speed_SD"), 10.0 * feature(plain, "Head_Speed_SD"));
}

TEST(Features, AreNeverNaNWhateverComesIn) {
  std::mt19937_64 random(11);
  const float bad[]{std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -1e30F,
                    0.0F, 1e30F};
  const auto pick = [&] { return bad[random() % 5]; };
  FeatureExtractor extractor;
  Person person = looking_person();
  std::int64_t ns = 0;
  std::size_t largest = 0;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    auto frame = test::frame_at(person, i, static_cast<double>(i) / 72.0, random);
    ns += random() % 50 == 0    ? 400'000'000
          : random() % 997 == 0 ? -50'000'000
                                : static_cast<std::int64_t>(random() % 28'000'000);
    frame.time.ns = ns;
    frame.gaze.time.ns = ns - static_cast<std::int64_t>(random() % 20'000'000);
    if (random() % 40 == 0) frame.gaze.direction.x = pick();
    if (random() % 40 == 0) frame.gaze.origin_m.y = pick();
    if (random() % 40 == 0) frame.gaze.angular_error_rad = pick();
    if (random() % 40 == 0) frame.head.orientation.x = pick();
    if (random() % 40 == 0) frame.head.position_m.z = pick();
    if (random() % 40 == 0) frame.hands[1].grip.position_m.x = pick();
    if (random() % 40 == 0) frame.hands[1].trigger = pick();
    if (random() % 40 == 0) frame.head.tracked = false;
    if (random() % 40 == 0) frame.gaze.source = telemetry::GazeSource::none;
    if (random() % 40 == 0) frame.aois[0].centre_m.x = pick();
    if (random() % 40 == 0) frame.aois[0].extent_m.x = pick();
    if (random() % 200 == 0) frame.headset.worn = false;
    frame.recentred = random() % 300 == 0;
    for (auto* reading : {&frame.vitals.heart_rate_bpm, &frame.vitals.skin_conductance_us,
                          &frame.vitals.breaths_per_min, &frame.vitals.skin_temperature_c}) {
      *reading = {random() % 20 == 0 ? pick() : 20.0F + static_cast<float>(random() % 20), 0.5F, true};
    }
    if (!extractor.push(frame)) continue;
    const auto& features = extractor.current();
    largest = std::max(largest, features.present.count());
    for (std::size_t k = 0; k < feature_count; ++k) {
      ASSERT_TRUE(std::isfinite(features.value[k])) << feature_table[k].name << " at frame " << i;
      ASSERT_TRUE(features.present[k] || features.value[k] == 0.0F) << feature_table[k].name;
    }
  }
  EXPECT_GT(largest, 20U) << "something must have been computed, or nothing was tried";
}

TEST(Features, ReadSlowStreamsOnlyWhileTheyAreFreshAndPlausible) {
  const auto with = [](float bpm, float age_s, bool valid) {
    return feature(features_of(Person{}, 72.0, 40.0,
                               [&](telemetry::Frame& frame) {
                                 frame.vitals.heart_rate_bpm = {bpm, age_s, valid};
                                 frame.vitals.skin_temperature_c = {
                                     33.0F + static_cast<float>(frame.time.seconds()) / 60.0F, 1.0F, true};
                               }),
                   "ECG_Bpm");
  };
  EXPECT_NEAR(with(75.0F, 1.0F, true), 75.0, 0.01);
  EXPECT_TRUE(std::isnan(with(75.0F, 1.0F, false)));
  EXPECT_TRUE(std::isnan(with(75.0F, 60.0F, true)));
  EXPECT_TRUE(std::isnan(with(400.0F, 1.0F, true)));
  const auto warm = features_of(Person{}, 72.0, 40.0, [](telemetry::Frame& frame) {
    frame.vitals.skin_temperature_c = {33.0F + static_cast<float>(frame.time.seconds()) / 60.0F, 1.0F, true};
  });
  EXPECT_NEAR(feature(warm, "Skin_Temperature_Slope"), 1.0, 0.02) << "one degree a minute";
}

TEST(Features, OfAHeadsetThatIsNotWornAreNotLearnt) {
  const auto features =
      features_of(looking_person(), 72.0, 40.0, [](telemetry::Frame& frame) { frame.headset.worn = false; });
  EXPECT_TRUE(features.present.none());
}

TEST(Features, ForgetWhatIsOlderThanTheirWindow) {
  Person person = looking_person();
  const auto features = features_of(person, 72.0, 80.0, [](telemetry::Frame& frame) {
    if (frame.time.seconds() > 45.0) frame.gaze.source = telemetry::GazeSource::none;
  });
  for (std::size_t i = 0; i < 49; ++i) EXPECT_FALSE(features.present[i]) << feature_table[i].name;
}

TEST(FeatureExtractor, SaysEveryQuarterSecondWhetherTheTargetIsLookedAt) {
  Person person = looking_person();
  person.gaze.rest_s = 2.0;
  FeatureExtractor extractor;
  std::mt19937_64 random(1);
  int steps = 0, known = 0, on_target = 0;
  for (std::uint64_t i = 0; i <= 72 * 16; ++i) {
    if (!extractor.push(test::frame_at(person, i, static_cast<double>(i) / 72.0, random))) continue;
    ++steps;
    known += extractor.engaged().has_value() ? 1 : 0;
    on_target += extractor.engaged().value_or(false) ? 1 : 0;
  }
  EXPECT_EQ(steps, 64);
  EXPECT_EQ(known, steps);
  EXPECT_NEAR(on_target, steps / 4, 3);
  person.areas = {{2, telemetry::AoiRole::calm, {0.0F, 1.6F, -5.0F}, glm::vec3{0.3F}}};
  extractor.reset();
  for (std::uint64_t i = 0; i <= 72; ++i) {
    extractor.push(test::frame_at(person, i, static_cast<double>(i) / 72.0, random));
    EXPECT_FALSE(extractor.engaged()) << "a scene without a target cannot be avoided";
  }
  EXPECT_EQ(extractor.looked_at(), std::uint16_t{2});
}

TEST(FeatureExtractor, TakesALostSampleForALookThatGoesOn) {
  // The eyes rest on a target at the side; straight ahead is something calm.
  Person person = looking_person();
  const glm::vec3 aside = glm::normalize(glm::vec3{0.5F, 0.0F, -1.0F});
  person.areas = {
      {1, telemetry::AoiRole::threat, glm::vec3{0.0F, 1.6F, 0.0F} + 5.0F * aside, glm::vec3{0.6F}},
      {2, telemetry::AoiRole::calm, {0.0F, 1.6F, -5.0F}, glm::vec3{0.6F}}};
  FeatureExtractor extractor;
  std::mt19937_64 random(1);
  int elsewhere = 0, frames = 0;
  for (std::uint64_t i = 0; i <= 72 * 10; ++i) {
    auto frame = test::frame_at(person, i, static_cast<double>(i) / 72.0, random);
    frame.gaze.origin_m = {0.0F, 1.6F, 0.0F};
    frame.gaze.direction = aside;
    if (i % 7 == 6) frame.gaze = {};
    extractor.push(frame);
    if (i < 72) continue;
    ++frames;
    elsewhere += extractor.looked_at() == std::uint16_t{1} ? 0 : 1;
  }
  EXPECT_EQ(elsewhere, 0) << "of " << frames << " frames";
}

TEST(FeatureExtractor, AllocatesNothingAfterConstruction) {
  Person person = looking_person();
  person.gaze.blink_every_s = 3.0;
  FeatureExtractor extractor;
  std::mt19937_64 random(1);
  std::vector<telemetry::Frame> frames;
  for (std::uint64_t i = 0; i < 72 * 60; ++i)
    frames.push_back(test::frame_at(person, i, static_cast<double>(i) / 72.0, random));
  const auto before = test::allocations();
  for (const auto& frame : frames) extractor.push(frame);
  EXPECT_EQ(test::allocations(), before);
  frames.reserve(frames.capacity() + 1);
  EXPECT_GT(test::allocations(), before) << "the counter counts";
}

TEST(FeatureExtractor, GivesTheSameBitsTwice) {
  Person person = looking_person();
  person.noise_deg = 0.3;
  const auto once = features_of(person, 72.0), again = features_of(person, 72.0);
  EXPECT_EQ(once.present, again.present);
  EXPECT_EQ(once.value, again.value);
}

TEST(Distribution, HasTheMomentsOfAHandComputedExample) {
  Values values;
  for (const float value : {54.0F, 58.0F, 58.0F}) values.push(value);
  const auto d = values.describe(2);
  EXPECT_NEAR(d.mean, 56.667, 1e-3);
  EXPECT_NEAR(d.sd, 2.3094, 1e-4);
  EXPECT_NEAR(d.skew, -1.7321, 1e-4);
  EXPECT_EQ(d.max, 58.0);
}

TEST(Distribution, TakesTheMaximumOfTheNewestOnly) {
  Values values;
  for (const float value : {9.0F, 1.0F, 2.0F}) values.push(value);
  EXPECT_EQ(values.describe(2).max, 2.0);
  EXPECT_EQ(values.describe(20).max, 9.0);
}

}  // namespace
}  // namespace attune::state
