#include <atomic>
#include <thread>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

TEST(Threads, MayCallTheRuntimeAllAtOnce) {
  const Rig rig;
  const HeadlessSession session(rig);
  const Input input(rig, "play");
  const XrAction grip = input.add("grip", XR_ACTION_TYPE_POSE_INPUT);
  ASSERT_EQ(input.suggest("/interaction_profiles/khr/simple_controller",
                          {{grip, "/user/hand/left/input/grip/pose"}}),
            XR_SUCCESS);
  ASSERT_EQ(input.attach(session), XR_SUCCESS);
  const XrSpace stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  std::atomic<XrTime> time = session.frame().predictedDisplayTime;
  std::atomic<bool> over = false;

  const std::vector<std::function<void(int)>> jobs{
      [&](int) {
        const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW);
        EXPECT_FLOAT_EQ(session.locate(view, stage, time).pose.position.y, 1.6F);
        EXPECT_EQ(xrDestroySpace(view), XR_SUCCESS);
      },
      [&](int) { EXPECT_EQ(input.sync(session), XR_SUCCESS); },
      [&](int) { (void)rig.poll(); },
      [&](int i) {
        const std::string text = "/path/" + std::to_string(i);
        EXPECT_EQ(rig.text(rig.path(text)), text);
      },
  };
  std::vector<std::thread> threads;
  for (const auto& job : jobs) {
    threads.emplace_back([&] {
      for (int i = 0; !over; ++i) job(i);
    });
  }
  XrTime last = 0;
  for (int i = 0; i < 500; ++i) {
    time = session.frame().predictedDisplayTime;
    EXPECT_GT(time, last);
    last = time;
  }
  over = true;
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace attune::xr_replay::test
