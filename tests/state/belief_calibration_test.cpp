#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <random>

#include "attune/state/belief.hpp"
#include "state/belief_helpers.hpp"

// How self-reports teach the belief to read this person's body.
namespace attune::state {
namespace {

using test::known_person;
using test::listen;
using test::monitor_says;

/// One drawn person: anxiety that goes from level to level, a monitor with a bias and a gain of its own and
/// noise that lasts, and answers.
class Person {
 public:
  explicit Person(unsigned seed) : random_(seed) {
    bias_ = p_.bias_sd * normal_(random_);
    gain_ = std::exp(p_.log_gain_sd * normal_(random_));
  }
  void live() {
    constexpr double dt = 0.25, noise_memory_s = 15.0, follows_s = 20.0;
    if (uniform_(random_) < dt / 60.0) level_ = 0.1 + 0.8 * uniform_(random_);
    x_ += dt / follows_s * (level_ - x_);
    noise_ += -dt / noise_memory_s * noise_ + std::sqrt(2.0 * dt / noise_memory_s) * normal_(random_);
  }
  [[nodiscard]] double anxiety() const { return x_; }
  [[nodiscard]] double read() const { return bias_ + gain_ * x_ + 0.06 * noise_; }
  double answer() { return 100.0 * (x_ + 0.085 * normal_(random_)); }

 private:
  BeliefParameters p_;
  std::mt19937 random_;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_;
  double x_ = 0.4, level_ = 0.4, bias_ = 0.0, gain_ = 1.0, noise_ = 0.0;
};

/// What a card would say of such monitors: of their people at a middling x, and with the noise.
constexpr double people_sd = 0.13, honest_sd = 0.145;

enum class Answers { none, own, of_another };

/// Root mean square of the belief's error from two minutes after the third answer on, over 200 people.
double error_after(Answers answers, BeliefParameters parameters = {}) {
  parameters.spread_x = 0.23;  // as these people's moments
  double squares = 0.0, count = 0.0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    Person person(seed), other(seed + 1000);
    Belief belief(parameters);
    for (int i = 0; i < 4 * 480; ++i) {
      person.live();
      other.live();
      belief.predict(0.25, 0.5, 0.0);
      belief.update_monitor(monitor_says(person.read(), honest_sd, people_sd));
      const bool asked = i == 4 * 60 || i == 4 * 120 || i == 4 * 180;
      if (asked && answers == Answers::own) belief.update_suds(person.answer());
      if (asked && answers == Answers::of_another) belief.update_suds(other.answer());
      if (i < 4 * 300) continue;
      squares += std::pow(belief.state().x - person.anxiety(), 2);
      count += 1.0;
    }
  }
  return std::sqrt(squares / count);
}

TEST(BeliefCalibration, ThreeAnswersMakeTheSameBodyReadAQuarterBetter) {
  const double before = error_after(Answers::none), after = error_after(Answers::own);
  BeliefParameters fixed;
  fixed.bias_sd = fixed.log_gain_sd = 0.0;
  const double without = error_after(Answers::own, fixed);
  std::printf(
      "error of the mean: %.3f without answers, %.3f after three, %.3f after three without calibration\n",
      before, after, without);
  EXPECT_LT(after, 0.75 * before);
  EXPECT_LT(after, 0.75 * without)
      << "the answers themselves are gone by then: only what they taught remains";
  EXPECT_GT(error_after(Answers::of_another), 1.2 * after)
      << "any answers would do: this test would see nothing";
}

TEST(BeliefCalibration, TheBodyAloneCalibratesNothing) {
  // A person more afraid than f expects must not be taken for a monitor that reads high.
  Belief belief;
  for (int i = 0; i < 4 * 1200; ++i) {
    belief.predict(0.25, 0.2, 0.0);
    belief.update_monitor(monitor_says(0.9));
    belief.update_attention(i % 3 == 0);
  }
  const auto calibration = belief.calibration();
  EXPECT_EQ(calibration.bias, 0.0);
  EXPECT_EQ(calibration.log_gain, 0.0);
  EXPECT_NEAR(calibration.sd_bias, belief.parameters().bias_sd, 1e-9);
  EXPECT_NEAR(calibration.sd_log_gain, belief.parameters().log_gain_sd, 1e-9);
  EXPECT_GT(belief.state().x, 0.65) << "and what the body says all the time is believed";
}

/// Twenty minutes at little exposure in which the body shows much fear.
BeliefState after_a_frightened_body(double sd, double people) {
  Belief belief;
  for (int i = 0; i < 4 * 1200; ++i) {
    belief.predict(0.25, 0.2, 0.0);
    belief.update_monitor(monitor_says(0.9, sd, people));
  }
  return belief.state();
}

TEST(BeliefCalibration, ABodyIsBelievedAsFarAsPeopleAreReadAlike) {
  const auto alike = after_a_frightened_body(0.065, 0.015), differing = after_a_frightened_body(0.36, 0.35);
  EXPECT_GT(alike.x, 0.8);
  EXPECT_LT(differing.x, 0.6) << "most of it may be how this monitor reads this person";
  EXPECT_GT(differing.sd_x(), 1.3 * alike.sd_x());
}

TEST(BeliefCalibration, ToHearAMonitorNeverWidensWhatIsBelieved) {
  for (const double people : {0.0, 0.1, 1.0, 4.0}) {
    Belief hears, deaf;
    for (int i = 0; i < 4 * 600; ++i) {
      for (auto* belief : {&hears, &deaf}) belief->predict(0.25, 0.5, 0.0);
      hears.update_monitor(monitor_says(0.5, std::hypot(people, 0.3), people));
      ASSERT_LE(hears.state().sd_x(), 1.001 * deaf.state().sd_x())
          << "people differ by " << people << ", after " << 0.25 * i << " s";
    }
  }
}

TEST(BeliefCalibration, WhoSaysMoreThanTheBodyShowsIsReadHigherFromThenOn) {
  Belief told, silent;
  for (int answer = 0; answer < 3; ++answer) {
    listen(told, 0.4);
    listen(silent, 0.4);
    told.update_suds(70.0);
  }
  EXPECT_LT(told.calibration().bias, -0.005);
  EXPECT_LT(told.calibration().log_gain, -0.05) << "this body shows less of its fear than others";
  EXPECT_LT(told.calibration().sd_bias, silent.calibration().sd_bias);
  EXPECT_LT(told.calibration().sd_log_gain, silent.calibration().sd_log_gain);
  listen(told, 0.4, 300.0);
  listen(silent, 0.4, 300.0);
  EXPECT_GT(told.state().x, silent.state().x + 0.05);
}

TEST(BeliefCalibration, DriftsBackToTheUsualPersonAndNeverFreezes) {
  Belief belief;
  for (int answer = 0; answer < 10; ++answer) {
    listen(belief, 0.3);
    belief.update_suds(60.0);
  }
  const auto known = belief.calibration();
  const auto& p = belief.parameters();
  const double usual = p.bias_sd;
  ASSERT_LT(known.sd_bias, 0.98 * usual);
  belief.predict(p.calibration_memory_s, 0.0, 0.0);
  const double keep = std::exp(-1.0), lost = 1.0 - keep * keep;
  EXPECT_NEAR(belief.calibration().bias, keep * known.bias, 1e-12);
  EXPECT_NEAR(std::pow(belief.calibration().sd_bias, 2),
              std::pow(keep * known.sd_bias, 2) + lost * usual * usual, 1e-12);
  belief.predict(1e6, 0.0, 0.0);
  EXPECT_NEAR(belief.calibration().sd_log_gain, p.log_gain_sd, 1e-9);
}

/// Moments of x, bias and log-gain after one output of the monitor, and perhaps an answer, by plain sums over
/// all three.
struct Moments {
  double mass = 0.0, x = 0.0, xx = 0.0, b = 0.0, l = 0.0;
  [[nodiscard]] double mean(double sum) const { return sum / mass; }
  [[nodiscard]] double sd_x() const { return std::sqrt(xx / mass - mean(x) * mean(x)); }
};
Moments summed(const BeliefParameters& p, double estimate, double variance, std::optional<double> suds) {
  Moments m;
  constexpr int half = 40;
  const auto bell = [](double t) { return std::exp(-0.5 * t * t); };
  for (int ib = -half; ib <= half; ++ib) {
    for (int il = -half; il <= half; ++il) {
      const double tb = 0.12 * ib, tl = 0.12 * il, l = p.log_gain_sd * tl, b = p.bias_sd * tb;
      double kept = 0.0, x_sum = 0.0, xx_sum = 0.0;
      for (int ix = -100; ix <= 100; ++ix) {
        const double x = p.rest + p.spread_x * 0.08 * ix;
        const double seen =
            bell((estimate - p.pivot_x - b - std::exp(l) * (x - p.pivot_x)) / std::sqrt(variance));
        const double said = bell(0.08 * ix) * seen * (suds ? bell((*suds / 100.0 - x) / p.suds_sd) : 1.0);
        kept += said;
        x_sum += said * x;
        xx_sum += said * x * x;
      }
      const double prior = bell(tb) * bell(tl);
      m.mass += prior * kept;
      m.x += prior * x_sum;
      m.xx += prior * xx_sum;
      m.b += prior * kept * b;
      m.l += prior * kept * l;
    }
  }
  return m;
}

TEST(BeliefCalibration, IsNearWhatPlainSumsOverAllPossibilitiesGive) {
  for (const double estimate : {0.1, 0.4, 0.7}) {
    Belief belief(known_person());
    const auto& p = belief.parameters();
    const auto output = monitor_says(estimate, 0.15, p.reading_sd());
    const double noise = Belief::reading_of(p, output).noise;
    belief.update_monitor(output);
    const auto heard = summed(p, static_cast<double>(static_cast<float>(estimate)), noise, {});
    // Exact but for the shape of the Gaussian: a gain and an anxiety that are not known are multiplied.
    EXPECT_NEAR(belief.state().x, heard.mean(heard.x), 0.1 * heard.sd_x());
    EXPECT_NEAR(belief.state().sd_x(), heard.sd_x(), 0.05 * heard.sd_x());
    const double suds = 100.0 * belief.state().x + 20.0;
    belief.update_suds(suds);
    const auto told = summed(p, estimate, noise, suds);
    EXPECT_NEAR(belief.state().x, told.mean(told.x), 0.02);
    EXPECT_NEAR(belief.state().sd_x(), told.sd_x(), 0.02);
    // Bayes' rule to the letter lets the monitor move bias and gain as well.
    EXPECT_NEAR(belief.calibration().bias, told.mean(told.b), 0.6 * p.bias_sd);
    EXPECT_NEAR(belief.calibration().log_gain, told.mean(told.l), 0.25 * p.log_gain_sd);
  }
}

TEST(Belief, TakesAnAnswerAtTheEndOfTheScaleForHereOrBeyond) {
  for (const double suds : {0.0, 100.0}) {
    Belief belief;
    belief.predict(60.0, 1.0, 0.0);
    const auto before = belief.state();
    belief.update_suds(suds);
    // The same by plain sums: the chance that what would be said lies beyond the end.
    const double sign = suds > 50.0 ? 1.0 : -1.0;
    double mass = 0.0, x_sum = 0.0, xx_sum = 0.0;
    for (int i = -4000; i <= 4000; ++i) {
      const double t = 0.002 * i, x = before.x + before.sd_x() * t;
      const double beyond =
          0.5 * std::erfc(sign * (suds / 100.0 - x) / (std::sqrt(2.0) * belief.parameters().suds_sd));
      const double weight = std::exp(-0.5 * t * t) * beyond;
      mass += weight;
      x_sum += weight * x;
      xx_sum += weight * x * x;
    }
    EXPECT_NEAR(belief.state().x, x_sum / mass, 1e-4);
    EXPECT_NEAR(belief.state().sd_x(), std::sqrt(xx_sum / mass - std::pow(x_sum / mass, 2)), 1e-4);
    EXPECT_GT(std::abs(belief.state().x - before.x), 0.1);
  }
}

TEST(Belief, WidensFromTheMomentTheMonitorFallsSilent) {
  for (const auto& parameters : {BeliefParameters{}, known_person()}) {
    Belief belief(parameters);
    listen(belief, 0.4, 60.0);
    const auto known = belief.state();
    auto blind = monitor_says(0.4);
    blind.present_count = 0;
    double before = known.sd_x();
    for (int i = 1; i <= 4 * 60; ++i) {
      belief.predict(0.25, 0.5, 0.0);
      belief.update_monitor(blind);
      ASSERT_GT(belief.state().sd_x(), before) << "after " << 0.25 * i << " s";
      before = belief.state().sd_x();
    }
  }
}

TEST(Belief, WidensAtTheRateOfItsMomentsWhereThePersonIsKnown) {
  Belief belief(known_person());
  listen(belief, 0.4, 60.0);
  const auto& p = belief.parameters();
  const double known = belief.state().var_x, bound = p.spread_x * p.spread_x;
  for (int i = 1; i <= 4 * 60; ++i) belief.predict(0.25, 0.0, 0.0);
  EXPECT_NEAR(belief.state().var_x, bound - (bound - known) * std::exp(-2.0 * 60.0 / p.tau_x_s), 1e-9);
}

}  // namespace
}  // namespace attune::state
