#include "attune/state/body_agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "attune/state/feature_extractor.hpp"

// Whether what the sensors show is the body of the person who answers.
namespace attune::state {
namespace {

constexpr double answer_sd = 0.10;

BeliefState believing(double x, double sd) { return {.x = x, .var_x = sd * sd}; }

/// What exposure and answers lead one to expect: a rise within two minutes, then small ups and downs.
double expected_at(double time_s) {
  return 0.2 + 0.35 * (1.0 - std::exp(-time_s / 60.0)) + 0.03 * std::sin(time_s / 25.0);
}

/// Four readings a second for so long: of expected and another course, mixed, with noise.
BodyAgreement after_reading(double seconds, double own_share, double noise = 0.04) {
  BodyAgreement agreement;
  std::mt19937_64 random(11);
  std::normal_distribution<double> deviate(0.0, noise);
  for (double t = 0.0; t < seconds; t += FeatureExtractor::step_s) {
    const double other = 0.4 + 0.15 * std::sin(t / 17.0);  // somebody in a session of their own
    agreement.read(own_share * expected_at(t) + (1.0 - own_share) * other + deviate(random), expected_at(t));
  }
  return agreement;
}

TEST(BodyAgreement, BeginsWithTrust) { EXPECT_EQ(BodyAgreement{}.trust(), 1.0); }

TEST(BodyAgreement, TrustsReadingsThatFollowWhatIsExpectedForAWholeSession) {
  for (const double seconds : {60.0, 150.0, 300.0, 600.0, 1200.0})
    EXPECT_EQ(after_reading(seconds, 1.0).trust(), 1.0) << seconds;
}

TEST(BodyAgreement, DoubtsReadingsThatGoTheirOwnWay) {
  for (const double seconds : {150.0, 300.0, 600.0, 1200.0})
    EXPECT_EQ(after_reading(seconds, 0.0).trust(), 0.0) << seconds;
  EXPECT_LT(after_reading(300.0, 0.0).correlation_so_far(), 0.3);
  EXPECT_GT(after_reading(300.0, 1.0).correlation_so_far(), 0.8);
}

TEST(BodyAgreement, DoubtsABodyThatShowsNothing) {
  BodyAgreement flat;
  for (double t = 0.0; t < 300.0; t += FeatureExtractor::step_s) flat.read(0.35, expected_at(t));
  EXPECT_LT(flat.trust(), 0.2);
}

/// Trust so many seconds into a rise by 0.4 within a minute, after ten minutes of agreement; the body shows
/// the share `seen` of the rise.
double trust_after_a_late_rise(double rise_s, double seen, double* so_far = nullptr) {
  auto agreement = after_reading(600.0, 1.0);
  EXPECT_EQ(agreement.trust(), 1.0);
  const double before = expected_at(600.0);
  for (double t = 0.0; t < rise_s; t += FeatureExtractor::step_s) {
    const double rise = 0.4 * std::min(t / 60.0, 1.0);
    agreement.read(before + seen * rise, before + rise);
  }
  if (so_far) *so_far = agreement.correlation_so_far();
  return agreement.trust();
}

TEST(BodyAgreement, SoonDoubtsABodyThatHasAgreedForLongAndDoesNotFollowARise) {
  double so_far = 0.0;
  EXPECT_EQ(trust_after_a_late_rise(60.0, 1.0), 1.0);
  EXPECT_LT(trust_after_a_late_rise(60.0, -0.3, &so_far), 0.5);
  EXPECT_LT(trust_after_a_late_rise(90.0, -0.3), 0.1);
  EXPECT_GT(so_far, 0.42) << "the whole session still speaks for the body";
  EXPECT_LT(trust_after_a_late_rise(60.0, 0.0, &so_far), 0.1);
  EXPECT_GT(so_far, 0.5) << "the whole session still speaks for the body";
}

TEST(BodyAgreement, TrustsAgainSlowlyWhatItHasDoubted) {
  auto agreement = after_reading(200.0, 0.0);
  ASSERT_EQ(agreement.trust(), 0.0);
  // From here on the body follows exactly; its odds are good again long before trust is.
  double t = 200.0;
  for (; agreement.trust() == 0.0 && t < 3000.0; t += FeatureExtractor::step_s)
    agreement.read(expected_at(t - 200.0), expected_at(t - 200.0));
  const double begun = t;
  ASSERT_LT(begun, 3000.0);
  for (; agreement.trust() < 0.5 && t < 5000.0; t += FeatureExtractor::step_s)
    agreement.read(expected_at(t - 200.0), expected_at(t - 200.0));
  EXPECT_GE(t - begun, 290.0);
}

TEST(BodyAgreement, HoldsNothingAgainstABodyWhileNothingWasToFollow) {
  BodyAgreement at_rest;
  std::mt19937_64 random(3);
  std::normal_distribution<double> deviate(0.0, 0.02);
  for (int step = 0; step < 200; ++step) at_rest.read(0.2 + deviate(random), 0.2);
  EXPECT_EQ(at_rest.trust(), 1.0);
}

TEST(BodyAgreement, LosesTrustWhenAnswersSayOtherwiseAndGainsLittleWhereBothAgree) {
  const auto body = believing(0.30, 0.06), answers = believing(0.60, 0.12);
  auto contradicted = after_reading(300.0, 1.0);
  contradicted.answered(0.80, answer_sd, body, answers);
  const double once = contradicted.trust();
  contradicted.answered(0.80, answer_sd, body, answers);
  EXPECT_LT(contradicted.trust(), 0.2);
  EXPECT_GE(once, contradicted.trust());

  auto confirmed = after_reading(300.0, 1.0);
  for (int answer = 0; answer < 4; ++answer) confirmed.answered(0.32, answer_sd, body, answers);
  EXPECT_EQ(confirmed.trust(), 1.0);
  // What agreed for long can be lost within three answers.
  for (int answer = 0; answer < 3; ++answer) confirmed.answered(0.85, answer_sd, body, answers);
  EXPECT_LT(confirmed.trust(), 0.2);
}

TEST(BodyAgreement, OneAnswerAloneSettlesNothing) {
  auto agreement = after_reading(300.0, 1.0);
  agreement.answered(1.0, answer_sd, believing(0.0, 0.01), believing(0.99, 0.1));  // as far apart as can be
  const double after_worst = agreement.trust();
  auto milder = after_reading(300.0, 1.0);
  milder.answered(0.9, answer_sd, believing(0.3, 0.05), believing(0.8, 0.1));
  EXPECT_EQ(after_worst, milder.trust());
  EXPECT_GT(after_worst, 0.0) << "without a bound both would be nothing";
}

TEST(BodyAgreement, NothingThatIsNoNumberChangesIt) {
  auto agreement = after_reading(300.0, 0.7);
  const double before = agreement.trust(), correlation = agreement.correlation_so_far();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  agreement.read(nan, 0.3);
  agreement.read(0.3, std::numeric_limits<double>::infinity());
  agreement.answered(nan, answer_sd, believing(0.3, 0.1), believing(0.3, 0.1));
  agreement.answered(0.5, answer_sd, believing(nan, 0.1), believing(0.3, 0.1));
  EXPECT_EQ(agreement.trust(), before);
  EXPECT_EQ(agreement.correlation_so_far(), correlation);
}

}  // namespace
}  // namespace attune::state
