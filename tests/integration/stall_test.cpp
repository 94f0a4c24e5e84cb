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

// Two answers warm LibTorch up, then come two every quarter of a second, or with every frame of a slow
// machine.
constexpr const char* after_the_first_pictures = "stall@10:";
constexpr const char* in_the_world = "stall@20:";

std::optional<core::SessionTime> when_told(const test::FieldRecord& record, const std::string& words) {
  for (const auto& event : record.events) {
    if (event.words().find(words) != std::string_view::npos) return event.time;
  }
  return std::nullopt;
}

TEST(Stall, ShowsTheGardenWhileNoDecisionComesAndLeavesTheRestToTheTherapist) {
  test::SickProgram program(std::string(in_the_world) + "2.0", "real", "16");
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
  test::SickProgram program(std::string(after_the_first_pictures) + "1000", "real", "60");
  const auto outcome = program.end(60.0);
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("no decision came for 10."), std::string::npos) << outcome.err;
  const auto record = test::record_of(program.recording());
  EXPECT_EQ(record.events.back().kind, EventKind::session_ended);
  EXPECT_NE(record.events.back().words().find("given up"), std::string_view::npos);
}

// What unwinds the session must not take it from under the garden.
TEST(Stall, EndsInOrderWhenALateDecisionFails) {
  test::SickProgram program("throw@10:2.0", "real", "60");
  const auto outcome = program.end(60.0);
  ASSERT_EQ(program.faults().count("throw"), 1u) << "this would show nothing";
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("unexpected: LibTorch is sick"), std::string::npos) << outcome.err;
  EXPECT_GT(program.pictures(), 3u);
  EXPECT_FALSE(test::record_of(program.recording()).moments.empty());
}

/// The session's own word at the end of its recording, which is whole.
std::string last_words(const std::filesystem::path& recording) {
  const auto record = test::record_of(recording);
  if (record.events.empty() || record.events.back().kind != EventKind::session_ended) return "";
  return std::string(record.events.back().words());
}

// The garden's pictures go to the same runtime, by another thread than the loop's.
constexpr const char* hangs_in_the_garden = "hang_elsewhere@0:wait";

TEST(Stall, GivesASessionUpWhoseRuntimeHangsWhileTheGardenIsShown) {
  test::SickProgram program(std::string(after_the_first_pictures) + "1000", "real", "60",
                            hangs_in_the_garden);
  const auto outcome = program.end(60.0);
  ASSERT_EQ(program.faults().missing(hangs_in_the_garden), "") << "this would show nothing";
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  const auto words = last_words(program.recording());
  EXPECT_NE(words.find("no decision came for 10."), std::string::npos) << words;
  EXPECT_NE(words.find("does not answer any more (showing the calm garden)"), std::string::npos) << words;
  EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
}

TEST(Stall, IsPatientWithARuntimeThatHangsInTheGardenAsAnywhere) {
  const std::string stall = std::string(after_the_first_pictures) + "2.0";
  const std::vector<std::string> little{"--patience", "1"};
  test::SickProgram gone(stall, "real", "60", hangs_in_the_garden, little);
  test::SickProgram late(stall, "real", "9", std::string(hangs_in_the_garden) + ",4");
  const auto given_up = gone.end(60.0), gone_on = late.end(60.0);
  ASSERT_EQ(gone.faults().missing(hangs_in_the_garden), "");
  ASSERT_EQ(late.faults().missing(hangs_in_the_garden), "");
  EXPECT_EQ(given_up.status, 1) << given_up.err;
  EXPECT_NE(last_words(gone.recording()).find("does not answer any more"), std::string::npos);

  EXPECT_EQ(gone_on.status, 0) << gone_on.err;
  const auto record = test::record_of(late.recording());
  EXPECT_TRUE(when_told(record, "no decision came for 2.").has_value()) << record.told();
  EXPECT_TRUE(when_told(record, "the OpenXR runtime did not answer for").has_value()) << record.told();
}

TEST(Stall, LetsTheOperatorEndASessionThatNobodyDecides) {
  for (const std::string clock : {"real", "virtual"}) {
    const bool hangs_too = clock == "real";  // with the virtual one nobody is shown a garden
    test::SickProgram program(std::string(after_the_first_pictures) + "1000", clock, "600",
                              hangs_too ? hangs_in_the_garden : "");
    ASSERT_TRUE(program.meets(hangs_too ? "hang_elsewhere" : "stall", 60.0));
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
