#include "attune/core/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/program.hpp"

namespace attune::core {
namespace {

TEST(Files, WhatIsWrittenIsWholeAndLeavesNothingBeside) {
  const test::ScratchFolder scratch;
  ASSERT_TRUE(write_whole(scratch / "a.txt", "one").ok());
  ASSERT_TRUE(write_whole(scratch / "a.txt", "two").ok());
  EXPECT_EQ(*read_text(scratch / "a.txt"), "two");
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(scratch.path())) ++files;
  EXPECT_EQ(files, 1u);
}

TEST(Files, AMissingFolderIsOneSentence) {
  const auto written = write_whole("/nowhere/a.txt", "one");
  ASSERT_FALSE(written.ok());
  EXPECT_NE(written.error().message.find("/nowhere/a.txt"), std::string::npos);
}

TEST(Files, AFolderIsNoFile) { EXPECT_FALSE(read_text("/tmp").ok()); }

TEST(Files, WhetherSomethingCanBeWrittenIsKnownBeforeAndLeavesNothing) {
  const test::ScratchFolder scratch;
  EXPECT_TRUE(can_be_written(scratch / "model.pt").ok());
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
  const auto why_not = [](const std::filesystem::path& path) {
    const auto can = can_be_written(path);
    return can ? std::string() : can.error().message;
  };
  EXPECT_THAT(why_not(scratch / "nowhere" / "model.pt"), testing::HasSubstr("there is no folder"));
  EXPECT_THAT(why_not(scratch.path()), testing::HasSubstr("is a folder"));
  EXPECT_THAT(why_not("/proc/model.pt"), testing::HasSubstr("cannot be written"));
}

TEST(Files, WhatExistsIsNotOverwritten) {
  const test::ScratchFolder scratch;
  EXPECT_TRUE(must_not_exist(scratch / "a.txt", "-o").ok());
  ASSERT_TRUE(write_whole(scratch / "a.txt", "one").ok());
  const auto refused = must_not_exist(scratch / "a.txt", "-o");
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("-o"), std::string::npos);
}

TEST(Files, TheHashIsBlake2b256) {
  // BLAKE2b with 32 bytes of the empty message, from the reference implementation's test vectors.
  EXPECT_EQ(hash_hex(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

}  // namespace
}  // namespace attune::core
