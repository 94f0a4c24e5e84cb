#include <time.h>

#include <thread>

#include "direct.hpp"
#include "on_vulkan.hpp"

namespace attune::xr_replay::test {
namespace {

constexpr XrVersion v1_0 = XR_MAKE_VERSION(1, 0, 0), v1_1 = XR_MAKE_VERSION(1, 1, 0);

// --- calls out of order

/// What a call returns in each state of a session.
struct Turn {
  const char* call;
  std::function<XrResult(XrSession)> run;
  XrResult ready, running, stopping, ended;
};

TEST(Calls, OutOfTurnAreRefusedByTheRightCodeAndChangeNothing) {
  constexpr auto not_running = XR_ERROR_SESSION_NOT_RUNNING, order = XR_ERROR_CALL_ORDER_INVALID;
  const auto end_frame_now = [](XrSession session) { return end_frame(session, 1'000'000'000); };
  const Turn turns[]{
      {"xrEndSession", xrEndSession, not_running, XR_ERROR_SESSION_NOT_STOPPING, XR_SUCCESS, not_running},
      {"xrRequestExitSession", xrRequestExitSession, not_running, XR_SUCCESS, XR_SUCCESS, not_running},
      {"xrBeginSession", [](XrSession s) { return begin(s); }, XR_SUCCESS, XR_ERROR_SESSION_RUNNING,
       XR_ERROR_SESSION_RUNNING, XR_ERROR_SESSION_NOT_READY},
      {"xrBeginFrame", [](XrSession s) { return xrBeginFrame(s, nullptr); }, not_running, order, order,
       not_running},
      {"xrEndFrame", end_frame_now, not_running, order, order, not_running},
      {"xrWaitFrame",
       [](XrSession s) {
         XrFrameState state{XR_TYPE_FRAME_STATE};
         return xrWaitFrame(s, nullptr, &state);
       },
       not_running, XR_SUCCESS, XR_SUCCESS, not_running},
  };
  for (const auto& turn : turns) {
    const Rig rig;
    {
      const HeadlessSession session(rig, false);
      EXPECT_EQ(turn.run(session), turn.ready) << turn.call << " while READY";
    }
    {
      const HeadlessSession session(rig);
      EXPECT_EQ(turn.run(session), turn.running) << turn.call << " while running";
    }
    {
      const HeadlessSession session(rig);
      ASSERT_EQ(xrRequestExitSession(session), XR_SUCCESS);
      EXPECT_EQ(turn.run(session), turn.stopping) << turn.call << " while STOPPING";
    }
    const HeadlessSession session(rig);
    ASSERT_EQ(xrRequestExitSession(session), XR_SUCCESS);
    ASSERT_EQ(xrEndSession(session), XR_SUCCESS);
    EXPECT_EQ(turn.run(session), turn.ended) << turn.call << " after the end";
  }
  // After every wrong turn a session goes its way.
  const Rig rig;
  const HeadlessSession session(rig);
  for (const auto& turn : turns) {
    if (XR_FAILED(turn.running)) {
      EXPECT_EQ(turn.run(session), turn.running) << turn.call;
    }
  }
  EXPECT_GT(session.frame().predictedDisplayTime, 0);
}

TEST(Calls, OfAHeadlessSessionKnowNoPictures) {
  const Rig rig;
  const HeadlessSession session(rig);
  std::uint32_t count = 7;
  ASSERT_EQ(xrEnumerateSwapchainFormats(session, 0, &count, nullptr), XR_SUCCESS);
  EXPECT_EQ(count, 0U);
  const XrSwapchainCreateInfo info{XR_TYPE_SWAPCHAIN_CREATE_INFO, nullptr, 0, 1, 43, 1, 64, 64, 1, 1, 1};
  XrSwapchain swapchain = XR_NULL_HANDLE;
  EXPECT_EQ(xrCreateSwapchain(session, &info, &swapchain), XR_ERROR_VALIDATION_FAILURE);
  XrFrameState state{XR_TYPE_FRAME_STATE};
  ASSERT_EQ(xrWaitFrame(session, nullptr, &state), XR_SUCCESS);
  ASSERT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
  const XrCompositionLayerQuad quad{XR_TYPE_COMPOSITION_LAYER_QUAD,
                                    nullptr,
                                    0,
                                    session.space(XR_REFERENCE_SPACE_TYPE_STAGE),
                                    XR_EYE_VISIBILITY_BOTH,
                                    {swapchain, {{0, 0}, {64, 64}}, 0},
                                    identity,
                                    {1.0F, 1.0F}};
  EXPECT_EQ(end_frame(session, state.predictedDisplayTime,
                      {reinterpret_cast<const XrCompositionLayerBaseHeader*>(&quad)}),
            XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(end_frame(session, state.predictedDisplayTime), XR_SUCCESS) << "and without the layer it ends";
  EXPECT_GT(session.frame().predictedDisplayTime, state.predictedDisplayTime);
}

// --- parents that go before their children

TEST(Children, OfAnInstanceThatGoesAreGoneToo) {
  Direct direct(v1_1, {XR_MND_HEADLESS_EXTENSION_NAME});
  const XrSession session = direct.begin_session();
  const XrSpace view = direct.space(session, XR_REFERENCE_SPACE_TYPE_VIEW);
  const XrActionSetCreateInfo set_info{XR_TYPE_ACTION_SET_CREATE_INFO, nullptr, "set", "set", 0};
  XrActionSet set = XR_NULL_HANDLE;
  ASSERT_EQ(direct.function<PFN_xrCreateActionSet>("xrCreateActionSet")(direct.instance, &set_info, &set),
            XR_SUCCESS);
  const XrActionCreateInfo action_info{
      XR_TYPE_ACTION_CREATE_INFO, nullptr, "act", XR_ACTION_TYPE_BOOLEAN_INPUT, 0, nullptr, "act"};
  XrAction action = XR_NULL_HANDLE;
  ASSERT_EQ(direct.function<PFN_xrCreateAction>("xrCreateAction")(set, &action_info, &action), XR_SUCCESS);
  direct.frame(session);

  const auto destroy_action = direct.function<PFN_xrDestroyAction>("xrDestroyAction");
  const auto destroy_set = direct.function<PFN_xrDestroyActionSet>("xrDestroyActionSet");
  const auto destroy_space = direct.function<PFN_xrDestroySpace>("xrDestroySpace");
  const auto destroy_session = direct.function<PFN_xrDestroySession>("xrDestroySession");
  const auto destroy_instance = direct.function<PFN_xrDestroyInstance>("xrDestroyInstance");
  const auto wait = direct.function<PFN_xrWaitFrame>("xrWaitFrame");
  const auto poll = direct.function<PFN_xrPollEvent>("xrPollEvent");
  ASSERT_EQ(destroy_instance(direct.instance), XR_SUCCESS);
  XrFrameState state{XR_TYPE_FRAME_STATE};
  XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
  EXPECT_EQ(wait(session, nullptr, &state), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(poll(direct.instance, &event), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy_action(action), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy_set(set), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy_space(view), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy_session(session), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy_instance(direct.instance), XR_ERROR_HANDLE_INVALID);
  direct.instance = XR_NULL_HANDLE;
}

TEST(Children, ThatGoWhileOthersReferToThemLeaveAHoleThatIsFoundOut) {
  const Rig rig;
  const HeadlessSession session(rig);
  const Input input(rig, "play");
  const XrAction grip = input.add("grip", XR_ACTION_TYPE_POSE_INPUT);
  ASSERT_EQ(input.suggest("/interaction_profiles/khr/simple_controller",
                          {{grip, "/user/hand/left/input/grip/pose"}}),
            XR_SUCCESS);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  const XrActionSpaceCreateInfo info{XR_TYPE_ACTION_SPACE_CREATE_INFO, nullptr, grip, XR_NULL_PATH, identity};
  XrSpace held = XR_NULL_HANDLE;
  ASSERT_EQ(xrCreateActionSpace(session, &info, &held), XR_SUCCESS);
  const XrTime time = session.frame().predictedDisplayTime;
  ASSERT_EQ(input.sync(session), XR_SUCCESS);
  const XrSpace stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE),
                view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW);
  ASSERT_EQ(xrDestroyAction(grip), XR_SUCCESS);
  (void)session.locate(held, stage, time);  // the action's space lives on
  ASSERT_EQ(xrDestroyActionSet(input.set), XR_SUCCESS);
  (void)session.locate(held, stage, time);
  const XrActiveActionSet active{input.set, XR_NULL_PATH};
  const XrActionsSyncInfo sync{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 1, &active};
  EXPECT_EQ(xrSyncActions(session, &sync), XR_ERROR_HANDLE_INVALID);
  ASSERT_EQ(xrDestroySpace(stage), XR_SUCCESS);
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  EXPECT_EQ(xrLocateSpace(view, stage, time, &location), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrLocateSpace(stage, view, time, &location), XR_ERROR_HANDLE_INVALID);
  session.frame();
}

TEST_F(OnVulkan, ASwapchainThatIsGoneIsFoundOutInALayer) {
  const XrSwapchain swapchain = make();
  ASSERT_EQ(acquire_wait_release(swapchain), XR_SUCCESS);
  const XrFrameState state = graphics_.begin_visible_frame();
  ASSERT_EQ(xrDestroySwapchain(swapchain), XR_SUCCESS);
  const XrCompositionLayerQuad quad{
      XR_TYPE_COMPOSITION_LAYER_QUAD,     nullptr,  0,           stage(), XR_EYE_VISIBILITY_BOTH,
      {swapchain, {{0, 0}, {64, 64}}, 0}, identity, {1.0F, 1.0F}};
  const auto* const layer = reinterpret_cast<const XrCompositionLayerBaseHeader*>(&quad);
  EXPECT_EQ(end_frame(graphics_.session, state.predictedDisplayTime, {layer}), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(end_frame(graphics_.session, state.predictedDisplayTime), XR_SUCCESS);
  std::uint32_t index = 0;
  EXPECT_EQ(xrAcquireSwapchainImage(swapchain, nullptr, &index), XR_ERROR_HANDLE_INVALID);
}

// --- several at once

TEST(Instances, LiveSideBySideInOneProgram) {
  const Direct one(v1_0, {XR_MND_HEADLESS_EXTENSION_NAME}, {{"ATTUNE_XR_RATE", "50"}});
  const XrSession in_one = one.begin_session();
  XrTime last = one.frame(in_one);
  {
    const Direct other(v1_1, {XR_MND_HEADLESS_EXTENSION_NAME}, {{"ATTUNE_XR_RATE", "100"}});
    const XrSession in_other = other.begin_session();
    const XrTime start = other.frame(in_other);
    for (int i = 1; i <= 10; ++i) {
      EXPECT_EQ(one.frame(in_one), last + i * 20'000'000) << "each has its own settings and its own clock";
      EXPECT_EQ(other.frame(in_other), start + i * 10'000'000);
    }
    // What belongs to one is nothing to the other.
    const XrSpace view = other.space(in_other, XR_REFERENCE_SPACE_TYPE_VIEW);
    const XrSpace stage = one.space(in_one, XR_REFERENCE_SPACE_TYPE_STAGE);
    XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
    EXPECT_EQ(one.function<PFN_xrLocateSpace>("xrLocateSpace")(view, stage, last, &location),
              XR_ERROR_VALIDATION_FAILURE);
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
    const auto poll = other.function<PFN_xrPollEvent>("xrPollEvent");
    while (poll(other.instance, &event) == XR_SUCCESS) {
      EXPECT_EQ(reinterpret_cast<const XrEventDataSessionStateChanged&>(event).session, in_other);
    }
  }
  EXPECT_EQ(one.frame(in_one), last + 11 * 20'000'000) << "and one outlives the other";
}

TEST(Instances, MayGoWhileAThreadWaitsInThem) {
  Direct direct(v1_1, {XR_MND_HEADLESS_EXTENSION_NAME},
                {{"ATTUNE_XR_CLOCK", "real"}, {"ATTUNE_XR_RATE", "1"}});
  const XrSession session = direct.begin_session();
  const auto wait = direct.function<PFN_xrWaitFrame>("xrWaitFrame");
  direct.frame(session);
  XrResult result = XR_SUCCESS;
  std::thread waiting([&] {
    XrFrameState state{XR_TYPE_FRAME_STATE};
    result = wait(session, nullptr, &state);  // for a second
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ASSERT_EQ(direct.function<PFN_xrDestroyInstance>("xrDestroyInstance")(direct.instance), XR_SUCCESS);
  waiting.join();
  direct.instance = XR_NULL_HANDLE;
  EXPECT_TRUE(XR_FAILED(result));
}

TEST(Events, OfASessionThatIsGoneAreNeverHeard) {
  const Rig rig;
  XrSession gone = XR_NULL_HANDLE;
  {
    const HeadlessSession session(rig);
    gone = session;
    ASSERT_EQ(xrRequestExitSession(session), XR_SUCCESS);
  }
  const HeadlessSession session(rig);
  EXPECT_NE(session.handle, gone) << "a handle is never used twice";
  int heard = 0;
  for (auto event = rig.poll(); event.type != XR_TYPE_UNKNOWN; event = rig.poll(), ++heard) {
    // Both kinds of events there are begin alike.
    EXPECT_EQ(reinterpret_cast<const XrEventDataSessionStateChanged&>(event).session, session.handle);
  }
  EXPECT_EQ(heard, 6) << "IDLE, READY, presence, SYNCHRONIZED, VISIBLE, FOCUSED";
}

// --- time

TEST(Timespec, OfTheRealClockIsThatOfFrames) {
  const Rig rig({{"ATTUNE_XR_CLOCK", "real"}},
                {XR_MND_HEADLESS_EXTENSION_NAME, XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME});
  const auto to_time = rig.function<PFN_xrConvertTimespecTimeToTimeKHR>("xrConvertTimespecTimeToTimeKHR");
  const auto to_timespec = rig.function<PFN_xrConvertTimeToTimespecTimeKHR>("xrConvertTimeToTimespecTimeKHR");
  const HeadlessSession session(rig);
  timespec before{}, after{}, shown{};
  XrTime asked = 0, answered = 0;
  ASSERT_EQ(clock_gettime(CLOCK_MONOTONIC, &before), 0);
  const XrFrameState state = session.frame();
  ASSERT_EQ(clock_gettime(CLOCK_MONOTONIC, &after), 0);
  ASSERT_EQ(to_time(rig.instance, &before, &asked), XR_SUCCESS);
  ASSERT_EQ(to_time(rig.instance, &after, &answered), XR_SUCCESS);
  EXPECT_GT(state.predictedDisplayTime, asked);
  EXPECT_LE(state.predictedDisplayTime, answered + 2 * state.predictedDisplayPeriod);
  ASSERT_EQ(to_timespec(rig.instance, state.predictedDisplayTime, &shown), XR_SUCCESS);
  XrTime back = 0;
  ASSERT_EQ(to_time(rig.instance, &shown, &back), XR_SUCCESS);
  EXPECT_EQ(back, state.predictedDisplayTime);
}

}  // namespace
}  // namespace attune::xr_replay::test
