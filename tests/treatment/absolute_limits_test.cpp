#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>
#include <sstream>

#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "session_count.hpp"
#include "support.hpp"

/// What no programme and no therapist can exceed. Programmes of any numbers at all, commands of any kind and
/// value at any time, and a controller that wants whatever it wants, with session machine and governor wired
/// as the session wires them. The limits stand here a second time, on purpose.
namespace attune::treatment {
namespace {

/// A session in which everything that can be chosen is chosen by chance.
class RandomSession {
 public:
  explicit RandomSession(std::uint64_t seed)
      : random_(seed),
        wild_(chance(0.5) ? 1.0 : 0.02),
        programme_(any_programme()),
        machine_(programme_),
        governor_(programme_.limits) {}

  /// One frame. @return what is broken; empty: nothing
  std::string frame(double dt_s) {
    const auto before = governor_.previous();
    GovernorInput in;
    in.time = core::at_seconds(time_s_ += dt_s);
    in.headset = {true, true, true, true};
    in.head_valid = true;
    machine_.begin_frame(in.time, in.headset);
    command(in);
    in.allowed = machine_.allowance();
    in.asked_intensity = chance(0.5 * wild_) ? anything() : 1.0F;
    if (chance(0.05)) told_ = chance(wild_) ? any_telling() : Telling{};
    in.belief = told_.belief;
    in.suds = told_.suds;
    in.comfort = told_.comfort;
    in.heart_rate_bpm = told_.heart_rate_bpm;
    const auto out = governor_.step(in);
    if (out.to_safe_place) machine_.apply(event_of(out.cause));

    since_stop_s_ = in.stop || out.to_safe_place ? 0.0 : since_stop_s_ + dt_s;
    if (in.allowed.place == Place::world) in_world_s += dt_s;
    highest = std::max(highest, out.intensity);
    return broken(before, in, out, static_cast<float>(dt_s));
  }

  float highest = 0.0F;
  double in_world_s = 0.0;  ///< outside of the calm garden

 private:
  struct Telling {
    Estimate belief{0.4F, 0.1F, 0.0, true};
    std::optional<float> suds, comfort, heart_rate_bpm;
  };

  std::string broken(const GovernorOutput& before, const GovernorInput& in, const GovernorOutput& out,
                     float dt_s) const {
    const bool rose = out.intensity > before.intensity;
    if (!(out.intensity >= 0.0F && out.intensity <= 1.0F)) return "intensity outside of 0 to 1";
    if (out.intensity - before.intensity > 0.02F * dt_s + 1e-6F) return "rises faster than 0.02 a second";
    const bool in_sight = before.place == Place::world && out.place == Place::world && before.fade < 1.0F;
    if (in_sight && before.intensity - out.intensity > 0.02F * dt_s + 1e-6F) return "falls fast in sight";
    if (!(machine_.allowance().ceiling <= 0.95F)) return "a ceiling above 95";
    if (rose && !(in.belief.mean + 1.645F * in.belief.deviation <= 0.9501F))
      return "rises above a bound of 95";
    if (rose && in.suds && *in.suds >= 90.0F) return "rises after a report of 90";
    if (rose && in.comfort && *in.comfort < 2.0F) return "rises with a comfort below 2";
    if (rose && in.heart_rate_bpm && *in.heart_rate_bpm > 170.0F) return "rises above 170 beats a minute";
    if (rose && since_stop_s_ < 20.0 - 1e-6) return "rises within 20 s of a stop";
    if (rose && in_world_s > 3600.0 + 1.0) return "rises after an hour";
    if (in.stop && !out.stimulus_hidden) return "a stop that hides nothing";
    return {};
  }

  void command(GovernorInput& in) {
    if (!chance(time_s_ < 1.0 ? 0.5 : 0.1 * wild_)) return;
    // Also kinds that do not exist.
    const auto kind =
        static_cast<telemetry::CommandKind>(chance(time_s_ < 1.0 ? 0.9 : 0.3) ? 1U : random_() % 13);
    const auto event = event_of(kind);
    const float value = chance(0.5) ? anything() : asked_ceiling_;
    in.stop = event == Event::stop || event == Event::safe_place;
    const auto met = machine_.apply(event, value);
    in.therapist_start = event == Event::start && met.accepted();
    in.therapist_resume = event == Event::resume && met.accepted();
  }

  Programme any_programme() {
    auto programme = heights();
    auto& limits = programme.limits;
    for (float* limit :
         {&limits.intensity.low, &limits.intensity.high, &limits.rise_per_s, &limits.fall_per_s,
          &limits.ceiling, &limits.suds_ceiling, &limits.heart_rate_bpm, &limits.comfort_at_least}) {
      if (chance(0.5 * wild_)) *limit = anything();
    }
    for (auto& phase : programme.phases) {
      if (chance(0.5 * wild_)) phase.intensity = {anything(), anything()};
      if (chance(0.5 * wild_)) phase.limit_s = static_cast<double>(anything());
    }
    asked_ceiling_ = anything();
    return programme;
  }

  Telling any_telling() {
    Telling telling;
    if (chance(0.3)) telling.belief.mean = chance(0.5) ? anything() : number(0.0F, 1.2F);
    if (chance(0.3)) telling.belief.deviation = chance(0.5) ? anything() : number(0.0F, 0.3F);
    if (chance(0.2)) telling.suds = chance(0.3) ? anything() : number(0.0F, 100.0F);
    if (chance(0.2)) telling.comfort = chance(0.3) ? anything() : number(0.0F, 10.0F);
    if (chance(0.2)) telling.heart_rate_bpm = chance(0.3) ? anything() : number(50.0F, 200.0F);
    return telling;
  }

  bool chance(double p) { return static_cast<double>(random_() >> 11) * 0x1p-53 < p; }
  float number(float low, float high) {
    return low + (high - low) * static_cast<float>(static_cast<double>(random_() >> 11) * 0x1p-53);
  }
  float anything() {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const float values[] = {std::nanf(""), infinity, -infinity, 1e9F, -1.0F, 0.0F,   1e-30F, 0.02F,
                            0.5F,          0.9F,     0.94F,     1.0F, 2.0F,  100.0F, 1000.0F};
    return values[random_() % std::size(values)];
  }

  std::mt19937_64 random_;
  double wild_;  // how much of what can be is chosen by chance; little, and intensity gets somewhere
  float asked_ceiling_ = 0.0F;
  Programme programme_;
  SessionMachine machine_;
  Governor governor_;
  Telling told_;
  double time_s_ = 0.0, since_stop_s_ = 1e9;
};

TEST(AbsoluteLimits, NoProgrammeAndNoTherapistExceedsThem) {
  auto parameters = rc::detail::configuration().testParams;
  parameters.maxSuccess = session_count();
  if (std::getenv("RC_PARAMS") == nullptr) parameters.seed = 20261127;
  float highest = 0.0F;
  const auto result = rc::detail::checkTestable(
      [&] {
        const auto seed =
            *rc::gen::resize(rc::kNominalSize, rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
        RandomSession session(seed);
        const int frames = seed % 50 == 0 ? 600 : 60;
        for (int i = 0; i < frames; ++i) {
          const auto broken = session.frame(0.24);
          if (!broken.empty()) RC_LOG() << broken << " in frame " << i;
          RC_ASSERT(broken.empty());
        }
        highest = std::max(highest, session.highest);
      },
      rc::detail::TestMetadata{}, parameters);
  std::ostringstream words;
  rc::detail::printResultMessage(result, words);
  rc::detail::SuccessResult success;
  ASSERT_TRUE(result.match(success)) << words.str();
  EXPECT_GE(success.numSuccess, session_count());
  EXPECT_GT(highest, 0.9F) << "no session got anywhere";
}

TEST(AbsoluteLimits, NoSessionExposesForMoreThanAnHourHoweverOftenItIsStartedAgain) {
  float highest = 0.0F;
  double longest_s = 0.0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    RandomSession session(seed);
    for (int i = 0; i < 4 * 4500; ++i) {
      const auto broken = session.frame(0.25);
      ASSERT_EQ(broken, "") << "session " << seed << ", frame " << i;
    }
    highest = std::max(highest, session.highest);
    longest_s = std::max(longest_s, session.in_world_s);
  }
  EXPECT_GT(highest, 0.3F);
  EXPECT_GT(longest_s, 3600.0) << "no session lasted so long";
}

}  // namespace
}  // namespace attune::treatment
