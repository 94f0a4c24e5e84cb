#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include "attune/core/files.hpp"
#include "attune/record/recording.hpp"
#include "record/samples.hpp"

namespace attune::record::test {
namespace {

/// Equal to the bit, so that NaN equals itself and −0 differs from 0.
template <typename T>
bool same(const T& a, const T& b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}
bool same(const glm::vec3& a, const glm::vec3& b) {
  return same(a.x, b.x) && same(a.y, b.y) && same(a.z, b.z);
}
bool same(const telemetry::Pose& a, const telemetry::Pose& b) {
  const auto &p = a.orientation, &q = b.orientation;
  return same(a.position_m, b.position_m) && same(p.w, q.w) && same(p.x, q.x) && same(p.y, q.y) &&
         same(p.z, q.z) && a.position_valid == b.position_valid &&
         a.orientation_valid == b.orientation_valid && a.tracked == b.tracked;
}
bool same(const telemetry::Reading& a, const telemetry::Reading& b) {
  return same(a.value, b.value) && same(a.age_s, b.age_s) && a.valid == b.valid;
}
bool same(const telemetry::SelfReport& a, const telemetry::SelfReport& b) {
  return a.kind == b.kind && same(a.value, b.value) && a.asked == b.asked && a.answered == b.answered;
}
bool same(const telemetry::Command& a, const telemetry::Command& b) {
  return a.kind == b.kind && same(a.value, b.value);
}
bool same(const telemetry::AoiShape& a, const telemetry::AoiShape& b) {
  return a.id == b.id && a.role == b.role && same(a.centre_m, b.centre_m) && same(a.extent_m, b.extent_m);
}
bool same(const Contribution& a, const Contribution& b) {
  return a.feature == b.feature && same(a.value, b.value) && same(a.effect, b.effect);
}
template <typename T, std::size_t N>
bool same(const core::StaticVector<T, N>& a, const core::StaticVector<T, N>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

void expect_same(const telemetry::Frame& a, const telemetry::Frame& b) {
  EXPECT_EQ(a.index, b.index);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.headset.running, b.headset.running);
  EXPECT_EQ(a.headset.visible, b.headset.visible);
  EXPECT_EQ(a.headset.focused, b.headset.focused);
  EXPECT_EQ(a.headset.worn, b.headset.worn);
  EXPECT_TRUE(same(a.head, b.head));
  EXPECT_EQ(a.gaze.time, b.gaze.time);
  EXPECT_TRUE(same(a.gaze.origin_m, b.gaze.origin_m));
  EXPECT_TRUE(same(a.gaze.direction, b.gaze.direction));
  EXPECT_TRUE(same(a.gaze.angular_error_rad, b.gaze.angular_error_rad));
  EXPECT_EQ(a.gaze.source, b.gaze.source);
  EXPECT_EQ(a.gaze.interpolated, b.gaze.interpolated);
  for (std::size_t side = 0; side < 2; ++side) {
    const auto &hand = a.hands[side], &other = b.hands[side];
    EXPECT_TRUE(same(hand.grip, other.grip));
    EXPECT_TRUE(same(hand.aim, other.aim));
    EXPECT_TRUE(same(hand.trigger, other.trigger));
    EXPECT_TRUE(same(hand.squeeze, other.squeeze));
    EXPECT_TRUE(same(hand.thumbstick.x, other.thumbstick.x));
    EXPECT_TRUE(same(hand.thumbstick.y, other.thumbstick.y));
    EXPECT_EQ(hand.buttons, other.buttons);
    EXPECT_EQ(hand.active, other.active);
  }
  EXPECT_TRUE(same(a.vitals.heart_rate_bpm, b.vitals.heart_rate_bpm));
  EXPECT_TRUE(same(a.vitals.rr_ms, b.vitals.rr_ms));
  EXPECT_TRUE(same(a.vitals.breaths_per_min, b.vitals.breaths_per_min));
  EXPECT_TRUE(same(a.vitals.breath_phase, b.vitals.breath_phase));
  EXPECT_TRUE(same(a.vitals.skin_conductance_us, b.vitals.skin_conductance_us));
  EXPECT_TRUE(same(a.vitals.skin_temperature_c, b.vitals.skin_temperature_c));
  for (std::size_t i = 0; i < telemetry::eeg_band_count; ++i)
    EXPECT_TRUE(same(a.vitals.eeg_share[i], b.vitals.eeg_share[i]));
  EXPECT_TRUE(same(a.vitals.eeg_alpha_asymmetry, b.vitals.eeg_alpha_asymmetry));
  for (std::size_t i = 0; i < telemetry::expression_count; ++i)
    EXPECT_TRUE(same(a.vitals.expressions[i], b.vitals.expressions[i]));
  EXPECT_TRUE(same(a.vitals.pupil_mm, b.vitals.pupil_mm));
  EXPECT_TRUE(same(a.shown_light, b.shown_light));
  EXPECT_TRUE(same(a.reports, b.reports));
  EXPECT_TRUE(same(a.commands, b.commands));
  EXPECT_EQ(a.patient_stop, b.patient_stop);
  EXPECT_TRUE(same(a.aois, b.aois));
  EXPECT_EQ(a.recentred, b.recentred);
}

void expect_same(const DecisionRecord& a, const DecisionRecord& b) {
  EXPECT_EQ(a.frame_index, b.frame_index);
  EXPECT_EQ(a.time, b.time);
  const auto &d = a.directive, &e = b.directive;
  EXPECT_EQ(d.time, e.time);
  EXPECT_EQ(d.place, e.place);
  EXPECT_TRUE(same(d.intensity, e.intensity));
  EXPECT_TRUE(same(d.fade, e.fade));
  EXPECT_EQ(d.stimulus_hidden, e.stimulus_hidden);
  EXPECT_TRUE(same(d.calm_feedback, e.calm_feedback));
  EXPECT_TRUE(same(d.breath_phase, e.breath_phase));
  EXPECT_TRUE(same(d.guide_breaths_per_min, e.guide_breaths_per_min));
  EXPECT_TRUE(same(d.gaze_lead, e.gaze_lead));
  EXPECT_EQ(d.prompt, e.prompt);
  EXPECT_EQ(d.question.kind, e.question.kind);
  EXPECT_EQ(d.question.asked, e.question.asked);
  EXPECT_TRUE(same(d.question.value, e.question.value));
  EXPECT_TRUE(same(d.question.progress, e.question.progress));
  EXPECT_TRUE(same(d.stop_progress, e.stop_progress));
  EXPECT_EQ(a.monitor_valid, b.monitor_valid);
  EXPECT_TRUE(same(a.monitor_estimate, b.monitor_estimate));
  EXPECT_TRUE(same(a.monitor_sd, b.monitor_sd));
  EXPECT_TRUE(same(a.x_mean, b.x_mean));
  EXPECT_TRUE(same(a.x_variance, b.x_variance));
  EXPECT_TRUE(same(a.v_mean, b.v_mean));
  EXPECT_TRUE(same(a.v_variance, b.v_variance));
  EXPECT_TRUE(same(a.xv_covariance, b.xv_covariance));
  EXPECT_EQ(a.engagement_valid, b.engagement_valid);
  EXPECT_TRUE(same(a.engagement, b.engagement));
  EXPECT_EQ(a.wanted_valid, b.wanted_valid);
  EXPECT_TRUE(same(a.wanted_change, b.wanted_change));
  EXPECT_TRUE(same(a.asked_intensity, b.asked_intensity));
  EXPECT_EQ(a.reason, b.reason);
  EXPECT_EQ(a.holds, b.holds);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(a.phase, b.phase);
  EXPECT_EQ(a.step, b.step);
}

void expect_same(const Snapshot& a, const Snapshot& b) {
  EXPECT_EQ(a.time, b.time);
  EXPECT_TRUE(same(a.features, b.features));
  EXPECT_EQ(a.present, b.present);
  EXPECT_TRUE(same(a.top, b.top));
  EXPECT_TRUE(same(a.report_share, b.report_share));
}

TEST(RoundTrip, EveryFieldOfEveryFrameDecisionAndSnapshotComesBackBitByBit) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  std::vector<telemetry::Frame> frames;
  std::vector<DecisionRecord> decisions;
  std::vector<Snapshot> snapshots;
  {
    auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, waiting());
    ASSERT_TRUE(recorder) << recorder.error().message;
    Chance chance(3);
    for (std::uint64_t index = 0; index < 400; ++index) {
      frames.push_back(any_frame(chance, index));
      decisions.push_back(any_decision(chance, frames.back()));
      (*recorder)->publish(frames.back(), decisions.back());
      if (index % 22 == 0) {
        snapshots.push_back(any_snapshot(chance, frames.back().time));
        (*recorder)->snapshot(snapshots.back());
      }
    }
    ASSERT_TRUE((*recorder)->close());
  }

  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_TRUE(recording->closed());
  EXPECT_TRUE(recording->damage().empty());
  EXPECT_TRUE(recording->gaps().empty());
  EXPECT_EQ(recording->moment_count(), frames.size());
  EXPECT_EQ(recording->decision_count(), decisions.size());
  EXPECT_EQ(recording->first_time(), frames.front().time);
  EXPECT_EQ(recording->last_time(), frames.back().time);
  const auto moments = recording->moments();
  ASSERT_TRUE(moments);
  ASSERT_EQ(moments->size(), frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    SCOPED_TRACE("frame " + std::to_string(i));
    expect_same((*moments)[i].frame, frames[i]);
    EXPECT_TRUE((*moments)[i].decided);
    expect_same((*moments)[i].decision, decisions[i]);
  }
  const auto read_snapshots = recording->snapshots();
  ASSERT_TRUE(read_snapshots);
  ASSERT_EQ(read_snapshots->size(), snapshots.size());
  for (std::size_t i = 0; i < snapshots.size(); ++i) expect_same((*read_snapshots)[i], snapshots[i]);
}

TEST(RoundTrip, MetaDataComesBackWhole) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  write_recording(folder / "a.attune", key, 3);
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->meta(), full_meta());
  EXPECT_NE(recording->meta(), Meta{});
}

TEST(RoundTrip, EventsKeepTheirOrderWordsAndNumbers) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  const std::string much(600, 'x');
  {
    auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, waiting());
    ASSERT_TRUE(recorder);
    (*recorder)->event(make_event({0}, EventKind::session_started, ""));
    (*recorder)->event(make_event({5}, EventKind::question_answered, "恐高 42", {1.0, -0.0, 42.5, 1e300}));
    (*recorder)->event(make_event({7}, EventKind::note, "a" + std::string(239, '\0') + "高" + much));
    ASSERT_TRUE((*recorder)->close());
  }
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  const auto events = recording->events();
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 3U);
  EXPECT_EQ((*events)[0].kind, EventKind::session_started);
  EXPECT_EQ((*events)[0].words(), "");
  EXPECT_EQ((*events)[1].time.ns, 5);
  EXPECT_EQ((*events)[1].words(), "恐高 42");
  ASSERT_EQ((*events)[1].values.size(), 4U);
  EXPECT_TRUE(std::signbit((*events)[1].values[1]));
  EXPECT_EQ((*events)[1].values[3], 1e300);
  EXPECT_EQ((*events)[2].text.size(), (*events)[2].text.capacity());
}

TEST(RoundTrip, ATooLongTextIsCutBetweenTwoCharacters) {
  const std::string start(479, 'x');
  EXPECT_EQ(make_event({0}, EventKind::note, start + "高").words(), start);
  EXPECT_EQ(make_event({0}, EventKind::note, start + "yz").words(), start + "y");
}

TEST(RoundTrip, FramesWithoutDecisionsAreAnImport) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  auto options = waiting();
  options.whole_or_nothing = true;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, options);
  ASSERT_TRUE(recorder);
  Chance chance(5);
  for (std::uint64_t index = 0; index < 200; ++index) (*recorder)->publish(any_frame(chance, index, 72.0));
  EXPECT_FALSE(std::filesystem::exists(folder / "a.attune")) << "the final name comes last";
  ASSERT_TRUE((*recorder)->close());
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  EXPECT_TRUE(recording->closed());
  EXPECT_EQ(recording->moment_count(), 200U);
  EXPECT_EQ(recording->decision_count(), 0U);
}

TEST(RoundTrip, AnImportThatIsNotFinishedLeavesNothing) {
  const ScratchFolder folder;
  auto options = waiting();
  options.whole_or_nothing = true;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), Key::generate(), options);
  ASSERT_TRUE(recorder);
  EXPECT_FALSE(std::filesystem::is_empty(folder / ""));
  recorder->reset();
  EXPECT_TRUE(std::filesystem::is_empty(folder / ""));
}

TEST(RoundTrip, AnExistingFileIsNeverTouched) {
  const ScratchFolder folder;
  ASSERT_TRUE(core::write_whole(folder / "a.attune", "mine"));
  for (const bool whole : {false, true}) {
    auto options = waiting();
    options.whole_or_nothing = whole;
    const auto recorder = Recorder::create(folder / "a.attune", full_meta(), Key::generate(), options);
    ASSERT_FALSE(recorder);
    EXPECT_NE(recorder.error().message.find("exists already"), std::string::npos);
  }
  EXPECT_EQ(*core::read_text(folder / "a.attune"), "mine");
}

TEST(RoundTrip, AMissingFolderIsAnErrorThatNamesTheFile) {
  const ScratchFolder folder;
  const auto recorder = Recorder::create(folder / "none/a.attune", full_meta(), Key::generate());
  ASSERT_FALSE(recorder);
  EXPECT_NE(recorder.error().message.find("none/a.attune"), std::string::npos);
}

TEST(RoundTrip, AChunkHoldsOneSecondOfTheSession) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  write_recording(folder / "a.attune", key, 905);
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  std::size_t with_frames = 0;
  for (std::size_t place = 0; place < recording->chunk_count(); ++place) {
    const auto chunk = recording->chunk(place);
    ASSERT_TRUE(chunk);
    if (chunk->moments.empty()) continue;
    ++with_frames;
    EXPECT_LT(core::seconds_between(chunk->moments.front().frame.time, chunk->moments.back().frame.time),
              1.0);
  }
  EXPECT_EQ(with_frames, 11U) << "ten whole seconds and the rest";
}

TEST(RoundTrip, SeekingFindsTheFrameAtOrAfterATime) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  write_recording(folder / "a.attune", key, 500);
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  for (const std::uint64_t wanted : {0U, 1U, 89U, 90U, 91U, 333U, 499U}) {
    Cursor cursor(*recording, core::at_seconds(static_cast<double>(wanted) / 90.0));
    const auto* moment = cursor.next();
    ASSERT_NE(moment, nullptr);
    EXPECT_EQ(moment->frame.index, wanted);
    std::uint64_t count = 1;
    while (cursor.next() != nullptr) ++count;
    EXPECT_EQ(count, 500 - wanted);
  }
  EXPECT_EQ(Cursor(*recording, core::at_seconds(60)).next(), nullptr);
}

TEST(RoundTrip, VisitingStopsWhereItIsToldTo) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  write_recording(folder / "a.attune", key, 300);
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  std::uint64_t seen = 0;
  ASSERT_TRUE(recording->for_each_moment([&](const Moment& moment) {
    EXPECT_EQ(moment.frame.index, seen);
    return ++seen < 150;
  }));
  EXPECT_EQ(seen, 150U);
}

TEST(RoundTrip, FramesThatAreNotThereAreAGap) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  {
    auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, waiting());
    ASSERT_TRUE(recorder);
    Chance chance(9);
    publish_frames(**recorder, chance, 0, 100);
    publish_frames(**recorder, chance, 130, 200);
    auto late = any_frame(chance, 200);
    late.time = core::at_seconds(60.0);
    (*recorder)->publish(late);
    ASSERT_TRUE((*recorder)->close());
  }
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  EXPECT_TRUE(recording->damage().empty());
  ASSERT_EQ(recording->gaps().size(), 2U);
  EXPECT_EQ(recording->gaps()[0].frames_missing, 30U);
  EXPECT_EQ(recording->gaps()[0].from, core::at_seconds(99 / 90.0));
  EXPECT_EQ(recording->gaps()[0].to, core::at_seconds(130 / 90.0));
  EXPECT_EQ(recording->gaps()[1].frames_missing, 0U) << "the headset slept: no number is missing";
  EXPECT_EQ(recording->gaps()[1].to, core::at_seconds(60.0));
}

TEST(RoundTrip, AForeignFileThatComesSlowlyIsNotFullOfGaps) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  auto meta = full_meta();
  meta.display_rate_hz = 2.0F;
  {
    auto recorder = Recorder::create(folder / "a.attune", meta, key, waiting());
    ASSERT_TRUE(recorder);
    Chance chance(9);
    publish_frames(**recorder, chance, 0, 20, 2.0);
    publish_frames(**recorder, chance, 24, 30, 2.0);
    ASSERT_TRUE((*recorder)->close());
  }
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->gaps().size(), 1U);
  EXPECT_EQ(recording->gaps()[0].frames_missing, 4U);
}

}  // namespace
}  // namespace attune::record::test
