#include "attune/learn/evaluation/calibration.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace attune::learn {
namespace {

/// Thirty people in three places, each calm or afraid for the whole stay. Two features of the head and one of
/// the hands are there; `head` is how far the head's tell it.
std::vector<Course> stays(float head, bool yes_or_no = false) {
  std::vector<Course> courses;
  std::mt19937_64 random(12);
  std::normal_distribution<float> noise;
  const auto speed = state::feature_index("Head_Speed_SD"), spread = state::feature_index("Head_Yaw_Spread");
  const auto hand = state::feature_index("Hand_Speed_SD");
  for (int person = 0; person < 30; ++person) {
    for (int place = 0; place < 3; ++place) {
      Course course;
      course.person = std::string("P").append(std::to_string(person));
      course.stimulus = std::string("V").append(std::to_string(place));
      course.length_s = 120.0;
      const float x = yes_or_no ? static_cast<float>((person + place) % 2) : 0.45F + 0.2F * noise(random);
      for (int step = 1; step <= 12; ++step) {
        Course::Moment moment;
        moment.time_s = 10.0 * step;
        for (const auto feature : {speed, spread, hand}) {
          const float told = feature == hand ? 0.0F : head * x;
          moment.features.value[feature] = told + 0.2F * noise(random);
          moment.features.present.set(feature);
        }
        if (step > 3) moment.truth = std::clamp(static_cast<double>(x), 0.0, 1.0);
        course.moments.push_back(moment);
      }
      courses.push_back(course);
    }
  }
  return courses;
}

BeliefCalibration calibrated(const std::vector<Course>& courses, bool yes_or_no = false) {
  CalibrationOptions options;
  options.yes_or_no = yes_or_no;
  const auto folds = course_folds(courses, LeaveOut::person, 3);
  const auto result = calibrate_belief(courses, folds, options);
  EXPECT_TRUE(result.ok()) << result.error().message;
  return *result;
}

const SensorCalibration& of(const BeliefCalibration& calibration, const std::string& sensors) {
  for (const auto& one : calibration.sensors) {
    if (one.sensors == sensors) return one;
  }
  ADD_FAILURE() << "no " << sensors;
  return calibration.sensors.front();
}

TEST(CalibrationOfTheBelief, AMonitorThatKnowsNothingIsWideAndCovered) {
  const auto calibration = calibrated(stays(0.0F));
  for (const auto& sensors : calibration.sensors) {
    EXPECT_EQ(sensors.people, 30U);
    EXPECT_EQ(sensors.moments, 30U * 3U * 9U);
    for (const auto& interval : sensors.intervals) {
      EXPECT_GT(interval.width, 0.95 * interval.constant_width) << sensors.sensors;
      EXPECT_NEAR(interval.covered, interval.nominal, 0.1) << sensors.sensors << " " << interval.nominal;
    }
  }
}

TEST(CalibrationOfTheBelief, AMonitorThatKnowsIsNarrowerAndStillCovered) {
  const auto calibration = calibrated(stays(1.0F));
  const auto& head = of(calibration, "head");
  ASSERT_EQ(head.intervals.size(), judged_intervals.size());
  EXPECT_LT(head.intervals[1].width, 0.85 * head.intervals[1].constant_width);
  EXPECT_GE(head.intervals[1].covered, 0.75);
  const auto& hands = of(calibration, "hands");
  EXPECT_GT(hands.intervals[1].width, 0.93 * hands.intervals[1].constant_width)
      << "the hands say nothing, and the belief that hears of them alone knows it";
  EXPECT_GT(hands.observation_sd, 2.0 * head.observation_sd);
  const auto& none = of(calibration, "none");
  EXPECT_DOUBLE_EQ(none.intervals[1].width, none.intervals[1].constant_width)
      << "who hears nothing believes what is usual";
}

TEST(CalibrationOfTheBelief, OfYesAndNoTheChanceIsSaid) {
  const auto known = calibrated(stays(0.5F, true), true), nothing = calibrated(stays(0.0F, true), true);
  const auto& sensors = of(known, "all");
  EXPECT_TRUE(sensors.intervals.empty());
  ASSERT_EQ(sensors.bins.size(), 10U);
  EXPECT_LT(sensors.brier, 0.9 * sensors.constant_brier);
  EXPECT_GT(sensors.bins.back().was, 0.8) << "where the chance is said to be largest";
  EXPECT_LT(sensors.bins.front().was, 0.2);
  std::size_t all = 0;
  for (const auto& bin : sensors.bins) all += bin.moments;
  EXPECT_EQ(all, sensors.moments);
  EXPECT_GT(of(nothing, "all").brier, 0.97 * of(nothing, "all").constant_brier);
}

TEST(CourseFolds, NobodyIsLearntFromAndJudged) {
  const auto courses = stays(0.0F);
  for (const auto what : {LeaveOut::person, LeaveOut::person_and_stimulus}) {
    const bool both = what == LeaveOut::person_and_stimulus;
    const auto folds = course_folds(courses, what, 4);
    EXPECT_EQ(folds.size(), both ? 12U : 4U);
    std::size_t judged = 0;
    for (const auto& fold : folds) {
      judged += fold.test.size();
      std::set<std::string> people, places;
      for (const auto i : fold.training) {
        people.insert(courses[i].person);
        places.insert(courses[i].stimulus);
      }
      for (const auto i : fold.test) {
        EXPECT_FALSE(people.contains(courses[i].person));
        EXPECT_EQ(places.contains(courses[i].stimulus), !both);
      }
    }
    EXPECT_EQ(judged, courses.size());
  }
}

TEST(CourseFolds, OthersAreJudgedByWhatCameBeforeThem) {
  const auto courses = stays(0.0F);
  const auto folds = course_folds(courses, LeaveOut::person_and_stimulus, 8, 60);
  ASSERT_EQ(folds.size(), 3U) << "one a place";
  for (const auto& fold : folds) {
    EXPECT_EQ(fold.test.size(), 10U);
    EXPECT_EQ(fold.training.size(), 40U);
    for (const auto i : fold.training) EXPECT_LT(i, 60U);
    for (const auto i : fold.test) EXPECT_GE(i, 60U);
  }
}

}  // namespace
}  // namespace attune::learn
