#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "attention/generated_gaze.hpp"
#include "attune/attention/area_ledger.hpp"
#include "attune/attention/engagement.hpp"
#include "attune/attention/gaze_episodes.hpp"
#include "attune/attention/pupil.hpp"
#include "attune/attention/scan_measures.hpp"
#include "support/allocations.hpp"

// What follows the gaze of a session allocates nothing while it runs.
namespace attune::attention {
namespace {

using namespace test;
using telemetry::AoiRole;

template <typename Work>
std::size_t allocated(Work&& work) {
  const auto before = attune::test::allocations();
  work();
  return attune::test::allocations() - before;
}

TEST(NoAllocation, IsToldByACounterThatSeesOne) {
  std::unique_ptr<int> kept;
  EXPECT_EQ(allocated([&] { kept = std::make_unique<int>(1); }), 1u);
  EXPECT_EQ(allocated([] {}), 0u);
}

TEST(NoAllocation, OfGazeFromItsSamplesToItsScanMeasures) {
  for (const auto mode : {GazeMode::online, GazeMode::offline}) {
    for (const double rate : {60.0, 500.0}) {
      const auto made = make(looking_around(60, 7), {rate, 0.03});
      GazeClassifier classifier(mode);
      GazeEpisodes episodes;
      ScanMeasures measures;
      std::size_t ended = 0;
      const auto take = [&](std::span<const LabelledGaze> ready) {
        for (const auto& sample : ready) {
          const auto episode = episodes.push(sample);
          if (!episode) continue;
          measures.push(*episode);
          ++ended;
        }
      };
      EXPECT_EQ(allocated([&] {
                  for (const auto& point : made.points) take(classifier.push(point));
                  take(classifier.finish());
                  episodes.finish();
                  classifier.reset();
                  for (const auto& point : made.points) take(classifier.push(point));
                }),
                0u)
          << rate;
      EXPECT_GT(ended, 200u);
    }
  }
}

TEST(NoAllocation, OfWhatIsLookedAt) {
  AreaFollower follower;
  AreaLedger ledger;
  Engagement engagement;
  PupilCorrection pupil;
  std::size_t visits = 0, observed = 0;
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i < 90 * 120; ++i) {
                const auto now = core::at_seconds(i / 90.0);
                const auto id = static_cast<std::uint16_t>(i / 50);  // more than the ledger has room for
                const auto visit = follower.push(now, i % 50 < 40 ? std::optional(id) : std::nullopt);
                if (visit) {
                  ledger.add(*visit, id % 2 == 0 ? AoiRole::threat : AoiRole::calm);
                  ++visits;
                }
                observed += engagement.push(now, i % 7 == 0 ? Looking::elsewhere : Looking::target) ? 1 : 0;
                pupil.push(4.0 + 0.3 * std::sin(0.01 * i), 10.0 + 9.0 * std::sin(0.003 * i), 1.0 / 90.0);
                (void)ledger.stationary_entropy();
                (void)ledger.transition_entropy();
              }
            }),
            0u);
  EXPECT_GT(visits, 100u);
  EXPECT_GT(observed, 400u);
  EXPECT_GT(ledger.left_out(), 0);
  EXPECT_TRUE(pupil.settled());
}

}  // namespace
}  // namespace attune::attention
