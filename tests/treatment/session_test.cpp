#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "attune/treatment/controller.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/stop_detector.hpp"
#include "support.hpp"

/// Machine, controller and governor together, as the session wires them, with a person whose anxiety follows
/// the stimulus and who answers when asked.
namespace attune::treatment {
namespace {

class Room {
 public:
  explicit Room(Programme programme)
      : programme_(std::move(programme)),
        machine_(programme_),
        controller_(programme_),
        governor_(programme_.limits) {}

  GovernorOutput frame(std::vector<Event> commands = {}) {
    time_s_ += frame_s;
    const auto now = core::at_seconds(time_s_);
    machine_.begin_frame(now, headset);
    bool stop = false, start = false, resume = false;
    for (const auto command : commands) {
      const auto met = machine_.apply(command);
      stop |= command == Event::stop || command == Event::patient_stop || command == Event::safe_place;
      start |= command == Event::start && met.accepted();
      resume |= command == Event::resume && met.accepted();
    }

    ControllerInput in;
    in.time = now;
    in.phase = machine_.phase();
    in.time_in_phase_s = machine_.time_in_phase_s();
    in.phase_time_over = machine_.phase_time_over();
    in.events = machine_.log();
    std::vector<telemetry::SelfReport> reports;
    if (answers && asked.question != 0)
      reports.push_back({asked.question_kind, 100.0F * anxiety, asked.asked, now});
    in.reports = reports;
    in.belief = {anxiety, 0.08F, 0.0, true};
    in.ceiling = machine_.allowance().ceiling;
    in.wanted_change = network;
    in.intensity = governor_.previous().intensity;
    asked = controller_.step(in);
    for (const auto event : asked.events) machine_.apply(event);

    GovernorInput to_governor;
    to_governor.time = now;
    to_governor.allowed = machine_.allowance();
    to_governor.asked_intensity = asked.intensity;
    to_governor.stop = stop;
    to_governor.therapist_start = start;
    to_governor.therapist_resume = resume;
    to_governor.headset = headset;
    to_governor.head_valid = true;
    to_governor.belief = in.belief;
    to_governor.suds = asked.suds;
    to_governor.unanswered = asked.unanswered;
    const auto out = governor_.step(to_governor);
    if (out.to_safe_place) machine_.apply(Event::doubt_too_long);

    const float drawn_to = 0.2F + reactivity * out.intensity;
    anxiety += (drawn_to - anxiety) * static_cast<float>(frame_s) / 20.0F;
    phases.insert(machine_.phase());
    highest = std::max(highest, out.intensity);
    steps.insert(asked.step);
    return out;
  }
  GovernorOutput run(double seconds) {
    GovernorOutput out;
    for (double t = 0.0; t < seconds; t += frame_s) out = frame();
    return out;
  }

  [[nodiscard]] Phase phase() const { return machine_.phase(); }

  static constexpr double frame_s = 1.0 / 30.0;
  telemetry::HeadsetState headset{true, true, true, true};
  ControllerOutput asked;
  std::optional<float> network;
  float anxiety = 0.2F, reactivity = 0.5F, highest = 0.0F;
  bool answers = true;
  std::set<Phase> phases;
  std::set<int> steps;

 private:
  Programme programme_;
  SessionMachine machine_;
  Controller controller_;
  Governor governor_;
  double time_s_ = 0.0;
};

TEST(Treatment, LeadsAPersonThroughAWholeSessionOfTwentyMinutes) {
  Room room(heights());
  room.reactivity = 0.4F;
  room.frame({Event::start});
  room.run(1199.0);
  EXPECT_NE(room.phase(), Phase::ended);
  const auto out = room.run(10.0);
  EXPECT_EQ(room.phase(), Phase::ended);
  EXPECT_EQ(out.place, Place::safe_place);
  EXPECT_TRUE(room.phases.contains(Phase::neutral) && room.phases.contains(Phase::exposure) &&
              room.phases.contains(Phase::recovery));
  EXPECT_GT(room.highest, 0.85F);
  EXPECT_EQ(room.steps.size(), heights().ladder.size());
}

TEST(Treatment, HoldsAReactivePersonNearTheTarget) {
  Room room(heights());
  room.reactivity = 1.2F;
  room.frame({Event::start});
  room.run(700.0);
  float low = 1.0F, high = 0.0F;
  for (int i = 0; i < 30 * 200; ++i) {
    room.frame();
    low = std::min(low, room.anxiety);
    high = std::max(high, room.anxiety);
  }
  EXPECT_EQ(room.phase(), Phase::exposure);
  EXPECT_GT(low, 0.45F);
  EXPECT_LT(high, 0.75F);
}

TEST(Treatment, KeepsAHostileNetworkFromOverwhelmingAnybody) {
  Room room(heights());
  room.reactivity = 2.5F;
  room.network = 1.0F;  // always wants more
  room.frame({Event::start});
  float high = 0.0F;
  for (int i = 0; i < 30 * 1000; ++i) {
    room.frame();
    high = std::max(high, room.anxiety);
  }
  EXPECT_LT(high, 0.9F);
}

TEST(Treatment, ShowsAllThreePhasesAndALadderInADemoOfAMinuteAndAHalf) {
  Room room(heights().scaled_to(90.0));
  room.frame({Event::start});
  room.run(95.0);
  EXPECT_EQ(room.phase(), Phase::ended);
  EXPECT_TRUE(room.phases.contains(Phase::neutral) && room.phases.contains(Phase::exposure) &&
              room.phases.contains(Phase::recovery));
  EXPECT_GE(room.steps.size(), 3U);
  EXPECT_GT(room.highest, 0.5F);
}

TEST(Treatment, BringsToTheGardenInOneFrameAndGoesOnOnlyFromTheBeginning) {
  Room room(heights());
  room.frame({Event::start});
  room.run(300.0);
  ASSERT_EQ(room.phase(), Phase::exposure);
  auto out = room.frame({Event::patient_stop});
  EXPECT_TRUE(out.stimulus_hidden);
  EXPECT_EQ(room.phase(), Phase::safe_place);
  for (const auto event : {Event::resume, Event::step_up, Event::raise_ceiling, Event::pause})
    room.frame({event});
  out = room.run(100.0);
  EXPECT_TRUE(out.stimulus_hidden);
  EXPECT_EQ(out.intensity, 0.0F);
  room.frame({Event::start});
  EXPECT_EQ(room.phase(), Phase::neutral);
}

TEST(Treatment, WaitsForTheTherapistAfterTheHeadsetWasTakenOffAndPutOnAgain) {
  Room room(heights());
  room.frame({Event::start});
  room.run(300.0);
  const float before = room.run(0.1).intensity;
  room.headset.worn = false;
  const auto off = room.run(20.0);
  EXPECT_EQ(room.phase(), Phase::paused_exposure);
  EXPECT_LT(off.intensity, before);
  room.headset.worn = true;
  const auto on = room.run(20.0);
  EXPECT_LE(on.intensity, off.intensity);
  EXPECT_EQ(room.phase(), Phase::paused_exposure);
  room.frame({Event::resume});
  EXPECT_GT(room.run(10.0).intensity, off.intensity);
}

TEST(Treatment, LeavesTheExposureOfSomebodyWhoNoLongerAnswers) {
  Room room(heights());
  room.answers = false;
  room.frame({Event::start});
  room.run(320.0);  // the first two questions, and their time to answer, are over
  EXPECT_EQ(room.asked.unanswered, 2);
  const float held = room.frame().intensity;
  EXPECT_LT(room.run(60.0).intensity, held);
  room.run(300.0);
  EXPECT_EQ(room.phase(), Phase::safe_place);
}

}  // namespace
}  // namespace attune::treatment
