#include <gtest/gtest.h>

#include "integration/field.hpp"

// Sessions that cannot begin: one clear line, status 1, and no recording of nothing.
namespace attune {
namespace {

TEST(FieldSystem, AHeadsetThatNeverComesIsWaitedForAndNamed) {
  test::FieldOptions options;
  options.further = {"--patience", "2"};
  test::FieldSession session("no_headset@0", options);
  const auto& outcome = session.end();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_GE(session.faults().count("no_headset"), 3u) << "it was not waited for";
  EXPECT_GE(outcome.took_s, 2.0);
  EXPECT_LE(outcome.error_lines(), 4u) << outcome.err;
  EXPECT_NE(outcome.first_error_line().find("headset"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("connect it"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(session.path()));
}

TEST(FieldSystem, ARuntimeWithoutAnyFormatOfOursIsNamed) {
  test::FieldSession session("formats@0:1000156000,2");
  const auto& outcome = session.end();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.error_lines(), 1u) << outcome.err;
  EXPECT_NE(outcome.err.find("picture formats"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("runtime"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(session.path()));
}

}  // namespace
}  // namespace attune
