#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

constexpr const char* left = "/user/hand/left";
constexpr const char* right = "/user/hand/right";
constexpr const char* touch = "/interaction_profiles/oculus/touch_controller";
constexpr const char* simple = "/interaction_profiles/khr/simple_controller";
constexpr const char* vive = "/interaction_profiles/htc/vive_controller";
constexpr const char* wmr = "/interaction_profiles/microsoft/motion_controller";
constexpr const char* valve_index = "/interaction_profiles/valve/index_controller";

/// Two seconds at 10 Hz: the right hand pulls its trigger more and more, presses select from 1.0 s on, and is
/// put down at 1.5 s; the left hand holds its stick.
std::vector<telemetry::Frame> hands() {
  std::vector<telemetry::Frame> frames;
  for (int i = 0; i <= 20; ++i) {
    auto frame = frame_at(0.1 * i, {0.0F, 1.6F, 0.0F});
    auto& l = frame.hands[telemetry::left];
    auto& r = frame.hands[telemetry::right];
    l.active = true;
    l.grip = tracked_at({-0.3F, 1.0F, -0.2F});
    l.aim = tracked_at({-0.3F, 1.1F, -0.3F});
    l.thumbstick = {0.5F, -0.25F};
    r.active = i < 15;
    r.grip = tracked_at({0.3F, 1.0F, -0.2F});
    r.trigger = 0.05F * static_cast<float>(i);
    r.buttons = i >= 10 ? telemetry::button_select : 0;
    frames.push_back(frame);
  }
  return frames;
}

class Played : public testing::Test {
 protected:
  void SetUp() override { write_recording(folder_ / "hands.attune", hands(), 10.0F); }
  [[nodiscard]] Environment::Values playing(Environment::Values more = {}) const {
    more.emplace_back("ATTUNE_XR_INPUT", folder_ / "hands.attune");
    return more;
  }
  Folder folder_;
};

TEST_F(Played, ButtonsTriggersAndSticksAreReadAsTheyWere) {
  const Rig rig(playing());
  const HeadlessSession session(rig);
  const Input input(rig, "play");
  const XrAction pull = input.add("pull", XR_ACTION_TYPE_FLOAT_INPUT, {left, right});
  const XrAction select = input.add("select", XR_ACTION_TYPE_BOOLEAN_INPUT);
  const XrAction fire = input.add("fire", XR_ACTION_TYPE_BOOLEAN_INPUT);
  const XrAction stick = input.add("stick", XR_ACTION_TYPE_VECTOR2F_INPUT);
  ASSERT_EQ(input.suggest(touch, {{pull, "/user/hand/left/input/trigger/value"},
                                  {pull, "/user/hand/right/input/trigger"},
                                  {select, "/user/hand/right/input/a/click"},
                                  {fire, "/user/hand/right/input/trigger/value"},
                                  {stick, "/user/hand/left/input/thumbstick"}}),
            XR_SUCCESS);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  const XrPath right_path = rig.path(right), left_path = rig.path(left);
  for (int i = 0; i < 20; ++i) {
    session.frame();
    ASSERT_EQ(input.sync(session), XR_SUCCESS);
    const bool there = i < 15;
    const float pulled = there ? 0.05F * static_cast<float>(i) : 0.0F;
    EXPECT_FLOAT_EQ(number(session, pull, right_path).currentState, pulled);
    EXPECT_FLOAT_EQ(number(session, pull).currentState, pulled)
        << "all together: the one that is pulled more";
    EXPECT_FLOAT_EQ(number(session, pull, left_path).currentState, 0.0F);
    EXPECT_EQ(number(session, pull, right_path).isActive, there);
    EXPECT_EQ(boolean(session, select).currentState, there && i >= 10);
    EXPECT_EQ(boolean(session, select).changedSinceLastSync, i == 10) << i;
    EXPECT_EQ(boolean(session, fire).currentState, there && pulled > 0.5F) << "half way is pressed";
    EXPECT_FLOAT_EQ(vector(session, stick).currentState.x, 0.5F);
    EXPECT_FLOAT_EQ(vector(session, stick).currentState.y, -0.25F);
  }
}

TEST_F(Played, AControllerThatIsPutDownTakesItsProfileAlong) {
  const Rig rig(playing());
  const HeadlessSession session(rig);
  const Input input(rig, "play");
  const XrAction select = input.add("select", XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(input.suggest(simple, {{select, "/user/hand/left/input/select/click"},
                                   {select, "/user/hand/right/input/select/click"}}),
            XR_SUCCESS);
  XrInteractionProfileState state{XR_TYPE_INTERACTION_PROFILE_STATE};
  const XrPath right_path = rig.path(right);
  EXPECT_EQ(xrGetCurrentInteractionProfile(session, right_path, &state), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  std::vector<int> changed_at;
  for (int i = 0; i < 20; ++i) {
    session.frame();
    ASSERT_EQ(input.sync(session), XR_SUCCESS);
    for (auto event = rig.poll(); event.type != XR_TYPE_UNKNOWN; event = rig.poll()) {
      if (event.type == XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED) changed_at.push_back(i);
    }
    ASSERT_EQ(xrGetCurrentInteractionProfile(session, right_path, &state), XR_SUCCESS);
    EXPECT_EQ(state.interactionProfile, i < 15 ? rig.path(simple) : XR_NULL_PATH);
  }
  EXPECT_EQ(changed_at, (std::vector<int>{0, 15}));
  EXPECT_EQ(xrGetCurrentInteractionProfile(session, XR_NULL_PATH, &state), XR_ERROR_PATH_INVALID);
  EXPECT_EQ(xrGetCurrentInteractionProfile(session, rig.path("/user/nobody"), &state),
            XR_ERROR_PATH_UNSUPPORTED);
}

TEST_F(Played, HandsAreLocatedThroughGripAndAim) {
  const Rig rig(playing());
  const HeadlessSession session(rig);
  const Input input(rig, "play");
  const XrAction grip = input.add("grip", XR_ACTION_TYPE_POSE_INPUT, {left, right});
  const XrAction aim = input.add("aim", XR_ACTION_TYPE_POSE_INPUT, {left, right});
  const XrAction select = input.add("select", XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(input.suggest(touch, {{grip, "/user/hand/left/input/grip/pose"},
                                  {grip, "/user/hand/right/input/grip/pose"},
                                  {aim, "/user/hand/left/input/aim"},
                                  {select, "/user/hand/left/input/x/click"}}),
            XR_SUCCESS);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  const auto space_of = [&](XrAction action, const char* hand) {
    XrActionSpaceCreateInfo info{XR_TYPE_ACTION_SPACE_CREATE_INFO, nullptr, action, rig.path(hand), identity};
    XrSpace space = XR_NULL_HANDLE;
    EXPECT_EQ(xrCreateActionSpace(session, &info, &space), XR_SUCCESS);
    return space;
  };
  const XrSpace stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrSpace left_grip = space_of(grip, left), left_aim = space_of(aim, left),
                right_grip = space_of(grip, right);
  XrTime time = session.frame().predictedDisplayTime;
  EXPECT_EQ(session.locate(left_grip, stage, time).locationFlags, 0U)
      << "before xrSyncActions nothing is given";
  ASSERT_EQ(input.sync(session), XR_SUCCESS);
  EXPECT_FLOAT_EQ(session.locate(left_grip, stage, time).pose.position.x, -0.3F);
  EXPECT_FLOAT_EQ(session.locate(left_aim, stage, time).pose.position.y, 1.1F);
  EXPECT_NE(session.locate(right_grip, stage, time).locationFlags, 0U);
  for (int i = 0; i < 15; ++i) time = session.frame().predictedDisplayTime;
  ASSERT_EQ(input.sync(session), XR_SUCCESS);
  EXPECT_EQ(session.locate(right_grip, stage, time).locationFlags, 0U) << "it was put down";
  EXPECT_NE(session.locate(left_grip, stage, time).locationFlags, 0U);

  XrSpace none = XR_NULL_HANDLE;
  XrActionSpaceCreateInfo info{XR_TYPE_ACTION_SPACE_CREATE_INFO, nullptr, select, XR_NULL_PATH, identity};
  EXPECT_EQ(xrCreateActionSpace(session, &info, &none), XR_ERROR_ACTION_TYPE_MISMATCH);
  info.action = grip;
  info.subactionPath = rig.path("/user/head");
  EXPECT_EQ(xrCreateActionSpace(session, &info, &none), XR_ERROR_PATH_UNSUPPORTED);
}

struct Wiring {
  const char* profile;
  const char* select;
  const char* name;
};

TEST_F(Played, EveryControllerHasAWayToSelect) {
  const Wiring wirings[]{
      {touch, "/user/hand/right/input/a/click", "Right Hand Oculus Touch Controller A"},
      {valve_index, "/user/hand/right/input/a/click", "Right Hand Valve Index Controller A"},
      {vive, "/user/hand/right/input/trackpad/click", "Right Hand HTC Vive Controller Trackpad"},
      {wmr, "/user/hand/right/input/trackpad/click", "Right Hand Windows Mixed Reality Controller Trackpad"},
      {simple, "/user/hand/right/input/select/click", "Right Hand Simple Controller Select"}};
  for (const auto& wiring : wirings) {
    const Rig rig(playing());
    const HeadlessSession session(rig);
    const Input input(rig, "play");
    const XrAction select = input.add("select", XR_ACTION_TYPE_BOOLEAN_INPUT);
    ASSERT_EQ(input.suggest(wiring.profile, {{select, wiring.select}}), XR_SUCCESS) << wiring.profile;
    ASSERT_EQ(input.attach(session), XR_SUCCESS);
    for (int i = 0; i < 12; ++i) session.frame();
    ASSERT_EQ(input.sync(session), XR_SUCCESS);
    EXPECT_EQ(boolean(session, select).currentState, XR_TRUE) << wiring.profile;

    XrBoundSourcesForActionEnumerateInfo asked{XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO, nullptr,
                                               select};
    XrPath source = XR_NULL_PATH;
    std::uint32_t count = 0;
    ASSERT_EQ(xrEnumerateBoundSourcesForAction(session, &asked, 1, &count, &source), XR_SUCCESS);
    ASSERT_EQ(count, 1U);
    EXPECT_EQ(rig.text(source), wiring.select);
    XrInputSourceLocalizedNameGetInfo named{XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO, nullptr, source, 7};
    char name[128] = "";
    ASSERT_EQ(xrGetInputSourceLocalizedName(session, &named, sizeof(name), &count, name), XR_SUCCESS);
    EXPECT_STREQ(name, wiring.name);
    named.whichComponents = 0;
    EXPECT_EQ(xrGetInputSourceLocalizedName(session, &named, sizeof(name), &count, name),
              XR_ERROR_VALIDATION_FAILURE);
  }
}

TEST_F(Played, TheControllerOfTheSettingIsHeldWhateverTheOrderOfSuggestions) {
  for (const bool reverse : {false, true}) {
    for (const auto& [setting, held] :
         {std::pair{"touch", touch}, std::pair{"vive", vive}, std::pair{"simple", simple},
          std::pair{"wmr", touch /* which was not suggested */}}) {
      const Rig rig(playing({{"ATTUNE_XR_CONTROLLER", setting}}));
      const HeadlessSession session(rig);
      const Input input(rig, "play");
      const XrAction grip = input.add("grip", XR_ACTION_TYPE_POSE_INPUT);
      std::vector<const char*> profiles{simple, vive, touch};
      if (reverse) std::reverse(profiles.begin(), profiles.end());
      for (const char* const profile : profiles) {
        ASSERT_EQ(input.suggest(profile, {{grip, "/user/hand/left/input/grip/pose"}}), XR_SUCCESS);
      }
      ASSERT_EQ(input.attach(session), XR_SUCCESS);
      session.frame();
      ASSERT_EQ(input.sync(session), XR_SUCCESS);
      XrInteractionProfileState state{XR_TYPE_INTERACTION_PROFILE_STATE};
      ASSERT_EQ(xrGetCurrentInteractionProfile(session, rig.path(left), &state), XR_SUCCESS);
      EXPECT_EQ(rig.text(state.interactionProfile), held) << setting;
    }
  }
}

TEST_F(Played, AnInputGoesToTheActiveSetOfTheHighestPriority) {
  const Rig rig(playing());
  const HeadlessSession session(rig);
  const Input low(rig, "low", 1), high(rig, "high", 2);
  const XrAction in_low = low.add("in_low", XR_ACTION_TYPE_FLOAT_INPUT);
  const XrAction in_high = high.add("in_high", XR_ACTION_TYPE_FLOAT_INPUT);
  ASSERT_EQ(low.suggest(touch, {{in_low, "/user/hand/right/input/trigger/value"},
                                {in_high, "/user/hand/right/input/trigger/value"}}),
            XR_SUCCESS);
  const XrActionSet sets[]{low.set, high.set};
  XrSessionActionSetsAttachInfo attach{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr, 2, sets};
  ASSERT_EQ(xrAttachSessionActionSets(session, &attach), XR_SUCCESS);
  for (int i = 0; i < 5; ++i) session.frame();
  ASSERT_EQ(low.sync(session), XR_SUCCESS);
  EXPECT_EQ(number(session, in_low).isActive, XR_TRUE);
  EXPECT_EQ(number(session, in_high).isActive, XR_FALSE);
  const XrActiveActionSet both[]{{low.set, XR_NULL_PATH}, {high.set, XR_NULL_PATH}};
  XrActionsSyncInfo sync{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 2, both};
  ASSERT_EQ(xrSyncActions(session, &sync), XR_SUCCESS);
  EXPECT_EQ(number(session, in_low).isActive, XR_FALSE);
  EXPECT_EQ(number(session, in_high).isActive, XR_TRUE);
}

TEST_F(Played, VibrationsAreCountedByHand) {
  {
    const Rig rig(playing({{"ATTUNE_XR_REPORT", folder_ / "report.json"}}));
    const HeadlessSession session(rig);
    const Input input(rig, "play");
    const XrAction buzz = input.add("buzz", XR_ACTION_TYPE_VIBRATION_OUTPUT, {left, right});
    ASSERT_EQ(input.suggest(
                  touch, {{buzz, "/user/hand/left/output/haptic"}, {buzz, "/user/hand/right/output/haptic"}}),
              XR_SUCCESS);
    XrHapticVibration vibration{XR_TYPE_HAPTIC_VIBRATION, nullptr, XR_MIN_HAPTIC_DURATION,
                                XR_FREQUENCY_UNSPECIFIED, 0.5F};
    const auto* feedback = reinterpret_cast<const XrHapticBaseHeader*>(&vibration);
    XrHapticActionInfo info{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, XR_NULL_PATH};
    EXPECT_EQ(xrApplyHapticFeedback(session, &info, feedback), XR_ERROR_ACTIONSET_NOT_ATTACHED);
    ASSERT_EQ(input.attach(session), XR_SUCCESS);
    session.frame();
    ASSERT_EQ(input.sync(session), XR_SUCCESS);
    EXPECT_EQ(xrApplyHapticFeedback(session, &info, feedback), XR_SUCCESS);
    info.subactionPath = rig.path(right);
    EXPECT_EQ(xrApplyHapticFeedback(session, &info, feedback), XR_SUCCESS);
    EXPECT_EQ(xrStopHapticFeedback(session, &info), XR_SUCCESS);
    vibration.amplitude = 2.0F;
    EXPECT_EQ(xrApplyHapticFeedback(session, &info, feedback), XR_ERROR_VALIDATION_FAILURE);
    ASSERT_EQ(xrRequestExitSession(session), XR_SUCCESS);
    vibration.amplitude = 0.5F;
    EXPECT_EQ(xrApplyHapticFeedback(session, &info, feedback), XR_SESSION_NOT_FOCUSED);
  }
  std::ifstream file(folder_ / "report.json");
  const auto report = nlohmann::json::parse(file);
  EXPECT_EQ(report["haptics_left"], 1);
  EXPECT_EQ(report["haptics_right"], 2);
}

TEST_F(Played, NothingIsReadWithoutTheFocus) {
  const Rig rig(playing());
  const HeadlessSession session(rig);
  const Input input(rig, "play");
  const XrAction stick = input.add("stick", XR_ACTION_TYPE_VECTOR2F_INPUT);
  ASSERT_EQ(input.suggest(touch, {{stick, "/user/hand/left/input/thumbstick"}}), XR_SUCCESS);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  session.frame();
  ASSERT_EQ(input.sync(session), XR_SUCCESS);
  EXPECT_EQ(vector(session, stick).isActive, XR_TRUE);
  ASSERT_EQ(xrRequestExitSession(session), XR_SUCCESS);
  ASSERT_EQ(input.sync(session), XR_SESSION_NOT_FOCUSED);
  EXPECT_EQ(vector(session, stick).isActive, XR_FALSE);
  EXPECT_EQ(vector(session, stick).currentState.x, 0.0F);
}

TEST(Actions, RefuseBadNamesAndPaths) {
  const Rig rig;
  const Input input(rig, "play");
  const XrAction known = input.add("known", XR_ACTION_TYPE_BOOLEAN_INPUT);
  const auto create = [&](const char* name, const char* localized, std::vector<XrPath> users = {}) {
    XrActionCreateInfo info{XR_TYPE_ACTION_CREATE_INFO};
    std::strcpy(info.actionName, name);
    std::strcpy(info.localizedActionName, localized);
    info.actionType = XR_ACTION_TYPE_BOOLEAN_INPUT;
    info.countSubactionPaths = static_cast<std::uint32_t>(users.size());
    info.subactionPaths = users.data();
    XrAction action = XR_NULL_HANDLE;
    return xrCreateAction(input.set, &info, &action);
  };
  EXPECT_EQ(create("", "x"), XR_ERROR_NAME_INVALID);
  EXPECT_EQ(create("x", ""), XR_ERROR_LOCALIZED_NAME_INVALID);
  EXPECT_EQ(create("NOT A LEVEL", "x"), XR_ERROR_PATH_FORMAT_INVALID);
  EXPECT_EQ(create("known", "x"), XR_ERROR_NAME_DUPLICATED);
  EXPECT_EQ(create("x", "known"), XR_ERROR_LOCALIZED_NAME_DUPLICATED);
  EXPECT_EQ(create("x", "x", {rig.path("/user/invalid")}), XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(create("x", "x", {rig.path("/user/head"), rig.path("/user/head")}), XR_ERROR_PATH_UNSUPPORTED);
  ASSERT_EQ(xrDestroyAction(known), XR_SUCCESS);
  EXPECT_EQ(create("known", "known"), XR_SUCCESS) << "a name is free when its action is gone";
}

TEST(Bindings, AreOnlySuggestedForPathsThatAProfileHas) {
  const Rig rig({}, {});  // without eye gaze
  const Input input(rig, "play");
  const XrAction action = input.add("act", XR_ACTION_TYPE_BOOLEAN_INPUT);
  struct Row {
    const char* profile;
    const char* path;
    XrResult result;
  };
  const Row rows[]{
      {simple, "/user/hand/left/input/select/click", XR_SUCCESS},
      {simple, "/user/hand/left/input/select", XR_SUCCESS},
      {simple, "/user/hand/right/output/haptic", XR_SUCCESS},
      {simple, "/user/hand/right/input/haptic", XR_ERROR_PATH_UNSUPPORTED},
      {simple, "/user/hand/left/input/trigger/value", XR_ERROR_PATH_UNSUPPORTED},
      {simple, "/user/hand/left", XR_ERROR_PATH_UNSUPPORTED},
      {simple, "/user/hand/left/input", XR_ERROR_PATH_UNSUPPORTED},
      {simple, "/user/hand/left/input/select/click/more", XR_ERROR_PATH_UNSUPPORTED},
      {touch, "/user/hand/left/input/x/click", XR_SUCCESS},
      {touch, "/user/hand/right/input/x/click", XR_ERROR_PATH_UNSUPPORTED},
      {touch, "/user/hand/right/input/menu/click", XR_ERROR_PATH_UNSUPPORTED},
      {valve_index, "/user/hand/right/input/squeeze/force", XR_SUCCESS},
      {vive, "/user/hand/right/input/trackpad/touch", XR_SUCCESS},
      {wmr, "/user/hand/right/input/thumbstick/touch", XR_ERROR_PATH_UNSUPPORTED},
      {"/interaction_profiles/microsoft/xbox_controller", "/user/gamepad/input/dpad_up/click", XR_SUCCESS},
      {"/interaction_profiles/google/daydream_controller", "/user/hand/left/input/trackpad", XR_SUCCESS},
      {"/interaction_profiles/oculus/go_controller", "/user/hand/left/input/back/click", XR_SUCCESS},
      {"/interaction_profiles/htc/vive_pro", "/user/head/input/mute_mic/click", XR_SUCCESS},
      {"/interaction_profiles/ext/eye_gaze_interaction", "/user/eyes_ext/input/gaze_ext/pose",
       XR_ERROR_PATH_UNSUPPORTED},
      {"/interaction_profiles/khr/another_controller", "/user/hand/left/input/select",
       XR_ERROR_PATH_UNSUPPORTED},
  };
  for (const auto& row : rows)
    EXPECT_EQ(input.suggest(row.profile, {{action, row.path}}), row.result) << row.path;
}

TEST(Bindings, AndActionsAreSettledOnceAttached) {
  const Rig rig;
  const HeadlessSession session(rig);
  const Input input(rig, "play"), other(rig, "other");
  const XrAction action = input.add("act", XR_ACTION_TYPE_BOOLEAN_INPUT);
  const XrAction unattached = other.add("unattached", XR_ACTION_TYPE_BOOLEAN_INPUT);
  EXPECT_EQ(input.sync(session), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  EXPECT_EQ(input.attach(session), XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
  EXPECT_EQ(input.suggest(simple, {{action, "/user/hand/left/input/select"}}),
            XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
  XrActionCreateInfo late{XR_TYPE_ACTION_CREATE_INFO};
  std::strcpy(late.actionName, "late");
  std::strcpy(late.localizedActionName, "late");
  late.actionType = XR_ACTION_TYPE_BOOLEAN_INPUT;
  XrAction created = XR_NULL_HANDLE;
  EXPECT_EQ(xrCreateAction(input.set, &late, &created), XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, unattached, XR_NULL_PATH};
  XrActionStateBoolean state{XR_TYPE_ACTION_STATE_BOOLEAN};
  EXPECT_EQ(xrGetActionStateBoolean(session, &get, &state), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  get.action = action;
  XrActionStateFloat wrong{XR_TYPE_ACTION_STATE_FLOAT};
  EXPECT_EQ(xrGetActionStateFloat(session, &get, &wrong), XR_ERROR_ACTION_TYPE_MISMATCH);
  ASSERT_EQ(xrDestroyActionSet(input.set), XR_SUCCESS);
  EXPECT_EQ(xrDestroyAction(action), XR_ERROR_HANDLE_INVALID);
  session.frame();
}

}  // namespace
}  // namespace attune::xr_replay::test
