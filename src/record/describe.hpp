#pragma once

#include <algorithm>
#include <type_traits>

#include "attune/record/streams.hpp"

/// The order in which every field of a sample is stored: one description for writing, reading and measuring.
/// A change here is a new format version (docs/recording.md).
namespace attune::record {

// A field that was added to one of these is not recorded until it is described below.
static_assert(sizeof(telemetry::Frame) == 1448 && sizeof(scene::Directive) == 112 &&
              sizeof(DecisionRecord) == 200 && sizeof(Snapshot) == 504);

/// How many list entries each row of a block has room for: the most that any of its frames carries.
struct RowLayout {
  std::uint8_t reports = 0, commands = 0, aois = 0;
  bool decisions = false;  ///< rows carry decisions
};

/// A list of unknown length: its count, then `slots` entries, those beyond the count being default values.
template <class Archive, class List, class Each>
void describe_list(Archive& archive, List& list, std::size_t slots, Each each) {
  using Item = std::remove_cvref_t<decltype(list[0])>;
  auto count = static_cast<std::uint8_t>(list.size());
  archive(count);
  if constexpr (Archive::decoding) {
    if (count > slots) archive.fail();
    list.clear();
    for (std::size_t i = 0; i < std::min<std::size_t>(count, slots); ++i) list.push_back({});
  }
  for (std::size_t i = 0; i < slots; ++i) {
    if (i < list.size()) {
      each(list[i]);
    } else {
      Item unused{};
      each(unused);
    }
  }
}

template <class Archive, class Vec3>
void describe_vec3(Archive& archive, Vec3& v) {
  archive(v.x), archive(v.y), archive(v.z);
}

template <class Archive, class P>
void describe_pose(Archive& archive, P& pose) {
  describe_vec3(archive, pose.position_m);
  archive(pose.orientation.w), archive(pose.orientation.x), archive(pose.orientation.y),
      archive(pose.orientation.z);
  archive(pose.position_valid), archive(pose.orientation_valid), archive(pose.tracked);
}

template <class Archive, class F>
void describe_frame(Archive& archive, F& frame, const RowLayout& layout) {
  archive(frame.index), archive(frame.time.ns);
  archive(frame.headset.running), archive(frame.headset.visible), archive(frame.headset.focused),
      archive(frame.headset.worn);
  describe_pose(archive, frame.head);

  auto& gaze = frame.gaze;
  archive(gaze.time.ns);
  describe_vec3(archive, gaze.origin_m);
  describe_vec3(archive, gaze.direction);
  archive(gaze.angular_error_rad), archive(gaze.source), archive(gaze.interpolated);

  for (auto& hand : frame.hands) {
    describe_pose(archive, hand.grip);
    describe_pose(archive, hand.aim);
    archive(hand.trigger), archive(hand.squeeze), archive(hand.thumbstick.x), archive(hand.thumbstick.y);
    archive(hand.buttons), archive(hand.active);
  }

  auto& vitals = frame.vitals;
  for (auto* reading : {&vitals.heart_rate_bpm, &vitals.rr_ms, &vitals.breaths_per_min, &vitals.breath_phase,
                        &vitals.skin_conductance_us, &vitals.skin_temperature_c}) {
    archive(reading->value), archive(reading->age_s), archive(reading->valid);
  }
  archive(frame.patient_stop), archive(frame.recentred);

  describe_list(archive, frame.reports, layout.reports, [&](auto& report) {
    archive(report.kind), archive(report.value), archive(report.asked.ns), archive(report.answered.ns);
  });
  describe_list(archive, frame.commands, layout.commands,
                [&](auto& command) { archive(command.kind), archive(command.value); });
  describe_list(archive, frame.aois, layout.aois, [&](auto& aoi) {
    archive(aoi.id), archive(aoi.role);
    describe_vec3(archive, aoi.centre_m);
    describe_vec3(archive, aoi.extent_m);
  });
}

/// EEG, face and pupil, in a block of their own: they came to `Vitals` later.
template <class Archive, class V>
void describe_more_vitals(Archive& archive, V& vitals) {
  const auto describe = [&](auto& reading) {
    archive(reading.value), archive(reading.age_s), archive(reading.valid);
  };
  for (auto& reading : vitals.eeg_share) describe(reading);
  describe(vitals.eeg_alpha_asymmetry);
  for (auto& reading : vitals.expressions) describe(reading);
  describe(vitals.pupil_mm);
}

/// The light of what was shown, in a block of its own: it came to `Frame` later.
template <class Archive, class F>
void describe_light(Archive& archive, F& frame) {
  archive(frame.shown_light.value), archive(frame.shown_light.age_s), archive(frame.shown_light.valid);
}

/// What practices add to frame and decision, in a block of their own: they came later.
template <class Archive, class M>
void describe_practice(Archive& archive, M& moment) {
  for (auto* reading : {&moment.frame.task.clicks_per_min, &moment.frame.task.screen_share}) {
    archive(reading->value), archive(reading->age_s), archive(reading->valid);
  }
  archive(moment.frame.therapist_silence_s);
  auto& directive = moment.decision.directive;
  archive(directive.step), archive(directive.activity), archive(directive.variant),
      archive(directive.lead_to), archive(directive.gaze_reward);
  archive(directive.question.text), archive(directive.question.options);
  auto& probe = directive.probe;
  archive(probe.stage), archive(probe.threat_left), archive(probe.neutral_pair), archive(probe.target_left);
  archive(probe.number), archive(probe.changed.ns);
}

template <class Archive, class D>
void describe_directive(Archive& archive, D& directive) {
  archive(directive.time.ns), archive(directive.place), archive(directive.intensity), archive(directive.fade);
  archive(directive.stimulus_hidden), archive(directive.calm_feedback), archive(directive.breath_phase);
  archive(directive.guide_breaths_per_min), archive(directive.gaze_lead), archive(directive.prompt);
  auto& question = directive.question;
  archive(question.kind), archive(question.asked.ns), archive(question.value), archive(question.progress);
  archive(directive.stop_progress);
}

template <class Archive, class D>
void describe_decision(Archive& archive, D& decision) {
  archive(decision.frame_index), archive(decision.time.ns);
  describe_directive(archive, decision.directive);
  archive(decision.monitor_valid), archive(decision.monitor_estimate), archive(decision.monitor_sd);
  archive(decision.x_mean), archive(decision.x_variance), archive(decision.v_mean),
      archive(decision.v_variance);
  archive(decision.xv_covariance), archive(decision.engagement_valid), archive(decision.engagement);
  archive(decision.wanted_valid), archive(decision.wanted_change), archive(decision.asked_intensity);
  archive(decision.reason), archive(decision.holds), archive(decision.state), archive(decision.phase);
  archive(decision.step);
}

template <class Archive, class M>
void describe_moment(Archive& archive, M& moment, const RowLayout& layout) {
  describe_frame(archive, moment.frame, layout);
  if (layout.decisions) {
    archive(moment.decided);
    describe_decision(archive, moment.decision);
  }
}

template <class Archive, class S>
void describe_snapshot(Archive& archive, S& snapshot) {
  archive(snapshot.time.ns);
  for (auto& feature : snapshot.features) archive(feature);
  for (std::size_t i = 0; i < feature_count; i += 8) {
    std::uint8_t bits = 0;
    const auto end = std::min(i + 8, feature_count);
    for (auto bit = i; bit < end; ++bit)
      bits = static_cast<std::uint8_t>(bits | (snapshot.present[bit] ? 1U << (bit - i) : 0U));
    archive(bits);
    if constexpr (Archive::decoding) {
      for (auto bit = i; bit < end; ++bit) snapshot.present[bit] = ((bits >> (bit - i)) & 1U) != 0;
    }
  }
  describe_list(archive, snapshot.top, snapshot.top.capacity(), [&](auto& contribution) {
    archive(contribution.feature), archive(contribution.value), archive(contribution.effect);
  });
  archive(snapshot.report_share);
}

}  // namespace attune::record
