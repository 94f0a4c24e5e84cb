#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

/// Keeps every processor busy, and more threads than there are, while it lives.
class Load {
 public:
  Load() {
    for (unsigned i = 0; i < 3 * std::max(1U, std::thread::hardware_concurrency()); ++i) {
      threads_.emplace_back([this] {
        while (!over_) ++turns_;
      });
    }
  }
  ~Load() {
    over_ = true;
    for (auto& thread : threads_) thread.join();
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

 private:
  std::atomic<bool> over_ = false;
  std::atomic<std::uint64_t> turns_ = 0;
  std::vector<std::thread> threads_;
};

/// A second at 60 Hz of somebody who walks along X by 1 m/s.
std::string write_walk(const std::string& path) {
  std::vector<telemetry::Frame> frames;
  for (int i = 0; i <= 60; ++i) {
    const double s = i / 60.0;
    frames.push_back(frame_at(s, {static_cast<float>(s), 1.7F, 0.0F}));
  }
  write_recording(path, frames, 60.0F);
  return path;
}

struct Seen {
  XrTime after_start;  ///< ns
  XrPosef head;
};

/// Every frame until the source ends, by a program that takes `pause` for each.
std::vector<Seen> watch(const std::string& recording, const char* clock, std::chrono::milliseconds pause) {
  const Rig rig(Values{{"ATTUNE_XR_INPUT", recording}, {"ATTUNE_XR_CLOCK", clock}});
  const HeadlessSession session(rig);
  (void)rig.poll_states();
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW),
                stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  testing::internal::CaptureStderr();
  std::vector<Seen> seen;
  XrTime start = 0;
  while (rig.poll_states().empty()) {
    const XrTime time = session.frame().predictedDisplayTime;
    if (seen.empty()) start = time;
    seen.push_back({time - start, session.locate(view, stage, time).pose});
    if (pause.count() > 0) std::this_thread::sleep_for(pause);
  }
  EXPECT_NE(testing::internal::GetCapturedStderr().find("ended"), std::string::npos);
  return seen;
}

TEST(Load, ChangesNothingOnTheVirtualClock) {
  const Folder folder;
  const std::string recording = write_walk(folder / "walk.attune");
  const auto calm = watch(recording, "virtual", std::chrono::milliseconds(0));
  const Load load;
  const auto busy = watch(recording, "virtual", std::chrono::milliseconds(3));
  ASSERT_EQ(calm.size(), 62U) << "every frame, and the one after it";
  ASSERT_EQ(busy.size(), calm.size());
  for (std::size_t i = 0; i < calm.size(); ++i) {
    EXPECT_EQ(busy[i].after_start, calm[i].after_start);
    EXPECT_EQ(std::memcmp(&busy[i].head, &calm[i].head, sizeof(XrPosef)), 0) << i;
  }
}

TEST(Load, SkipsFramesOnTheRealClockButNeitherMovesNorStretchesThem) {
  const Folder folder;
  const std::string recording = write_walk(folder / "walk.attune");
  const Load load;
  const auto seen = watch(recording, "real", std::chrono::milliseconds(25));
  ASSERT_GE(seen.size(), 3U);
  EXPECT_LT(seen.size(), 62U) << "a program this slow misses some";
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto frames = static_cast<double>(seen[i].after_start) * 60.0 / 1e9;
    EXPECT_NEAR(frames, std::round(frames), 1e-6) << "in step with the display";
    const double where = std::min(1.0, static_cast<double>(seen[i].after_start) * 1e-9);
    EXPECT_NEAR(seen[i].head.position.x, where, 1e-5) << "where the head was at that instant";
    if (i > 0) {
      EXPECT_GT(seen[i].after_start, seen[i - 1].after_start);
    }
  }
  // The last frame is the first beyond the end, however many were skipped on the way.
  EXPECT_GT(seen.back().after_start, 1'000'000'000);
  EXPECT_LE(seen[seen.size() - 2].after_start, 1'000'000'000 + 1'000'000);
}

TEST(Load, OfEmptyFramesDoesNotPushPredictionAheadOfTheClock) {
  const Rig rig(Values{{"ATTUNE_XR_CLOCK", "real"}, {"ATTUNE_XR_RATE", "250"}});
  const HeadlessSession session(rig);
  const auto begun = std::chrono::steady_clock::now();
  const XrTime first = session.frame().predictedDisplayTime;
  XrTime last = first;
  for (int i = 0; i < 100; ++i) last = session.frame().predictedDisplayTime;
  const auto real_ns =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begun).count();
  EXPECT_LE(last - first, real_ns) << "frames that show nothing come no faster than the display shows them";
  EXPECT_GE(last - first, 100 * 4'000'000);
}

}  // namespace
}  // namespace attune::xr_replay::test
