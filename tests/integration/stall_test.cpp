#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "integration/sick_program.hpp"
#include "integration/steadiness.hpp"

// What a patient sees when decisions do not come: the calm garden, and no exposure after it without the
// therapist. The real program, in real time, with a network that takes seconds to answer, or never does.
namespace attune {
namespace {

using record::EventKind;

// Two answers warm LibTorch up, then come two every quarter of a second: the sixth second of the session.
constexpr const char* answer = "stall@44:";

std::optional<core::SessionTime> when_told(const test::FieldRecord& record, const std::string& words) {
  for (const auto& event : record.events) {
    if (event.words().find(words) != std::string_view::npos) return event.time;
  }
  return std::nullopt;
}

TEST(Stall, ShowsTheGardenWhileNoDecisionComesAndLeavesTheRestToTheTherapist) {
  test::SickProgram program(std::string(answer) + "2.0", "real", "16");
  const auto outcome = program.end(60.0);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto record = test::record_of(program.recording());
  const auto told = when_told(record, "no decision came for 2.");
  ASSERT_TRUE(told.has_value()) << record.told();

  // More pictures were shown than frames were decided on: those of the garden.
  const auto drawn = nlohmann::json::parse(outcome.out).at("drawn").get<std::size_t>();
  EXPECT_GT(program.pictures(), drawn + 3);

  bool in_the_world_before = false;
  std::size_t after = 0;
  for (const auto& moment : record.moments) {
    const auto& directive = moment.decision.directive;
    if (moment.frame.time < *told) {
      in_the_world_before = in_the_world_before || !directive.stimulus_hidden;
      continue;
    }
    ++after;
    ASSERT_TRUE(directive.stimulus_hidden) << "at " << moment.frame.time.seconds() << " s";
    ASSERT_EQ(directive.place, scene::Place::safe_place);
  }
  EXPECT_TRUE(in_the_world_before) << "there was nothing to be taken away";
  EXPECT_GT(after, 20u);
  EXPECT_TRUE(when_told(record, "the therapist brought the patient to the safe place").has_value())
      << "the machine follows";
}

TEST(Stall, GivesASessionUpThatNobodyDecidesAnyMore) {
  test::SickProgram program(std::string(answer) + "1000", "real", "60");
  const auto outcome = program.end(60.0);
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("no decision came for 10."), std::string::npos) << outcome.err;
  const auto record = test::record_of(program.recording());
  EXPECT_EQ(record.events.back().kind, EventKind::session_ended);
  EXPECT_NE(record.events.back().words().find("given up"), std::string_view::npos);
}

TEST(Stall, LetsTheOperatorEndASessionThatNobodyDecides) {
  for (const char* clock : {"real", "virtual"}) {
    test::SickProgram program("stall@4:1000", clock, "600");
    ASSERT_TRUE(program.shows_something(60.0));
    std::this_thread::sleep_for(std::chrono::seconds(4));
    program.signal(SIGTERM);
    const auto told = std::chrono::steady_clock::now();
    const auto outcome = program.end(20.0);
    EXPECT_EQ(outcome.status, 0) << clock << ": " << outcome.err;
    EXPECT_NE(outcome.out.find("ended by the operator; no decision came"), std::string::npos) << outcome.out;
    EXPECT_LT(std::chrono::steady_clock::now() - told, std::chrono::seconds(6)) << clock;
  }
}

class SickNetworks : public ::testing::TestWithParam<const char*> {};

TEST_P(SickNetworks, OverwhelmNobody) {
  test::SickProgram program(GetParam(), "virtual", "30");
  ASSERT_EQ(program.end(120.0).status, 0);
  const auto record = test::record_of(program.recording());
  EXPECT_TRUE(test::exposure_is_steady(record));
  float highest_after = 0.0F;
  bool answered = false;
  for (const auto& moment : record.moments) {
    const auto& d = moment.decision;
    ASSERT_TRUE(std::isfinite(d.directive.intensity) && std::isfinite(d.x_mean) &&
                std::isfinite(d.x_variance));
    ASSERT_GE(d.x_mean, -0.5F);
    ASSERT_LE(d.x_mean, 1.5F);
    ASSERT_TRUE(!d.wanted_valid || std::abs(d.wanted_change) <= 1.0F);
    answered = answered || (d.monitor_valid && std::isfinite(d.monitor_estimate));
    highest_after = std::max(highest_after, d.directive.intensity);
  }
  EXPECT_TRUE(answered) << "the networks were never well: the session shows nothing";
  EXPECT_GT(highest_after, 0.0F);
}

INSTANTIATE_TEST_SUITE_P(Every, SickNetworks, ::testing::Values("nan@30", "infinite@30", "wild@30"),
                         [](const auto& one) {
                           const std::string name = one.param;
                           return name.substr(0, name.find('@'));
                         });

TEST(SickNetworks, ThatFallSilentHoldTheExposure) {
  test::SickProgram program("nan@30", "virtual", "30");
  ASSERT_EQ(program.end(120.0).status, 0);
  const auto record = test::record_of(program.recording());
  core::SessionTime last_answer{};
  for (const auto& moment : record.moments) {
    if (moment.decision.wanted_valid) last_answer = moment.frame.time;
  }
  ASSERT_GT(last_answer.seconds(), 2.0);
  float before = 1.0F, exposed = 0.0F;
  for (const auto& moment : record.moments) {
    if (core::seconds_between(last_answer, moment.frame.time) < 5.1) continue;
    const float now = moment.decision.directive.intensity;
    ASSERT_LE(now, before) << "at " << moment.frame.time.seconds() << " s";
    before = now;
    exposed = std::max(exposed, now);
  }
  EXPECT_GT(exposed, 0.0F) << "there was nothing to hold";
}

}  // namespace
}  // namespace attune
