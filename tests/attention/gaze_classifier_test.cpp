#include "attune/attention/gaze_classifier.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "attention/generated_gaze.hpp"
#include "attune/attention/agreement.hpp"

// What the classifier of gaze owes to whoever feeds it, shown on gaze that is made up.
namespace attune::attention {
namespace {

using namespace test;

struct Setting {
  double rate_hz, noise_deg;
  GazeMode mode;
};

std::vector<Setting> settings() {
  std::vector<Setting> all;
  for (const double rate : {60.0, 90.0, 120.0, 250.0, 500.0, 1000.0}) {
    for (const double noise : {0.0, 0.02, 0.1})
      for (const auto mode : {GazeMode::online, GazeMode::offline}) all.push_back({rate, noise, mode});
  }
  return all;
}

std::string described(const Setting& s) {
  return std::to_string(s.rate_hz) + " Hz, noise " + std::to_string(s.noise_deg) + " deg, " +
         (s.mode == GazeMode::online ? "online" : "offline");
}

double kappa(const std::vector<GazeLabel>& truth, const std::vector<GazeLabel>& found, GazeLabel label) {
  LabelAgreement agreement;
  for (std::size_t i = 0; i < truth.size(); ++i) agreement.add(truth[i], found[i]);
  return agreement.kappa(label).value_or(-1.0);
}

TEST(GazeClassifier, FindsEveryJumpOfTwoDegreesAndMoreAndNoOther) {
  for (const auto& setting : settings()) {
    SCOPED_TRACE(described(setting));
    const auto made = make(looking_around(40, 3), {setting.rate_hz, setting.noise_deg});
    const auto found = labels_of(made.points, setting.mode);
    ASSERT_EQ(found.size(), made.truth.size());
    const auto jumps = runs_of(made.truth, GazeLabel::saccade), ours = runs_of(found, GazeLabel::saccade);
    int missed = 0;
    for (const auto& jump : jumps) {
      const bool seen = std::any_of(ours.begin(), ours.end(), [&](const Stretch& run) {
        return run.first <= jump.last + 1 && run.last + 1 >= jump.first;
      });
      missed += seen ? 0 : 1;
    }
    EXPECT_LE(missed, 1) << "of " << jumps.size();
    EXPECT_LE(ours.size(), jumps.size() + 1);
  }
}

TEST(GazeClassifier, SaccadesBeginAndEndWhereTheyDid) {
  for (const auto& setting : settings()) {
    SCOPED_TRACE(described(setting));
    const auto made = make(looking_around(40, 4), {setting.rate_hz, setting.noise_deg});
    const auto found = labels_of(made.points, setting.mode);
    EXPECT_GT(kappa(made.truth, found, GazeLabel::saccade), setting.rate_hz < 200.0 ? 0.7 : 0.85);
    EXPECT_GT(kappa(made.truth, found, GazeLabel::fixation), setting.rate_hz < 200.0 ? 0.7 : 0.85);
  }
}

TEST(GazeClassifier, TellsFollowingFromResting) {
  std::vector<Movement> plan;
  for (int i = 0; i < 8; ++i) {
    const double sign = i % 2 == 0 ? 1.0 : -1.0;
    plan.insert(plan.end(),
                {rest(1.0), jump(6.0 * sign), follow(1.0, -12.0 * sign, 3.0 * sign), jump(6.0 * sign)});
  }
  for (const double rate : {60.0, 90.0, 120.0, 500.0}) {
    SCOPED_TRACE(rate);
    const auto made = make(plan, {rate, 0.03});
    EXPECT_GT(kappa(made.truth, labels_of(made.points, GazeMode::offline), GazeLabel::pursuit), 0.9);
    EXPECT_GT(kappa(made.truth, labels_of(made.points, GazeMode::online), GazeLabel::pursuit), 0.6);
  }
}

TEST(GazeClassifier, APursuitThatAJumpEndsInIsNoOscillation) {
  for (const double rate : {60.0, 120.0, 500.0}) {
    const auto made = make({rest(1.0), jump(8.0), follow(0.8, 20.0), rest(0.5)}, {rate, 0.03});
    const auto found = labels_of(made.points, GazeMode::offline);
    const auto swings = std::count(found.begin(), found.end(), GazeLabel::oscillation);
    EXPECT_LE(static_cast<double>(swings) / rate, 0.02) << rate;
  }
}

TEST(GazeClassifier, ClosedEyesAreABlinkAndALongLossIsNone) {
  for (const double rate : {60.0, 120.0, 500.0}) {
    SCOPED_TRACE(rate);
    const auto made = make({rest(1.0), close_eyes(0.2), rest(1.0), close_eyes(3.0), rest(1.0)}, {rate, 0.03});
    const auto found = labels_of(made.points, GazeMode::offline);
    const auto at = [&](double t) { return found.at(static_cast<std::size_t>(t * rate)); };
    EXPECT_EQ(at(1.1), GazeLabel::blink);
    EXPECT_EQ(at(2.5), GazeLabel::none);
    EXPECT_EQ(at(4.5), GazeLabel::none);
    EXPECT_EQ(at(0.5), GazeLabel::fixation);
    EXPECT_EQ(at(1.7), GazeLabel::fixation);
  }
}

TEST(GazeClassifier, ATrackerThatHoldsItsLastValueHasLostTheEyes) {
  for (const double rate : {90.0, 500.0}) {
    auto made = make({rest(2.0), close_eyes(0.2), rest(1.0)}, {rate, 0.03});
    const auto closed = runs_of(made.truth, GazeLabel::blink).at(0);
    for (auto i = closed.first; i <= closed.last; ++i) {
      made.points[i].tracked = true;
      made.points[i].direction = made.points[closed.first - 1].direction;
    }
    for (const auto mode : {GazeMode::online, GazeMode::offline}) {
      const auto found = labels_of(made.points, mode);
      EXPECT_EQ(found.at((closed.first + closed.last) / 2), GazeLabel::blink) << rate;
    }
  }
}

TEST(GazeClassifier, AStreamWithoutNoiseMayStandStill) {
  const auto made = make({rest(2.0), jump(8.0), rest(2.0)}, {120.0, 0.0});
  EXPECT_TRUE(runs_of(labels_of(made.points, GazeMode::offline), GazeLabel::blink).empty());
}

TEST(GazeClassifier, OnlineSaysWhatASampleWasWithinFiftyMilliseconds) {
  for (const double rate : {30.0, 60.0, 90.0, 120.0, 500.0, 1000.0}) {
    GazeClassifier classifier(GazeMode::online);
    EXPECT_LE(classifier.delay_s(), 0.05);
    const auto made = make(looking_around(20, 5), {rate, 0.03});
    std::size_t out = 0;
    for (std::size_t i = 0; i < made.points.size(); ++i) {
      out += classifier.push(made.points[i]).size();
      // What is not out yet comes with the next sample, and is young enough then.
      if (out > i || i + 1 == made.points.size()) continue;
      EXPECT_LE(core::seconds_between(made.points[out].time, made.points[i].time), 0.05) << rate;
    }
  }
}

TEST(GazeClassifier, EverySampleComesOutOnceAndInOrder) {
  for (const auto mode : {GazeMode::online, GazeMode::offline}) {
    const auto made = make(looking_around(30, 6), {1000.0, 0.03});
    GazeClassifier classifier(mode);
    std::size_t out = 0;
    const auto check = [&](std::span<const LabelledGaze> ready) {
      for (const auto& sample : ready) EXPECT_EQ(sample.time, made.points.at(out++).time);
    };
    for (const auto& point : made.points) check(classifier.push(point));
    check(classifier.finish());
    EXPECT_EQ(out, made.points.size());
  }
}

TEST(GazeClassifier, WhereOneLooksMakesNoDifferenceNorDoesTheSeamBehindTheHead) {
  const auto plan = looking_around(30, 9);
  const auto ahead = make(plan, {120.0, 0.03, 0.0});
  const auto behind = make(plan, {120.0, 0.03, 178.0});
  for (const auto mode : {GazeMode::online, GazeMode::offline}) {
    const auto a = labels_of(ahead.points, mode), b = labels_of(behind.points, mode);
    std::size_t different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) different += a[i] == b[i] ? 0 : 1;
    EXPECT_LE(different, a.size() / 200);  // single precision rounds the two differently
  }
}

TEST(GazeClassifier, NonsenseDirectionsAreLost) {
  auto made = make({rest(1.0)}, {120.0, 0.03});
  const float nan = std::nanf("");
  for (std::size_t i = 40; i < 70; ++i)
    made.points[i].direction = i % 2 == 0 ? glm::vec3{nan, 0.0F, 0.0F} : glm::vec3{0.0F};
  const auto found = labels_of(made.points, GazeMode::offline);
  EXPECT_EQ(found.at(55), GazeLabel::blink);
  EXPECT_EQ(found.at(20), GazeLabel::fixation);
}

TEST(GazeClassifier, TimeThatGoesBackBeginsANewStream) {
  const auto made = make(looking_around(5, 10), {120.0, 0.03});
  auto twice = made.points;
  twice.insert(twice.end(), made.points.begin(), made.points.end());
  auto once = labels_of(made.points, GazeMode::offline);
  const auto found = labels_of(twice, GazeMode::offline);
  ASSERT_EQ(found.size(), 2 * once.size());
  EXPECT_TRUE(std::equal(once.begin(), once.end(), found.begin()));
  EXPECT_TRUE(std::equal(once.begin(), once.end(), found.begin() + static_cast<std::ptrdiff_t>(once.size())));
}

TEST(GazeClassifier, SamplesOfOneTimeShareALabel) {
  const auto made = make({rest(0.5), jump(10.0), rest(0.5)}, {120.0, 0.03});
  std::vector<GazePoint> doubled;
  for (const auto& point : made.points) doubled.insert(doubled.end(), 2, point);
  const auto once = labels_of(made.points, GazeMode::online), twice = labels_of(doubled, GazeMode::online);
  ASSERT_EQ(twice.size(), 2 * once.size());
  for (std::size_t i = 0; i < twice.size(); ++i) EXPECT_EQ(twice[i], once[i / 2]);
}

TEST(GazeClassifier, ARecentredSpaceIsNoSaccade) {
  const auto before = make({rest(1.0)}, {120.0, 0.03}),
             after = make({rest(1.0)}, {120.0, 0.03, 40.0, 0.0, 1.0});
  GazeClassifier told(GazeMode::offline), untold(GazeMode::offline);
  int told_saccades = 0, untold_saccades = 0;
  const auto count = [](std::span<const LabelledGaze> ready) {
    return static_cast<int>(std::count_if(ready.begin(), ready.end(), [](const auto& sample) {
      return sample.label == GazeLabel::saccade || sample.label == GazeLabel::undefined;
    }));
  };
  for (const auto& point : before.points) {
    told_saccades += count(told.push(point));
    untold_saccades += count(untold.push(point));
  }
  for (std::size_t i = 0; i < after.points.size(); ++i) {
    told_saccades += count(told.push(after.points[i], i == 0));
    untold_saccades += count(untold.push(after.points[i]));
  }
  EXPECT_EQ(told_saccades + count(told.finish()), 0);
  EXPECT_GT(untold_saccades + count(untold.finish()), 0);
}

}  // namespace
}  // namespace attune::attention
