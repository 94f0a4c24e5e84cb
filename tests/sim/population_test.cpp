#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "attune/sim/population.hpp"
#include "attune/sim/random.hpp"

namespace attune::sim {
namespace {

using testing::HasSubstr;
using P = PatientParameters;

Population shipped() {
  auto population = Population::read("shipped");
  EXPECT_TRUE(population) << population.error().message;
  return *population;
}

std::vector<PatientParameters> draw(const Population& population, int count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<PatientParameters> people;
  for (int i = 0; i < count; ++i) people.push_back(draw_patient(population, random));
  return people;
}

template <typename Value>
std::vector<double> column(const std::vector<PatientParameters>& people, Value P::*member) {
  std::vector<double> values;
  for (const auto& person : people) values.push_back(static_cast<double>(person.*member));
  std::sort(values.begin(), values.end());
  return values;
}

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  const double middle = mean(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - middle) * (value - middle);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double median(const std::vector<double>& sorted) { return sorted[sorted.size() / 2]; }

class ShippedPopulation : public testing::Test {
 protected:
  static constexpr int count = 20000;
  static void SetUpTestSuite() { people = draw(shipped(), count, 11); }
  static std::vector<PatientParameters> people;
};
std::vector<PatientParameters> ShippedPopulation::people;

TEST_F(ShippedPopulation, SpreadsUniformParametersOverTheSpecifiedRanges) {
  struct Row {
    double P::*member;
    double low, high;
  };
  for (const auto& [member, low, high] :
       {Row{&P::x0, 0.08, 0.35}, Row{&P::gamma, 0.6, 1.7}, Row{&P::relief, 0.05, 0.30},
        Row{&P::compliance, 0.3, 1}, Row{&P::tau_up_s, 8, 30}, Row{&P::tau_down_s, 40, 130},
        Row{&P::return_min, 20, 60}, Row{&P::v0, 0.65, 0.95}, Row{&P::k_s, 0, 0.004},
        Row{&P::sigma, 0.02, 0.05}, Row{&P::hr0_bpm, 58, 85}}) {
    const auto values = column(people, member);
    const double width = high - low;
    EXPECT_GE(values.front(), low);
    EXPECT_LE(values.back(), high);
    EXPECT_NEAR(mean(values), low + 0.5 * width, 0.01 * width);
    EXPECT_NEAR(deviation(values), width / std::sqrt(12.0), 0.01 * width);
  }
}

TEST_F(ShippedPopulation, SpreadsLognormalParametersAroundTheirMedians) {
  struct Row {
    double P::*member;
    double median, sigma;
  };
  for (const auto& [member, middle, sigma] :
       {Row{&P::rho, 0.85, 0.35}, Row{&P::habituation_min, 9, 0.45}, Row{&P::gain_eye, 1, 0.5},
        Row{&P::gain_head, 1, 0.5}, Row{&P::gain_heart, 1, 0.5}, Row{&P::gain_breath, 1, 0.5},
        Row{&P::gain_skin, 1, 0.5}, Row{&P::gain_tremor, 1, 0.5}}) {
    auto values = column(people, member);
    EXPECT_NEAR(median(values) / middle, 1.0, 0.02);
    for (auto& value : values) value = std::log(value);
    EXPECT_NEAR(deviation(values), sigma, 0.01);
  }
}

TEST_F(ShippedPopulation, SpreadsAvoidanceAsAGammaAndBiasAsANormal) {
  const auto avoidance = column(people, &P::alpha);
  EXPECT_NEAR(mean(avoidance), 1.2, 0.03);
  EXPECT_NEAR(deviation(avoidance), 1.2 / std::sqrt(1.5), 0.03);
  const auto bias = column(people, &P::bias);
  EXPECT_NEAR(mean(bias), 0.0, 0.002);
  EXPECT_NEAR(deviation(bias), 0.06, 0.002);
}

TEST_F(ShippedPopulation, FreezesAndGoesStillAsOftenAsSpecified) {
  EXPECT_NEAR(mean(column(people, &P::freezes)), 0.3, 0.015);
  EXPECT_NEAR(mean(column(people, &P::still)), 0.8, 0.015);
}

TEST_F(ShippedPopulation, DrawsSensorGainsIndependently) {
  const std::vector members{&P::gain_eye,    &P::gain_head, &P::gain_heart,
                            &P::gain_breath, &P::gain_skin, &P::gain_tremor};
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = 0.0;
      for (const auto& person : people) sum += std::log(person.*members[i]) * std::log(person.*members[j]);
      EXPECT_NEAR(sum / count, i == j ? 0.25 : 0.0, 0.01) << i << ' ' << j;
    }
  }
}

TEST(Gamma, HasItsMomentsBelowAndAboveShapeOne) {
  std::mt19937_64 random(3);
  for (const double shape : {0.2, 0.4, 1.0, 1.5, 6.0}) {
    std::vector<double> values(40000);
    for (auto& value : values) value = gamma(random, shape);
    EXPECT_NEAR(mean(values) / shape, 1.0, 0.03) << shape;
    EXPECT_NEAR(deviation(values) / std::sqrt(shape), 1.0, 0.03) << shape;
  }
}

TEST(Normals, AreThoseOfOneAtATime) {
  std::mt19937_64 one(5), many(5);
  for (const std::size_t count : {1U, 5U, 8U, 21U}) {
    std::vector<double> values(count);
    normals(many, values);
    for (const double value : values) EXPECT_EQ(value, normal(one));
  }
}

TEST(Draws, AreTheSameForTheSameSeedAndDifferForAnother) {
  const auto population = shipped();
  const auto one = draw(population, 5, 1), again = draw(population, 5, 1), other = draw(population, 5, 2);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].rho, again[i].rho);
    EXPECT_EQ(one[i].alpha, again[i].alpha);
    EXPECT_NE(one[i].rho, other[i].rho);
  }
  EXPECT_NE(one[0].rho, one[1].rho);
}

TEST(Draws, AreFixedAcrossBuilds) {
  // Recordings and reports name virtual patients by their seed: whoever changes these numbers changes them
  // all.
  const auto person = draw(shipped(), 1, 1)[0];
  EXPECT_NEAR(person.x0, 0.27958721487326876, 1e-12);
  EXPECT_NEAR(person.rho, 0.81903877311991358, 1e-12);
  EXPECT_NEAR(person.alpha, 1.4790154016887174, 1e-12);
  EXPECT_NEAR(person.bias, 0.17335001907330186, 1e-12);
}

TEST(Population, ThatBuildsOnTheShippedOneChangesOnlyItsOwnKeys) {
  const auto reactive = Population::parse(R"(name = "reactive"
based_on = "shipped"
rho = { dist = "constant", value = 1.4 }
)",
                                          "reactive.toml");
  ASSERT_TRUE(reactive) << reactive.error().message;
  EXPECT_EQ(reactive->name, "reactive");
  const auto people = draw(*reactive, 50, 9), same = draw(shipped(), 50, 9);
  for (std::size_t i = 0; i < people.size(); ++i) {
    EXPECT_EQ(people[i].rho, 1.4);
    EXPECT_EQ(people[i].alpha, same[i].alpha);
    EXPECT_EQ(people[i].still, same[i].still);
    EXPECT_EQ(people[i].hr0_bpm, same[i].hr0_bpm);
  }
}

TEST(Population, MovesDrawsIntoWhatAParameterMayBe) {
  const auto wild = Population::parse(R"(name = "wild"
based_on = "shipped"
tau_up_s = { dist = "normal", mean = 10, sd = 100 }
v0 = { dist = "normal", mean = 0.5, sd = 5 }
)",
                                      "wild.toml");
  ASSERT_TRUE(wild) << wild.error().message;
  for (const auto& person : draw(*wild, 500, 4)) {
    EXPECT_GE(person.tau_up_s, 0.5);
    EXPECT_GE(person.v0, 0.0);
    EXPECT_LE(person.v0, 1.0);
  }
}

struct Mistake {
  const char* line;
  const char* expected;
};

class PopulationMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(PopulationMistakes, AreNamedWithFileLineAndKey) {
  const auto& [line, expected] = GetParam();
  const auto population =
      Population::parse("name = \"x\"\nbased_on = \"shipped\"\n" + std::string(line) + "\n", "people/x.toml");
  ASSERT_FALSE(population);
  EXPECT_EQ(population.error().kind, core::Error::Kind::bad_input);
  EXPECT_THAT(population.error().message, HasSubstr("people/x.toml:3: "));
  EXPECT_THAT(population.error().message, HasSubstr(expected));
}

INSTANTIATE_TEST_SUITE_P(
    Each, PopulationMistakes,
    testing::Values(
        Mistake{"rhoo = { dist = \"constant\", value = 1 }", "rhoo: is not a key"},
        Mistake{"rho = 0.85", "rho: must be a table"},
        Mistake{"rho = { median = 0.85, sigma = 0.35 }", "rho.dist: is missing"},
        Mistake{"rho = { dist = \"beta\", a = 1 }", "rho.dist: is 'beta': use uniform"},
        Mistake{"rho = { dist = \"lognormal\", median = 0.85 }", "rho.sigma: is missing"},
        Mistake{"rho = { dist = \"lognormal\", median = 0, sigma = 0.35 }", "rho.median: must be above 0"},
        Mistake{"rho = { dist = \"lognormal\", median = 0.85, sigma = -1 }", "rho.sigma: is -1, outside"},
        Mistake{"rho = { dist = \"lognormal\", median = 0.85, sigma = 0.3, mean = 1 }",
                "rho.mean: is not a key"},
        Mistake{"x0 = { dist = \"uniform\", low = 0.4, high = 0.2 }", "x0.high: is below low"},
        Mistake{"x0 = { dist = \"uniform\", low = 0.4, high = 2 }", "x0.high: is 2, outside 0 to 1"},
        Mistake{"x0 = { dist = \"uniform\", low = \"a\", high = 1 }", "x0.low: must be a number"},
        Mistake{"x0 = { dist = \"constant\", value = nan }", "x0.value: is nan, outside 0 to 1"},
        Mistake{"alpha = { dist = \"gamma\", shape = 0, mean = 1 }", "alpha.shape: must be above 0"},
        Mistake{"freezes = { dist = \"bernoulli\", p = 1.5 }", "freezes.p: is 1.5, outside 0 to 1"},
        Mistake{"freezes = { dist = \"uniform\", low = 0, high = 1 }", "freezes.dist: this is yes or no"},
        Mistake{"freezes = { dist = \"constant\", value = 0.5 }", "freezes.dist: this is yes or no"},
        Mistake{"tau_up_s = { dist = \"bernoulli\", p = 0.5 }", "tau_up_s.dist: 0, which bernoulli gives"},
        // Keys of plant B are not used by plant A, yet mistakes in them are mistakes.
        Mistake{"threat = { dist = \"uniform\", low = 0.8, high = 8 }",
                "threat.high: is 8, outside 0 to 1"}));

TEST(Population, NamesAllMistakesAtOnce) {
  const auto population = Population::parse("based_on = \"elsewhere\"\nrho = 1\nx0 = 2\n", "x.toml");
  ASSERT_FALSE(population);
  for (const char* expected : {"x.toml:1: name: is missing", "x.toml:1: based_on: is 'elsewhere'",
                               "x.toml:2: rho:", "x.toml:3: x0:"}) {
    EXPECT_THAT(population.error().message, HasSubstr(expected));
  }
}

TEST(Population, WithoutABaseNeedsEveryKeyOfPlantA) {
  const auto population = Population::parse("name = \"bare\"\n", "bare.toml");
  ASSERT_FALSE(population);
  EXPECT_THAT(population.error().message, HasSubstr("hr0_bpm: is missing"));
  EXPECT_THAT(population.error().message, testing::Not(HasSubstr("threat: is missing")));
}

TEST(Population, WithoutTheKeysOfPlantBServesPlantAAlone) {
  const auto all = shipped();
  EXPECT_TRUE(all.check_plant_b());
  auto half = all;
  half.parameters.erase("omega");
  half.parameters.erase("rigid");
  const auto checked = half.check_plant_b();
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("'shipped': has no keys for plant b: omega, rigid"));
}

TEST_F(ShippedPopulation, SpreadsTheParametersOfPlantBAsSpecified) {
  struct Row {
    double P::*member;
    double low, high;
  };
  for (const auto& [member, low, high] :
       {Row{&P::threat, 0.8, 1.0}, Row{&P::generalise, 0.35, 0.75}, Row{&P::omega, 0, 1},
        Row{&P::sensitise_min, 2, 8}, Row{&P::keep_first, 0.05, 0.25}, Row{&P::keep_spaced, 0.5, 0.9}}) {
    const auto values = column(people, member);
    EXPECT_GE(values.front(), low);
    EXPECT_LE(values.back(), high);
    EXPECT_NEAR(mean(values), 0.5 * (low + high), 0.01 * (high - low));
  }
  auto learning = column(people, &P::learning_min);
  EXPECT_NEAR(median(learning), 12.0, 0.3);
  for (auto& value : learning) value = std::log(value);
  EXPECT_NEAR(deviation(learning), 0.7, 0.015);
  EXPECT_EQ(people.front().presence_exponent, 1.0);
  EXPECT_EQ(people.front().rigid, 0.0);
}

// The other populations that ship

std::vector<PatientParameters> people_of(const std::string& id) {
  const auto population = Population::read(id);
  EXPECT_TRUE(population) << population.error().message;
  EXPECT_TRUE(population->check_plant_b());
  return draw(*population, 4000, 11);
}

TEST(ReactivePeople, FearMoreAndFaster) {
  const auto people = people_of("reactive"), usual = people_of("shipped");
  EXPECT_GT(median(column(people, &P::rho)), 1.3 * median(column(usual, &P::rho)));
  EXPECT_LT(mean(column(people, &P::tau_up_s)), 0.8 * mean(column(usual, &P::tau_up_s)));
}

TEST(BluntedPeople, ShowLittleAndFreeze) {
  const auto people = people_of("blunted");
  for (const auto gain : {&P::gain_heart, &P::gain_breath, &P::gain_skin})
    EXPECT_NEAR(median(column(people, gain)), 0.35, 0.02);
  EXPECT_NEAR(mean(column(people, &P::freezes)), 0.8, 0.03);
  EXPECT_NEAR(median(column(people, &P::rho)), 0.85, 0.02) << "they feel as much as others";
}

TEST(UnderReportingPeople, SayLessThanTheyFeel) {
  const auto biases = column(people_of("under-reporting"), &P::bias);
  EXPECT_NEAR(mean(biases), -0.15, 0.01);
  EXPECT_LT(biases[biases.size() / 20], -0.25);
}

TEST(SociallyAnxiousPeople, SeldomHoldTheHeadStillAndFearWithoutPresence) {
  const auto people = people_of("social");
  EXPECT_NEAR(mean(column(people, &P::still)), 0.3, 0.03);
  EXPECT_EQ(people.front().presence_exponent, 0.0);
  EXPECT_NEAR(median(column(people, &P::rho)), 0.85, 0.02) << "they fear as much as others";
}

TEST(OfficeWorker, IsTheSamePersonForEverySeed) {
  const auto people = people_of("office-worker");
  for (const auto member : {&P::x0, &P::rho, &P::alpha, &P::gain_heart, &P::bias, &P::hr0_bpm})
    EXPECT_EQ(column(people, member).front(), column(people, member).back());
}

TEST(Population, ThatIsUnknownIsNamedBesideTheKnownOnes) {
  const auto id = Population::read("martians");
  ASSERT_FALSE(id);
  EXPECT_THAT(id.error().message, testing::AllOf(HasSubstr("'martians'"), HasSubstr("shipped")));
  const auto path = Population::read("/nowhere/people.toml");
  ASSERT_FALSE(path);
  EXPECT_THAT(path.error().message, HasSubstr("/nowhere/people.toml: no such file"));
}

}  // namespace
}  // namespace attune::sim
