#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "learn/network_files.hpp"
#include "learn/torch_library.hpp"
#include "support.hpp"

// The kernel that steers is LibTorch's own forward pass, folded.
namespace attune::learn {
namespace {

constexpr std::size_t rounds = 10'000;
constexpr float tolerance = 1e-5F;

/// Standardised inputs as a session has them: a third missing, some at the limit.
template <std::size_t In>
std::array<float, In> drawn_inputs(std::mt19937_64& random) {
  std::normal_distribution<float> normal(0.0F, 2.0F);
  std::array<float, In> inputs{};
  for (auto& input : inputs) {
    if (random() % 3 != 0)
      input = std::clamp(normal(random), -state::Standardisation::limit, state::Standardisation::limit);
  }
  return inputs;
}

/// The largest difference of the two outputs over many inputs.
template <std::size_t In>
float difference(const state::Mlp<In, 64, 32, 1>& kernel, TorchNetwork& torch, bool behind_a_relu) {
  std::mt19937_64 random(31);
  typename state::Mlp<In, 64, 32, 1>::Embedding embedding{};
  float largest = 0.0F;
  for (std::size_t i = 0; i < rounds; ++i) {
    auto inputs = drawn_inputs<In>(random);
    for (auto& input : inputs) input = behind_a_relu ? std::max(0.0F, input) : input;
    const float off = std::abs(kernel.forward(inputs, embedding)[0] - torch.forward(inputs.data(), nullptr));
    if (!(off <= largest)) largest = off;  // also when it is no number
  }
  return largest;
}

TEST(Kernel, OfTheShippedMonitorsIsLibTorchOnTenThousandInputs) {
  for (const auto* name : {"state_monitor.pt", "state_monitor_sim.pt"}) {
    const auto monitor = load_monitor(std::filesystem::path(ATTUNE_SOURCE_DIR "/models") / name);
    ASSERT_TRUE(monitor.ok()) << monitor.error().message;
    EXPECT_LE(difference(state::MonitorNetwork(monitor->weights.network), *monitor->torch, false), tolerance);
    auto changed = monitor->weights.network;
    changed.w3[0] += 0.01F;  // of a unit that carries the line that training begins at
    EXPECT_GT(difference(state::MonitorNetwork(changed), *monitor->torch, false), tolerance)
        << "one weight, changed a little, must show";
  }
}

TEST(Kernel, OfTheShippedTreatmentModelsIsLibTorchOnTenThousandInputs) {
  for (const auto& [monitor, name] : {std::pair{"state_monitor.pt", "treatment.pt"},
                                      std::pair{"state_monitor_sim.pt", "treatment_sim.pt"}}) {
    const std::filesystem::path folder = ATTUNE_SOURCE_DIR "/models";
    const auto card = read_card(folder / monitor);
    ASSERT_TRUE(card.ok()) << card.error().message;
    const auto treatment = load_treatment(folder / name, card->hash);
    ASSERT_TRUE(treatment.ok()) << treatment.error().message;
    EXPECT_LE(difference(state::TreatmentNetwork(treatment->weights), *treatment->torch, true), tolerance);
    auto changed = treatment->weights;
    changed.b1[7] += 0.01F;
    EXPECT_GT(difference(state::TreatmentNetwork(changed), *treatment->torch, true), tolerance);
  }
}

TEST(Kernel, OfFreshNetworksOfAnySeedIsLibTorchToo) {
  const auto library = torch_library();
  ASSERT_TRUE(library.ok()) << library.error().message;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const std::vector<float> ones(100, 1.0F);
    std::string bytes, problem;
    const auto trainer = (*library)->train(monitor_shape, {ones, ones, ones}, 1e-3, seed, problem);
    ASSERT_TRUE(trainer && trainer->save(bytes, problem)) << problem;
    const auto network = open_network(bytes, "fresh.pt", monitor_shape);
    ASSERT_TRUE(network.ok()) << network.error().message;
    const auto weights = monitor_weights(**network, state::MonitorNoise());
    EXPECT_LE(difference(state::MonitorNetwork(weights.network), **network, false), tolerance);
  }
}

TEST(Network, BeginsAtTheLinesItIsGiven) {
  std::string problem;
  auto library = torch_library();
  ASSERT_TRUE(library.ok());
  constexpr NetworkShape shape{100, 64, 32, false, 4};
  std::mt19937_64 random(3);
  std::normal_distribution<float> normal;
  std::vector<float> lines(4 * 101), inputs(100);
  for (auto& number : lines) number = 0.3F * normal(random);
  const auto trainer = (*library)->train(shape, {}, 1e-3, 1, problem);
  ASSERT_TRUE(trainer && trainer->begin_at(lines.data(), problem)) << problem;
  for (int round = 0; round < 100; ++round) {
    for (auto& input : inputs) input = normal(random);
    std::array<float, 4> said{};
    ASSERT_TRUE(trainer->predict(inputs.data(), 1, said.data(), problem)) << problem;
    for (std::size_t k = 0; k < 4; ++k) {
      const float* line = lines.data() + k * 101;
      EXPECT_NEAR(said[k], std::inner_product(inputs.begin(), inputs.end(), line, line[100]), 1e-4F);
    }
  }
  const auto narrow = (*library)->train({100, 64, 7, false, 4}, {}, 1e-3, 1, problem);
  EXPECT_FALSE(narrow->begin_at(lines.data(), problem)) << "seven units cannot carry four lines";
}

}  // namespace
}  // namespace attune::learn
