#include <gtest/gtest.h>

#include "attune/record/recording.hpp"
#include "integration/session_command.hpp"
#include "support/scratch_folder.hpp"
#include "support/terminal_program.hpp"

// A therapist at the terminal of the real program.
namespace attune {
namespace {

struct Terminal : testing::Test {
  std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> options{"--clock", "real", "--inference", "off"};
    options.insert(options.end(), more.begin(), more.end());
    return test::session_command(scratch / "s.attune", options);
  }
  const test::ScratchFolder scratch;
  const std::map<std::string, std::string> small{{"ATTUNE_XR_VIEW_SIZE", "32x32"}};
};

TEST_F(Terminal, SingleKeysSteerAndALineSaysHowItStands) {
  test::TerminalProgram session(command({"--wait-for-start"}), small);
  ASSERT_TRUE(session.shows("00:01 waiting to start | anxiety ")) << session.unread();
  EXPECT_TRUE(session.is_raw());
  session.type("?");
  EXPECT_TRUE(session.shows("the patient stops"));
  session.type("s");
  EXPECT_TRUE(session.shows("neutral | anxiety "));
  session.type("n");
  EXPECT_TRUE(session.shows("exposure | anxiety "));
  session.type("\x1b[A");  // arrow up
  EXPECT_TRUE(session.shows("step 2 of 5"));
  session.type("6");
  EXPECT_TRUE(session.shows("SUDS 6 (Enter)"));
  session.type("0\n");
  EXPECT_TRUE(session.shows("SUDS 60 ("));
  session.type("r");
  EXPECT_TRUE(session.shows("resume"));
  session.type("p");
  EXPECT_TRUE(session.shows("paused in the exposure | anxiety "));
  session.type("s");
  EXPECT_TRUE(session.shows("start: not possible in this phase"));
  session.type(" ");
  EXPECT_TRUE(session.shows("safe place | anxiety "));
  EXPECT_TRUE(session.shows(") | intensity 0.00 | step ")) << "a narrow terminal cuts off what is held first";
  EXPECT_TRUE(session.shows("held: stopped; waits for a new start by the therapist | sensors: "));
  session.type("\x03");  // Ctrl-C
  EXPECT_EQ(session.end_within(30.0), 0);
  EXPECT_TRUE(session.is_as_before());

  const auto recording = record::Recording::open(scratch / "s.attune");
  ASSERT_TRUE(recording) << recording.error().message;
  std::size_t stops = 0;
  const auto moments = *recording->moments();
  for (const auto& moment : moments) {
    if (!moment.frame.patient_stop) continue;
    ++stops;
    EXPECT_TRUE(moment.decision.directive.stimulus_hidden) << "in this very frame";
  }
  EXPECT_EQ(stops, 1u);
}

TEST_F(Terminal, SpeaksChinese) {
  test::TerminalProgram session(command({"--language", "zh", "--wait-for-start"}), small);
  EXPECT_TRUE(session.shows("等待开始 | 焦虑 ")) << session.unread();
  EXPECT_TRUE(session.shows("空格=停止"));
}

TEST_F(Terminal, IsGivenBackHoweverTheSessionEnds) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE}) {
    std::filesystem::remove(scratch / "s.attune");
    test::TerminalProgram session(command(), small);
    ASSERT_TRUE(session.shows("anxiety ")) << session.unread();
    ASSERT_TRUE(session.is_raw());
    session.signal(number);
    const auto status = session.end_within(30.0);
    ASSERT_TRUE(status) << "signal " << number;
    const bool orderly = number == SIGINT || number == SIGTERM || number == SIGHUP;
    EXPECT_EQ(*status, orderly ? 0 : 128 + number);
    EXPECT_TRUE(session.is_as_before()) << "signal " << number;
  }
}

TEST_F(Terminal, IsLeftAloneByASessionThatCannotBegin) {
  test::TerminalProgram session(command({"--control", "/nowhere/at/all"}), small);
  EXPECT_EQ(session.end_within(30.0), 2);
  EXPECT_TRUE(session.is_as_before());
}

}  // namespace
}  // namespace attune
