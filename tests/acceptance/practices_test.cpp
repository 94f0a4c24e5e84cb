#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "attune/session/narrator.hpp"
#include "attune/session/prescription.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "cli/networks.hpp"
#include "cli/simulate/exposure_course.hpp"
#include "cli/simulate/simulated_scene.hpp"

// Every practice through the whole product: a virtual patient in the shipped programme, from the frame to
// what is said of it.
namespace attune {
namespace {

using record::EventKind;
using telemetry::Activity;

constexpr double rate_hz = 72.0;

sim::PatientParameters person(std::uint64_t seed) {
  const auto population = sim::Population::read("shipped");
  if (!population) throw std::runtime_error(population.error().message);
  std::mt19937_64 random(seed);
  return sim::draw_patient(*population, random);
}

std::shared_ptr<session::Networks> networks() {
  static const auto loaded = [] {
    auto read = cli::load_networks("folded", true, false);
    if (!read) throw std::runtime_error(read.error().message);
    return read->networks;
  }();
  return loaded;
}

/// What came of a session.
struct Outcome {
  treatment::PracticeResult result;
  treatment::Phase last_phase = treatment::Phase::waiting;
  std::vector<std::string> practised;  ///< words of the events
  std::map<Activity, double> highest_intensity, seconds;
};

Outcome live(const std::string& id, std::uint64_t seed, sim::SensorSet sensors = sim::SensorSet::all) {
  const auto programme = treatment::Programme::load(id);
  if (!programme) throw std::runtime_error(programme.error().message);
  auto scene = cli::simulated_scene(programme->world);
  if (!scene) throw std::runtime_error(scene.error().message);
  sim::VirtualPatient patient(person(seed), seed, sim::PlantKind::a, sensors);
  session::Pipeline pipeline(
      session::prescribe(*programme, 0.0, record::SourceKind::virtual_patient, networks()));
  session::Narrator narrator(treatment::Language::english);
  Outcome outcome;
  const auto frames = static_cast<std::uint64_t>((programme->duration_s() + 5.0) * rate_hz);
  for (std::uint64_t index = 0; index < frames && pipeline.phase() != treatment::Phase::ended; ++index) {
    patient.advance_to(core::at_seconds(static_cast<double>(index) / rate_hz));
    auto frame = cli::frame_of(patient, index, (*scene)->aois());
    if (index == 0) frame.commands.push_back({telemetry::CommandKind::start, 0.0F});
    const auto directive = pipeline.step(frame);
    (*scene)->apply(directive, frame.head);
    patient.show((*scene)->stimulus());
    for (const auto& event : narrator.tell(frame, pipeline)) {
      if (event.kind == EventKind::practice) outcome.practised.emplace_back(event.words());
    }
    auto& highest = outcome.highest_intensity[directive.activity];
    highest = std::max(highest, static_cast<double>(directive.intensity));
    outcome.seconds[directive.activity] += 1.0 / rate_hz;
  }
  outcome.result = pipeline.practice_result();
  outcome.last_phase = pipeline.phase();
  return outcome;
}

bool said(const Outcome& outcome, const std::string& words) {
  return std::any_of(outcome.practised.begin(), outcome.practised.end(),
                     [&](const std::string& line) { return line.find(words) != std::string::npos; });
}

std::string all_of(const Outcome& outcome) {
  std::string lines;
  for (const auto& line : outcome.practised) lines += line + "\n";
  return lines;
}

/// How far a person's heart rate swings at a rate of breathing, from trough to peak in beats a minute: with
/// nothing but the guide, for ten minutes; the largest line of the spectrum within a quarter breath of the
/// guide, beats that are a fifth off their neighbours' median left out.
double swing_bpm(std::uint64_t seed, float breaths_per_min) {
  sim::VirtualPatient patient(person(seed), seed);
  telemetry::Stimulus guide;
  guide.calm_feedback = 1.0F;
  guide.guide_breaths_per_min = breaths_per_min;
  guide.activity = Activity::breathing;
  patient.show(guide);
  std::vector<std::pair<double, double>> beats;
  for (double t = 0.0; t < 640.0; t += 0.1) {
    patient.advance_to(core::at_seconds(t));
    const auto& rr = patient.take_signals().vitals.rr_ms;
    if (t > 40.0 && rr.valid && rr.age_s < 0.1F)
      beats.emplace_back(t - static_cast<double>(rr.age_s), 60'000.0 / static_cast<double>(rr.value));
  }
  std::vector<std::pair<double, double>> clean;
  for (std::size_t i = 5; i + 5 < beats.size(); ++i) {
    std::vector<double> near;
    for (std::size_t k = i - 5; k <= i + 5; ++k) near.push_back(beats[k].second);
    std::nth_element(near.begin(), near.begin() + 5, near.end());
    if (std::abs(beats[i].second - near[5]) < 0.2 * near[5]) clean.push_back(beats[i]);
  }
  double mean = 0.0, largest = 0.0;
  for (const auto& beat : clean) mean += beat.second / static_cast<double>(clean.size());
  for (double off = -0.25; off <= 0.25; off += 0.02) {
    const double turn = 2.0 * 3.14159265358979 * (static_cast<double>(breaths_per_min) + off) / 60.0;
    double a = 0.0, b = 0.0;
    for (const auto& [time_s, bpm] : clean) {
      a += (bpm - mean) * std::cos(turn * time_s);
      b += (bpm - mean) * std::sin(turn * time_s);
    }
    largest = std::max(largest, 4.0 * std::hypot(a, b) / static_cast<double>(clean.size()));
  }
  return largest;
}

TEST(BreathingCase, FindsARateAtWhichTheHeartReallySwingsMoreThanElsewhere) {
  int right = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const auto outcome = live("breathing", seed);
    const auto& breathing = outcome.result.breathing;
    ASSERT_EQ(breathing.tried.size(), 6U) << all_of(outcome);
    ASSERT_TRUE(breathing.resonance_breaths_per_min.has_value());
    double best = 0.0;
    for (const auto& tried : breathing.tried) best = std::max(best, swing_bpm(seed, tried.breaths_per_min));
    right += swing_bpm(seed, *breathing.resonance_breaths_per_min) > 0.85 * best ? 1 : 0;
    EXPECT_TRUE(said(outcome, "Resonance breathing")) << "the protocol is named: " << all_of(outcome);
    EXPECT_TRUE(said(outcome, "Resonance at")) << all_of(outcome);
    EXPECT_EQ(outcome.highest_intensity.at(Activity::breathing), 0.0);
  }
  EXPECT_GE(right, 4) << "of five persons";
}

TEST(BreathingCase, StaysAtSixWithTheHeadsetAlone) {
  const auto outcome = live("breathing", 1, sim::SensorSet::headset);
  EXPECT_FALSE(outcome.result.breathing.resonance_breaths_per_min.has_value());
  EXPECT_TRUE(outcome.result.breathing.tried.empty());
  EXPECT_GT(outcome.result.breathing.breathed_s, 300.0);
}

TEST(DotProbeCase, MeasuresAndShowsNoExposure) {
  const auto outcome = live("dot-probe", 2);
  EXPECT_TRUE(outcome.result.probe.bias_ms.has_value()) << all_of(outcome);
  EXPECT_GT(outcome.result.probe.answered, 80);
  EXPECT_TRUE(said(outcome, "dot-probe: ")) << all_of(outcome);
  EXPECT_EQ(outcome.highest_intensity.at(Activity::dot_probe), 0.0);
}

TEST(AttentionCase, TheHeldGazeIsCountedAndNothingIsExposed) {
  const auto outcome = live("attention-training", 3);
  EXPECT_GT(outcome.result.gaze_training.seen_s, 100.0);
  EXPECT_GT(outcome.result.gaze_training.calm_s, 10.0);
  EXPECT_TRUE(said(outcome, "gaze training")) << all_of(outcome);
  EXPECT_EQ(outcome.highest_intensity.at(Activity::gaze_training), 0.0);
}

TEST(ThoughtCase, TheThoughtIsRatedBeforeAndAfter) {
  const auto outcome = live("cbt", 4);
  EXPECT_TRUE(outcome.result.thought.belief_before && outcome.result.thought.belief_after) << all_of(outcome);
  EXPECT_TRUE(said(outcome, "belief in the thought")) << all_of(outcome);
}

TEST(GroundingCase, GoesThroughTheSenses) {
  const auto outcome = live("mindfulness", 5);
  EXPECT_GT(outcome.seconds.at(Activity::grounding), 30.0);
  EXPECT_GE(outcome.result.grounding.found[0], 2);
  EXPECT_TRUE(said(outcome, "grounding: ")) << all_of(outcome);
}

TEST(ExposureCase, TheCardIsFilledBeforeAndAfter) {
  const auto outcome = live("heights", 6);
  const auto& card = outcome.result.card;
  EXPECT_TRUE(card.before && card.happened && card.after) << all_of(outcome);
  EXPECT_TRUE(said(outcome, "expectancy card")) << all_of(outcome);
  EXPECT_GT(outcome.highest_intensity.at(Activity::exposure), 0.1);
  EXPECT_EQ(outcome.last_phase, treatment::Phase::ended);
}

}  // namespace
}  // namespace attune
