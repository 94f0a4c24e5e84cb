#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attune/report/report.hpp"
#include "report/digest.hpp"
#include "report/synthetic_session.hpp"

// Why the estimate was what it was: in words, in the patient's own units, with what the patient said beside
// it.
namespace attune::report::test {
namespace {

using testing::HasSubstr;

class Reasons : public testing::Test {
 protected:
  Reasons() {
    write_session(folder_ / "session.attune", key_, session_meta(), 30 * 60);
    auto opened = record::Recording::open(folder_ / "session.attune", {key_});
    EXPECT_TRUE(opened) << opened.error().message;
    recording_.emplace(*opened);
  }
  ScratchFolder folder_;
  record::Key key_ = record::Key::generate();
  std::optional<record::Recording> recording_;
};

TEST_F(Reasons, StandInTheReportWithTheirValuesInTheirOwnUnits) {
  const auto page = write_html(*recording_);
  ASSERT_TRUE(page);
  EXPECT_THAT(*page, HasSubstr(">14 mm/s<"));
  EXPECT_THAT(*page, HasSubstr(">800 ms<"));
  EXPECT_THAT(*page, HasSubstr("raised it"));
  EXPECT_THAT(*page, HasSubstr("lowered it"));
}

TEST_F(Reasons, HaveTheShareOfThePatientsOwnAnswersBesideThem) {
  const auto page = write_html(*recording_);
  ASSERT_TRUE(page);
  EXPECT_THAT(
      *page,
      HasSubstr("60 % of what is known about the state at the end came from the patient's own answers, "
                "40 % from the body's signs"));
}

TEST_F(Reasons, AreAveragedOverTheNotesInWhichTheyStand) {
  const auto found = digest(*recording_);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->effects.size(), 2u);
  const auto& first = found->effects.front();
  EXPECT_EQ(first.feature, 80);
  EXPECT_NEAR(first.mean_size, 0.05, 1e-6);
  EXPECT_NEAR(first.mean_value, 14.0, 1e-6);
  EXPECT_NEAR(first.up_share, 1.0, 1e-9);
  EXPECT_NEAR(found->effects.back().mean, -0.02, 1e-6);
}

}  // namespace
}  // namespace attune::report::test
