#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

// A session that is ended from outside: what was lived until then is on the disk.
namespace attune {
namespace {

using namespace std::chrono_literals;

/// A session in real time that goes on until it is ended.
class RunningSession {
 public:
  explicit RunningSession(const std::filesystem::path& recording)
      : recording_(recording),
        program_({ATTUNE_BUILD_DIR "/attune", "session", "--program", "heights", "--xr", "replay", "--input",
                  "patient:shipped:2", "--clock", "real", "--headless", "--record", recording.string()},
                 {{"ATTUNE_XR_VIEW_SIZE", "32x32"}}) {}

  /// Waits until the first frame has made the recording.
  [[nodiscard]] bool recording_begun() const {
    for (int i = 0; i < 600 && !std::filesystem::exists(recording_); ++i) std::this_thread::sleep_for(50ms);
    return std::filesystem::exists(recording_);
  }
  /// Sends a signal and waits for the end; the status as a shell would give it.
  int end(int signal) {
    program_.signal(signal);
    const auto ended = program_.end_within(60.0);
    return ended ? ended->status : test::Outcome::hung;
  }

 private:
  std::filesystem::path recording_;
  test::RunningProgram program_;
};

TEST(Interruption, AKilledSessionKeepsAllButItsOpenSecond) {
  std::mt19937 random(20);
  for (int round = 0; round < 3; ++round) {
    const test::ScratchFolder scratch;
    RunningSession session(scratch / "s.attune");
    ASSERT_TRUE(session.recording_begun());
    // The first round ends within the first second.
    const auto lived = round == 0 ? 300ms : std::chrono::milliseconds(2000 + random() % 2000);
    std::this_thread::sleep_for(lived);
    EXPECT_EQ(session.end(SIGKILL), 128 + SIGKILL);
    const auto recording = record::Recording::open(scratch / "s.attune");
    ASSERT_TRUE(recording.ok()) << recording.error().message;
    EXPECT_FALSE(recording->closed());
    EXPECT_TRUE(recording->damage().empty());
    EXPECT_EQ(recording->meta().program_id, "heights");
    const double kept_s = recording->last_time().seconds();
    EXPECT_GE(kept_s, std::chrono::duration<double>(lived).count() - 2.0);
    EXPECT_EQ(recording->moment_count(), recording->decision_count());
  }
}

TEST(Interruption, ASessionThatIsToldToEndClosesItsRecordingAndSaysWhy) {
  const test::ScratchFolder scratch;
  RunningSession session(scratch / "s.attune");
  ASSERT_TRUE(session.recording_begun());
  std::this_thread::sleep_for(1500ms);
  EXPECT_EQ(session.end(SIGTERM), 0);
  const auto recording = record::Recording::open(scratch / "s.attune");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_TRUE(recording->closed());
  const auto events = recording->events();
  ASSERT_TRUE(events.ok());
  ASSERT_FALSE(events->empty());
  EXPECT_EQ(events->back().kind, record::EventKind::session_ended);
  EXPECT_NE(std::string(events->back().words()).find("operator"), std::string::npos);
}

}  // namespace
}  // namespace attune
