#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "attune/state/belief.hpp"
#include "state/belief_helpers.hpp"

// What the belief learns of how a person answers exposure: x settles at rest + reactivity · z · v − relief ·
// u.
namespace attune::state {
namespace {

using test::known_person;
using test::monitor_says;

/// Three answers, three minutes apart, under an exposure that stays.
Belief after_three_answers(double suds, double z) {
  Belief belief;
  for (int answer = 0; answer < 3; ++answer) {
    belief.predict(180.0, z, 0.0);
    belief.update_suds(suds);
  }
  return belief;
}

TEST(BeliefOfPerson, WhoAnswersHighAtLittleExposureIsBelievedMoreReactive) {
  const auto fearful = after_three_answers(70.0, 0.4).responsiveness();
  const auto calm = after_three_answers(25.0, 0.4).responsiveness();
  const auto silent = [] {
    Belief belief;
    belief.predict(540.0, 0.4, 0.0);
    return belief.responsiveness();
  }();
  EXPECT_GT(fearful.reactivity, silent.reactivity + 0.1);
  EXPECT_LT(calm.reactivity, silent.reactivity - 0.1);
  EXPECT_LT(fearful.sd_reactivity, 0.95 * silent.sd_reactivity);
}

TEST(BeliefOfPerson, WhatIsSaidWithoutExposureTellsOfRestAlone) {
  const auto tense = after_three_answers(45.0, 0.0).responsiveness();
  const BeliefParameters p;
  EXPECT_GT(tense.rest, p.rest + 0.05);
  EXPECT_LT(tense.sd_rest, 0.8 * p.rest_sd);
  EXPECT_NEAR(tense.reactivity, p.reactivity, 1e-12);
  EXPECT_NEAR(tense.sd_reactivity, p.reactivity_sd, 1e-12);
}

TEST(BeliefOfPerson, TheBodyTeachesThePersonAndLeavesTheMonitorAsItIs) {
  Belief restless, usual;
  const auto monitor = usual.calibration();
  test::listen(restless, 0.8, 300.0);
  test::listen(usual, 0.45, 300.0);
  EXPECT_GT(restless.responsiveness().reactivity, usual.responsiveness().reactivity + 0.1);
  EXPECT_GT(restless.responsiveness().rest, usual.responsiveness().rest);
  EXPECT_LT(restless.responsiveness().sd_reactivity, BeliefParameters{}.reactivity_sd);
  EXPECT_EQ(restless.calibration().bias, 0.0);
  EXPECT_EQ(restless.calibration().log_gain, 0.0);
  EXPECT_NEAR(restless.calibration().sd_bias, monitor.sd_bias, 1e-9);
  EXPECT_NEAR(restless.calibration().sd_log_gain, monitor.sd_log_gain, 1e-9);
}

TEST(BeliefOfPerson, WhereTheEyesRestTellsOfTheMomentAlone) {
  // Who avoids does so for the whole session, more or fewer of them for one fear: twenty minutes of it are
  // one habit and no proof of a reactive person.
  Belief avoiding, unseen;
  for (int i = 0; i < 4 * 1200; ++i) {
    avoiding.predict(0.25, 0.4, 0.0);
    unseen.predict(0.25, 0.4, 0.0);
    avoiding.update_attention(false);
  }
  EXPECT_GT(avoiding.state().x, unseen.state().x + 0.05) << "looking away says nothing at all";
  EXPECT_NEAR(avoiding.responsiveness().rest, unseen.responsiveness().rest, 1e-9);
  EXPECT_NEAR(avoiding.responsiveness().reactivity, unseen.responsiveness().reactivity, 1e-9);
  EXPECT_NEAR(avoiding.responsiveness().sd_reactivity, unseen.responsiveness().sd_reactivity, 1e-9);
}

/// A person drawn from the model, who lives in steps of a second under exposure that changes every minute.
class Person {
 public:
  explicit Person(unsigned seed) : random_(seed) {
    rest_ = p_.rest + p_.rest_sd * normal_(random_);
    reactivity_ = p_.reactivity + p_.reactivity_sd * normal_(random_);
    x_ = rest_ + p_.spread_x * normal_(random_);
    v_ = p_.usual_v + p_.spread_v * normal_(random_);
  }
  void live() {
    if (second_++ % 60 == 0) z_ = uniform_(random_);
    const double target = rest_ + reactivity_ * z_ * v_;
    x_ += (target - x_) / p_.tau_x_s + p_.spread_x * std::sqrt(2.0 / p_.tau_x_s) * normal_(random_);
    v_ += (p_.usual_v - v_) / p_.tau_v_s + p_.spread_v * std::sqrt(2.0 / p_.tau_v_s) * normal_(random_);
    reactivity_ += -z_ * reactivity_ / p_.habituation_s - (reactivity_ - p_.reactivity) / p_.person_memory_s;
  }
  [[nodiscard]] double rest() const { return rest_; }
  [[nodiscard]] double reactivity() const { return reactivity_; }
  [[nodiscard]] double exposure() const { return z_; }
  [[nodiscard]] double anxiety() const { return x_; }
  double answer() { return 100.0 * (x_ + p_.suds_sd * normal_(random_)); }

 private:
  BeliefParameters p_;
  std::mt19937 random_;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_;
  double rest_ = 0.0, reactivity_ = 0.0, x_ = 0.0, v_ = 0.0, z_ = 0.0;
  int second_ = 0;
};

enum class Answers { none, own, of_another };

/// Mean square of the belief's error over 400 people from a minute after an answer until the next, which
/// comes every three minutes; nothing else is known of them. From the third answer to the twentieth minute.
/// @param beliefs_about  the belief about a person whom it may know.
template <typename BeliefsAbout>
double error_between_answers(BeliefsAbout beliefs_about, Answers answers = Answers::own) {
  double squares = 0.0, count = 0.0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    Person person(seed), other(seed + 1000);
    Belief belief(beliefs_about(person));
    for (int second = 1; second <= 1200; ++second) {
      person.live();
      other.live();
      belief.predict(1.0, person.exposure(), 0.0);
      if (second > 540 && second % 180 >= 60) {
        squares += std::pow(belief.state().x - person.anxiety(), 2);
        count += 1.0;
      }
      if (second % 180 != 0 || answers == Answers::none) continue;
      const double own = person.answer(), of_another = other.answer();
      belief.update_suds(answers == Answers::own ? own : of_another);
    }
  }
  return squares / count;
}

TEST(BeliefOfPerson, AnswersTellHalfOfWhatMakesThisPersonsNextMinutesDiffer) {
  const auto stranger = [](const Person&) { return BeliefParameters{}; };
  const auto everybody = [](const Person&) {  // what people differ by is in the moments, and soon forgotten
    BeliefParameters p;
    p.reactivity_sd = p.rest_sd = 0.0;
    p.spread_x = 0.22;
    return p;
  };
  const auto known = [](const Person& person) {
    BeliefParameters p;
    p.rest = person.rest();
    p.reactivity = person.reactivity();
    p.reactivity_sd = p.rest_sd = 0.0;
    return p;
  };
  const double learnt = error_between_answers(stranger), usual = error_between_answers(everybody);
  const double least = error_between_answers(known);
  std::printf("error between answers: %.3f, %.3f by everybody's reactivity, %.3f by this person's\n",
              std::sqrt(learnt), std::sqrt(usual), std::sqrt(least));
  EXPECT_LT(learnt - least, 0.5 * (usual - least));
  EXPECT_LT(learnt, 0.75 * usual) << "the mean square itself falls by a quarter";
  EXPECT_GT(error_between_answers(stranger, Answers::none), learnt);
  EXPECT_GT(error_between_answers(stranger, Answers::of_another), usual)
      << "any answers would do: this test would see nothing";
}

TEST(BeliefOfPerson, IsWhatManyDrawnPeopleComeTo) {
  // Mean and deviation of x under exposure that stays, over people who differ: the product of reactivity and
  // v is no Gaussian, but its moments are kept.
  constexpr int people = 20'000;
  constexpr double z = 0.8;
  std::mt19937 random(29);
  std::normal_distribution<double> normal;
  const BeliefParameters p;
  double sum = 0.0, squares = 0.0;
  for (int person = 0; person < people; ++person) {
    const double rest = p.rest + p.rest_sd * normal(random);
    double reactivity = p.reactivity + p.reactivity_sd * normal(random);
    double x = rest + p.spread_x * normal(random), v = p.usual_v + p.spread_v * normal(random);
    for (int second = 0; second < 180; ++second) {
      x += (rest + reactivity * z * v - x) / p.tau_x_s +
           p.spread_x * std::sqrt(2.0 / p.tau_x_s) * normal(random);
      v += (p.usual_v - v) / p.tau_v_s + p.spread_v * std::sqrt(2.0 / p.tau_v_s) * normal(random);
      reactivity -= z * reactivity / p.habituation_s;
    }
    sum += x;
    squares += x * x;
  }
  const double mean = sum / people, deviation = std::sqrt(squares / people - mean * mean);
  Belief belief;
  for (int second = 0; second < 180; ++second) belief.predict(1.0, z, 0.0);
  EXPECT_NEAR(belief.state().x, mean, 0.01);
  EXPECT_NEAR(belief.state().sd_x(), deviation, 0.01);
  EXPECT_GT(deviation, 1.5 * p.spread_x) << "people do not differ: this test would see nothing";
}

TEST(BeliefOfPerson, KnowsThatWhoIsReactiveWasLessPresentWhenBothWouldHaveSaidTheSame) {
  // After an answer reactivity and experience hang together, and the mean of their product is not that of
  // their means. A person whose belief makes much of it:
  BeliefParameters p;
  p.reactivity_sd = 0.5;
  p.spread_v = 0.3;
  p.suds_sd = 0.02;
  Belief belief(p);
  for (int second = 0; second < 120; ++second) belief.predict(1.0, 1.0, 0.0);
  belief.update_suds(90.0);
  // People drawn from that belief, who live on.
  const auto moment = belief.state();
  const auto person = belief.responsiveness();
  const std::array mean{moment.x, moment.v, person.rest, person.reactivity};
  const auto& covariance = belief.covariance();
  std::array<std::array<double, 4>, 4> root{};  // Cholesky's
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double left = covariance[i][j];
      for (std::size_t k = 0; k < j; ++k) left -= root[i][k] * root[j][k];
      root[i][j] = i == j ? std::sqrt(left) : left / root[j][j];
    }
  }
  std::mt19937 random(31);
  std::normal_distribution<double> normal;
  constexpr int people = 40'000;
  double sum = 0.0;
  for (int n = 0; n < people; ++n) {
    auto drawn = mean;
    for (std::size_t k = 0; k < 4; ++k) {
      const double deviate = normal(random);
      for (std::size_t i = k; i < 4; ++i) drawn[i] += root[i][k] * deviate;
    }
    auto [x, v, rest, reactivity] = drawn;
    for (int second = 0; second < 40; ++second) {
      x += (rest + reactivity * v - x) / p.tau_x_s;
      v += (p.usual_v - v) / p.tau_v_s;
      reactivity -= reactivity / p.habituation_s;
    }
    sum += x;
  }
  for (int second = 0; second < 40; ++second) belief.predict(1.0, 1.0, 0.0);
  EXPECT_NEAR(belief.state().x, sum / people, 0.006);
  EXPECT_LT(covariance[3][1], -0.01) << "they do not hang together: this test would see nothing";
}

TEST(BeliefOfPerson, HabituatesUnderExposureAndComesBackWithout) {
  Belief belief;
  const BeliefParameters p;
  for (int i = 0; i < 600; ++i) belief.predict(1.0, 1.0, 0.0);
  // dr/dt = (usual − r) / memory − z r / habituation
  const double rate = 1.0 / p.person_memory_s + 1.0 / p.habituation_s;
  const double level = p.reactivity / p.person_memory_s / rate;
  const double habituated = level + (p.reactivity - level) * std::exp(-600.0 * rate);
  EXPECT_NEAR(belief.responsiveness().reactivity, habituated, 1e-3);
  EXPECT_LT(habituated, 0.65 * p.reactivity);
  belief.predict(p.person_memory_s, 0.0, 0.0);
  EXPECT_NEAR(belief.responsiveness().reactivity, p.reactivity - (p.reactivity - habituated) * std::exp(-1.0),
              1e-3);
}

TEST(BeliefOfPerson, WhatWasLearntFadesTowardsWhatPeopleDifferByAndNeverFreezes) {
  Belief belief;
  for (int i = 0; i < 40; ++i) {
    belief.predict(60.0, i % 2 == 0 ? 0.5 : 0.0, 0.0);
    belief.update_suds(i % 2 == 0 ? 70.0 : 10.0);
  }
  const auto known = belief.responsiveness();
  const auto& p = belief.parameters();
  ASSERT_LT(known.sd_rest, 0.7 * p.rest_sd);
  ASSERT_LT(known.sd_reactivity, 0.7 * p.reactivity_sd);
  EXPECT_GT(known.sd_reactivity, 0.05) << "after forty answers it can still be taught otherwise";
  const double keep = std::exp(-1.0), lost = 1.0 - keep * keep;
  belief.predict(p.person_memory_s, 0.0, 0.0);
  EXPECT_NEAR(belief.responsiveness().rest, p.rest + keep * (known.rest - p.rest), 1e-12);
  EXPECT_NEAR(std::pow(belief.responsiveness().sd_rest, 2),
              std::pow(keep * known.sd_rest, 2) + lost * p.rest_sd * p.rest_sd, 1e-12);
  for (int hour = 0; hour < 100; ++hour) {
    belief.predict(3600.0, 0.0, 0.0);
    EXPECT_LE(belief.responsiveness().sd_rest, p.rest_sd + 1e-12);
    EXPECT_LE(belief.responsiveness().sd_reactivity, p.reactivity_sd + 1e-12);
  }
  EXPECT_NEAR(belief.responsiveness().sd_rest, p.rest_sd, 1e-9);
  EXPECT_NEAR(belief.responsiveness().sd_reactivity, p.reactivity_sd, 1e-9);
}

TEST(BeliefOfPerson, WidensUnderExposureAsFarAsPeopleDifferAndNoFurther) {
  Belief belief;
  for (int i = 0; i < 10; ++i) belief.update_suds(40.0);
  const BeliefParameters p;
  const double most = std::sqrt(std::pow(p.spread_x, 2) + std::pow(p.rest_sd, 2) +
                                std::pow(p.reactivity_sd, 2) + std::pow(p.reactivity * p.spread_v, 2));
  double before = belief.state().sd_x();
  for (int second = 1; second <= 7200; ++second) {
    belief.predict(1.0, 0.7, 0.0);
    if (second <= 120) {
      ASSERT_GT(belief.state().sd_x(), before) << "after " << second << " s";
    }
    before = belief.state().sd_x();
    ASSERT_LT(before, most);
    ASSERT_GT(before, second > 120 ? p.spread_x : 0.0);
  }
}

TEST(BeliefOfPerson, WhoIsKnownTeachesNothingOfThemselves) {
  Belief belief(known_person());
  for (int i = 0; i < 20; ++i) {
    belief.predict(30.0, 0.5, 0.0);
    belief.update_suds(90.0);
    belief.update_monitor(monitor_says(0.9));
    belief.update_attention(false);
  }
  EXPECT_EQ(belief.responsiveness().rest, belief.parameters().rest);
  EXPECT_EQ(belief.responsiveness().reactivity, belief.parameters().reactivity);
  EXPECT_EQ(belief.responsiveness().sd_reactivity, 0.0);
}

}  // namespace
}  // namespace attune::state
