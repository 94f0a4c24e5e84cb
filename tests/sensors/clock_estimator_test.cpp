#include "attune/sensors/clock_estimator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

// Every simulated sensor has a clock of its own, started at another time and 50 ppm fast or slow, and a
// network that delays each sample by chance. The truth is when a sample was measured, plus what even the
// fastest sample takes.
namespace attune::sensors {
namespace {

constexpr double drift = 50e-6, started_s = 1234.5;

struct Network {
  const char* name;
  double rate_hz;
  double fastest_s;
  std::function<double(std::mt19937_64&, double time_s)> delay_s;  // beyond the fastest
};

double exponential(std::mt19937_64& random, double mean_s) {
  return std::exponential_distribution<>(1.0 / mean_s)(random);
}

const std::vector<Network> networks{
    {"quick", 10, 0.005, [](auto& random, double) { return exponential(random, 0.02); }},
    {"slow", 1, 0.005, [](auto& random, double) { return exponential(random, 0.02); }},
    {"radio that is asked every 50 ms", 1, 0.01,
     [](auto& random, double) { return std::uniform_real_distribution<>(0.0, 0.05)(random); }},
    {"lost and sent again, one in ten", 4, 0.003,
     [](auto& random, double) {
       return exponential(random, 0.01) + (std::uniform_real_distribution<>()(random) < 0.1 ? 0.2 : 0.0);
     }},
    {"congested one minute in five", 1, 0.005,
     [](auto& random, double time_s) {
       return exponential(random, 0.02) + (std::fmod(time_s, 300.0) >= 240.0 ? 0.15 : 0.0);
     }},
};

/// What everybody writes first: the mean of all (arrival − sensor time) so far is the offset.
class MeanOffset {
 public:
  double push(double sensor_s, double arrival_s) {
    ++count_;
    mean_s_ += (arrival_s - sensor_s - mean_s_) / count_;
    return sensor_s + mean_s_;
  }

 private:
  double mean_s_ = 0.0;
  int count_ = 0;
};

/// The largest error in placing a sample from `from_s` on, over half an hour of a network.
template <typename Place>
double worst_error_s(const Network& network, std::uint64_t seed, double from_s, Place place) {
  std::mt19937_64 random(seed);
  const double fast = seed % 2 == 0 ? 1.0 - drift : 1.0 + drift;
  double worst_s = 0.0;
  for (int i = 0; i < static_cast<int>(1800.0 * network.rate_hz); ++i) {
    const double measured_s = i / network.rate_hz;
    const double sensor_s = measured_s * fast - started_s;
    const double arrival_s = measured_s + network.fastest_s + network.delay_s(random, measured_s);
    const auto placed_s = place(sensor_s, arrival_s);
    if (measured_s < from_s) continue;
    if (!placed_s) return std::numeric_limits<double>::infinity();
    worst_s = std::max(worst_s, std::abs(*placed_s - measured_s - network.fastest_s));
  }
  return worst_s;
}

TEST(ClockEstimator, PlacesEverySampleWithinFiveMillisecondsWhereTheMeanDoesNot) {
  for (const auto& network : networks) {
    double ours_s = 0.0, means_s = std::numeric_limits<double>::infinity();
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      ClockEstimator estimator;
      const double error_s = worst_error_s(network, seed, 120.0, [&](double sensor, double arrival) {
        return estimator.push(sensor, arrival);
      });
      ours_s = std::max(ours_s, error_s);
      MeanOffset mean;
      means_s = std::min(means_s, worst_error_s(network, seed, 120.0, [&](double sensor, double arrival) {
                           return std::optional(mean.push(sensor, arrival));
                         }));
    }
    RecordProperty(std::string("ours_ms ") + network.name, std::to_string(ours_s * 1e3));
    RecordProperty(std::string("mean_ms ") + network.name, std::to_string(means_s * 1e3));
    EXPECT_LE(ours_s, 0.005) << network.name;
    EXPECT_GT(means_s, 0.005) << network.name
                              << ": this network would not tell a good estimator from a bad one";
  }
}

TEST(ClockEstimator, FindsTheDriftWithinTwoMillionths) {
  for (const auto& network : networks) {
    ClockEstimator estimator;
    (void)worst_error_s(network, 1, 0.0,
                        [&](double sensor, double arrival) { return estimator.push(sensor, arrival); });
    const auto clock = estimator.current();
    EXPECT_TRUE(clock.settled);
    // The sensor gains 50 ppm, so the arrival clock loses them.
    EXPECT_NEAR(clock.drift_ppm, -50.0, 2.0) << network.name;
  }
}

TEST(ClockEstimator, HasSeenTheDriftAsSoonAsItSaysThatItHas) {
  // A clock that loses: what comes later never lies below the edge so far, which would show the drift by
  // itself.
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(seed);
    ClockEstimator estimator;
    double measured_s = 0.0;
    while (!estimator.current().settled) {
      ASSERT_LT(measured_s, 80.0);
      const double arrival_s = measured_s + 0.005 + exponential(random, 0.02);
      estimator.push(measured_s * (1.0 - drift) - started_s, arrival_s);
      measured_s += 0.1;
    }
    EXPECT_NEAR(estimator.current().drift_ppm, 50.0, 20.0) << "seed " << seed << " at " << measured_s << " s";
  }
}

TEST(ClockEstimator, DoesNotCallADriftKnownThatItCannotKnow) {
  ClockEstimator estimator;
  for (int i = 0; i < 50; ++i) estimator.push(i, i + 7.0);
  EXPECT_FALSE(estimator.current().settled);
  for (int i = 50; i < 100; ++i) estimator.push(i, i + 7.0);
  EXPECT_TRUE(estimator.current().settled);
  EXPECT_NEAR(estimator.current().offset_s, 7.0, 1e-9);
}

/// A sensor whose clock is changed by `step_s` after 200 s of one sample a second and 10 ms of delay at most.
struct Stepped {
  ClockEstimator estimator;
  std::mt19937_64 random{7};
  std::optional<double> at(double time_s, double step_s) {
    const double arrival_s = time_s + std::uniform_real_distribution<>(0.0, 0.01)(random);
    return estimator.push(time_s - 50.0 + step_s, arrival_s);
  }
};

TEST(ClockEstimator, FollowsAClockThatIsSetWithinTenSamples) {
  for (const double step_s : {-3600.0, -1.0, -0.4, 0.4, 1.0, 3600.0}) {
    Stepped sensor;
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(sensor.at(i, 0.0));
    for (int i = 200; i < 210; ++i) (void)sensor.at(i, step_s);
    for (int i = 210; i < 300; ++i) {
      const auto placed_s = sensor.at(i, step_s);
      ASSERT_TRUE(placed_s) << step_s << " at " << i;
      EXPECT_NEAR(*placed_s, i, 0.012) << step_s << " at " << i;
    }
  }
}

TEST(ClockEstimator, GivesNoPlaceToASampleFromThePast) {
  ClockEstimator estimator;
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(estimator.push(i, i + 0.1));
  EXPECT_FALSE(estimator.push(12.0, 20.1)) << "overtaken on the way";
  EXPECT_FALSE(estimator.push(500.0, 20.2)) << "a time that the clock cannot have reached";
  EXPECT_TRUE(estimator.push(21.0, 21.1)) << "one stray sample moves nothing";
}

TEST(ClockEstimator, NeverPlacesASampleAfterItCameWhateverIsSent) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<> small(-2.0, 2.0);
  for (int round = 0; round < 200; ++round) {
    ClockEstimator estimator;
    double sensor_s = small(random) * 1e6, arrival_s = 1e5;
    for (int i = 0; i < 500; ++i) {
      arrival_s += std::abs(small(random));
      switch (random() % 12) {
        case 0:
          sensor_s = small(random) * 1e9;
          break;
        case 1:
          sensor_s = std::numeric_limits<double>::quiet_NaN();
          break;
        case 2:
          sensor_s = std::numeric_limits<double>::infinity();
          break;
        case 3:
          sensor_s = std::numeric_limits<double>::lowest();
          break;
        default:
          sensor_s += small(random);
      }
      const auto placed_s = estimator.push(sensor_s, arrival_s);
      if (placed_s) {
        ASSERT_LE(*placed_s, arrival_s);
        ASSERT_TRUE(std::isfinite(*placed_s));
      }
      const auto clock = estimator.current();
      ASSERT_TRUE(std::isfinite(clock.offset_s) &&
                  std::abs(clock.drift_ppm) <= ClockEstimator::most_drift_ppm);
      if (!std::isfinite(sensor_s) || std::abs(sensor_s) > 1e12) sensor_s = 0.0;
    }
  }
}

}  // namespace
}  // namespace attune::sensors
