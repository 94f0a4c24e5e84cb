#include "attune/state/monitor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <random>

#include "support/allocations.hpp"

namespace attune::state {
namespace {

/// Weights as a fresh network has them: about ±1/√inputs.
template <typename Weights>
void draw(Weights& weights, std::mt19937_64& random) {
  const auto fill = [&](auto& values, double inputs) {
    std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
    for (auto& value : values) value = uniform(random) / static_cast<float>(std::sqrt(inputs));
  };
  fill(weights.w1, static_cast<double>(weights.w1.size() / weights.b1.size()));
  fill(weights.b1, 10.0);
  fill(weights.w2, static_cast<double>(weights.b1.size()));
  fill(weights.b2, 10.0);
  fill(weights.w3, static_cast<double>(weights.b2.size()) / 9.0);
  fill(weights.b3, 10.0);
}

/// The network written down plainly, in double precision.
template <typename Weights, std::size_t In>
double reference(const Weights& w, const std::array<double, In>& input) {
  std::vector<double> layer(input.begin(), input.end());
  const auto pass = [&](const auto& weights, const auto& bias, bool relu) {
    std::vector<double> out(bias.size());
    for (std::size_t o = 0; o < out.size(); ++o) {
      out[o] = static_cast<double>(bias[o]);
      for (std::size_t i = 0; i < layer.size(); ++i)
        out[o] += static_cast<double>(weights[o * layer.size() + i]) * layer[i];
      if (relu) out[o] = std::max(out[o], 0.0);
    }
    layer = out;
  };
  pass(w.w1, w.b1, true);
  pass(w.w2, w.b2, true);
  pass(w.w3, w.b3, false);
  return layer[0];
}

template <typename Network>
class MlpTest : public testing::Test {};
using Networks = testing::Types<MonitorNetwork, TreatmentNetwork>;
TYPED_TEST_SUITE(MlpTest, Networks);

TYPED_TEST(MlpTest, AgreesWithThePlainNetworkInDoublePrecision) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  for (int net = 0; net < 10; ++net) {
    const auto weights = std::make_unique<typename TypeParam::Weights>();
    draw(*weights, random);
    const TypeParam network(*weights);
    constexpr auto inputs =
        std::tuple_size_v<decltype(weights->w1)> / std::tuple_size_v<decltype(weights->b1)>;
    for (int trial = 0; trial < 50; ++trial) {
      std::array<float, inputs> input;
      std::array<double, inputs> exact;
      for (std::size_t i = 0; i < inputs; ++i) {
        input[i] = static_cast<float>(normal(random));
        exact[i] = static_cast<double>(input[i]);
      }
      const float output = network.forward(input)[0];
      EXPECT_NEAR(static_cast<double>(output), reference(*weights, exact), 1e-5);

      // The gradient against differences of the double-precision network, away from its corners.
      const auto gradient = network.gradient(input);
      for (std::size_t i = 0; i < inputs; i += 7) {
        constexpr double h = 1e-6;
        auto up = exact, down = exact;
        up[i] += h;
        down[i] -= h;
        const double slope = (reference(*weights, up) - reference(*weights, down)) / (2.0 * h);
        EXPECT_NEAR(static_cast<double>(gradient[i]), slope, 1e-4);
      }
    }
  }
}

TEST(Mlp, GivesTheSecondHiddenLayerAsEmbedding) {
  std::mt19937_64 random(6);
  const auto weights = std::make_unique<MonitorNetwork::Weights>();
  draw(*weights, random);
  const MonitorNetwork network(*weights);
  std::array<float, feature_count> input;
  input.fill(0.3F);
  MonitorNetwork::Embedding embedding;
  const float output = network.forward(input, embedding)[0];
  double sum = static_cast<double>(weights->b3[0]);
  for (std::size_t i = 0; i < embedding.size(); ++i) {
    EXPECT_GE(embedding[i], 0.0F);
    sum += static_cast<double>(weights->w3[i]) * static_cast<double>(embedding[i]);
  }
  EXPECT_NEAR(sum, static_cast<double>(output), 1e-5);
}

std::unique_ptr<MonitorWeights> some_weights() {
  std::mt19937_64 random(8);
  auto weights = std::make_unique<MonitorWeights>();
  draw(weights->network, random);
  weights->network.b3[0] = 0.5F;
  weights->standardisation.mean.fill(10.0F);
  weights->standardisation.scale.fill(2.0F);
  weights->noise = MonitorNoise(0.2F);
  return weights;
}

Features all_features(float value) {
  Features features;
  features.value.fill(value);
  features.present.set();
  return features;
}

TEST(Standardisation, MakesWhatIsMissingUnknownOrNoNumberExactlyNothing) {
  Standardisation standardisation;
  standardisation.mean.fill(10.0F);
  standardisation.scale.fill(2.0F);
  standardisation.scale[3] = 0.0F;
  auto features = all_features(13.0F);
  features.present.reset(1);
  features.value[2] = std::numeric_limits<float>::quiet_NaN();
  features.value[4] = 1e9F;
  const auto standard = standardisation.apply(features, {});
  EXPECT_EQ(standard[0], 1.5F);
  EXPECT_EQ(standard[1], 0.0F);
  EXPECT_EQ(standard[2], 0.0F);
  EXPECT_EQ(standard[3], 0.0F);
  EXPECT_EQ(standard[4], Standardisation::limit);
}

TEST(Standardisation, MeasuresAPersonAgainstTheirOwnStartTheMoreTheLongerItIsKnown) {
  Standardisation standardisation;
  standardisation.mean.fill(10.0F);
  standardisation.scale.fill(2.0F);
  standardisation.settle_s.fill(30.0F);
  standardisation.settle_s[1] = Standardisation::never_settles;
  const auto features = all_features(16.0F);
  OwnStart own;
  EXPECT_EQ(standardisation.apply(features, own)[0], 3.0F) << "nothing is known of this person";
  for (int i = 0; i < 40; ++i) own.push(all_features(14.0F), 0.25F);
  EXPECT_NEAR(standardisation.apply(features, own)[0], (16.0F - (10.0F + 0.25F * 4.0F)) / 2.0F, 1e-5F);
  for (int i = 0; i < 200; ++i) own.push(all_features(14.0F), 0.25F);
  EXPECT_NEAR(standardisation.apply(features, own)[0], (16.0F - (10.0F + 4.0F * 60.0F / 90.0F)) / 2.0F,
              1e-5F);
  EXPECT_NEAR(standardisation.apply(features, own)[1], 3.0F, 1e-3F) << "in which people do not differ";
  for (int i = 0; i < 400; ++i) own.push(all_features(30.0F), 0.25F);
  EXPECT_EQ(own.mean(0), 14.0F) << "what comes after the first minute is no start";
}

TEST(OwnStart, TakesOfEachFeatureTheEarliestThatIsValid) {
  OwnStart own;
  auto features = all_features(5.0F);
  features.present.reset(7);
  features.value[8] = std::numeric_limits<float>::quiet_NaN();
  for (int i = 0; i < 400; ++i) own.push(features, 0.25F);
  EXPECT_EQ(own.known_s(0), OwnStart::longest_s);
  EXPECT_EQ(own.known_s(7), 0.0F);
  EXPECT_EQ(own.known_s(8), 0.0F);
  for (int i = 0; i < 40; ++i) own.push(all_features(9.0F), 0.25F);
  EXPECT_EQ(own.mean(7), 9.0F) << "a sensor that was put on late";
  EXPECT_EQ(own.known_s(7), 10.0F);
  EXPECT_EQ(own.mean(0), 5.0F);
}

TEST(StateMonitor, SaysTheSameWhateverStandsInAMissingPlace) {
  const StateMonitor monitor(*some_weights());
  auto features = all_features(11.0F);
  features.present.reset(17);
  const auto before = monitor.infer(features, {});
  features.value[17] = 1234.0F;
  const auto after = monitor.infer(features, {});
  EXPECT_EQ(before.estimate, after.estimate);
  EXPECT_EQ(before.embedding, after.embedding);
  EXPECT_EQ(before.present_count, feature_count - 1);
}

TEST(StateMonitor, GrowsUnsureWithEveryMissingGroupUntilItKnowsNothing) {
  auto weights = some_weights();
  std::array<SensorWorth, sensor_set_count> measured{};
  for (std::size_t sensors = 1; sensors < sensor_set_count; ++sensors)
    measured[sensors].sd = 0.8F / static_cast<float>(std::popcount(sensors));
  weights->noise = MonitorNoise(measured);
  const StateMonitor monitor(*weights);
  auto features = all_features(11.0F);
  EXPECT_NEAR(monitor.infer(features, {}).sd, 0.2F, 1e-4F) << "with all, as its card has it";
  float before = 0.0F;
  for (std::size_t group = 0; group < feature_group_count; ++group) {
    const float sd = monitor.infer(features, {}).sd;
    EXPECT_GE(sd, before * 0.9999F) << "without the groups before " << group;
    if (group == 1) {
      EXPECT_GT(sd, 1.2F * before) << "without the eyes";
    }
    before = sd;
    for (std::size_t i = 0; i < feature_count; ++i) {
      if (static_cast<std::size_t>(feature_table[i].group) == group) features.present.reset(i);
    }
  }
  EXPECT_GT(before, 0.8F) << "with a few features of one sensor";
  const auto blind = monitor.infer(features, {});
  EXPECT_EQ(blind.present_count, 0U);
  EXPECT_EQ(blind.sd, MonitorNoise::knows_nothing_sd);
}

TEST(StateMonitor, IsWorthWithOneSensorAloneWhatTheCardMeasuredForIt) {
  auto weights = some_weights();
  std::array<SensorWorth, sensor_set_count> measured{};
  measured[all_sensors].sd = 0.1F;
  measured[only(Sensor::head)].sd = 0.7F;
  measured[only(Sensor::body)].sd = 3.0F;
  weights->noise = MonitorNoise(measured);
  const StateMonitor monitor(*weights);
  const auto with = [&](SensorSet sensors) {
    return monitor.infer(with_only(sensors, all_features(11.0F)), {}).sd;
  };
  EXPECT_NEAR(with(all_sensors), 0.1F, 1e-4F);
  EXPECT_NEAR(with(only(Sensor::head)), 0.7F, 1e-4F);
  EXPECT_NEAR(with(only(Sensor::body)), 3.0F, 1e-3F);
  EXPECT_NEAR(with(only(Sensor::head) | only(Sensor::body)), 0.7F, 1e-4F)
      << "a pair that nobody measured is worth its better part";
  EXPECT_NEAR(with(only(Sensor::eyes)), MonitorNoise::knows_nothing_sd, 1e-3F) << "nobody measured the eyes";
}

TEST(MonitorNoise, NoPartOfTheSensorsIsWorthMoreThanTheWhole) {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<float> uniform(0.05F, 2.0F);
  for (int round = 0; round < 200; ++round) {
    std::array<SensorWorth, sensor_set_count> measured{};
    for (auto& worth : measured) worth.sd = random() % 2 == 0 ? uniform(random) : 0.0F;
    const MonitorNoise noise(measured);
    for (SensorSet whole = 1; whole < sensor_set_count; ++whole) {
      EXPECT_GE(noise.sd(whole), measured[whole].sd);
      for (SensorSet part = 1; part < whole; ++part) {
        if ((whole & part) != part) continue;
        EXPECT_GE(noise.sd(part), noise.sd(whole));
      }
    }
  }
}

TEST(StateMonitor, IsNeverSurerForAFeatureLess) {
  auto weights = some_weights();
  std::array<SensorWorth, sensor_set_count> measured{};
  for (std::size_t sensors = 1; sensors < sensor_set_count; ++sensors)
    measured[sensors].sd = 0.1F + 0.1F * static_cast<float>((sensors * 7) % 5);
  weights->noise = MonitorNoise(measured);
  const StateMonitor monitor(*weights);
  std::mt19937_64 random(9);
  std::array<std::size_t, feature_count> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (int round = 0; round < 20; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    auto features = all_features(11.0F);
    float before = 0.0F;
    for (const auto lost : order) {
      const float sd = monitor.infer(features, {}).sd;
      EXPECT_GE(sd, before * 0.9999F);
      before = sd;
      features.present.reset(lost);
    }
  }
}

TEST(StateMonitor, StaysWithinZeroAndOne) {
  auto weights = some_weights();
  weights->network.b3[0] = 40.0F;
  EXPECT_EQ(StateMonitor(*weights).infer(all_features(11.0F), {}).estimate, 1.0F);
  weights->network.b3[0] = -40.0F;
  EXPECT_EQ(StateMonitor(*weights).infer(all_features(11.0F), {}).estimate, 0.0F);
}

TEST(StateMonitor, NamesTheFiveFeaturesThatMovedItMost) {
  // A network that adds up two features: 0.5 + 0.1 · (f8 − f80), through pairs of ReLUs.
  auto weights = std::make_unique<MonitorWeights>();
  weights->standardisation.scale.fill(1.0F);
  auto& net = weights->network;
  net.w1[0 * feature_count + 8] = 1.0F;
  net.b1[0] = 10.0F;
  net.w1[1 * feature_count + 80] = 1.0F;
  net.b1[1] = 10.0F;
  net.w2[0 * 64 + 0] = 1.0F;
  net.w2[1 * 64 + 1] = 1.0F;
  net.w3[0] = 0.1F;
  net.w3[1] = -0.1F;
  net.b3[0] = 0.5F;
  const StateMonitor monitor(*weights);
  auto features = all_features(0.0F);
  features.value[8] = 1.0F;
  features.value[80] = 2.0F;
  EXPECT_NEAR(monitor.infer(features, {}).estimate, 0.4F, 1e-6F);
  const auto top = monitor.explain(features, {});
  EXPECT_EQ(top[0].feature, 80U);
  EXPECT_NEAR(top[0].signed_share, -0.2F, 1e-6F);
  EXPECT_EQ(top[1].feature, 8U);
  EXPECT_NEAR(top[1].signed_share, 0.1F, 1e-6F);
  EXPECT_EQ(top[2].signed_share, 0.0F);
}

TEST(StateMonitor, AllocatesNothing) {
  const StateMonitor monitor(*some_weights());
  const auto features = all_features(11.0F);
  const auto before = test::allocations();
  float sum = 0.0F;
  for (int i = 0; i < 100; ++i)
    sum += monitor.infer(features, {}).estimate + monitor.explain(features, {})[0].signed_share;
  EXPECT_EQ(test::allocations(), before);
  EXPECT_TRUE(std::isfinite(sum));
}

}  // namespace
}  // namespace attune::state
