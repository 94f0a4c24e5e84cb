#include "session/control/intake.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/allocations.hpp"

// How what therapists do comes into the frames.
namespace attune::session::control {
namespace {

using telemetry::CommandKind;
using treatment::Event, treatment::Phase, treatment::Reason;

Act command(CommandKind kind, std::uint64_t ticket = 0) {
  Act act;
  act.command.kind = kind;
  act.ticket = ticket;
  return act;
}

struct IntakeTest : testing::Test {
  std::shared_ptr<TherapistLine> line = std::make_shared<TherapistLine>(true);
  std::shared_ptr<TherapistLine> other = std::make_shared<TherapistLine>(false);
  Intake intake{{line, other}, true};
  scene::Directive shown;
  double now_s = 0.0;

  telemetry::Frame next_frame(double step_s = 0.01) {
    telemetry::Frame frame;
    now_s += step_s;
    frame.time = core::at_seconds(now_s);
    intake.fill(frame, shown);
    return frame;
  }
  static std::vector<CommandKind> commands_of(const telemetry::Frame& frame) {
    std::vector<CommandKind> kinds;
    for (const auto& one : frame.commands) kinds.push_back(one.kind);
    return kinds;
  }
  std::optional<Outcome> outcome() const {
    Notice notice;
    while (line->next(notice)) {
      if (const auto* found = std::get_if<Outcome>(&notice)) return *found;
    }
    return std::nullopt;
  }
};
using Kinds = std::vector<CommandKind>;

TEST_F(IntakeTest, CommandsComeInOrderAndWhatHasNoRoomComesNext) {
  const Kinds sent{CommandKind::start, CommandKind::step_up,   CommandKind::step_up,
                   CommandKind::hold,  CommandKind::step_down, CommandKind::pause};
  for (const auto kind : sent) ASSERT_TRUE(line->send(command(kind)));
  EXPECT_EQ(commands_of(next_frame()), Kinds(sent.begin(), sent.begin() + 4));
  EXPECT_EQ(commands_of(next_frame()), Kinds(sent.begin() + 4, sent.end()));
  EXPECT_TRUE(next_frame().commands.empty());
}

TEST_F(IntakeTest, AStopIsInTheNextFrameHoweverMuchWaits) {
  std::size_t waiting = 0;
  while (line->send(command(CommandKind::step_up))) ++waiting;
  EXPECT_GT(waiting, 8u);
  ASSERT_TRUE(line->send(command(CommandKind::stop))) << "a stop has room of its own";
  EXPECT_EQ(commands_of(next_frame()), Kinds{CommandKind::stop});
  EXPECT_TRUE(next_frame().commands.empty()) << "what waited was given up";
}

TEST_F(IntakeTest, AStartThatWaitedWhenAStopCameStartsNothing) {
  ASSERT_TRUE(line->send(command(CommandKind::start, 5)));
  ASSERT_TRUE(other->send(command(CommandKind::start)));
  ASSERT_TRUE(line->send(command(CommandKind::stop)));
  EXPECT_EQ(commands_of(next_frame()), Kinds{CommandKind::stop});
  EXPECT_TRUE(next_frame().commands.empty());
  const auto told = outcome();
  ASSERT_TRUE(told);
  EXPECT_EQ(told->ticket, 5u);
  EXPECT_EQ(told->result, Outcome::Result::superseded);
}

TEST_F(IntakeTest, AStartThatTheSameTherapistSentAfterTheStopComesInTheFrameAfter) {
  ASSERT_TRUE(line->send(command(CommandKind::stop)));
  ASSERT_TRUE(line->send(command(CommandKind::start)));
  EXPECT_EQ(commands_of(next_frame()), Kinds{CommandKind::stop});
  EXPECT_EQ(commands_of(next_frame()), Kinds{CommandKind::start});
}

TEST_F(IntakeTest, AStopGivesUpWhatWaitsForALaterTime) {
  auto later = command(CommandKind::start);
  later.not_before = core::at_seconds(5.0);
  ASSERT_TRUE(line->send(later));
  EXPECT_TRUE(next_frame().commands.empty());
  ASSERT_TRUE(line->send(command(CommandKind::safe_place)));
  EXPECT_EQ(commands_of(next_frame()), Kinds{CommandKind::safe_place});
  EXPECT_TRUE(next_frame(10.0).commands.empty());
}

TEST_F(IntakeTest, AStopMayWaitForATimeTooAndIsAloneThen) {
  auto later = command(CommandKind::stop);
  later.not_before = core::at_seconds(1.0);
  auto start = command(CommandKind::start);
  start.not_before = core::at_seconds(1.0);
  ASSERT_TRUE(line->send(start));
  ASSERT_TRUE(line->send(later));
  EXPECT_TRUE(next_frame(0.5).commands.empty());
  EXPECT_FALSE(intake.stopped());
  EXPECT_EQ(commands_of(next_frame(0.6)), Kinds{CommandKind::stop});
  EXPECT_TRUE(next_frame().commands.empty());
}

TEST_F(IntakeTest, WhatWaitsForATimeComesInTheFirstFrameThatHasIt) {
  auto later = command(CommandKind::start);
  later.not_before = core::at_seconds(1.0);
  ASSERT_TRUE(line->send(later));
  ASSERT_TRUE(line->send(command(CommandKind::hold)));
  EXPECT_EQ(commands_of(next_frame(0.99)), Kinds{CommandKind::hold}) << "others need not wait for it";
  EXPECT_EQ(commands_of(next_frame(0.02)), Kinds{CommandKind::start});
}

TEST_F(IntakeTest, ThePatientsKeyIsThePatientsStop) {
  Act act;
  act.kind = Act::Kind::patient_stop;
  ASSERT_TRUE(other->send(act));
  const auto frame = next_frame();
  EXPECT_TRUE(frame.patient_stop);
  EXPECT_TRUE(intake.stopped());
  EXPECT_FALSE(next_frame().patient_stop) << "once";
  EXPECT_FALSE(intake.stopped());
}

TEST_F(IntakeTest, DistressThatIsSaidAloudAnswersTheQuestionThatIsOpen) {
  shown.question.kind = telemetry::ReportKind::suds;
  shown.question.asked = core::at_seconds(0.005);
  Act act;
  act.kind = Act::Kind::report;
  act.report = telemetry::ReportKind::suds;
  act.value = 60.0F;
  ASSERT_TRUE(line->send(act));
  const auto frame = next_frame();
  ASSERT_EQ(frame.reports.size(), 1u);
  EXPECT_EQ(frame.reports[0].value, 60.0F);
  EXPECT_EQ(frame.reports[0].asked, shown.question.asked);
  EXPECT_EQ(frame.reports[0].answered, frame.time);

  shown.question.kind = telemetry::ReportKind::comfort;
  ASSERT_TRUE(line->send(act));
  const auto later = next_frame();
  ASSERT_EQ(later.reports.size(), 1u);
  EXPECT_EQ(later.reports[0].asked, later.time) << "another question is not answered by it";
}

TEST_F(IntakeTest, WordsOfThePatientBecomeEvents) {
  Act act;
  act.kind = Act::Kind::feared;
  for (const char letter : std::string_view("I fall")) act.text.push_back(letter);
  ASSERT_TRUE(line->send(act));
  const auto frame = next_frame();
  ASSERT_EQ(intake.said().size(), 1u);
  EXPECT_EQ(intake.said()[0].words(), "feared outcome: I fall");
  EXPECT_EQ(intake.said()[0].time, frame.time);
  static_cast<void>(next_frame());
  EXPECT_TRUE(intake.said().empty());
}

TEST_F(IntakeTest, SilenceIsCountedFromTheLastWordOfARemoteTherapist) {
  constexpr auto never = std::numeric_limits<float>::infinity();
  EXPECT_EQ(next_frame(5.0).therapist_silence_s, never) << "nobody has been there";
  other->say_here();
  EXPECT_EQ(next_frame(5.0).therapist_silence_s, never) << "who is at this machine is not who is awaited";
  line->say_here();
  EXPECT_EQ(next_frame(1.0).therapist_silence_s, 0.0F);
  EXPECT_FLOAT_EQ(next_frame(3.0).therapist_silence_s, 3.0F);
  EXPECT_FLOAT_EQ(next_frame(3.0).therapist_silence_s, 6.0F);
  line->say_here();
  EXPECT_EQ(next_frame(1.0).therapist_silence_s, 0.0F);
}

TEST_F(IntakeTest, WhatIsSentForALaterTimeSaysThenThatTheTherapistIsThere) {
  auto later = command(CommandKind::hold);
  later.not_before = core::at_seconds(2.0);
  ASSERT_TRUE(line->send(later));
  EXPECT_EQ(next_frame(1.9).therapist_silence_s, std::numeric_limits<float>::infinity());
  EXPECT_EQ(next_frame(0.2).therapist_silence_s, 0.0F);
  EXPECT_FLOAT_EQ(next_frame(3.0).therapist_silence_s, 3.0F);
  later.kind = Act::Kind::here;
  later.not_before = core::at_seconds(6.0);
  ASSERT_TRUE(line->send(later));
  EXPECT_GT(next_frame(0.8).therapist_silence_s, 3.0F);
  const auto frame = next_frame(0.2);
  EXPECT_EQ(frame.therapist_silence_s, 0.0F);
  EXPECT_TRUE(frame.commands.empty()) << "being there asks for nothing";
}

TEST_F(IntakeTest, ATherapistAtThisMachineNeedsNoLinkAndNobodyAtAllIsNoTherapist) {
  telemetry::Frame frame;
  frame.time = core::at_seconds(100.0);
  Intake here({other}, true), nobody({}, true), careless({}, false);
  here.fill(frame, shown);
  EXPECT_EQ(frame.therapist_silence_s, 0.0F);
  nobody.fill(frame, shown);
  EXPECT_EQ(frame.therapist_silence_s, std::numeric_limits<float>::infinity());
  careless.fill(frame, shown);
  EXPECT_EQ(frame.therapist_silence_s, 0.0F) << "the programme needs none";
}

TEST_F(IntakeTest, SilenceMeansNothingToAProgrammeThatNeedsNoTherapist) {
  Intake careless({line}, false);
  line->say_here();
  telemetry::Frame frame;
  careless.fill(frame, shown);
  frame.time = core::at_seconds(100.0);
  careless.fill(frame, shown);
  EXPECT_EQ(frame.therapist_silence_s, 0.0F);
}

TEST_F(IntakeTest, EveryCommandIsToldWhatBecameOfIt) {
  ASSERT_TRUE(line->send(command(CommandKind::skip, 1)));
  ASSERT_TRUE(line->send(command(CommandKind::resume, 2)));
  ASSERT_TRUE(line->send(command(CommandKind::raise_ceiling, 3)));
  const auto frame = next_frame();
  const std::vector<treatment::LoggedEvent> met{
      {frame.time, Event::headset_removed, Phase::neutral, Phase::neutral, Reason::not_possible_now},
      {frame.time, Event::skip, Phase::neutral, Phase::exposure, Reason::therapist_skipped},
      {frame.time, Event::resume, Phase::exposure, Phase::exposure, Reason::not_possible_now},
      {frame.time, Event::confirm_ceiling, Phase::exposure, Phase::exposure,
       Reason::therapist_raised_ceiling},
  };
  intake.settle(frame, met, Phase::exposure);
  using Result = Outcome::Result;
  for (const auto& [ticket, result, reason] : {
           std::tuple{1u, Result::taken, Reason::therapist_skipped},
           std::tuple{2u, Result::not_now, Reason::not_possible_now},
           std::tuple{3u, Result::taken, Reason::therapist_raised_ceiling},
       }) {
    const auto told = outcome();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->ticket, ticket);
    EXPECT_EQ(told->result, result);
    EXPECT_EQ(told->reason, reason);
    EXPECT_EQ(told->phase, Phase::exposure);
  }
}

TEST_F(IntakeTest, AllocatesNothing) {
  const auto before = test::allocations();
  const auto provoked = std::make_unique<int>(1);
  ASSERT_GT(test::allocations(), before) << "the counter counts nothing";
  const auto start = test::allocations();
  for (int i = 0; i < 200; ++i) {
    line->send(command(CommandKind::hold));
    line->send(command(i % 7 == 0 ? CommandKind::stop : CommandKind::step_up));
    line->say_here();
    const auto frame = next_frame();
    intake.settle(frame, {}, Phase::exposure);
    line->tell(Status{});
  }
  EXPECT_EQ(test::allocations(), start);
}

TEST(TherapistLine, WhoReadsTooSlowlyLosesNoticesAndIsToldHowMany) {
  TherapistLine line(true);
  for (int i = 0; i < 2000; ++i) line.tell(Status{});
  Notice notice;
  std::uint64_t read = 0;
  while (line.next(notice)) ++read;
  EXPECT_GT(read, 0u);
  EXPECT_EQ(read + line.take_lost(), 2000u);
  EXPECT_EQ(line.take_lost(), 0u);
}

TEST(Status, TheBandIsNinetyPercentOfWhatTheStateMayBe) {
  Status status;
  status.state_mean = 0.6F;
  status.state_deviation = 0.1F;
  const auto band = band_of(status);
  EXPECT_EQ(band.mean, 60);
  EXPECT_EQ(band.low, 44);   // 60 - 16.45
  EXPECT_EQ(band.high, 76);  // 60 + 16.45
  status.state_mean = 0.95F;
  EXPECT_EQ(band_of(status).high, 100) << "there is no distress above 100";
  status.state_mean = std::nanf("");
  EXPECT_EQ(band_of(status).low, 0);
  EXPECT_EQ(band_of(status).high, 100) << "of what is no number, nothing is known";
}

}  // namespace
}  // namespace attune::session::control
