#include <algorithm>
#include <cmath>
#include <cstring>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

constexpr XrSpaceLocationFlags valid_flags =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;

/// Ten seconds at 10 Hz of somebody who walks along X by 1 m/s and turns left by 0.5 rad/s.
std::vector<telemetry::Frame> walk(int count = 101) {
  std::vector<telemetry::Frame> frames;
  for (int i = 0; i < count; ++i) {
    const double s = i * 0.1;
    auto frame = frame_at(s, {static_cast<float>(s), 1.7F, 0.0F});
    frame.head.orientation = glm::angleAxis(static_cast<float>(0.5 * s), glm::vec3(0, 1, 0));
    frames.push_back(frame);
  }
  return frames;
}

TEST(Recording, IsPlayedFrameByFrameAtItsOwnRate) {
  const Folder folder;
  const auto frames = walk();
  write_recording(folder / "walk.attune", frames, 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "walk.attune"}});
  const HeadlessSession session(rig);
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  for (const auto& frame : frames) {
    const XrFrameState state = session.frame();
    EXPECT_EQ(state.predictedDisplayPeriod, 100'000'000);
    const auto found = session.locate(view, stage, state.predictedDisplayTime);
    EXPECT_EQ(found.pose.position.x, frame.head.position_m.x) << "lag 0: exactly the pose of that frame";
    EXPECT_EQ(found.pose.position.y, 1.7F);
    EXPECT_NEAR(found.pose.orientation.y, frame.head.orientation.y, 1e-6F);
  }
}

TEST(Recording, IsInterpolatedBetweenItsFramesAndToldWithVelocities) {
  const Folder folder;
  write_recording(folder / "walk.attune", walk(), 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "walk.attune"}, {"ATTUNE_XR_RATE", "30"}});
  const HeadlessSession session(rig);
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrTime start = session.frame().predictedDisplayTime;
  for (int i = 0; i < 30; ++i) session.frame();
  XrSpaceVelocity moving{XR_TYPE_SPACE_VELOCITY};
  const auto found = session.locate(view, stage, start + 530'000'000, &moving);
  EXPECT_NEAR(found.pose.position.x, 0.53F, 1e-5F);
  EXPECT_NEAR(2.0F * std::asin(found.pose.orientation.y), 0.265F, 1e-5F);
  ASSERT_EQ(moving.velocityFlags, XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT);
  EXPECT_NEAR(moving.linearVelocity.x, 1.0F, 1e-3F);
  EXPECT_NEAR(moving.angularVelocity.y, 0.5F, 1e-3F);
}

TEST(Recording, SaysWhatItDoesNotKnow) {
  auto frames = walk(21);
  frames[5].head.position_valid = false;
  frames[8].head.tracked = false;
  frames.erase(frames.begin() + 11, frames.begin() + 19);  // a hole from 1.0 s to 1.9 s
  const Folder folder;
  write_recording(folder / "holes.attune", frames, 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "holes.attune"}});
  const HeadlessSession session(rig);
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrTime start = session.frame().predictedDisplayTime;
  const auto flags_at = [&](XrTime ms) {
    return session.locate(view, stage, start + ms * 1'000'000).locationFlags;
  };
  constexpr XrSpaceLocationFlags tracked =
      XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  EXPECT_EQ(flags_at(400), valid_flags | tracked);
  EXPECT_EQ(flags_at(500) & XR_SPACE_LOCATION_POSITION_VALID_BIT, 0U);
  EXPECT_EQ(flags_at(450) & XR_SPACE_LOCATION_POSITION_VALID_BIT, 0U) << "nor on the way there";
  EXPECT_EQ(flags_at(800), valid_flags);
  EXPECT_EQ(flags_at(1100), valid_flags | tracked) << "a moment longer than the last frame it is believed";
  EXPECT_EQ(flags_at(1500), valid_flags) << "in a hole the last pose is held, not tracked";
  EXPECT_FLOAT_EQ(session.locate(view, stage, start + 1'500'000'000).pose.position.x, 1.0F);
  EXPECT_EQ(flags_at(1900), valid_flags | tracked);
}

TEST(Recording, TellsWhenTheHeadsetIsTakenOffAndWhenItsOriginMoves) {
  auto frames = walk(41);
  for (int i = 10; i < 20; ++i) frames[static_cast<std::size_t>(i)].headset.worn = false;
  frames[30].recentred = true;
  const Folder folder;
  write_recording(folder / "off.attune", frames, 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "off.attune"}});
  const HeadlessSession session(rig);
  std::vector<std::string> told;
  XrTime start = 0;
  for (int i = 0; i < 40; ++i) {
    const XrTime time = session.frame().predictedDisplayTime;
    if (i == 0) start = time;
    for (auto event = rig.poll(); event.type != XR_TYPE_UNKNOWN; event = rig.poll()) {
      const std::string frame = std::to_string(i);
      if (event.type == XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT) {
        const auto& presence = reinterpret_cast<const XrEventDataUserPresenceChangedEXT&>(event);
        told.push_back(frame + (presence.isUserPresent ? " on" : " off"));
      }
      if (event.type == XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING) {
        const auto& change = reinterpret_cast<const XrEventDataReferenceSpaceChangePending&>(event);
        EXPECT_EQ(change.changeTime, time);
        if (change.referenceSpaceType == XR_REFERENCE_SPACE_TYPE_LOCAL) told.push_back(frame + " recentred");
      }
    }
  }
  EXPECT_EQ(told, (std::vector<std::string>{"0 on", "10 off", "20 on", "30 recentred"}));
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  EXPECT_FLOAT_EQ(session.locate(view, stage, start + 2'960'000'000).pose.position.x, 2.9F)
      << "between two origins there is nothing to interpolate";
}

TEST(Recording, GivesFocusAndVisibilityAsTheyWereWhenAskedTo) {
  auto frames = walk(41);
  for (int i = 0; i < 2; ++i) frames[static_cast<std::size_t>(i)].headset.focused = false;
  for (int i = 10; i < 20; ++i) frames[static_cast<std::size_t>(i)].headset.focused = false;
  for (int i = 15; i < 18; ++i) frames[static_cast<std::size_t>(i)].headset.visible = false;
  const Folder folder;
  write_recording(folder / "lost.attune", frames, 10.0F);
  using Told = std::vector<std::pair<int, XrSessionState>>;
  const auto play = [&](const char* states) {
    const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "lost.attune"}, {"ATTUNE_XR_STATES", states}});
    const HeadlessSession session(rig);
    Told told;
    for (int i = 0; i < 40; ++i) {
      const XrFrameState frame = session.frame();
      for (const XrSessionState state : rig.poll_states()) told.emplace_back(i, state);
      const bool shown = told.back().second >= XR_SESSION_STATE_VISIBLE;
      EXPECT_EQ(frame.shouldRender, shown) << i;
    }
    return told;
  };
  constexpr auto synchronized = XR_SESSION_STATE_SYNCHRONIZED, visible = XR_SESSION_STATE_VISIBLE,
                 focused = XR_SESSION_STATE_FOCUSED;
  const Told begins{{0, XR_SESSION_STATE_IDLE}, {0, XR_SESSION_STATE_READY}, {0, synchronized}, {0, visible}};
  Told recorded = begins, own = begins;
  own.emplace_back(0, focused);
  recorded.insert(recorded.end(),
                  {{2, focused}, {10, visible}, {15, synchronized}, {18, visible}, {20, focused}});
  EXPECT_EQ(play("recorded"), recorded);
  EXPECT_EQ(play("own"), own) << "else the program has the focus throughout";
}

TEST(Recording, OfManyEventsLosesTheOldestAndCountsThem) {
  auto frames = walk(301);
  for (std::size_t i = 0; i < frames.size(); i += 2) frames[i].headset.worn = false;
  const Folder folder;
  write_recording(folder / "flicker.attune", frames, 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "flicker.attune"}});
  const HeadlessSession session(rig);
  for (int i = 0; i < 301; ++i) session.frame();
  // IDLE, READY, presence, three states, and a change of presence with each of 300 frames; 256 are kept.
  const auto first = rig.poll();
  ASSERT_EQ(first.type, XR_TYPE_EVENT_DATA_EVENTS_LOST);
  EXPECT_EQ(reinterpret_cast<const XrEventDataEventsLost&>(first).lostEventCount, 306U - 256U);
  int kept = 0;
  while (rig.poll().type != XR_TYPE_UNKNOWN) ++kept;
  EXPECT_EQ(kept, 256);
}

/// The pose action of the eyes, and its space.
struct Gaze {
  explicit Gaze(const Rig& rig, XrSession session) : input(rig, "looking") {
    action = input.add("gaze", XR_ACTION_TYPE_POSE_INPUT);
    EXPECT_EQ(input.suggest("/interaction_profiles/ext/eye_gaze_interaction",
                            {{action, "/user/eyes_ext/input/gaze_ext/pose"}}),
              XR_SUCCESS);
    EXPECT_EQ(input.attach(session), XR_SUCCESS);
    XrActionSpaceCreateInfo info{XR_TYPE_ACTION_SPACE_CREATE_INFO, nullptr, action, XR_NULL_PATH, identity};
    EXPECT_EQ(xrCreateActionSpace(session, &info, &space), XR_SUCCESS);
  }
  Input input;
  XrAction action = XR_NULL_HANDLE;
  XrSpace space = XR_NULL_HANDLE;
};

TEST(EyeGaze, IsPlayedWithTheTimeOfItsSample) {
  auto frames = walk(21);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    // The tracker lags a frame behind, and gives a new sample with every second frame only.
    frames[i].gaze.time = core::at_seconds(0.1 * static_cast<double>(i / 2 * 2) - 0.01);
    frames[i].gaze.direction = glm::normalize(glm::vec3(0.5F, -0.25F, -1.0F));
  }
  frames[12].gaze.source = telemetry::GazeSource::none;  // a blink
  const Folder folder;
  write_recording(folder / "gaze.attune", frames, 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "gaze.attune"}});
  const HeadlessSession session(rig);
  const Gaze gaze(rig, session);
  const XrSpace stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  XrTime start = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const XrTime time = session.frame().predictedDisplayTime;
    if (i == 0) start = time;
    ASSERT_EQ(gaze.input.sync(session), XR_SUCCESS);
    XrEyeGazeSampleTimeEXT sampled{XR_TYPE_EYE_GAZE_SAMPLE_TIME_EXT, nullptr, -7};
    const auto found = session.locate(gaze.space, stage, time, &sampled);
    if (i == 12) {
      EXPECT_EQ(found.locationFlags, 0U) << "in a blink nothing is known";
      EXPECT_EQ(sampled.time, 0);
      continue;
    }
    EXPECT_EQ(found.locationFlags & valid_flags, valid_flags);
    EXPECT_EQ(sampled.time, start + frames[i].gaze.time.ns);
    const auto& q = found.pose.orientation;
    const glm::vec3 forward = glm::quat(q.w, q.x, q.y, q.z) * glm::vec3(0, 0, -1);
    EXPECT_NEAR(glm::dot(forward, frames[i].gaze.direction), 1.0F, 1e-6F);
  }
}

TEST(EyeGaze, IsNotOfferedWithoutEyes) {
  auto frames = walk(5);
  for (auto& frame : frames) frame.gaze.source = telemetry::GazeSource::head;
  const Folder folder;
  write_recording(folder / "head.attune", frames, 10.0F, telemetry::GazeSource::head);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "head.attune"}});
  XrSystemEyeGazeInteractionPropertiesEXT supported{XR_TYPE_SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT,
                                                    nullptr, XR_TRUE};
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES, &supported, 0, 0, "", {}, {}};
  ASSERT_EQ(xrGetSystemProperties(rig.instance, rig.system, &properties), XR_SUCCESS);
  EXPECT_EQ(supported.supportsEyeGazeInteraction, XR_FALSE);
  const HeadlessSession session(rig);
  const Gaze gaze(rig, session);
  session.frame();
  ASSERT_EQ(gaze.input.sync(session), XR_SUCCESS);
  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, gaze.action, XR_NULL_PATH};
  XrActionStatePose state{XR_TYPE_ACTION_STATE_POSE, nullptr, XR_TRUE};
  ASSERT_EQ(xrGetActionStatePose(session, &get, &state), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_FALSE);
}

// --- XR_ATTUNE_stimulus

const std::vector<const char*> with_stimulus{XR_MND_HEADLESS_EXTENSION_NAME,
                                             XR_ATTUNE_STIMULUS_EXTENSION_NAME};

TEST(Stimulus, GivesVitalsAndAnswersOfARecording) {
  auto frames = walk(21);
  for (auto& frame : frames) frame.vitals.heart_rate_bpm = {72.0F, 0.5F, true};
  frames[10].reports.push_back(
      {telemetry::ReportKind::suds, 40.0F, core::at_seconds(0.5), core::at_seconds(1.0)});
  const Folder folder;
  write_recording(folder / "vitals.attune", frames, 10.0F);
  const Rig rig(Values{{"ATTUNE_XR_INPUT", folder / "vitals.attune"}}, with_stimulus);
  const HeadlessSession session(rig);
  const auto get = rig.function<PFN_xrGetPatientSignalsATTUNE>("xrGetPatientSignalsATTUNE");
  for (int i = 0; i < 20; ++i) {
    const XrTime time = session.frame().predictedDisplayTime;
    XrPatientSignalsATTUNE signals;
    ASSERT_EQ(get(session, time, &signals), XR_SUCCESS);
    EXPECT_EQ(signals.signals.vitals.heart_rate_bpm.value, 72.0F);
    EXPECT_FLOAT_EQ(signals.signals.vitals.heart_rate_bpm.age_s, 0.5F);
    EXPECT_FALSE(signals.signals.vitals.skin_conductance_us.valid);
    ASSERT_EQ(signals.signals.reports.size(), i == 10 ? 1U : 0U) << "each answer comes once";
    if (i == 10) {
      EXPECT_EQ(signals.signals.reports[0].value, 40.0F);
    }
  }
  XrPatientSignalsATTUNE other_build;
  other_build.bytes = 1;
  EXPECT_EQ(get(session, 1, &other_build), XR_ERROR_VALIDATION_FAILURE);
}

struct Lived {
  std::vector<XrPosef> heads;
  std::vector<float> answers;
  telemetry::Vitals vitals;  ///< the last
};

/// Half a minute with a virtual patient under a stimulus, asked for SUDS at 20 s.
Lived live(float intensity, const std::string& patient) {
  const Rig rig(Values{{"ATTUNE_XR_INPUT", patient}}, with_stimulus);
  const HeadlessSession session(rig);
  const auto show = rig.function<PFN_xrApplyStimulusATTUNE>("xrApplyStimulusATTUNE");
  const auto get = rig.function<PFN_xrGetPatientSignalsATTUNE>("xrGetPatientSignalsATTUNE");
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  Lived lived;
  XrTime start = 0;
  for (int i = 0; i < 30 * 90; ++i) {
    const XrTime time = session.frame().predictedDisplayTime;
    if (i == 0) start = time;
    XrStimulusATTUNE shown;
    shown.displayTime = time;
    shown.stimulus.time = {time - start};
    shown.stimulus.intensity = intensity;
    if (i >= 20 * 90) {
      shown.stimulus.question = telemetry::ReportKind::suds;
      shown.stimulus.asked = core::at_seconds(20.0);
    }
    EXPECT_EQ(show(session, &shown), XR_SUCCESS);
    XrPatientSignalsATTUNE signals;
    EXPECT_EQ(get(session, time, &signals), XR_SUCCESS);
    for (const auto& report : signals.signals.reports) lived.answers.push_back(report.value);
    lived.vitals = signals.signals.vitals;
    lived.heads.push_back(session.locate(view, stage, time).pose);
  }
  return lived;
}

TEST(Stimulus, ReachesTheVirtualPatient) {
  const Lived calm = live(0.0F, "patient:shipped:7"), afraid = live(0.9F, "patient:shipped:7");
  ASSERT_EQ(calm.answers.size(), 1U);
  ASSERT_EQ(afraid.answers.size(), 1U);
  EXPECT_GT(afraid.answers[0], calm.answers[0] + 10.0F);
}

TEST(Stimulus, BringsTheBodyOfAPatientOfEitherPlant) {
  for (const char* source : {"patient:shipped@a:7", "patient:shipped@b:7"}) {
    const auto lived = live(0.5F, source);
    EXPECT_EQ(lived.answers.size(), 1U);
    EXPECT_TRUE(lived.vitals.rr_ms.valid && lived.vitals.rr_ms.age_s < 3.0F) << source;
    EXPECT_NEAR(lived.vitals.heart_rate_bpm.value, 90.0F, 35.0F);
    EXPECT_TRUE(lived.vitals.breaths_per_min.valid && lived.vitals.breath_phase.valid);
    EXPECT_TRUE(lived.vitals.skin_conductance_us.valid && lived.vitals.skin_temperature_c.valid);
  }
}

TEST(Stimulus, AndSeedDecideEverythingAPatientDoes) {
  const Lived one = live(0.5F, "patient:shipped:7"), again = live(0.5F, "patient:shipped:7"),
              other = live(0.5F, "patient:shipped:8");
  const auto same = [](const XrPosef& a, const XrPosef& b) { return std::memcmp(&a, &b, sizeof(a)) == 0; };
  EXPECT_TRUE(std::equal(one.heads.begin(), one.heads.end(), again.heads.begin(), same));
  EXPECT_FALSE(std::equal(one.heads.begin(), one.heads.end(), other.heads.begin(), same));
  EXPECT_EQ(one.answers, again.answers);
}

}  // namespace
}  // namespace attune::xr_replay::test
