#include <gtest/gtest.h>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

// A headset or runtime that is lost for good, given to the real program by the API layer of
// tests/fault_layer: one line that says what to do, status 1, and a recording that is closed and holds
// everything until then.
namespace attune {
namespace {

constexpr int lost_at_frame = 200;

test::Outcome session_with(const std::string& fault, const std::filesystem::path& recording) {
  auto environment = test::small_views;
  environment.emplace("XR_API_LAYER_PATH", std::string(ATTUNE_BUILD_DIR "/layers"));
  environment.emplace("XR_ENABLE_API_LAYERS", "XR_APILAYER_ATTUNE_fault");
  environment.emplace("ATTUNE_FAULT", fault);
  return test::attune(test::session_on("patient:shipped:2", recording), environment);
}

class LostHeadset : public ::testing::TestWithParam<const char*> {};

TEST_P(LostHeadset, EndsTheSessionWithOneLineAndAWholeRecording) {
  const test::ScratchFolder scratch;
  const auto outcome = session_with(std::string(GetParam()).append("@200"), scratch / "s.attune");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  // The session's own log stands before it; the last line is the program's word.
  const auto last = outcome.err.rfind("attune: ");
  ASSERT_NE(last, std::string::npos) << outcome.err;
  const auto word = outcome.err.substr(last);
  EXPECT_NE(word.find("start again"), std::string::npos) << word;
  EXPECT_EQ(word.find('\n'), word.size() - 1) << word;

  const auto recording = record::Recording::open(scratch / "s.attune");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_TRUE(recording->closed());
  EXPECT_TRUE(recording->damage().empty());
  EXPECT_NEAR(static_cast<double>(recording->moment_count()), lost_at_frame, 2.0);
  const auto events = recording->events();
  ASSERT_TRUE(events.ok());
  EXPECT_EQ(events->back().kind, record::EventKind::session_ended);
  EXPECT_NE(word.find(std::string(events->back().words())), std::string::npos)
      << "recorded for another reason than said";
  const auto report =
      test::attune({"report", (scratch / "s.attune").string(), "-o", (scratch / "r.html").string()});
  EXPECT_EQ(report.status, 0) << report.err;
}

INSTANTIATE_TEST_SUITE_P(EveryWay, LostHeadset,
                         ::testing::Values("wait_lost", "end_lost", "loss_pending", "instance_loss"),
                         [](const auto& row) { return std::string(row.param); });

TEST(FaultLayer, WithoutAFaultChangesNothing) {
  const test::ScratchFolder scratch;
  EXPECT_EQ(session_with("none", scratch / "s.attune").status, 0);
}

}  // namespace
}  // namespace attune
