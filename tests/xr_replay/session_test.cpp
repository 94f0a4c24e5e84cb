#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

using States = std::vector<XrSessionState>;

TEST(Session, ReachesTheFocusByItselfWhenHeadless) {
  const Rig rig;
  const HeadlessSession session(rig, false);
  EXPECT_EQ(rig.poll_states(), (States{XR_SESSION_STATE_IDLE, XR_SESSION_STATE_READY}));
  ASSERT_EQ(begin(session), XR_SUCCESS);
  EXPECT_EQ(rig.poll_states(),
            (States{XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_VISIBLE, XR_SESSION_STATE_FOCUSED}));
}

TEST(Session, LeavesThroughEveryState) {
  const Rig rig;
  const HeadlessSession session(rig);
  (void)rig.poll_states();
  EXPECT_EQ(xrEndSession(session), XR_ERROR_SESSION_NOT_STOPPING);
  ASSERT_EQ(xrRequestExitSession(session), XR_SUCCESS);
  EXPECT_EQ(rig.poll_states(),
            (States{XR_SESSION_STATE_VISIBLE, XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_STOPPING}));
  session.frame();
  EXPECT_EQ(rig.poll_states(), States{}) << "it does not go on before xrEndSession";
  ASSERT_EQ(xrEndSession(session), XR_SUCCESS);
  EXPECT_EQ(rig.poll_states(), (States{XR_SESSION_STATE_IDLE, XR_SESSION_STATE_EXITING}));
}

TEST(Session, RefusesWhatIsOutOfTurn) {
  const Rig rig;
  XrFrameState state{XR_TYPE_FRAME_STATE};
  {
    const HeadlessSession session(rig, false);
    EXPECT_EQ(xrEndSession(session), XR_ERROR_SESSION_NOT_RUNNING);
    EXPECT_EQ(xrRequestExitSession(session), XR_ERROR_SESSION_NOT_RUNNING);
    EXPECT_EQ(xrWaitFrame(session, nullptr, &state), XR_ERROR_SESSION_NOT_RUNNING);
    EXPECT_EQ(xrBeginFrame(session, nullptr), XR_ERROR_SESSION_NOT_RUNNING);
    EXPECT_EQ(end_frame(session, 1), XR_ERROR_SESSION_NOT_RUNNING);
    XrSessionBeginInfo mono{XR_TYPE_SESSION_BEGIN_INFO, nullptr, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_MONO};
    EXPECT_EQ(xrBeginSession(session, &mono), XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED);
    ASSERT_EQ(begin(session), XR_SUCCESS);
    EXPECT_EQ(begin(session), XR_ERROR_SESSION_RUNNING);

    XrSession second = XR_NULL_HANDLE;
    XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, nullptr, 0, rig.system};
    EXPECT_EQ(xrCreateSession(rig.instance, &info, &second), XR_ERROR_LIMIT_REACHED);
    info.systemId = 77;
    EXPECT_EQ(xrCreateSession(rig.instance, &info, &second), XR_ERROR_SYSTEM_INVALID);
  }
  const HeadlessSession again(rig);
  EXPECT_GT(again.frame().predictedDisplayTime, 0) << "after the first is gone there may be another";
}

TEST(Session, NeedsAGraphicsBindingUnlessHeadlessIsEnabled) {
  const Rig rig({}, {XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME});
  XrSession session = XR_NULL_HANDLE;
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, nullptr, 0, rig.system};
  EXPECT_EQ(xrCreateSession(rig.instance, &info, &session), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  XrGraphicsBindingVulkan2KHR binding{XR_TYPE_GRAPHICS_BINDING_VULKAN2_KHR};
  info.next = &binding;
  EXPECT_EQ(xrCreateSession(rig.instance, &info, &session), XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING);
}

TEST(Frames, KeepTheirOrder) {
  const Rig rig;
  const HeadlessSession session(rig);
  XrFrameState state{XR_TYPE_FRAME_STATE};
  EXPECT_EQ(xrBeginFrame(session, nullptr), XR_ERROR_CALL_ORDER_INVALID) << "nothing was waited for";

  ASSERT_EQ(xrWaitFrame(session, nullptr, &state), XR_SUCCESS);
  ASSERT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
  EXPECT_EQ(xrBeginFrame(session, nullptr), XR_ERROR_CALL_ORDER_INVALID) << "it begins once";
  ASSERT_EQ(xrWaitFrame(session, nullptr, &state), XR_SUCCESS);
  EXPECT_EQ(xrBeginFrame(session, nullptr), XR_FRAME_DISCARDED) << "the frame before was never ended";
  EXPECT_EQ(end_frame(session, 0), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(end_frame(session, state.predictedDisplayTime), XR_SUCCESS) << "a failed end may be mended";
  EXPECT_EQ(end_frame(session, state.predictedDisplayTime), XR_ERROR_CALL_ORDER_INVALID);
}

TEST(Frames, MayBeWaitedForWhileTheOneBeforeIsDrawn) {
  const Rig rig;
  const HeadlessSession session(rig);
  XrFrameState first{XR_TYPE_FRAME_STATE}, second{XR_TYPE_FRAME_STATE};
  ASSERT_EQ(xrWaitFrame(session, nullptr, &first), XR_SUCCESS);
  ASSERT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
  ASSERT_EQ(xrWaitFrame(session, nullptr, &second), XR_SUCCESS);
  ASSERT_EQ(end_frame(session, first.predictedDisplayTime), XR_SUCCESS);
  EXPECT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
  EXPECT_EQ(end_frame(session, second.predictedDisplayTime), XR_SUCCESS);
  EXPECT_GT(second.predictedDisplayTime, first.predictedDisplayTime);
}

TEST(Frames, AreNotGivenTwiceBeforeTheFirstBegins) {
  const Rig rig;
  const HeadlessSession session(rig);
  XrFrameState first{XR_TYPE_FRAME_STATE}, second{XR_TYPE_FRAME_STATE};
  ASSERT_EQ(xrWaitFrame(session, nullptr, &first), XR_SUCCESS);
  std::atomic<bool> given{false};
  std::thread impatient([&] {
    EXPECT_EQ(xrWaitFrame(session, nullptr, &second), XR_SUCCESS);
    given = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(given);
  EXPECT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
  impatient.join();
  EXPECT_GT(second.predictedDisplayTime, first.predictedDisplayTime);
}

TEST(Frames, StopWaitingWhenTheirSessionGoes) {
  const Rig rig;
  auto session = std::make_unique<HeadlessSession>(rig);
  XrFrameState state{XR_TYPE_FRAME_STATE};
  ASSERT_EQ(xrWaitFrame(*session, nullptr, &state), XR_SUCCESS);
  const XrSession handle = *session;
  XrResult result = XR_SUCCESS;
  std::thread waiting([&] {
    XrFrameState never{XR_TYPE_FRAME_STATE};
    result = xrWaitFrame(handle, nullptr, &never);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  session.reset();
  waiting.join();
  EXPECT_TRUE(XR_FAILED(result));
}

TEST(VirtualClock, StepsByTheDisplaysPeriodWhateverTheMachineDoes) {
  std::vector<XrTime> runs[2];
  for (auto& times : runs) {
    const Rig rig(Values{{"ATTUNE_XR_RATE", "72"}});
    const HeadlessSession session(rig);
    for (int i = 0; i < 100; ++i) times.push_back(session.frame().predictedDisplayTime);
  }
  EXPECT_EQ(runs[0], runs[1]);
  for (std::size_t i = 0; i < runs[0].size(); ++i) {
    EXPECT_EQ(runs[0][i] - runs[0][0], std::llround(static_cast<double>(i) / 72.0 * 1e9));
  }
}

TEST(RealClock, NeverPredictsFurtherAheadThanAFrameTakes) {
  const Rig rig(Values{{"ATTUNE_XR_CLOCK", "real"}, {"ATTUNE_XR_RATE", "500"}});
  const HeadlessSession session(rig);
  XrTime last = 0;
  for (int i = 0; i < 50; ++i) {
    const XrFrameState state = session.frame();
    const XrTime now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                           std::chrono::steady_clock::now().time_since_epoch())
                           .count();
    EXPECT_LE(state.predictedDisplayTime, now + 2 * state.predictedDisplayPeriod);
    EXPECT_GT(state.predictedDisplayTime, last);
    last = state.predictedDisplayTime;
  }
}

TEST(Source, AsksTheSessionToStopAtItsEnd) {
  const Folder folder;
  const Rig rig(
      {{"ATTUNE_XR_DURATION", "1"}, {"ATTUNE_XR_RATE", "10"}, {"ATTUNE_XR_REPORT", folder / "report.json"}});
  {
    const HeadlessSession session(rig);
    (void)rig.poll_states();
    for (int i = 0; i <= 10; ++i) session.frame();
    EXPECT_EQ(rig.poll_states(), States{}) << "the frame at 1.0 s still belongs to it";
    testing::internal::CaptureStderr();
    session.frame();
    EXPECT_NE(testing::internal::GetCapturedStderr().find("a still head ended after 1.0 s"),
              std::string::npos);
    EXPECT_EQ(rig.poll_states(),
              (States{XR_SESSION_STATE_VISIBLE, XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_STOPPING}));
    ASSERT_EQ(xrEndSession(session), XR_SUCCESS);
    EXPECT_EQ(rig.poll_states(), (States{XR_SESSION_STATE_IDLE, XR_SESSION_STATE_EXITING}));
  }
  std::ifstream file(folder / "report.json");
  const auto report = nlohmann::json::parse(file);
  EXPECT_EQ(report["frames_ended"], 12);
  EXPECT_EQ(report["frames_discarded"], 0);
  EXPECT_GT(report["wall_seconds"], 0.0);
}

TEST(Source, GivesEveryFrameUpToItsEndAndNoMore) {
  for (const char* const seconds : {"0.1", "1", "7", "60"}) {
    const Rig rig(Values{{"ATTUNE_XR_DURATION", seconds}, {"ATTUNE_XR_RATE", "90"}});
    const HeadlessSession session(rig);
    (void)rig.poll_states();
    testing::internal::CaptureStderr();
    int frames = 0;
    while (rig.poll_states().empty()) {
      session.frame();
      ++frames;
    }
    EXPECT_NE(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(frames, std::lround(90.0 * std::stod(seconds)) + 2)
        << "the first, the last, and the one after it";
  }
}

TEST(Source, HoldsTheLastPoseUntrackedWhenAskedTo) {
  const Rig rig(Values{{"ATTUNE_XR_DURATION", "1"}, {"ATTUNE_XR_RATE", "10"}, {"ATTUNE_XR_END", "hold"}});
  const HeadlessSession session(rig);
  (void)rig.poll_states();
  const XrSpace head = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  constexpr XrSpaceLocationFlags valid =
      XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  constexpr XrSpaceLocationFlags tracked =
      XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  XrTime time = 0;
  for (int i = 0; i <= 10; ++i) time = session.frame().predictedDisplayTime;
  EXPECT_EQ(session.locate(head, stage, time).locationFlags, valid | tracked);
  for (int i = 0; i < 20; ++i) time = session.frame().predictedDisplayTime;
  const auto held = session.locate(head, stage, time);
  EXPECT_EQ(held.locationFlags, valid);
  EXPECT_FLOAT_EQ(held.pose.position.y, 1.6F);
  EXPECT_EQ(rig.poll_states(), States{});
}

TEST(Handles, OfDestroyedObjectsAreFoundOut) {
  const Rig rig;
  XrSession session = XR_NULL_HANDLE;
  XrSpace space = XR_NULL_HANDLE;
  {
    const HeadlessSession alive(rig);
    session = alive;
    space = alive.space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  }
  EXPECT_EQ(xrDestroySession(session), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrDestroySpace(space), XR_ERROR_HANDLE_INVALID) << "children go with their parents";
  EXPECT_EQ(begin(session), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrRequestExitSession(reinterpret_cast<XrSession>(0x1234)), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrRequestExitSession(XR_NULL_HANDLE), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(xrRequestExitSession(reinterpret_cast<XrSession>(rig.instance)), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(rig.poll().type, XR_TYPE_UNKNOWN) << "nothing is heard of a session that is gone";
}

TEST(Events, ThatNobodyPollsAreCountedAsLost) {
  const Rig rig;
  for (int i = 0; i < 200; ++i) {
    const HeadlessSession session(rig);
    XrEventDataBuffer event = rig.poll();
    EXPECT_EQ(event.type, XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED);
  }
  EXPECT_EQ(rig.poll().type, XR_TYPE_UNKNOWN) << "the rest was forgotten with its sessions";
}

}  // namespace
}  // namespace attune::xr_replay::test
