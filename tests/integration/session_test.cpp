#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

// The real program on the real OpenXR loader, our replay runtime and llvmpipe.
namespace attune {
namespace {

using test::attune;
using test::session_on;

std::vector<record::Moment> moments_of(const std::filesystem::path& path) {
  const auto recording = record::Recording::open(path);
  EXPECT_TRUE(recording.ok()) << recording.error().message;
  return *recording->moments();
}

TEST(Session, RunsOnARecordingAndRecordsEveryFrameWithItsDecision) {
  const test::ScratchFolder scratch;
  const auto outcome = attune(session_on(test::shipped_recording(), scratch / "s.attune"));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto recording = record::Recording::open(scratch / "s.attune");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_TRUE(recording->closed());
  EXPECT_TRUE(recording->damage().empty());
  EXPECT_TRUE(recording->gaps().empty());
  EXPECT_EQ(recording->moment_count(), recording->decision_count());
  EXPECT_GT(recording->moment_count(), 8 * 60u);
  EXPECT_EQ(recording->meta().source, record::SourceKind::virtual_patient);
}

TEST(Session, PlaysTheHeadThatWasRecorded) {
  const test::ScratchFolder scratch;
  ASSERT_EQ(attune(session_on(test::shipped_recording(), scratch / "s.attune")).status, 0);
  const auto played = moments_of(scratch / "s.attune");
  const auto original = moments_of(test::shipped_recording());
  ASSERT_GT(played.size(), 300u);
  // The origin may move, speeds may not: turns of the head from frame to frame must be those of the
  // recording.
  double difference = 0, movement = 0;
  for (std::size_t i = 200; i < 300; ++i) {
    const auto turn = [](const std::vector<record::Moment>& m, std::size_t at) {
      const auto q = glm::conjugate(m[at].frame.head.orientation) * m[at + 20].frame.head.orientation;
      return 2.0 * static_cast<double>(std::acos(std::min(1.0F, std::abs(q.w))));
    };
    difference += std::abs(turn(played, i) - turn(original, i));
    movement += turn(original, i);
  }
  ASSERT_GT(movement, 0.01) << "the head of the recording does not move: this test would see nothing";
  EXPECT_LT(difference, 0.05 * movement);
}

TEST(Session, TwoRunsDecideTheSameAndShowTheSamePictures) {
  const test::ScratchFolder scratch;
  for (const char* run : {"a", "b"}) {
    auto recording = scratch / run;
    recording += ".attune";
    auto command = session_on("patient:shipped:3", recording);
    command.insert(command.end(), {"--screenshots", (scratch / run).string()});
    const auto outcome = attune(command, test::small_views);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  std::set<float> intensities;
  std::set<std::uint8_t> states;
  for (const auto& moment : moments_of(scratch / "a.attune")) {
    intensities.insert(moment.decision.directive.intensity);
    states.insert(moment.decision.state);
  }
  EXPECT_GT(intensities.size(), 20u) << "constant decisions would be equal whatever happened";
  EXPECT_GE(states.size(), 3u);

  const auto against = attune(
      {"replay", (scratch / "a.attune").string(), "--against", (scratch / "b.attune").string(), "--json"});
  EXPECT_EQ(against.status, 0) << against.out << against.err;
  EXPECT_EQ(nlohmann::json::parse(against.out).at("differences"), 0);

  std::set<std::string> pictures;
  for (const auto& entry : std::filesystem::directory_iterator(scratch / "a")) {
    const auto first = test::whole_file(entry.path());
    pictures.insert(first);
    EXPECT_EQ(first, test::whole_file(scratch.path() / "b" / entry.path().filename())) << entry.path();
  }
  EXPECT_GE(pictures.size(), 3u) << "the pictures do not differ among each other";
}

TEST(Session, KeepsNoPictureTwice) {
  const test::ScratchFolder scratch;
  auto command = session_on("patient:shipped:3", scratch / "s.attune", "40", "1000");
  command.insert(command.end(), {"--inference", "off", "--screenshots", (scratch / "pictures").string()});
  ASSERT_EQ(attune(command).status, 0);
  const auto recording = record::Recording::open(scratch / "s.attune");
  ASSERT_TRUE(recording) << recording.error().message;
  const auto events = *recording->events();
  std::vector<double> taken_s;
  for (const auto& event : events) {
    if (event.kind == record::EventKind::picture) taken_s.push_back(event.time.seconds());
  }
  EXPECT_GE(taken_s.size(), 8u);
  for (std::size_t i = 1; i < taken_s.size(); ++i) EXPECT_GE(taken_s[i] - taken_s[i - 1], 0.5) << taken_s[i];
}

TEST(Session, AnotherPatientGetsOtherDecisions) {
  const test::ScratchFolder scratch;
  ASSERT_EQ(attune(session_on("patient:shipped:3", scratch / "a.attune")).status, 0);
  ASSERT_EQ(attune(session_on("patient:shipped:4", scratch / "b.attune")).status, 0);
  const auto against = attune(
      {"replay", (scratch / "a.attune").string(), "--against", (scratch / "b.attune").string(), "--json"});
  EXPECT_EQ(against.status, 1);
  EXPECT_GT(nlohmann::json::parse(against.out).at("differences"), 10);
}

TEST(Session, ReplayComesToTheSameDecisionsBitForBit) {
  const test::ScratchFolder scratch;
  ASSERT_EQ(attune(session_on("patient:shipped:5", scratch / "s.attune")).status, 0);
  const auto check = attune({"replay", (scratch / "s.attune").string(), "--check", "--json"});
  EXPECT_EQ(check.status, 0) << check.out << check.err;
  const auto figures = nlohmann::json::parse(check.out);
  EXPECT_EQ(figures.at("differences"), 0);
  EXPECT_EQ(figures.at("build"), "same");
  EXPECT_EQ(figures.at("chain_ok"), true);
  EXPECT_EQ(figures.at("gaps").size(), 0u);
  EXPECT_GT(figures.at("frames"), 400);
}

TEST(Session, RunsWithoutInferenceAndSaysSo) {
  const test::ScratchFolder scratch;
  auto command = session_on("patient:shipped:6", scratch / "s.attune");
  command.insert(command.end(), {"--inference", "off"});
  const auto outcome = attune(command);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE((outcome.out + outcome.err).find("inference is off"), std::string::npos);
  for (const auto& moment : moments_of(scratch / "s.attune")) {
    ASSERT_FALSE(moment.decision.monitor_valid);
    ASSERT_FALSE(moment.decision.wanted_valid);
  }
}

TEST(Session, LibTorchInTheLoopDecidesAsTheKernelDoes) {
  const test::ScratchFolder scratch;
  ASSERT_EQ(attune(session_on("patient:shipped:5", scratch / "folded.attune", "5")).status, 0);
  auto command = session_on("patient:shipped:5", scratch / "torch.attune", "5");
  command.insert(command.end(), {"--inference", "torch"});
  ASSERT_EQ(attune(command).status, 0);
  const auto folded = moments_of(scratch / "folded.attune"), torch = moments_of(scratch / "torch.attune");
  ASSERT_EQ(folded.size(), torch.size());
  bool estimated = false;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    estimated = estimated || folded[i].decision.monitor_valid;
    ASSERT_NEAR(folded[i].decision.monitor_estimate, torch[i].decision.monitor_estimate, 1e-4);
    ASSERT_NEAR(folded[i].decision.directive.intensity, torch[i].decision.directive.intensity, 1e-4);
  }
  EXPECT_TRUE(estimated);
}

TEST(Session, VulkanHasNothingToObject) {
  const test::ScratchFolder scratch;
  auto environment = test::small_views;
  environment.emplace("ATTUNE_VULKAN_VALIDATION", "1");
  auto command = session_on("patient:shipped:3", scratch / "s.attune", "5", "30");
  command.insert(command.end(), {"--json", "--screenshots", (scratch / "pictures").string()});
  const auto outcome = attune(command, environment);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto figures = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(figures.at("validation_messages"), 0) << outcome.err;
  EXPECT_GT(figures.at("drawn"), 10);
}

TEST(Session, TheReportOfASessionIsOneWholePage) {
  const test::ScratchFolder scratch;
  auto command = session_on("patient:shipped:3", scratch / "s.attune");
  command.insert(command.end(), {"--screenshots", (scratch / "pictures").string()});
  ASSERT_EQ(attune(command).status, 0);
  const auto outcome = attune({"report", (scratch / "s.attune").string(), "--pictures",
                               (scratch / "pictures").string(), "-o", (scratch / "report.html").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto page = test::whole_file(scratch / "report.html");
  EXPECT_NE(page.find("<svg"), std::string::npos);
  EXPECT_NE(page.find("data:image/png;base64,"), std::string::npos);
  EXPECT_EQ(page.find("src=\"http"), std::string::npos);
}

}  // namespace
}  // namespace attune
