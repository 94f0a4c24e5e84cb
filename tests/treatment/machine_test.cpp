#include "attune/treatment/machine.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "attune/treatment/controller.hpp"
#include "attune/treatment/governor.hpp"
#include "support.hpp"

namespace attune::treatment {
namespace {

constexpr telemetry::HeadsetState worn{true, true, true, true};
constexpr telemetry::HeadsetState taken_off{true, true, true, false};

std::vector<Phase> all_phases() {
  std::vector<Phase> phases;
  for (int i = 0; i < phase_count; ++i) phases.push_back(static_cast<Phase>(i));
  return phases;
}
std::vector<Event> all_events() {
  std::vector<Event> events;
  for (int i = 0; i < event_count; ++i) events.push_back(static_cast<Event>(i));
  return events;
}

/// A machine that has been brought to a phase by events alone.
SessionMachine machine_in(Phase phase) {
  SessionMachine machine(heights());
  machine.begin_frame({}, worn);
  const auto go = [&](std::initializer_list<Event> events) {
    for (const auto event : events) machine.apply(event);
  };
  switch (phase) {
    case Phase::waiting:
      break;
    case Phase::neutral:
      go({Event::start});
      break;
    case Phase::exposure:
      go({Event::start, Event::skip});
      break;
    case Phase::recovery:
      go({Event::start, Event::skip, Event::skip});
      break;
    case Phase::safe_place:
      go({Event::stop});
      break;
    case Phase::paused_neutral:
      go({Event::start, Event::pause});
      break;
    case Phase::paused_exposure:
      go({Event::start, Event::skip, Event::pause});
      break;
    case Phase::paused_recovery:
      go({Event::start, Event::skip, Event::skip, Event::pause});
      break;
    case Phase::ended:
      go({Event::start, Event::skip, Event::skip, Event::skip});
      break;
  }
  machine.begin_frame({}, worn);  // begins a new log
  return machine;
}

const Transition* row_of(Phase from, Event event) {
  for (const auto& row : transitions()) {
    if (row.from == from && row.event == event) return &row;
  }
  return nullptr;
}

/// Every phase that can come after `from` by any events but those in `barred`.
std::set<Phase> reachable(Phase from, const std::set<Event>& barred = {}) {
  std::set<Phase> seen{from};
  std::vector<Phase> open{from};
  while (!open.empty()) {
    const auto phase = open.back();
    open.pop_back();
    for (const auto& row : transitions()) {
      if (row.from == phase && !barred.contains(row.event) && seen.insert(row.to).second)
        open.push_back(row.to);
    }
  }
  return seen;
}

TEST(Machine, DoesInEveryPhaseWithEveryEventWhatItsTableSaysAndLogsIt) {
  for (const auto phase : all_phases()) {
    for (const auto event : all_events()) {
      auto machine = machine_in(phase);
      ASSERT_EQ(machine.phase(), phase);
      if (event == Event::confirm_ceiling) {
        machine.apply(Event::raise_ceiling, 0.9F);
        machine.begin_frame(core::at_seconds(2.0), worn);
      }
      const auto logged = machine.apply(event, /*value=*/0.9F);
      const auto* row = row_of(phase, event);
      EXPECT_EQ(machine.phase(), row == nullptr ? phase : row->to) << text(phase) << ", " << text(event);
      EXPECT_EQ(logged.accepted(), row != nullptr) << text(phase) << ", " << text(event);
      EXPECT_EQ(logged.reason, row == nullptr ? Reason::not_possible_now : row->reason);
      ASSERT_EQ(machine.log().size(), 1U);
      EXPECT_EQ(machine.log()[0].from, phase);
      EXPECT_EQ(machine.log()[0].to, machine.phase());
    }
  }
}

TEST(Machine, ReachesEveryPhaseFromItsBeginning) {
  EXPECT_EQ(reachable(Phase::waiting).size(), static_cast<std::size_t>(phase_count));
}

TEST(Machine, LeadsToTheCalmGardenInOneStepFromAnywhereByStopSafePlaceAndPatientStop) {
  for (const auto phase : all_phases()) {
    for (const auto event : {Event::stop, Event::safe_place, Event::patient_stop}) {
      auto machine = machine_in(phase);
      EXPECT_TRUE(machine.apply(event).accepted()) << text(phase);
      EXPECT_EQ(machine.allowance().place, Place::safe_place) << text(phase);
      EXPECT_EQ(machine.allowance().intensity_at_most, 0.0F);
      EXPECT_FALSE(machine.allowance().may_rise);
    }
  }
}

TEST(Machine, AllowsNoRiseAfterAStopWithoutANewStartByTheTherapist) {
  for (const auto phase : reachable(Phase::safe_place, {Event::start})) {
    EXPECT_FALSE(machine_in(phase).allowance().may_rise) << text(phase);
  }
  // The same walk with start allowed does get there: the check can fail.
  EXPECT_TRUE(reachable(Phase::safe_place).contains(Phase::exposure));
}

TEST(Machine, LetsNobodyStartInTheFrameOfAStop) {
  for (const auto stop : {Event::stop, Event::safe_place, Event::patient_stop}) {
    auto machine = machine_in(Phase::exposure);
    machine.apply(stop);
    EXPECT_FALSE(machine.apply(Event::start).accepted()) << text(stop);
    EXPECT_EQ(machine.phase(), Phase::safe_place);
    machine.begin_frame(core::at_seconds(0.1), worn);
    EXPECT_TRUE(machine.apply(Event::start).accepted()) << text(stop);
  }
}

TEST(Machine, AllowsNoRiseWhilePausedAndResumesByTheTherapistOnly) {
  for (const auto phase : all_phases()) {
    if (!is_paused(phase)) continue;
    EXPECT_FALSE(machine_in(phase).allowance().may_rise);
    for (const auto next : reachable(phase, {Event::resume, Event::start})) {
      EXPECT_FALSE(machine_in(next).allowance().may_rise) << text(phase) << " to " << text(next);
    }
  }
}

TEST(Machine, EndsExposureThroughRecoveryExceptByAStop) {
  const std::set<Event> stops{Event::stop, Event::safe_place, Event::patient_stop, Event::doubt_too_long,
                              Event::link_lost};
  for (const auto& row : transitions()) {
    if (row.from != Phase::exposure || row.to == Phase::exposure || row.to == Phase::paused_exposure)
      continue;
    EXPECT_EQ(row.to, stops.contains(row.event) ? Phase::safe_place : Phase::recovery) << text(row.event);
  }
}

TEST(Machine, HasNoDeadlock) {
  for (const auto phase : all_phases()) EXPECT_TRUE(reachable(phase).contains(Phase::ended)) << text(phase);
  // Once started, a session that nobody touches ends too: time and doubt alone lead out of every phase in the
  // world.
  const std::set<Event> people{Event::start,         Event::pause,        Event::resume,
                               Event::step_up,       Event::step_down,    Event::hold,
                               Event::skip,          Event::stop,         Event::safe_place,
                               Event::raise_ceiling, Event::patient_stop, Event::confirm_ceiling};
  for (const auto phase : all_phases()) {
    if (place_of(phase) == Place::safe_place) continue;
    const auto seen = reachable(phase, people);
    EXPECT_TRUE(seen.contains(Phase::ended) || seen.contains(Phase::safe_place)) << text(phase);
  }
}

TEST(Machine, KeepsAProgrammeThatExposesNobodyInTheCalmGarden) {
  auto programme = heights();
  programme.limits.intensity = {0.0F, 0.0F};
  SessionMachine machine(programme);
  machine.begin_frame({}, worn);
  for (const auto event : {Event::start, Event::skip, Event::skip}) {
    EXPECT_TRUE(machine.apply(event).accepted());
    EXPECT_EQ(machine.allowance().place, Place::safe_place) << text(machine.phase());
    EXPECT_FALSE(machine.allowance().may_rise);
  }
}

TEST(Machine, CountsTheTimeOfAPhaseWithoutItsPauses) {
  auto machine = machine_in(Phase::exposure);
  run(machine, 0.0, 10.0, worn);
  machine.apply(Event::pause);
  run(machine, 10.0, 40.0, worn);
  machine.apply(Event::resume);
  run(machine, 40.0, 45.0, worn);
  EXPECT_EQ(machine.phase(), Phase::exposure);
  EXPECT_NEAR(machine.time_in_phase_s(), 15.0, 0.2);
}

TEST(Machine, SaysThatAPhaseHasLastedAsLongAsItMay) {
  auto machine = machine_in(Phase::neutral);
  run(machine, 0.0, 119.0, worn);
  EXPECT_FALSE(machine.phase_time_over());
  run(machine, 119.0, 121.0, worn);
  EXPECT_TRUE(machine.phase_time_over());
}

TEST(Machine, PausesWhenTheHeadsetIsTakenOffAndWaitsForTheTherapistWhenItIsPutOnAgain) {
  auto machine = machine_in(Phase::exposure);
  machine.begin_frame(core::at_seconds(1), taken_off);
  EXPECT_EQ(machine.phase(), Phase::paused_exposure);
  ASSERT_EQ(machine.log().size(), 1U);
  EXPECT_EQ(machine.log()[0].reason, Reason::headset_taken_off);
  run(machine, 1.0, 20.0, worn);
  EXPECT_EQ(machine.phase(), Phase::paused_exposure);
  machine.apply(Event::resume);
  EXPECT_EQ(machine.phase(), Phase::exposure);
}

/// Of a programme that needs its therapist on the line, brought to the exposure.
SessionMachine remote_exposure() {
  auto programme = heights();
  programme.limits.needs_therapist = true;
  SessionMachine machine(programme);
  machine.begin_frame({}, worn);
  machine.apply(Event::start);
  machine.apply(Event::skip);
  return machine;
}

TEST(Machine, PausesWhenTheNeededTherapistFallsSilentAndWaitsForOneWhoIsThere) {
  auto machine = remote_exposure();
  machine.begin_frame(core::at_seconds(1), worn, absolute::link_silent_s);
  EXPECT_EQ(machine.phase(), Phase::exposure);
  machine.begin_frame(core::at_seconds(2), worn, absolute::link_silent_s + 0.1);
  EXPECT_EQ(machine.phase(), Phase::paused_exposure);
  ASSERT_EQ(machine.log().size(), 1U);
  EXPECT_EQ(machine.log()[0].reason, Reason::therapist_link_silent);
  EXPECT_FALSE(machine.apply(Event::resume).accepted()) << "by a key, while the therapist is not there";
  run(machine, 2.0, 20.0, worn);
  EXPECT_EQ(machine.phase(), Phase::paused_exposure) << "the link is back, the therapist has not gone on";
  EXPECT_TRUE(machine.apply(Event::resume).accepted());
  EXPECT_EQ(machine.phase(), Phase::exposure);
}

TEST(Machine, LetsNobodyStartWithoutTheNeededTherapist) {
  for (const double silence_s : {6.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    auto machine = remote_exposure();
    machine.apply(Event::stop);
    machine.begin_frame(core::at_seconds(1), worn, silence_s);
    EXPECT_FALSE(machine.apply(Event::start).accepted()) << silence_s;
    machine.begin_frame(core::at_seconds(2), worn, 0.0);
    EXPECT_TRUE(machine.apply(Event::start).accepted());
  }
  auto alone = machine_in(Phase::safe_place);
  alone.begin_frame(core::at_seconds(1), worn, std::numeric_limits<double>::infinity());
  EXPECT_TRUE(alone.apply(Event::start).accepted()) << "this programme needs no link";
}

TEST(Machine, GoesToTheSafePlaceWhenAPauseLastsTooLong) {
  auto machine = machine_in(Phase::paused_exposure);
  run(machine, 0.0, absolute::pause_s + 1.0, worn);
  EXPECT_EQ(machine.phase(), Phase::safe_place);
}

TEST(Machine, EndsTheExposureAtTheLongestTimeOfASession) {
  auto machine = machine_in(Phase::exposure);
  run(machine, 0.0, absolute::session_s + 1.0, worn);
  EXPECT_EQ(machine.phase(), Phase::recovery);
}

/// A machine in the exposure, and a therapist who asks for a ceiling at certain seconds.
struct CeilingAsks {
  SessionMachine machine = machine_in(Phase::exposure);
  LoggedEvent ask(double at_s, float value) {
    machine.begin_frame(core::at_seconds(at_s), worn);
    return machine.apply(Event::raise_ceiling, value);
  }
  [[nodiscard]] float ceiling() const { return machine.allowance().ceiling; }
};

TEST(Machine, RaisesTheCeilingWhenItIsAskedForTwiceAndLogsBoth) {
  CeilingAsks therapist;
  const float agreed = therapist.ceiling();
  const auto asked = therapist.ask(1.0, 0.9F);
  EXPECT_EQ(asked.reason, Reason::therapist_asks_for_ceiling);
  EXPECT_EQ(therapist.ceiling(), agreed) << "asking raises nothing";
  EXPECT_EQ(therapist.machine.asked_ceiling(), 0.9F);
  const auto confirmed = therapist.ask(3.0, 0.9F);
  EXPECT_EQ(confirmed.event, Event::confirm_ceiling);
  EXPECT_EQ(confirmed.reason, Reason::therapist_raised_ceiling);
  EXPECT_EQ(therapist.ceiling(), 0.9F);
  EXPECT_FALSE(therapist.machine.asked_ceiling().has_value());
}

TEST(Machine, DoesNotTakeARepeatingKeyALateAskOrAnotherValueForAConfirmation) {
  CeilingAsks key_held;
  for (double at_s = 0.0; at_s < 8.0; at_s += 0.1) key_held.ask(at_s, 0.9F);
  EXPECT_LT(key_held.ceiling(), 0.9F);
  CeilingAsks late;
  late.ask(0.0, 0.9F);
  late.ask(10.5, 0.9F);
  EXPECT_LT(late.ceiling(), 0.9F);
  CeilingAsks other;
  other.ask(0.0, 0.9F);
  other.ask(2.0, 0.92F);
  EXPECT_LT(other.ceiling(), 0.9F);
  CeilingAsks changed;
  changed.ask(0.0, 0.9F);
  changed.machine.apply(Event::pause);
  changed.machine.apply(Event::resume);
  changed.ask(2.0, 0.9F);
  EXPECT_LT(changed.ceiling(), 0.9F) << "what was asked before a pause is not confirmed after it";
  CeilingAsks backward;
  backward.ask(5.0, 0.9F);
  backward.ask(-3.0, 0.9F);
  EXPECT_LT(backward.ceiling(), 0.9F);
  EXPECT_FALSE(machine_in(Phase::exposure).apply(Event::confirm_ceiling, 0.9F).accepted())
      << "nothing was asked";
}

TEST(Machine, RaisesTheCeilingNeverAboveTheAbsoluteOneAndDoesNotLowerIt) {
  CeilingAsks therapist;
  const float agreed = therapist.ceiling();
  EXPECT_FALSE(therapist.ask(0.0, agreed - 0.1F).accepted()) << "a raise does not lower";
  EXPECT_FALSE(therapist.ask(1.0, std::nanf("")).accepted());
  EXPECT_FALSE(therapist.ask(3.0, std::nanf("")).accepted());
  EXPECT_EQ(therapist.ceiling(), agreed);
  therapist.ask(5.0, 7.0F);
  EXPECT_TRUE(therapist.ask(7.0, 7.0F).accepted());
  EXPECT_EQ(therapist.ceiling(), absolute::ceiling);
  EXPECT_FALSE(therapist.ask(9.0, 7.0F).accepted()) << "there is nothing above it";
}

TEST(Machine, TakesABackwardClockAsNoTime) {
  auto machine = machine_in(Phase::exposure);
  machine.begin_frame(core::at_seconds(5), worn);
  const double before = machine.time_in_phase_s();
  machine.begin_frame(core::at_seconds(-100), worn);
  EXPECT_EQ(machine.time_in_phase_s(), before);
}

TEST(Machine, KnowsEveryCommandOfATherapist) {
  using telemetry::CommandKind;
  const std::pair<CommandKind, Event> pairs[] = {{CommandKind::start, Event::start},
                                                 {CommandKind::pause, Event::pause},
                                                 {CommandKind::resume, Event::resume},
                                                 {CommandKind::step_up, Event::step_up},
                                                 {CommandKind::step_down, Event::step_down},
                                                 {CommandKind::hold, Event::hold},
                                                 {CommandKind::skip, Event::skip},
                                                 {CommandKind::stop, Event::stop},
                                                 {CommandKind::safe_place, Event::safe_place},
                                                 {CommandKind::raise_ceiling, Event::raise_ceiling}};
  for (const auto& [command, event] : pairs) EXPECT_EQ(event_of(command), event);
  EXPECT_EQ(event_of(static_cast<CommandKind>(200)), Event::stop) << "a damaged command stops";
}

TEST(Machine, IsDrawnInTheDocumentationAsItIs) {
  std::ifstream file(ATTUNE_SOURCE_DIR "/docs/session.md");
  std::ostringstream page;
  page << file.rdbuf();
  EXPECT_NE(page.str().find(transitions_markdown()), std::string::npos) << "docs/session.md should hold:\n"
                                                                        << transitions_markdown();
}

}  // namespace
}  // namespace attune::treatment
