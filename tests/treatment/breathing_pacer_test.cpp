#include "attune/treatment/activities/breathing_pacer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

namespace attune::treatment {
namespace {

constexpr double frame_s = 1.0 / 72.0;

BreathingPlan searching() {
  BreathingPlan plan;
  plan.search_per_min = {4.5F, 7.0F};
  return plan;
}

/// Somebody who breathes with the guide, and whose heart swings with the breath, most of all at 5.5 a minute.
class Breather {
 public:
  explicit Breather(std::function<double(double)> swing_bpm) : swing_bpm_(std::move(swing_bpm)) {}

  void breathe(BreathingPacer& pacer, double seconds, bool beats = true, bool sensor = true) {
    for (const double end_s = time_s_ + seconds; time_s_ < end_s; time_s_ += frame_s) {
      const double rate = static_cast<double>(pacer.breaths_per_min());
      turn_ += rate / 60.0 * frame_s;
      const double bpm = 70.0 + 0.5 * swing_bpm_(rate) * std::sin(2.0 * std::numbers::pi * turn_);
      age_s_ += frame_s;
      beat_ += bpm / 60.0 * frame_s;
      if (beat_ >= 1.0) {
        beat_ -= 1.0;
        age_s_ = 0.0;
        rr_ms_ = 60'000.0 / bpm;
      }
      telemetry::Vitals vitals;
      auto& reading = beats ? vitals.rr_ms : vitals.heart_rate_bpm;
      if (sensor && rr_ms_ > 0.0)
        reading = {static_cast<float>(beats ? rr_ms_ : 60'000.0 / rr_ms_), static_cast<float>(age_s_), true};
      pacer.push(core::at_seconds(time_s_), frame_s, vitals);
    }
  }

 private:
  std::function<double(double)> swing_bpm_;
  double time_s_ = 0.0, turn_ = 0.0, beat_ = 0.0, age_s_ = 0.0, rr_ms_ = 0.0;
};

double resonant(double rate) { return 4.0 + 12.0 * std::exp(-std::pow((rate - 5.5) / 0.6, 2.0)); }

TEST(BreathingPacer, BeginsAtSixAndTriesEveryRateOfTheSearch) {
  BreathingPacer pacer(searching());
  EXPECT_EQ(pacer.breaths_per_min(), 6.0F);
  Breather patient(resonant);
  patient.breathe(pacer, 6 * 120.0 + 1.0);
  std::vector<float> rates;
  for (const auto& tried : pacer.result().tried) rates.push_back(tried.breaths_per_min);
  EXPECT_EQ(rates, (std::vector<float>{6.0F, 5.5F, 5.0F, 4.5F, 6.5F, 7.0F}));
}

TEST(BreathingPacer, KeepsTheRateAtWhichTheHeartSwingsMost) {
  for (const double best : {5.0, 5.5, 6.5}) {
    BreathingPacer pacer(searching());
    Breather patient(
        [best](double rate) { return 4.0 + 10.0 * std::exp(-std::pow((rate - best) / 0.5, 2.0)); });
    patient.breathe(pacer, 6 * 120.0 - 5.0);
    EXPECT_FALSE(pacer.done());
    patient.breathe(pacer, 10.0);
    EXPECT_TRUE(pacer.done());
    ASSERT_TRUE(pacer.result().resonance_breaths_per_min.has_value());
    EXPECT_NEAR(*pacer.result().resonance_breaths_per_min, best, 1e-3);
    EXPECT_NEAR(pacer.breaths_per_min(), best, 1e-3);
  }
}

TEST(BreathingPacer, MeasuresTheSwingItself) {
  BreathingPacer pacer(searching());
  Breather patient(resonant);
  patient.breathe(pacer, 6 * 120.0 + 1.0);
  for (const auto& tried : pacer.result().tried) {
    const double there = resonant(static_cast<double>(tried.breaths_per_min));
    EXPECT_NEAR(tried.swing_bpm, there, 0.15 * there + 0.5) << tried.breaths_per_min;
  }
}

TEST(BreathingPacer, SearchesByTheRateWhereNoBeatsAreGiven) {
  BreathingPacer pacer(searching());
  Breather patient(resonant);
  patient.breathe(pacer, 6 * 120.0 + 1.0, /*beats=*/false);
  ASSERT_TRUE(pacer.result().resonance_breaths_per_min.has_value());
  EXPECT_NEAR(*pacer.result().resonance_breaths_per_min, 5.5, 1e-3);
}

TEST(BreathingPacer, StaysAtSixWithoutASensorAndHasNothingToSearch) {
  BreathingPacer pacer(searching());
  Breather patient(resonant);
  patient.breathe(pacer, 600.0, true, /*sensor=*/false);
  EXPECT_EQ(pacer.breaths_per_min(), 6.0F);
  EXPECT_TRUE(pacer.done());
  EXPECT_EQ(pacer.feedback(), 0.0F);
  EXPECT_FALSE(pacer.result().resonance_breaths_per_min.has_value());
}

TEST(BreathingPacer, ASensorThatIsLostHalfwayLeavesWhatWasMeasured) {
  BreathingPacer pacer(searching());
  Breather patient(resonant);
  patient.breathe(pacer, 125.0);
  patient.breathe(pacer, 600.0, true, /*sensor=*/false);
  EXPECT_TRUE(pacer.done());
  EXPECT_EQ(pacer.result().resonance_breaths_per_min, 6.0F) << "the one rate that was measured";
}

TEST(BreathingPacer, FeedsBackHowFarTheHeartSwings) {
  auto plan = searching();
  plan.search_per_min.reset();
  BreathingPacer pacer(plan);
  double swing_bpm = 14.0;
  Breather patient([&](double) { return swing_bpm; });
  patient.breathe(pacer, 90.0);
  const float with_breath = pacer.feedback();
  swing_bpm = 1.0;
  patient.breathe(pacer, 90.0);
  EXPECT_GT(with_breath, 0.9F);
  EXPECT_LT(pacer.feedback(), 0.3F);
  plan.biofeedback = false;
  BreathingPacer silent(plan);
  swing_bpm = 14.0;
  patient.breathe(silent, 90.0);
  EXPECT_EQ(silent.feedback(), 0.0F);
}

TEST(OscillationFit, FindsASwingInUnevenSamplesWithADrift) {
  OscillationFit fit(0.1);
  for (double t = 0.0; t < 100.0; t += 0.7 + 0.2 * std::sin(t))
    fit.push(t, 65.0 + 0.05 * t + 4.0 * std::cos(2.0 * std::numbers::pi * 0.1 * t + 1.0));
  ASSERT_TRUE(fit.swing().has_value());
  EXPECT_NEAR(*fit.swing(), 8.0, 1e-6);
}

TEST(OscillationFit, SaysNothingOfTooLittle) {
  OscillationFit fit(0.1);
  for (int i = 0; i < 9; ++i) fit.push(i * 1.2, 60.0 + i % 2);
  EXPECT_FALSE(fit.swing().has_value()) << "nine samples";
  OscillationFit at_once(0.1);
  for (int i = 0; i < 100; ++i) at_once.push(5.0, 60.0);
  EXPECT_FALSE(at_once.swing().has_value());
}

}  // namespace
}  // namespace attune::treatment
