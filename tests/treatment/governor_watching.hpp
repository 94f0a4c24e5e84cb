#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <sstream>

#include "governor_sequences.hpp"
#include "session_count.hpp"

/// Watches the governor through random sessions. What a property needs to know it works out here, from the
/// inputs; it never asks the governor, and repeats none of its constants.
namespace attune::treatment {

inline constexpr float rounding = 1e-5F;

/// One frame as a property sees it.
struct Seen {
  const ProgrammeLimits& limits;
  const GovernorInput& in;
  const GovernorOutput& before;  ///< output of the frame before
  const GovernorOutput& out;
  double raw_s = 0.0;           ///< time since the frame before, as it came
  bool awaiting_start = false;  ///< a stop, or doubt that lasted too long, has not been undone by a start
  double since_stop_s = 1e9;    ///< time that passed without a jump since a stop
  double head_lost_s = 0.0;
  bool taken_off = false;  ///< in the world the headset was off or asleep, and the therapist has not gone on
  double world_s = 0.0;    ///< time in the world, stops apart

  [[nodiscard]] bool rose() const { return out.intensity > before.intensity; }
  [[nodiscard]] bool jumped() const { return raw_s < 0.0 || raw_s > 0.25; }
  [[nodiscard]] double elapsed_s() const { return std::clamp(raw_s, 0.0, 1.0); }
  [[nodiscard]] float dt() const { return jumped() ? 0.0F : static_cast<float>(raw_s); }
  [[nodiscard]] bool in_world() const { return before.place == Place::world && out.place == Place::world; }
};

/// Remembers along one sequence. @return false when the property is broken in this frame.
using Watch = std::function<bool(const Seen&)>;
using Property = std::function<Watch()>;

/// A property of single frames.
inline Property each_frame(bool (*kept)(const Seen&)) {
  return [kept] { return Watch(kept); };
}
/// Nothing rises while a condition holds.
template <typename Condition>
Property never_rises_while(Condition condition) {
  return [condition] { return Watch([condition](const Seen& s) { return !s.rose() || !condition(s); }); };
}

/// Runs one sequence through a governor.
/// @param state  what the governor remembers when the sequence begins
/// @return the frame that broke the property, or -1.
template <RuleSet rules = all_rules, typename Law = Absolute>
int first_break(const Sequence& sequence, const Property& property, GovernorState state = {}) {
  const auto watch = property();
  GovernorOutput before = state.last;
  bool awaiting_start = false, taken_off = false;
  double since_stop_s = 1e9, head_lost_s = 0.0, world_s = state.session_s;
  for (std::size_t i = 0; i < sequence.inputs.size(); ++i) {
    const auto& in = sequence.inputs[i];
    const auto out = govern<rules, Law>(sequence.limits, state, in);
    const double raw_s = i == 0 ? 0.0 : core::seconds_between(sequence.inputs[i - 1].time, in.time);
    Seen seen{sequence.limits, in, before, out, raw_s};
    if (in.therapist_start) awaiting_start = false;
    if (in.stop) awaiting_start = true;
    if (in.allowed.place == Place::world && !awaiting_start) world_s += seen.elapsed_s();
    if (out.to_safe_place) awaiting_start = true;
    since_stop_s = in.stop || out.to_safe_place ? 0.0 : since_stop_s + static_cast<double>(seen.dt());
    head_lost_s = in.head_valid ? 0.0 : head_lost_s + seen.elapsed_s();
    if (in.therapist_start || in.therapist_resume) taken_off = false;
    if (in.allowed.place == Place::world && !(in.headset.worn && in.headset.running)) taken_off = true;
    seen.awaiting_start = awaiting_start;
    seen.since_stop_s = since_stop_s;
    seen.head_lost_s = head_lost_s;
    seen.taken_off = taken_off;
    seen.world_s = world_s;
    if (!watch(seen)) return static_cast<int>(i);
    before = out;
  }
  return -1;
}

/// The property holds for the governor with these rules and this law, whatever session is drawn. The cases
/// are the same every time, unless RC_PARAMS says otherwise.
/// @param begin  what the governor remembers at the beginning of each
template <RuleSet rules = all_rules, typename Law = Absolute>
void expect_kept(const Property& property, const GovernorState& begin = {}) {
  auto parameters = rc::detail::configuration().testParams;
  parameters.maxSuccess = session_count();
  if (std::getenv("RC_PARAMS") == nullptr) parameters.seed = 20261127;
  const auto result = rc::detail::checkTestable(
      [&] {
        const auto seed =
            *rc::gen::resize(rc::kNominalSize, rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
        const auto longest = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(100, 3'000));
        const auto sequence = SequenceMaker(seed).make(longest);
        const int broken = first_break<rules, Law>(sequence, property, begin);
        if (broken >= 0) RC_LOG() << "broken in frame " << broken;
        RC_ASSERT(broken < 0);
      },
      rc::detail::TestMetadata{}, parameters);
  std::ostringstream words;
  rc::detail::printResultMessage(result, words);
  rc::detail::SuccessResult success;
  ASSERT_TRUE(result.match(success)) << words.str();
  EXPECT_GE(success.numSuccess, session_count());
}

/// A governor with fewer rules or another law breaks the property on one of the sessions.
template <RuleSet rules, typename Law = Absolute>
void expect_broken(const Property& property, const char* mutant, const GovernorState& begin = {}) {
  for (std::uint64_t n = 0; n < 100'000; ++n) {
    if (first_break<rules, Law>(SequenceMaker(7'000'000 + n).make(), property, begin) >= 0) return;
  }
  ADD_FAILURE() << "no session tells the governor from one with " << mutant;
}

/// A rule's property: of the governor as it is, and not of one without this rule.
template <Rule rule>
void expect_kept_by_all_and_broken_without(const Property& property) {
  expect_kept(property);
  expect_broken<without(rule)>(property, "this rule left out");
}

}  // namespace attune::treatment
