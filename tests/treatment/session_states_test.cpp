#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "support.hpp"
#include "treatment/govern.hpp"

/// Every state that session machine and governor reach together, with every event in every state, whether the
/// headset is on or off, the therapist on the line or not, for a moment or for minutes. A controller asks for
/// full intensity all the time. What a session owes its patient is checked at every step of every path.
namespace attune::treatment {
namespace {

constexpr double frame_s = 0.2;
constexpr float asked_ceiling = 2.0F;  // more than anybody may have

/// What happens next in a session.
struct Move {
  std::optional<Event> event;
  bool worn = true, linked = true;
  int frames = 1;
};

/// The wiring of the session's pipeline; a deaf one does not pass a stop on, or the silence of the link; a
/// hasty one lets intensity rise in any phase, or takes one skip for two.
struct Wiring {
  bool machine_hears = true, governor_hears = true;
  bool needs_therapist = true;  ///< the programme, on the line
  bool silence_is_told = true;
  bool rises_anywhere = false, skips_twice = false;
};

/// What tells one state from another; times apart.
using Key = std::tuple<Phase, bool, bool, bool, Hold, bool, Place, bool, bool, bool>;

struct Session {
  Session(Programme programme, const Wiring& wiring)
      : limits(programme.limits), machine(remote(std::move(programme), wiring)) {
    limits.needs_therapist = wiring.needs_therapist;
  }
  static Programme remote(Programme programme, const Wiring& wiring) {
    programme.limits.needs_therapist = wiring.needs_therapist;
    return programme;
  }

  void frame(std::optional<Event> event, const Move& move, const Wiring& wiring) {
    const float intensity_before = state.last.intensity;
    GovernorInput in;
    in.time = core::at_seconds(time_s += frame_s);
    in.headset = {true, true, true, move.worn};
    in.therapist_silence_s = move.linked || !wiring.silence_is_told ? 0.0 : 100.0;
    machine.begin_frame(in.time, in.headset, in.therapist_silence_s);
    if (event) meet(*event, in, wiring);
    in.allowed = machine.allowance();
    in.allowed.may_rise = in.allowed.may_rise || wiring.rises_anywhere;
    in.asked_intensity = 1.0F;
    in.head_valid = true;
    in.belief = {0.4F, 0.05F, 0.0, true};
    const auto out = govern(limits, state, in);
    if (out.to_safe_place) machine.apply(event_of(out.cause));
    stopped = stopped || out.to_safe_place;
    raised = out.intensity > intensity_before;
  }

  void meet(Event event, GovernorInput& in, const Wiring& wiring) {
    const bool is_stop = event == Event::stop || event == Event::safe_place || event == Event::patient_stop;
    if (is_stop) {
      in.stop = wiring.governor_hears;
      stopped = true;
      if (!wiring.machine_hears) return;
    }
    const auto met = machine.apply(event, asked_ceiling);
    if (event == Event::skip && wiring.skips_twice) machine.apply(event);
    in.therapist_start = event == Event::start && met.accepted();
    in.therapist_resume = event == Event::resume && met.accepted();
    if (in.therapist_start) stopped = false;
  }

  [[nodiscard]] Key key() const {
    return {machine.phase(),
            machine.asked_ceiling().has_value(),
            machine.allowance().ceiling > limits.ceiling,
            state.latched,
            state.latch_reason,
            state.taken_off,
            state.last.place,
            state.last.intensity > 0.0F,
            state.last.fade > 0.0F,
            stopped};
  }

  ProgrammeLimits limits;
  SessionMachine machine;
  GovernorState state;
  double time_s = 0.0;
  bool stopped = false;  ///< since then the therapist has not started
  bool raised = false;   ///< in the last frame
};

std::vector<Move> all_moves() {
  std::vector<Move> moves;
  for (const int frames : {1, 15, 650}) {
    for (const bool worn : {true, false}) {
      for (const bool linked : {true, false}) {
        moves.push_back({std::nullopt, worn, linked, frames});
        for (int i = 0; i < event_count; ++i) moves.push_back({static_cast<Event>(i), worn, linked, frames});
      }
    }
  }
  return moves;
}

bool by_people(const Move& move) {
  if (!move.event) return false;
  switch (*move.event) {
    case Event::time_over:
    case Event::criterion_met:
    case Event::entry_refused:
    case Event::ceiling_passed:
    case Event::headset_removed:
    case Event::session_over:
    case Event::doubt_too_long:
    case Event::link_lost:
    case Event::link_silent:
      return false;
    default:
      return true;
  }
}

/// All states and all steps between them, and what was wrong on the way.
struct Explored {
  struct Step {
    Key to;
    bool by_people;
  };
  std::map<Key, std::vector<Step>> steps;
  std::set<std::string> broken;
};

class Explorer {
 public:
  explicit Explorer(const Wiring& wiring) : wiring_(wiring) {
    const Session first(heights(), wiring);
    explored_.steps[first.key()];
    open_.push_back(first);
    while (!open_.empty()) {
      const auto session = open_.back();
      open_.pop_back();
      for (const auto& move : moves_) explored_.steps[session.key()].push_back(go(session, move));
    }
  }
  [[nodiscard]] const Explored& explored() const { return explored_; }

 private:
  Explored::Step go(Session session, const Move& move) {
    const auto before = session.machine.phase();
    session.frame(move.event, move, wiring_);
    after_first_frame(before, move, session);
    for (int i = 1; i < move.frames; ++i) {
      const auto phase = session.machine.phase();
      session.frame(std::nullopt, move, wiring_);
      after_any_frame(phase, session);
    }
    if (explored_.steps.try_emplace(session.key()).second) open_.push_back(session);
    return {session.key(), by_people(move)};
  }

  void after_first_frame(Phase before, const Move& move, const Session& session) {
    after_any_frame(before, session);
    const auto& shown = session.state.last;
    const bool in_garden = shown.place == Place::safe_place && shown.stimulus_hidden &&
                           shown.intensity == 0.0F && place_of(session.machine.phase()) == Place::safe_place;
    if (move.event == Event::stop || move.event == Event::safe_place || move.event == Event::patient_stop)
      owe(in_garden, "a stop leads to the garden in its frame");
    if (wiring_.needs_therapist && !move.linked) {
      owe(!session.raised, "nothing rises without the therapist whom the programme needs");
      owe(place_of(before) == Place::world || place_of(session.machine.phase()) == Place::safe_place,
          "nobody is brought into the world without the therapist whom the programme needs");
    }
    // Whatever ends an exposure without the safe place ends it through recovery.
    const auto after = unpaused(session.machine.phase());
    if (unpaused(before) == Phase::exposure && after != Phase::exposure)
      owe(after == Phase::recovery || after == Phase::safe_place, "an exposure ends through recovery");
    const bool over = move.event == Event::skip || move.event == Event::time_over ||
                      move.event == Event::criterion_met || move.event == Event::ceiling_passed;
    const bool paused = !move.worn || (wiring_.needs_therapist && !move.linked);
    if (over && !paused && before == Phase::exposure && !shown.to_safe_place)
      owe(after == Phase::recovery, "an exposure that is over is recovered from");
  }

  void after_any_frame(Phase before, const Session& session) {
    owe(!session.stopped || (!session.raised && session.state.last.intensity == 0.0F),
        "after a stop nothing rises without a new start");
    owe(!session.raised || session.machine.allowance().may_rise, "only neutral and exposure rise");
    owe(!session.raised || !is_paused(before) || session.machine.phase() != before, "no pause rises");
    owe(session.machine.allowance().ceiling <= absolute::ceiling, "the ceiling stays below the absolute one");
  }

  void owe(bool kept, const char* what) {
    if (!kept) explored_.broken.insert(what);
  }

  Wiring wiring_;
  std::vector<Move> moves_ = all_moves();
  std::vector<Session> open_;
  Explored explored_;
};

const Explored& explored() {
  static const Explorer explorer{Wiring{}};
  return explorer.explored();
}

/// All states from which one that `is_goal` accepts can be reached.
std::set<Key> leads_to(bool (*is_goal)(const Key&), bool without_people) {
  std::map<Key, std::vector<Key>> back;
  std::vector<Key> open;
  std::set<Key> found;
  for (const auto& [from, steps] : explored().steps) {
    if (is_goal(from) && found.insert(from).second) open.push_back(from);
    for (const auto& step : steps) {
      if (!without_people || !step.by_people) back[step.to].push_back(from);
    }
  }
  while (!open.empty()) {
    const auto key = open.back();
    open.pop_back();
    for (const auto& from : back[key]) {
      if (found.insert(from).second) open.push_back(from);
    }
  }
  return found;
}

TEST(SessionStates, AllOweThePatientWhatASessionOwes) {
  for (const auto& broken : explored().broken) ADD_FAILURE() << broken;
  std::set<Phase> phases;
  for (const auto& [key, steps] : explored().steps) {
    phases.insert(std::get<Phase>(key));
    EXPECT_EQ(steps.size(), all_moves().size());
  }
  EXPECT_EQ(phases.size(), static_cast<std::size_t>(phase_count));
  EXPECT_GT(explored().steps.size(), 50U);
  RecordProperty("states", static_cast<int>(explored().steps.size()));
  RecordProperty("steps", static_cast<int>(explored().steps.size() * all_moves().size()));
}

TEST(SessionStates, OweTheSameWhereNoTherapistNeedsToBeOnTheLine) {
  const Explorer alone{Wiring{.needs_therapist = false}};
  for (const auto& broken : alone.explored().broken) ADD_FAILURE() << broken;
  EXPECT_GT(alone.explored().steps.size(), 50U);
}

TEST(SessionStates, KnowNoDeadlock) {
  const auto ends = leads_to([](const Key& key) { return std::get<Phase>(key) == Phase::ended; }, false);
  EXPECT_EQ(ends.size(), explored().steps.size()) << "some state never ends";
  // And nobody is left in the world: time, headset, link and doubt alone lead to the garden.
  const auto leaves =
      leads_to([](const Key& key) { return std::get<Place>(key) == Place::safe_place; }, true);
  EXPECT_EQ(leaves.size(), explored().steps.size()) << "some state keeps a patient in the world";
}

TEST(SessionStates, SomeOfThemExposeAndSomeRaiseTheCeiling) {
  // Checks on sessions that never expose anybody would be worth nothing.
  int exposing = 0, raised = 0, latched = 0, waiting_for_resume = 0;
  for (const auto& [key, steps] : explored().steps) {
    const bool exposes = std::get<Phase>(key) == Phase::exposure && std::get<7>(key);
    exposing += exposes ? 1 : 0;
    raised += exposes && std::get<2>(key) ? 1 : 0;
    latched += std::get<3>(key) ? 1 : 0;
    waiting_for_resume += std::get<5>(key) ? 1 : 0;
  }
  EXPECT_GT(exposing, 0);
  EXPECT_GT(raised, 0);
  EXPECT_GT(latched, 0);
  EXPECT_GT(waiting_for_resume, 0);
}

TEST(SessionStates, AreFoundWantingWhereTheSilenceOfTheLinkIsNotTold) {
  const Explorer deaf{Wiring{.silence_is_told = false}};
  EXPECT_TRUE(
      deaf.explored().broken.contains("nothing rises without the therapist whom the programme needs"));
  EXPECT_TRUE(deaf.explored().broken.contains(
      "nobody is brought into the world without the therapist whom the programme needs"));
}

TEST(SessionStates, AreFoundWantingWhereAPhaseOrARecoveryIsPassedOver) {
  const Explorer rising{Wiring{.rises_anywhere = true}};
  EXPECT_TRUE(rising.explored().broken.contains("only neutral and exposure rise"));
  EXPECT_TRUE(rising.explored().broken.contains("no pause rises"));
  const Explorer skipping{Wiring{.skips_twice = true}};
  EXPECT_TRUE(skipping.explored().broken.contains("an exposure ends through recovery"));
  EXPECT_TRUE(skipping.explored().broken.contains("an exposure that is over is recovered from"));
}

TEST(SessionStates, AreFoundWantingWhereAStopIsNotHeard) {
  const Explorer deaf{Wiring{false, false}};
  EXPECT_TRUE(deaf.explored().broken.contains("a stop leads to the garden in its frame"));
  EXPECT_TRUE(deaf.explored().broken.contains("after a stop nothing rises without a new start"));
  // The governor alone hides the stimulus, though the machine does not hear; and it keeps it hidden.
  const Explorer half_deaf{Wiring{false, true}};
  EXPECT_FALSE(half_deaf.explored().broken.contains("after a stop nothing rises without a new start"));
}

}  // namespace
}  // namespace attune::treatment
