#include <gtest/gtest.h>

#include "integration/field.hpp"
#include "integration/steadiness.hpp"

// What runtimes and headsets do in the field, given to the real program by the API layer of
// tests/fault_layer: a row for each. No signal, no hang, an end in time; at most four lines of which the
// first names the cause and what to do; a whole recording that names what happened; a report; and exposure,
// belief and attention without jumps.
namespace attune {
namespace {

/// A fault of the field and what a session owes to it.
struct Row {
  const char* name;
  const char* fault;
  int status;
  const char* says;      ///< part of the first line on standard error; empty: there need not be one
  const char* recorded;  ///< part of an event that an undisturbed session has less often; empty: none is owed
  int times = 1;         ///< so much less often at least
  const char* seconds = "6";
  const char* clock = "virtual";
};

constexpr const char* start_again = "start again";
constexpr const char* silent = "does not answer";

/// What was begun in the frame of the loss may go on to its end; a loop of errors may not.
constexpr std::size_t most_calls_after_a_loss = 20;

constexpr Row rows[] = {
    // Lost for good: one clear end.
    {"SessionLostInWaitFrame", "session_lost@200:wait", 1, start_again, "SESSION_LOST"},
    {"SessionLostInBeginFrame", "session_lost@200:begin", 1, start_again, "SESSION_LOST"},
    {"SessionLostInEndFrame", "session_lost@200:end", 1, start_again, "SESSION_LOST"},
    {"SessionLostInAcquireImage", "session_lost@200:acquire", 1, start_again, "SESSION_LOST"},
    {"SessionLostInWaitImage", "session_lost@200:image", 1, start_again, "SESSION_LOST"},
    {"SessionLostInReleaseImage", "session_lost@200:release", 1, start_again, "SESSION_LOST"},
    {"SessionLostInLocateViews", "session_lost@200:views", 1, start_again, "SESSION_LOST"},
    {"SessionLostInLocateSpace", "session_lost@200:space", 1, start_again, "SESSION_LOST"},
    {"SessionLostInSyncActions", "session_lost@200:sync", 1, start_again, "SESSION_LOST"},
    {"SessionLostInTheFirstFrame", "session_lost@1:wait", 1, start_again, "SESSION_LOST"},
    {"InstanceLostInWaitFrame", "instance_lost@200:wait", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInBeginFrame", "instance_lost@200:begin", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInEndFrame", "instance_lost@200:end", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInAcquireImage", "instance_lost@200:acquire", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInWaitImage", "instance_lost@200:image", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInLocateViews", "instance_lost@200:views", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInLocateSpace", "instance_lost@200:space", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInSyncActions", "instance_lost@200:sync", 1, start_again, "INSTANCE_LOST"},
    {"InstanceLostInPollEvent", "instance_lost@200:poll", 1, start_again, "INSTANCE_LOST"},
    {"LossPending", "loss_pending@200", 1, start_again, "about to lose"},
    {"InstanceLossPending", "instance_loss_pending@200", 1, start_again, "about to go away"},
    {"EndedByTheRuntimesMenu", "exit@200", 0, "", "the runtime ended the session"},
    {"WaitFrameFails", "failure@200:wait", 1, "waiting for a frame", "RUNTIME_FAILURE"},
    {"EndFrameFails", "failure@200:end", 1, "RUNTIME_FAILURE", "RUNTIME_FAILURE"},
    {"PollEventFails", "failure@200:poll", 1, "RUNTIME_FAILURE", "RUNTIME_FAILURE"},
    {"LocatingFailsForAWhile", "failure@200+60:space", 0, "", "head tracking is lost"},
    {"SyncActionsFailsForAWhile", "failure@200+60:sync", 0, "", "answers with errors"},
    {"LocateViewsFailsForAWhile", "failure@200+60:views", 0, "", "answers with errors"},

    // Stopped unasked and offered again.
    {"Asleep", "sleep@200:50", 0, "", "stopped asking for pictures"},
    {"AsleepThreeTimes", "sleep@150:50;sleep@250:150;sleep@350:50", 0, "", "stopped asking for pictures", 3},
    {"AsleepAtOnce", "sleep@1:50", 0, "", "stopped asking for pictures"},
    {"AsleepForHoursOfItsClock", "sleep@200:50;leap@201:7200", 0, "", "stopped asking for pictures"},
    {"AsleepForGood", "sleep@200:ever", 0, "", "stopped asking for pictures"},

    // Calls that do not return.
    {"WaitFrameHangs", "hang@200:wait", 1, silent, silent},
    {"WaitFrameHangsAtOnce", "hang@1:wait", 1, silent, silent},
    {"BeginFrameHangs", "hang@200:begin", 1, silent, silent},
    {"EndFrameHangs", "hang@200:end", 1, silent, silent},
    {"AcquireImageHangs", "hang@200:acquire", 1, silent, silent},
    {"WaitImageHangs", "hang@200:image", 1, silent, silent},
    {"LocateSpaceHangs", "hang@200:space", 1, silent, silent},
    {"SyncActionsHangs", "hang@200:sync", 1, silent, silent},
    {"PollEventHangs", "hang@200:poll", 1, silent, silent},
    {"WaitFrameReturnsLate", "hang@200:wait,3", 0, "", "did not answer"},
    {"EndFrameReturnsLate", "hang@200:end,3", 0, "", "did not answer"},
    {"PictureBuffersBusyForAWhile", "image_busy@200:3", 0, "", "no free buffer"},
    {"PictureBuffersBusyForGood", "image_busy@200", 0, "", "no free buffer"},
    {"ExitIsIgnored", "exit_ignored@0", 0, "", "did not end the session"},

    // Seen or not, focused or not.
    {"NoPicturesWantedForAWhile", "no_render@200+60", 0, "", "wants no pictures"},
    {"NoPicturesWantedAnyMore", "no_render@200", 0, "", "wants no pictures"},
    {"NoPicturesWantedAfterTheFirst", "no_render@3", 0, "", "wants no pictures"},
    {"HiddenForAWhile", "hidden@200+60", 0, "", "not visible"},
    {"UnfocusedForAWhile", "unfocused@200+60", 0, "", "lost the patient's input"},
    {"ControllersPutDown", "controller_down@200+60", 0, "", "put down"},
    {"LeftControllerPutDown", "controller_down@200+60:left", 0, "", "put down"},

    // Clocks.
    {"TimeNegative", "time@200:-5", 0, "", "clock leapt"},
    {"TimeZeroForAWhile", "time@200+20:0", 0, "", "clock leapt"},
    {"TimeZeroFromTheStart", "time@1:0", 0, "", "clock leapt"},
    {"TimeZeroInTheFirstFrames", "time@1+10:0", 0, "", "clock leapt"},
    {"TimeAtItsLargest", "time@200+5:max", 0, "", "clock leapt"},
    {"TimeAtItsLargestFromThereOn", "time@200:max", 0, "", "clock leapt"},
    {"TimeAtItsSmallest", "time@200+5:min", 0, "", "clock leapt"},
    {"TimeRepeated", "time@200+10:repeat", 0, "", "clock leapt"},
    {"TimeRepeatedFromThereOn", "time@200:repeat", 0, "", "clock leapt"},
    {"TimeLeapsHoursAhead", "leap@200:7200", 0, "", "clock leapt"},
    {"TimeLeapsAheadAndBack", "leap@200+60:7200", 0, "", "clock leapt"},
    {"TimeLeapsHoursBack", "leap@200:-7200", 0, "", "clock leapt"},
    {"TimeLeapsByAFewSeconds", "leap@200:5", 0, "", ""},
    {"TimeLeapsEveryFrame", "leap@200+1:3600;leap@202+1:-3600;leap@204+1:7200;leap@206+1:60", 0, "",
     "clock leapt"},
    {"TimesRefused", "time@200+60:0;refuse_times@200+60", 0, "", "clock leapt"},
    {"TimesRefusedThatAreTrue", "refuse_times@200+60", 0, "", "head tracking is lost"},
    {"PeriodZero", "period@200:0", 0, "", "no display period"},
    {"PeriodZeroFromTheStart", "period@1:0", 0, "", "no display period"},
    {"PeriodNegative", "period@200:-11111111", 0, "", "no display period"},
    {"PeriodAtItsLargest", "period@200:max", 0, "", "no display period"},
    {"PeriodAndTimeAbsurd", "period@200+60:min;time@200+60:max", 0, "", "clock leapt"},

    // Spaces and poses.
    {"NoStage", "no_stage@0", 0, "", "no floor"},
    {"PosesNotValid", "pose@200+60:invalid", 0, "", "head tracking is lost"},
    {"PosesNotValidAtFirst", "pose@1+60:invalid", 0, "", "head tracking is lost"},
    {"PosesThatAreNoNumbers", "pose@200+60:nan", 0, "", "head tracking is lost"},
    {"PosesLightYearsAway", "pose@200+60:far", 0, "", "head tracking is lost"},
    {"TurnsOfLengthZero", "pose@200+60:no_turn", 0, "", "head tracking is lost"},
    {"TurnsOfLengthZeroAtFirst", "pose@1+60:no_turn", 0, "", "head tracking is lost"},
    {"TurnsOfLengthThree", "pose@200+60:long_turn", 0, "", "head tracking is lost"},
    {"PositionLost", "pose@200+60:adrift", 0, "", "head tracking is lost"},
    {"PosesGuessed", "pose@200+60:untracked", 0, "", "head tracking is lost"},
    {"GazeThatIsNoNumber", "pose@200+60:nan,gaze", 0, "", ""},
    {"HandsThatAreNoNumbers", "pose@200+60:nan,hands", 0, "", ""},
    {"ViewsThatAreNoNumbers", "pose@200+60:nan,views", 0, "", "picture"},

    {"RecentredTwice", "recentre@200:known;recentre@300:silent", 0, "", "recentred", 2},
    {"RecentredWhileAsleep", "sleep@200:50;recentre@201:unknown", 0, "", "recentred"},
    {"RecentredWhileTheHeadIsLost", "pose@190+60:invalid;recentre@200:unknown", 0, "", "recentred"},
    {"RecentredUntoldWhileTheHeadIsLost", "pose@190+60:invalid;recentre@200:silent,stage", 0, "",
     "head tracking"},
    {"RecentredBeforeTheHeadIsKnown", "pose@1+60:invalid;recentre@30:known", 0, "", "head tracking"},

    // Eyes.
    {"GazeNeverThere", "gaze@1:absent", 0, "", "eye tracker"},
    {"GazeGoesAway", "gaze@200:absent", 0, "", "eye tracker", 1, "40"},
    {"GazeStale", "gaze@200:stale", 0, "", "eye tracker", 1, "40"},
    {"GazeTwice", "gaze@1:twice", 0, "", ""},
    {"GazeAtItsOwnRate", "gaze@1:slow", 0, "", ""},
    {"GazeOfTheFuture", "gaze@200+60:future", 0, "", ""},
    {"GazeOfTimeZero", "gaze@200+60:zero", 0, "", ""},
    {"GazeOfAbsurdTime", "gaze@200+60:absurd", 0, "", ""},

    // Events.
    {"UnknownEvents", "unknown_events@200:50", 0, "", ""},
    {"AFloodOfEvents", "flood@200:1000", 0, "", "controller"},
    {"EventsWithoutEnd", "endless_events@200", 0, "", ""},
    {"EventsLost", "events_lost@200:7", 0, "", "lost events"},

    // System.
    {"HeadsetComesLate", "no_headset@0:2", 0, "no headset yet", ""},
    {"FormatsInAnotherOrder", "formats@0:50,43", 0, "", ""},
    {"UnknownFormatsFirst", "formats@0:1000156000,2,43", 0, "", ""},

    // In real time.
    {"AsleepInRealTime", "sleep@20:1500", 0, "", "stopped asking for pictures", 1, "6", "real"},
    {"WaitFrameReturnsLateInRealTime", "hang@20:wait,3", 0, "", "did not answer", 1, "6", "real"},
    {"TimeLeapsInRealTime", "leap@20:7200", 0, "", "clock leapt", 1, "6", "real"},
    {"NoPicturesWantedInRealTime", "no_render@20", 0, "", "wants no pictures", 1, "6", "real"},

    // An unlucky day.
    {"EverythingAtOnce",
     "sleep@150:50;leap@151+60:3600;controller_down@180+60;pose@220+40:nan;gaze@230+50:absent;recentre@300:"
     "unknown;"
     "flood@310:300;no_render@320+30;period@330+20:0;unfocused@370+20;events_lost@400:3;failure@410+10:space",
     0, "", "stopped asking for pictures"},
};

/// A session that is lost says in its recording what it said to the operator.
void expect_the_same_word_at_the_end(const test::FieldRecord& record, const test::Outcome& outcome) {
  ASSERT_FALSE(record.events.empty());
  EXPECT_EQ(record.events.back().kind, record::EventKind::session_ended);
  EXPECT_NE(outcome.err.find(std::string(record.events.back().words())), std::string::npos) << record.told();
}

void PrintTo(const Row& row, std::ostream* out) { *out << row.fault; }

class Field : public ::testing::TestWithParam<Row> {};

TEST_P(Field, IsLivedThrough) {
  const auto& row = GetParam();
  test::FieldOptions options;
  options.seconds = row.seconds;
  options.clock = row.clock;
  test::FieldSession session(row.fault, options);
  const auto& outcome = session.end();
  EXPECT_EQ(outcome.status, row.status) << outcome.err;
  EXPECT_LE(outcome.error_lines(), 4u) << outcome.err;
  EXPECT_NE(outcome.first_error_line().find(row.says), std::string::npos) << outcome.err;
  const auto faults = session.faults();
  ASSERT_EQ(faults.missing(row.fault), "") << "never happened: this row would show nothing";
  EXPECT_EQ(faults.count("picture_at_another_pose"), 0u);
  EXPECT_EQ(faults.count("frame_while_stopped"), 0u);
  EXPECT_LE(faults.count("call_after_the_loss"), most_calls_after_a_loss);

  const auto record = test::record_of(session.path());
  if (*row.recorded != '\0') {
    EXPECT_GE(record.more_events_with(row.recorded, test::undisturbed()), row.times) << record.told();
  }
  if (row.status != 0) expect_the_same_word_at_the_end(record, outcome);
  EXPECT_TRUE(test::exposure_is_steady(record));
  EXPECT_TRUE(test::belief_is_steady(record));
  EXPECT_TRUE(test::attention_is_steady(record));
  EXPECT_TRUE(test::time_goes_forward(record));
  if (faults.count("sleep") == 0 && options.clock == "virtual") {
    EXPECT_TRUE(test::time_is_that_of_the_frames(record));
  }
  EXPECT_TRUE(test::poses_are_possible(record));
  const auto report =
      test::attune({"report", session.path().string(), "-o", (session / "report.html").string()});
  EXPECT_EQ(report.status, 0) << report.err;
}

INSTANTIATE_TEST_SUITE_P(Every, Field, ::testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace attune
