#include <gtest/gtest.h>

#include "integration/field.hpp"
#include "integration/steadiness.hpp"

// A session whose runtime does not return from a call, or offers nothing to do, still ends when it is told
// to.
namespace attune {
namespace {

struct Hang {
  const char* name;
  const char* fault;
  const char* kind;
  bool recorded = true;  ///< there was a frame before
};

constexpr Hang hangs[] = {
    {"InWaitFrame", "hang@40:wait", "hang"},
    {"InBeginFrame", "hang@40:begin", "hang"},
    {"InEndFrame", "hang@40:end", "hang"},
    {"InWaitImage", "hang@40:image", "hang"},
    {"InPollEvent", "hang@40:poll", "hang"},
    {"InLocateSpace", "hang@40:space", "hang"},
    {"Asleep", "sleep@40:ever", "sleep"},
    {"ExitIgnored", "no_render@40;exit_ignored@0", "no_render"},
    {"BuffersBusy", "image_busy@40", "image_busy"},
    {"NoHeadset", "no_headset@0", "no_headset", false},
    {"EventsWithoutEnd", "endless_events@40", "endless_events"},
};

void PrintTo(const Hang& hang, std::ostream* out) { *out << hang.fault; }

class ToldToEnd : public ::testing::TestWithParam<Hang> {};

TEST_P(ToldToEnd, EndsWithinFiveSecondsWithAWholeRecording) {
  const auto& hang = GetParam();
  test::FieldOptions options;
  options.clock = "real";
  options.seconds = "60";
  options.further = {"--patience", "60"};
  test::FieldSession session(hang.fault, options);
  ASSERT_TRUE(session.meets(hang.kind, 60.0)) << session.end(0.0).err;
  session.signal(SIGTERM);
  const auto told = std::chrono::steady_clock::now();
  const auto& outcome = session.end(15.0);
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - told).count();
  EXPECT_TRUE(outcome.status == 0 || outcome.status == 1) << outcome.status << " " << outcome.err;
  EXPECT_LE(took_s, 5.0);
  EXPECT_LE(outcome.error_lines(), 4u) << outcome.err;
  ASSERT_EQ(std::filesystem::exists(session.path()), hang.recorded);
  if (!hang.recorded) return;

  const auto record = test::record_of(session.path());
  ASSERT_FALSE(record.events.empty());
  EXPECT_EQ(record.events.back().kind, record::EventKind::session_ended);
  EXPECT_GE(record.moments.size(), 30u);
  EXPECT_TRUE(test::time_goes_forward(record));
  EXPECT_TRUE(test::exposure_is_steady(record));
  const auto report =
      test::attune({"report", session.path().string(), "-o", (session / "report.html").string()});
  EXPECT_EQ(report.status, 0) << report.err;
}

INSTANTIATE_TEST_SUITE_P(Session, ToldToEnd, ::testing::ValuesIn(hangs),
                         [](const auto& hang) { return std::string(hang.param.name); });

}  // namespace
}  // namespace attune
