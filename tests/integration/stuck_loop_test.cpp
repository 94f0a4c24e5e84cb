#include <gtest/gtest.h>

#include "integration/field.hpp"
#include "integration/session_command.hpp"

// What our own loop may be stuck in: the real program, keeping pictures on a disk that does not answer any
// more, and telling a terminal that was stopped.
namespace attune {
namespace {

/// Runs the rest of its arguments with a folder for pictures in which no file can be opened for writing:
/// under every name that the first picture of the neutral phase may have lies a pipe that nobody reads.
constexpr const char* on_a_dead_disk = R"(
  mkdir "$1"
  for second in $(seq -f %07.2f 2.5 0.01 6); do echo "$1/${second}_s_neutral.png.part-$$"; done | xargs mkfifo
  exec "${@:2}" --screenshots "$1"
)";

/// Runs the rest of its arguments with a standard error that is full, and that nobody reads.
constexpr const char* with_a_stopped_terminal = R"(
  mkfifo "$1"
  exec 9<>"$1"
  dd if=/dev/zero of="$1" bs=4096 count=1024 oflag=nonblock 2>/dev/null
  exec "${@:2}" --verbose 2>"$1"
)";

std::string on_a_dead_disk_with_a_stopped_terminal() {
  std::string script = "set -- \"$1\" bash -c '";
  script += with_a_stopped_terminal;
  script += "' bash \"$1.err\" \"${@:2}\"\n";
  script += on_a_dead_disk;
  return script;
}

/// A session in real time in such circumstances.
class Session {
 public:
  Session(const std::string& script, const std::string& seconds)
      : program_(command(script, seconds), {{"ATTUNE_XR_VIEW_SIZE", "32x32"}, {"LC_ALL", "C"}}) {}

  /// A program that does not end in time says so by its status.
  [[nodiscard]] test::Outcome end() {
    return program_.end_within(60.0).value_or(test::Outcome{.status = test::Outcome::hung});
  }
  [[nodiscard]] std::filesystem::path file() const { return scratch_ / "s.attune"; }

 private:
  [[nodiscard]] std::vector<std::string> command(const std::string& script,
                                                 const std::string& seconds) const {
    std::vector<std::string> words{"bash", "-c", script, "bash", (scratch_ / "place").string()};
    const auto session = test::session_command(
        file(), {"--headless", "--inference", "off", "--clock", "real", "--duration", seconds});
    words.insert(words.end(), session.begin(), session.end());
    return words;
  }

  test::ScratchFolder scratch_;
  test::RunningProgram program_;
};

/// What the loop holds is not touched: its recording is not closed, and lacks its open second alone.
void expect_only_the_last_second_to_be_lost(const Session& session) {
  const auto recording = record::Recording::open(session.file());
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_FALSE(recording->closed());
  EXPECT_TRUE(recording->damage().empty());
  EXPECT_GT(recording->last_time().seconds(), 1.0);
  EXPECT_LT(recording->last_time().seconds(), 6.0);
}

TEST(StuckLoop, EndsWithItsProcessAndLeavesWhatWasRecorded) {
  Session session(on_a_dead_disk, "90");
  Session mute(on_a_dead_disk_with_a_stopped_terminal(), "90");  // nor does the last word hold up the end
  const auto outcome = session.end(), unheard = mute.end();
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("own loop does not go on"), std::string::npos) << outcome.err;
  EXPECT_EQ(unheard.status, 1) << "the patient is left with the last picture";
  expect_only_the_last_second_to_be_lost(session);
  expect_only_the_last_second_to_be_lost(mute);
}

TEST(StuckLoop, IsNotWhatATerminalThatNobodyReadsMakesOfIt) {
  Session session(with_a_stopped_terminal, "6");
  const auto outcome = session.end();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "") << "it was full";
  const auto record = test::record_of(session.file());
  ASSERT_GT(record.moments.size(), 20U);
  EXPECT_GT(record.moments.back().frame.time.seconds(), 5.5);
}

}  // namespace
}  // namespace attune
