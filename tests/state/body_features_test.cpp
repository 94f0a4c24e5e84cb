#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "state/helpers.hpp"

/// Features of heart, skin and breathing, and of eyes that a fast tracker sees, against bodies whose every
/// beat, response and breath is known.
namespace attune::state {
namespace {

using test::feature;
using test::features_of;
using test::Person;

/// A heart whose intervals swing with the breath.
struct Heart {
  double mean_ms = 800.0, swing_ms = 40.0, breaths_per_min = 15.0;
  std::vector<double> at_s, rr_ms;  ///< beats, and the interval that each ends

  explicit Heart(double mean = 800.0, double swing = 40.0, double breaths = 15.0, double until_s = 200.0)
      : mean_ms(mean), swing_ms(swing), breaths_per_min(breaths) {
    for (double t = 0.0; t < until_s;) {
      const double rr = mean_ms + swing_ms * std::sin(2.0 * std::numbers::pi * breaths_per_min / 60.0 * t);
      t += 1e-3 * rr;
      at_s.push_back(t);
      rr_ms.push_back(rr);
    }
  }
  /// The newest beat's interval at `t`, as a sensor tells it.
  [[nodiscard]] telemetry::Reading reading(double t) const {
    const auto next = std::upper_bound(at_s.begin(), at_s.end(), t);
    if (next == at_s.begin()) return {};
    const auto i = static_cast<std::size_t>(next - at_s.begin()) - 1;
    return {static_cast<float>(rr_ms[i]), static_cast<float>(t - at_s[i]), true};
  }
  /// The intervals of the window that ends at `t`.
  [[nodiscard]] std::vector<double> within(double t, double window_s) const {
    std::vector<double> found;
    for (std::size_t i = 0; i < at_s.size(); ++i) {
      if (at_s[i] <= t && at_s[i] > t - window_s) found.push_back(rr_ms[i]);
    }
    return found;
  }
};

Features features_of_heart(const Heart& heart, double seconds = 90.0,
                           const std::function<void(telemetry::Frame&)>& also = {}) {
  return features_of(Person{}, 72.0, seconds, [&](telemetry::Frame& frame) {
    frame.vitals.rr_ms = heart.reading(frame.time.seconds());
    if (also) also(frame);
  });
}

TEST(HeartFeatures, AgreeWithAHeartWhoseEveryBeatIsKnown) {
  const Heart heart;
  const auto features = features_of_heart(heart);
  const auto rr = heart.within(90.0, 60.0);
  const double mean = std::accumulate(rr.begin(), rr.end(), 0.0) / static_cast<double>(rr.size());
  double squares = 0.0, changes = 0.0, over20 = 0.0, over50 = 0.0;
  for (std::size_t i = 0; i < rr.size(); ++i) {
    squares += (rr[i] - mean) * (rr[i] - mean);
    if (i == 0) continue;
    const double change = rr[i] - rr[i - 1];
    changes += change * change;
    over20 += std::abs(change) > 20.0 ? 1.0 : 0.0;
    over50 += std::abs(change) > 50.0 ? 1.0 : 0.0;
  }
  const auto n = static_cast<double>(rr.size());
  EXPECT_NEAR(feature(features, "ECG_MeanRR"), 2.0 * mean, 5.0) << "half milliseconds";
  EXPECT_NEAR(feature(features, "ECG_Ibi"), 800.0, 15.0);
  EXPECT_NEAR(feature(features, "ECG_Bpm"), 75.0, 1.5);
  EXPECT_NEAR(feature(features, "ECG_Sdnn"), std::sqrt(squares / (n - 1.0)), 1.5);
  EXPECT_NEAR(feature(features, "ECG_Rmssd"), changes / (n - 1.0), 0.05 * changes / n)
      << "the root is left out";
  EXPECT_NEAR(feature(features, "ECG_Sdsd"), std::sqrt(changes / (n - 1.0)), 1.5);
  EXPECT_NEAR(feature(features, "ECG_pnn20"), over20 / (n - 1.0), 0.04);
  EXPECT_NEAR(feature(features, "ECG_Pnn50"), over50 / (n - 1.0), 0.04);
  EXPECT_NEAR(feature(features, "ECG_MaxRR"), 2.0 * 840.0, 10.0);
  EXPECT_NEAR(feature(features, "ECG_MinRR"), 2.0 * 760.0, 10.0);
  for (const auto* never : {"ECG_Mean", "ECG_LF", "ECG_HF", "ECG_VLF"})
    EXPECT_TRUE(std::isnan(feature(features, never))) << never << " needs the trace itself";
}

TEST(HeartFeatures, AreNotMadeOfBeatsThatWereMissed) {
  const Heart heart;
  const auto whole = features_of_heart(heart);
  // Every tenth beat never arrives: what is left are intervals, some of which do not follow each other.
  const auto lossy = features_of_heart(heart, 90.0, [&](telemetry::Frame& frame) {
    const auto beats = std::upper_bound(heart.at_s.begin(), heart.at_s.end(), frame.time.seconds());
    if ((beats - heart.at_s.begin()) % 10 == 3) frame.vitals.rr_ms = {};
  });
  EXPECT_NEAR(feature(lossy, "ECG_Rmssd"), feature(whole, "ECG_Rmssd"), 0.12 * feature(whole, "ECG_Rmssd"));
  EXPECT_NEAR(feature(lossy, "ECG_MeanRR"), feature(whole, "ECG_MeanRR"), 10.0);
}

TEST(HeartFeatures, TellTheSpreadOfAHeartThatIsHiddenNowAndThenButNotOfHalfAWindow) {
  const Heart heart;
  const double whole = feature(features_of_heart(heart), "ECG_Sdnn");
  // Of every twenty seconds eight are hidden, as where a wrist moves.
  const auto hidden = features_of_heart(heart, 90.0, [&](telemetry::Frame& frame) {
    if (std::fmod(frame.time.seconds(), 20.0) < 8.0) frame.vitals.rr_ms = {};
  });
  EXPECT_NEAR(feature(hidden, "ECG_Sdnn"), whole, 0.12 * whole);
  EXPECT_TRUE(std::isnan(feature(features_of_heart(heart, 40.0), "ECG_Sdnn"))) << "it grows with the window";
}

TEST(HeartFeatures, LeaveOutABeatThatTheSensorMadeUp) {
  const Heart heart;
  const double plain = feature(features_of_heart(heart), "ECG_Rmssd");
  const auto with_artefact = features_of_heart(heart, 90.0, [&](telemetry::Frame& frame) {
    const double t = frame.time.seconds();
    // One interval of double length, as if a beat between had not been seen.
    const auto i = static_cast<std::size_t>(std::upper_bound(heart.at_s.begin(), heart.at_s.end(), t) -
                                            heart.at_s.begin());
    if (i == 70) frame.vitals.rr_ms = {};
    if (i == 71) frame.vitals.rr_ms.value = static_cast<float>(heart.rr_ms[70] + heart.rr_ms[69]);
  });
  EXPECT_NEAR(feature(with_artefact, "ECG_Rmssd"), plain, 0.12 * plain)
      << "800 ms of change in one of 75 would give " << 800.0 * 800.0 / 75.0;
}

TEST(HeartFeatures, GoWhenTheSensorFallsSilent) {
  const Heart heart;
  const auto features = features_of_heart(heart, 170.0, [](telemetry::Frame& frame) {
    if (frame.time.seconds() > 100.0) frame.vitals.rr_ms = {};
  });
  for (std::size_t i = 49; i < 67; ++i) EXPECT_FALSE(features.present[i]) << feature_table[i].name;
}

TEST(HeartFeatures, OfARateAloneAreItsMeans) {
  const auto features = features_of(Person{}, 72.0, 70.0, [](telemetry::Frame& frame) {
    frame.vitals.heart_rate_bpm = {frame.time.seconds() < 55.0 ? 60.0F : 90.0F, 0.5F, true};
  });
  EXPECT_NEAR(feature(features, "ECG_Bpm"), 90.0, 0.1) << "ten seconds";
  EXPECT_NEAR(feature(features, "ECG_MeanRR"), 2.0 * 60'000.0 / 67.5, 5.0) << "a minute";
  EXPECT_TRUE(std::isnan(feature(features, "ECG_Rmssd")));
}

TEST(BreathingFeatures, ComeFromTheHeartWhenNoBeltIsWorn) {
  EXPECT_NEAR(feature(features_of_heart(Heart(800.0, 40.0, 15.0)), "Breath_Rate"), 15.0, 1.0);
  EXPECT_NEAR(feature(features_of_heart(Heart(650.0, 30.0, 21.0)), "Breath_Rate"), 21.0, 1.5);
  EXPECT_TRUE(std::isnan(feature(features_of_heart(Heart(800.0, 0.0)), "Breath_Rate")))
      << "a heart that does not swing shows no breath";
  const auto with_belt = features_of_heart(Heart(), 90.0, [](telemetry::Frame& frame) {
    frame.vitals.breaths_per_min = {9.0F, 0.5F, true};
  });
  EXPECT_NEAR(feature(with_belt, "Breath_Rate"), 9.0, 1e-3) << "the belt knows better";
}

TEST(BreathingFeatures, TellEvenBreathsFromUneven) {
  const auto regularity = [](double unevenness) {
    double start_s = 0.0, period_s = 4.0;
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> change(-unevenness, unevenness);
    const auto features = features_of(Person{}, 72.0, 90.0, [&](telemetry::Frame& frame) {
      const double t = frame.time.seconds();
      if (t >= start_s + period_s) {
        start_s += period_s;
        period_s = 4.0 + change(random);
      }
      frame.vitals.breath_phase = {static_cast<float>((t - start_s) / period_s), 0.0F, true};
    });
    return feature(features, "Breath_Regularity");
  };
  EXPECT_GT(regularity(0.0), 0.99);
  EXPECT_NEAR(regularity(1.5), 1.0 - 1.5 / std::sqrt(3.0) / 4.0, 0.08);
}

/// Skin of `level` µS that rises by `slope` a minute, with a response of 0.3 µS every `every_s` seconds.
telemetry::Reading skin_at(double t, double level, double slope, double every_s) {
  double value = level + slope * t / 60.0;
  for (double onset = 5.0; onset <= t; onset += every_s) {
    const double since = t - onset;  // rises within a second and a half, falls over several
    value += 0.3 * 1.9 * (std::exp(-since / 4.0) - std::exp(-since / 0.9));
  }
  const double measured_s = std::floor(t * 4.0) / 4.0;  // a sensor of 4 Hz
  return {static_cast<float>(value), static_cast<float>(t - measured_s), true};
}

TEST(SkinFeatures, CountResponsesAndFollowTheLevel) {
  const auto features = features_of(Person{}, 72.0, 120.0, [](telemetry::Frame& frame) {
    frame.vitals.skin_conductance_us = skin_at(frame.time.seconds(), 5.0, 0.0, 6.0);
  });
  constexpr double per_min = 2000.0 * 60.0;  // the unit is responses per half millisecond
  EXPECT_NEAR(feature(features, "GSR_Number_of_Peaks") * per_min, 10.0, 1.1);
  EXPECT_NEAR(feature(features, "GSR_Number_of_Valleys") * per_min, 10.0, 1.1);
  EXPECT_TRUE(std::isnan(feature(features, "GSR_Ratio"))) << "it holds the length of the scene";

  const auto calm = features_of(Person{}, 72.0, 120.0, [](telemetry::Frame& frame) {
    frame.vitals.skin_conductance_us = skin_at(frame.time.seconds(), 5.0, 1.2, 1000.0);
  });
  EXPECT_EQ(feature(calm, "GSR_Number_of_Peaks"), 0.0);
  EXPECT_NEAR(feature(calm, "Skin_Conductance_Slope"), 100.0 * 1.2 / (5.0 + 1.2 * 1.5), 0.5)
      << "percent of the level of the last minute";
  EXPECT_NEAR(feature(calm, "GSR_Mean"), 5.0 + 1.2 * 115.0 / 60.0, 0.02);
  EXPECT_NEAR(feature(calm, "GSR_Maximum") - feature(calm, "GSR_Minimum"), 1.2, 0.03);
}

TEST(MicrosaccadeFeatures, ArePresentWhereTheTrackerIsFastEnough) {
  const auto at_rate = [](double rate_hz) {
    return features_of(Person{}, rate_hz, 40.0, [](telemetry::Frame& frame) {
      const double t = frame.time.seconds(), period_s = 0.5, jump_s = 0.016;
      const auto turn = static_cast<std::int64_t>(t / period_s);
      const double in = std::clamp((t - static_cast<double>(turn) * period_s) / jump_s, 0.0, 1.0);
      const double way = in * in * in * (10.0 - 15.0 * in + 6.0 * in * in);
      const double yaw_deg = 0.6 * (turn % 2 == 0 ? way : 1.0 - way);  // to the left and back
      frame.gaze.direction = test::towards(yaw_deg, 0.0);
    });
  };
  const auto fast = at_rate(500.0), slow = at_rate(90.0);
  EXPECT_NEAR(feature(fast, "Num_of_Microsac"), 2.0, 0.1);
  EXPECT_NEAR(feature(fast, "Mean_Microsac_Ampl"), 0.6, 0.06);
  EXPECT_NEAR(feature(fast, "Mean_Microsac_H_Amp"), 0.0, 0.06) << "as many to the left as to the right";
  EXPECT_NEAR(feature(fast, "SD_Microsac_H_Amp"), 0.6, 0.06);
  EXPECT_NEAR(feature(fast, "Max_Microsac_V_Amp"), 0.0, 0.02);
  EXPECT_NEAR(feature(fast, "Mean_Microsac_Peak_Vel"), 1.875 * 0.6 / 0.016, 15.0);
  EXPECT_NEAR(feature(fast, "Num_of_Saccade"), 0.0, 0.05) << "they are no saccades";
  for (std::size_t i = 28; i < 49; ++i) {
    EXPECT_TRUE(fast.present[i]) << feature_table[i].name;
    EXPECT_FALSE(slow.present[i]) << feature_table[i].name << " at 90 Hz";
  }
}

}  // namespace
}  // namespace attune::state
