#include <gtest/gtest.h>

#include <numbers>

#include "attune/state/feature_extractor.hpp"
#include "sim/patients.hpp"

namespace attune::sim {
namespace {

using namespace testing_patients;

constexpr double rate_hz = 72.0;

/// What the product's features say of somebody whose anxiety is held, averaged over minutes.
struct Felt {
  double bpm = 0, rmssd_ms = 0, breaths_per_min = 0, skin_us = 0, responses_per_min = 0, warmth_c = 0;
};

Felt features_of(const PatientParameters& parameters, std::uint64_t seed, double minutes = 30.0) {
  VirtualPatient patient(parameters, seed);
  state::FeatureExtractor extractor;
  Felt sum;
  int samples = 0;
  telemetry::Frame frame;
  frame.headset = {.running = true, .visible = true, .focused = true, .worn = true};
  live(patient, 60.0 * minutes, rate_hz, [&](VirtualPatient& person) {
    frame.time = person.time();
    frame.vitals = person.take_signals().vitals;
    const bool anew = extractor.push(frame);
    if (!anew || frame.time < core::at_seconds(180.0)) return;  // the skin warms slowly
    const auto value = [&](std::string_view name) {
      const auto index = state::feature_index(name);
      EXPECT_TRUE(extractor.current().present[index]) << name;
      return static_cast<double>(extractor.current().value[index]);
    };
    sum.bpm += value("ECG_Bpm");
    sum.rmssd_ms += std::sqrt(value("ECG_Rmssd"));
    sum.breaths_per_min += value("Breath_Rate");
    sum.skin_us += value("GSR_Mean");
    sum.responses_per_min += 120'000.0 * value("GSR_Number_of_Peaks");  // VREED counts per half millisecond
    sum.warmth_c += value("Skin_Temperature_Mean");
    ++samples;
  });
  for (double* each :
       {&sum.bpm, &sum.rmssd_ms, &sum.breaths_per_min, &sum.skin_us, &sum.responses_per_min, &sum.warmth_c}) {
    *each /= samples;
  }
  return sum;
}

/// RMSSD of intervals on which breathing and the 0.1 Hz wave ride, and the noise of single beats.
double specified_rmssd_ms(double anxiety, double bpm, double breaths_per_min) {
  const double beat_s = 60.0 / bpm;
  const auto swing = [&](double amplitude_ms, double hz) {
    return 2.0 * amplitude_ms * std::sin(std::numbers::pi * hz * beat_s) / std::numbers::sqrt2;
  };
  return std::hypot(swing(60.0 * (1.0 - 0.7 * anxiety), breaths_per_min / 60.0), swing(25.0, 0.1),
                    8.0 * std::numbers::sqrt2);
}

TEST(Vitals, MoveTheProductsFeaturesAsSpecified) {
  Felt calm;
  for (const double anxiety : {0.1, 0.5, 0.9}) {
    auto person = held_at(anxiety);
    person.hr0_bpm = 65.0;
    const auto found = features_of(person, 21);
    const double bpm = 65.0 + 22.0 * anxiety, breaths = 14.0 + 8.0 * anxiety;
    const double rmssd = specified_rmssd_ms(anxiety, bpm, breaths);
    // A response that rises on the shoulder of the one before is counted with it: half of those that come
    // every four seconds.
    const double responses = 2.0 + 14.0 * anxiety;
    print_row("heart rate, 1/min", anxiety, found.bpm, bpm);
    print_row("RMSSD, ms", anxiety, found.rmssd_ms, rmssd);
    print_row("breaths a minute", anxiety, found.breaths_per_min, breaths);
    print_row("skin conductance, uS", anxiety, found.skin_us, 2.0 + 6.0 * anxiety);
    print_row("skin responses a minute", anxiety, found.responses_per_min, responses);
    print_row("skin temperature, C", anxiety, found.warmth_c, 33.5 - 1.2 * anxiety);
    EXPECT_NEAR(found.bpm, bpm, 1.5);
    EXPECT_NEAR(found.rmssd_ms / rmssd, 1.0, 0.15);
    EXPECT_NEAR(found.breaths_per_min, breaths, 0.6);
    // On the level ride the responses, up to a third of a microsiemens on average.
    EXPECT_NEAR(found.skin_us, 2.0 + 6.0 * anxiety + 1.2 * responses / 60.0, 0.1);
    EXPECT_LE(found.responses_per_min, 1.1 * responses);
    EXPECT_GE(found.responses_per_min, 0.48 * responses);
    EXPECT_NEAR(found.warmth_c, 33.5 - 1.2 * anxiety, 0.03);
    EXPECT_GT(found.responses_per_min, calm.responses_per_min + 0.5);
    calm = found;
  }
}

TEST(Vitals, FollowAnxietyAsStronglyAsThePersonsGainsSay) {
  auto person = held_at(0.8);
  person.gain_heart = person.gain_breath = person.gain_skin = 0.0;
  const auto blunted = features_of(person, 22, 20.0);
  EXPECT_NEAR(blunted.bpm, person.hr0_bpm, 1.5);
  EXPECT_NEAR(blunted.breaths_per_min, 14.0, 0.6);
  EXPECT_NEAR(blunted.skin_us, 2.0, 0.1);
  person.gain_heart = person.gain_breath = person.gain_skin = 2.0;
  const auto strong = features_of(person, 22, 20.0);
  EXPECT_NEAR(strong.bpm, person.hr0_bpm + 44.0 * 0.8, 1.5);
  EXPECT_NEAR(strong.breaths_per_min, 14.0 + 16.0 * 0.8, 0.6);
  EXPECT_NEAR(strong.skin_us, 2.0 + 12.0 * 0.8, 0.6);
}

TEST(Vitals, ComeAtTheRatesOfRealSensors) {
  VirtualPatient patient(held_at(0.5), 23);
  telemetry::Vitals before;
  int beats = 0, skins = 0, belts = 0;
  live(patient, 300.0, rate_hz, [&](VirtualPatient& person) {
    const auto vitals = person.take_signals().vitals;
    for (const auto* reading :
         {&vitals.rr_ms, &vitals.heart_rate_bpm, &vitals.breaths_per_min, &vitals.breath_phase,
          &vitals.skin_conductance_us, &vitals.skin_temperature_c}) {
      EXPECT_TRUE(reading->valid || person.time() < core::at_seconds(15.0));
      EXPECT_GE(reading->age_s, 0.0F);
    }
    EXPECT_LT(vitals.breath_phase.value, 1.0F);
    EXPECT_LE(vitals.skin_conductance_us.age_s, 0.2501F);
    EXPECT_LE(vitals.breath_phase.age_s, 0.1001F);
    beats += vitals.rr_ms.age_s < before.rr_ms.age_s;
    skins += vitals.skin_conductance_us.age_s < before.skin_conductance_us.age_s;
    belts += vitals.breath_phase.age_s < before.breath_phase.age_s;
    before = vitals;
  });
  EXPECT_NEAR(beats / 5.0, 81.0, 3.0);
  EXPECT_NEAR(skins / 300.0, 4.0, 0.02);
  EXPECT_NEAR(belts / 300.0, 10.0, 0.05);
}

/// Every interval that the strap tells.
std::vector<double> intervals_of(const PatientParameters& parameters, double minutes) {
  VirtualPatient patient(parameters, 24);
  std::vector<double> intervals;
  float age_s = 100.0F;
  live(patient, 60.0 * minutes, 30.0, [&](VirtualPatient& person) {
    const auto rr = person.take_signals().vitals.rr_ms;
    if (rr.valid && rr.age_s < age_s) intervals.push_back(static_cast<double>(rr.value));
    age_s = rr.age_s;
  });
  return intervals;
}

TEST(Strap, MissesAndInventsSomeBeats) {
  const auto intervals = intervals_of(held_at(1.0), 240.0);
  const double usual = median(intervals), all = static_cast<double>(intervals.size());
  const auto share = [&](double from, double to) {
    return static_cast<double>(
               std::count_if(intervals.begin(), intervals.end(),
                             [&](double ms) { return ms > from * usual && ms <= to * usual; })) /
           all;
  };
  EXPECT_NEAR(share(1.6, 2.6), 0.015, 0.003) << "a missed beat makes one long interval";
  // An invented beat splits an interval; an early beat makes one short and one long one.
  EXPECT_NEAR(share(0.0, 0.75), 2.0 * 0.015 + 0.003, 0.006);
  EXPECT_NEAR(share(1.2, 1.6), 0.003, 0.002);
}

/// What the belt says on average of twelve people with that compliance, anxious at 0.5 and guided to 6
/// breaths from one minute on.
class GuidedPeople {
 public:
  explicit GuidedPeople(double compliance) {
    auto person = held_at(0.5);
    person.compliance = compliance;
    for (std::uint64_t seed = 0; seed < 12; ++seed) people_.emplace_back(person, seed);
    (void)rate_after(60.0);
    telemetry::Stimulus guided;
    guided.calm_feedback = 1.0F;
    guided.guide_breaths_per_min = 6.0F;
    show(guided);
  }
  void show(const telemetry::Stimulus& shown) {
    for (auto& patient : people_) patient.show(shown);
  }
  double rate_after(double seconds) {
    double sum = 0.0;
    for (auto& patient : people_) {
      patient.advance_to(core::at_seconds(patient.time().seconds() + seconds));
      sum += static_cast<double>(patient.take_signals().vitals.breaths_per_min.value);
    }
    return sum / static_cast<double>(people_.size());
  }

 private:
  std::vector<VirtualPatient> people_;
};

TEST(Strap, TellsARateThatItsMistakesDoNotMove) {
  auto person = held_at(0.5);
  double least_bpm = 1000.0, most_bpm = 0.0;
  int intervals_beyond = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    VirtualPatient patient(person, seed);
    live(patient, 1200.0, 10.0, [&](VirtualPatient& alive) {
      const auto vitals = alive.take_signals().vitals;
      if (vitals.rr_ms.valid) intervals_beyond += vitals.rr_ms.value < 450.0F || vitals.rr_ms.value > 1300.0F;
      if (!vitals.heart_rate_bpm.valid) return;
      least_bpm = std::min(least_bpm, static_cast<double>(vitals.heart_rate_bpm.value));
      most_bpm = std::max(most_bpm, static_cast<double>(vitals.heart_rate_bpm.value));
    });
  }
  EXPECT_GT(intervals_beyond, 1000) << "there are mistakes";
  // 81 a minute, slow noise of deviation 3, and what breath and the 0.1 Hz wave leave in a dozen beats.
  EXPECT_GT(least_bpm, 60.0);
  EXPECT_LT(most_bpm, 102.0);
}

TEST(Breath, IsDrawnToTheGuideAsFastAsThePersonComplies) {
  for (const double compliance : {0.1, 0.2, 0.4}) {
    GuidedPeople people(compliance);
    const double constant_s = 20.0 / compliance;
    // The belt's rate is that of the last breaths, some eight seconds behind.
    const double expected = 6.0 + 12.0 * std::exp(-(constant_s - 8.0) / constant_s);
    EXPECT_NEAR(people.rate_after(constant_s), expected, 1.0) << compliance;
    EXPECT_NEAR(people.rate_after(5.0 * constant_s), 6.0, 0.5) << compliance;
    people.show({});
    EXPECT_NEAR(people.rate_after(6.0 * constant_s), 18.0, 1.0) << compliance;
  }
}

TEST(Breath, StaysFreeWhereNobodyComplies) {
  GuidedPeople people(0.0);
  EXPECT_NEAR(people.rate_after(300.0), 18.0, 1.0);
}

TEST(Heart, SwingsMostWithABreathAtItsResonance) {
  auto person = held_at(0.2);
  person.compliance = 1.0;
  const auto deviation_ms = [&](float guide_per_min) {
    std::vector<double> intervals;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      VirtualPatient patient(person, seed);
      telemetry::Stimulus guided;
      guided.calm_feedback = 1.0F;
      guided.guide_breaths_per_min = guide_per_min;
      patient.show(guided);
      patient.advance_to(core::at_seconds(120.0));
      float age_s = 100.0F;
      live(patient, 300.0, 20.0, [&](VirtualPatient& alive) {
        const auto rr = alive.take_signals().vitals.rr_ms;
        if (rr.age_s < age_s) intervals.push_back(static_cast<double>(rr.value));
        age_s = rr.age_s;
      });
    }
    const double middle = median(intervals);
    // What the strap missed or invented is no swing.
    std::erase_if(intervals, [&](double ms) { return std::abs(ms - middle) > 0.3 * middle; });
    for (double& ms : intervals) ms -= middle;
    return rms(intervals);
  };
  const double fast = deviation_ms(10.0F);
  EXPECT_GT(deviation_ms(5.75F), 1.3 * fast);
  EXPECT_NEAR(deviation_ms(8.5F) / fast, 1.0, 0.1);
}

TEST(Sensors, ThatAreNotWornGiveNothingAndChangeNothing) {
  const auto wearing = [](SensorSet sensors) {
    return VirtualPatient(held_at(0.6), 26, PlantKind::a, sensors);
  };
  auto all = wearing(SensorSet::all), headset = wearing(SensorSet::headset), none = wearing(SensorSet::none);
  for (int k = 1; k <= 5000; ++k) {
    for (auto* patient : {&all, &headset, &none}) patient->advance_to(core::at_seconds(k / 50.0));
    EXPECT_EQ(all.gaze().direction, headset.gaze().direction);
    EXPECT_EQ(all.gaze().source, headset.gaze().source);
    EXPECT_EQ(all.hands()[0].grip.position_m, headset.hands()[0].grip.position_m);
    EXPECT_EQ(all.head().position_m, none.head().position_m);
    EXPECT_EQ(all.head().orientation, none.head().orientation);
    EXPECT_EQ(all.truth().anxiety, none.truth().anxiety);
    EXPECT_TRUE(none.head().valid());
    EXPECT_EQ(none.gaze().source, telemetry::GazeSource::none);
    EXPECT_FALSE(none.hands()[0].active || none.hands()[1].grip.valid());
    const auto worn = all.take_signals().vitals;
    EXPECT_TRUE(k < 1000 || worn.rr_ms.valid);
    for (auto* patient : {&headset, &none}) {
      const auto vitals = patient->take_signals().vitals;
      EXPECT_FALSE(vitals.rr_ms.valid || vitals.breath_phase.valid || vitals.skin_conductance_us.valid);
    }
  }
}

TEST(Sensors, AreNamedByWords) {
  EXPECT_EQ(sensor_set_of("all"), SensorSet::all);
  EXPECT_EQ(sensor_set_of("headset"), SensorSet::headset);
  EXPECT_EQ(sensor_set_of("none"), SensorSet::none);
  EXPECT_EQ(sensor_set_of("watch"), std::nullopt);
}

}  // namespace
}  // namespace attune::sim
