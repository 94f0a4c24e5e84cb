#include "attune/attention/gaze_episodes.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "attention/generated_gaze.hpp"

// Labelled samples put together to what a reader counts: fixations, saccades, blinks.
namespace attune::attention {
namespace {

using namespace test;

std::vector<GazeEpisode> episodes_of(const std::vector<GazePoint>& points) {
  GazeClassifier classifier(GazeMode::offline);
  GazeEpisodes collector;
  std::vector<GazeEpisode> all;
  const auto take = [&](std::span<const LabelledGaze> ready) {
    for (const auto& sample : ready)
      if (const auto ended = collector.push(sample)) all.push_back(*ended);
  };
  for (const auto& point : points) take(classifier.push(point));
  take(classifier.finish());
  if (const auto ended = collector.finish()) all.push_back(*ended);
  return all;
}

std::vector<GazeEpisode> of_kind(const std::vector<GazeEpisode>& all, GazeLabel label) {
  std::vector<GazeEpisode> some;
  for (const auto& episode : all)
    if (episode.label == label) some.push_back(episode);
  return some;
}

TEST(GazeEpisodes, ASaccadeHasItsSizeDirectionAndSpeed) {
  for (const double rate : {60.0, 90.0, 120.0, 500.0, 1000.0}) {
    SCOPED_TRACE(rate);
    const auto all = episodes_of(make({rest(0.6), jump(0.0, 10.0), rest(0.6)}, {rate, 0.01}).points);
    const auto saccades = of_kind(all, GazeLabel::saccade);
    ASSERT_EQ(saccades.size(), 1U);
    EXPECT_NEAR(saccades[0].amplitude_deg, 10.0, 0.6);
    EXPECT_NEAR(saccades[0].direction_rad, std::numbers::pi / 2, 0.05);
    // Least jerk: 1.875 times the mean speed at its fastest, which slow trackers blunt.
    const double fastest = 1.875 * 10.0 / jump(0.0, 10.0).long_s;
    EXPECT_NEAR(saccades[0].peak_deg_s, fastest, (rate >= 500.0 ? 0.1 : 0.45) * fastest);
    EXPECT_NEAR(saccades[0].duration_s(), jump(0.0, 10.0).long_s, 0.2 * jump(0.0, 10.0).long_s + 0.8 / rate);
    EXPECT_TRUE(saccades[0].whole);
    EXPECT_FALSE(saccades[0].micro);
  }
}

TEST(GazeEpisodes, FixationsLastAsLongAsTheRestsAndLieWhereTheyLay) {
  for (const double rate : {60.0, 120.0, 500.0}) {
    SCOPED_TRACE(rate);
    const auto fixations = of_kind(
        episodes_of(make({rest(0.5), jump(6.0), rest(0.4), jump(-9.0), rest(0.7)}, {rate, 0.02}).points),
        GazeLabel::fixation);
    ASSERT_EQ(fixations.size(), 3U);
    EXPECT_NEAR(fixations[1].duration_s(), 0.4, 0.03);
    EXPECT_GT(glm::dot(fixations[1].centre, direction_at(6.0, 0.0)), 0.99999F);
    EXPECT_NEAR(fixations[1].dispersion_deg, 0.028, 0.03);
    EXPECT_FALSE(fixations[0].whole);
    EXPECT_TRUE(fixations[1].whole);
    EXPECT_FALSE(fixations[2].whole);
  }
}

TEST(GazeEpisodes, MicrosaccadesAreToldOnlyWhereTheRateShowsThem) {
  const std::vector<Movement> plan{rest(0.5), jump(0.7), rest(0.5), jump(-0.6),
                                   rest(0.5), jump(5.0), rest(0.5)};
  const auto fast = of_kind(episodes_of(make(plan, {500.0, 0.005}).points), GazeLabel::saccade);
  EXPECT_EQ(std::count_if(fast.begin(), fast.end(), [](const auto& one) { return one.micro; }), 2);
  const auto slow = of_kind(episodes_of(make(plan, {120.0, 0.005}).points), GazeLabel::saccade);
  EXPECT_EQ(std::count_if(slow.begin(), slow.end(), [](const auto& one) { return one.micro; }), 0);
}

TEST(GazeEpisodes, ABlinkLastsAsLongAsTheEyesWereClosed) {
  const auto blinks = of_kind(
      episodes_of(make({rest(0.5), close_eyes(0.2), rest(0.5)}, {120.0, 0.02}).points), GazeLabel::blink);
  ASSERT_EQ(blinks.size(), 1U);
  EXPECT_NEAR(blinks[0].duration_s(), 0.2, 0.02);
}

TEST(GazeEpisodes, CountEverySampleOnce) {
  const auto made = make(looking_around(40, 11), {120.0, 0.05});
  std::int64_t samples = 0;
  for (const auto& episode : episodes_of(made.points)) samples += episode.samples;
  EXPECT_EQ(samples, static_cast<std::int64_t>(made.points.size()));
}

}  // namespace
}  // namespace attune::attention
