#include <gtest/gtest.h>

#include <algorithm>

#include "attune/core/files.hpp"
#include "attune/learn/model.hpp"
#include "attune/state/features.hpp"

// Somebody who freezes is not calm (docs/safety.md): whatever the shipped monitors have learnt, stillness of
// head and hands together lowers none of their estimates.
namespace attune::learn {
namespace {

class ShippedMonitor : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedMonitor, DoesNotTakeStillnessForCalm) {
  const auto loaded = load_monitor(core::models_folder() / GetParam());
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  const state::StateMonitor monitor(loaded->weights);
  // Somebody of whom everything else is as it usually is.
  state::Features usual;
  usual.value = loaded->weights.standardisation.mean;
  usual.present.set();
  auto still = usual, moving = usual;
  for (const char* name : {"Head_Still_Share", "Hand_Still_Share"}) {
    still.value[state::feature_index(name)] = 1.0F;
    moving.value[state::feature_index(name)] = 0.0F;
  }
  const float when_still = monitor.infer(still, {}).estimate;
  EXPECT_GE(when_still, monitor.infer(usual, {}).estimate - 0.02F);
  EXPECT_GE(when_still, monitor.infer(moving, {}).estimate - 0.02F);
  // A network that learnt nothing is a constant, and takes nothing for calm; any other moves.
  const auto& last = loaded->weights.network.w3;
  const bool learnt = std::any_of(last.begin(), last.end(), [](float weight) { return weight != 0.0F; });
  auto other = usual;
  for (auto& value : other.value) value *= 1.5F;
  EXPECT_EQ(monitor.infer(other, {}).estimate != monitor.infer(usual, {}).estimate, learnt);
}

INSTANTIATE_TEST_SUITE_P(Every, ShippedMonitor, ::testing::Values("state_monitor.pt", "state_monitor_sim.pt"),
                         [](const auto& one) {
                           return std::string(one.param).find("sim") == std::string::npos
                                      ? std::string("OfPeople")
                                      : std::string("OfVirtualPatients");
                         });

}  // namespace
}  // namespace attune::learn
