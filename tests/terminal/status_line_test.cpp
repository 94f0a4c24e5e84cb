#include "cli/terminal/status_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What a therapist at a terminal reads once a second.
namespace attune::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using treatment::Language;

session::Status exposure() {
  session::Status status;
  status.time = core::at_seconds(125.0);
  status.phase = treatment::Phase::exposure;
  status.state_mean = 0.5F;
  status.state_deviation = 0.1F;
  status.ceiling = 0.85F;
  status.intensity = 0.4F;
  status.step = 1;
  status.steps = 5;
  status.suds = session::Status::Rating{.value = 55.0F, .given = core::at_seconds(113.0)};
  return status;
}

std::string line_of(const session::Status& status, Language language = Language::english) {
  return status_line(status, treatment::Middle::exposure, language);
}

TEST(StatusLine, SaysTheStateWithItsBandFirst) {
  EXPECT_EQ(line_of(exposure()),
            "02:05 exposure | anxiety 34-66 (mean 50) | intensity 0.40 | step 2 of 5 | SUDS 55 (12 s ago) | "
            "sensors: none");
}

TEST(StatusLine, SaysThatNobodyHasAnsweredYet) {
  auto status = exposure();
  status.suds.reset();
  EXPECT_THAT(line_of(status), HasSubstr("no SUDS yet"));
  EXPECT_THAT(line_of(status, Language::chinese), HasSubstr("SUDS 未报告"));
}

TEST(StatusLine, AsksForARaisedCeilingOnceMore) {
  auto status = exposure();
  EXPECT_THAT(line_of(status), Not(HasSubstr("ask again")));
  status.asked_ceiling = 0.9F;
  EXPECT_THAT(line_of(status), HasSubstr("ceiling 85 to 90? ask again"));
}

TEST(StatusLine, SaysThatBodyAndAnswersDisagreeOnlyWhereTheyDo) {
  auto status = exposure();
  const std::string words = "body and answers disagree: check them", zh = "身体信号与回答不符，请检查";
  EXPECT_THAT(line_of(status), Not(HasSubstr(words)));
  EXPECT_THAT(line_of(status, Language::chinese), Not(HasSubstr(zh)));
  status.body_doubted = true;
  EXPECT_THAT(line_of(status), HasSubstr(words));
  EXPECT_THAT(line_of(status, Language::chinese), HasSubstr(zh));
}

}  // namespace
}  // namespace attune::cli
