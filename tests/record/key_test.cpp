#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include "attune/core/files.hpp"
#include "attune/record/recording.hpp"
#include "record/samples.hpp"

namespace attune::record::test {
namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

/// A machine of its own: no key, no assets, a home.
class Keys : public testing::Test {
 protected:
  ScratchFolder folder_;
  Variable key_{"ATTUNE_KEY", nullptr}, data_{"XDG_DATA_HOME", nullptr},
      home_{"HOME", (folder_ / "home").c_str()}, assets_{"ATTUNE_ASSETS", (folder_ / "assets").c_str()};
};

TEST_F(Keys, TheFirstRecordingMakesAPrivateKeyAndTheNextUsesIt) {
  std::filesystem::create_directories(folder_ / "home");
  const auto first = key_for_new(folder_ / "a.attune");
  ASSERT_TRUE(first) << first.error().message;
  const auto path = folder_ / "home/.local/share/attune/key";
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(mode_of(path.parent_path()), 0700U);
  const auto second = key_for_new(folder_ / "b.attune");
  ASSERT_TRUE(second);
  EXPECT_EQ(first->bytes(), second->bytes());
  EXPECT_EQ(Key::read(path)->id(), first->id());
}

TEST_F(Keys, XdgDataHomeComesBeforeHome) {
  const Variable data("XDG_DATA_HOME", (folder_ / "data").c_str());
  ASSERT_TRUE(key_for_new(folder_ / "a.attune"));
  EXPECT_EQ(mode_of(folder_ / "data/attune/key"), 0600U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "home"));
}

TEST_F(Keys, ANamedKeyIsUsedAndNeverMade) {
  const Variable named("ATTUNE_KEY", (folder_ / "mine").c_str());
  const auto missing = key_for_new(folder_ / "a.attune");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("ATTUNE_KEY"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "mine"));

  write_recording(folder_ / "b.attune", Key::generate(), 5);
  const auto unread = Recording::open(folder_ / "b.attune");
  ASSERT_FALSE(unread);
  EXPECT_EQ(unread.error().message, "ATTUNE_KEY: " + (folder_ / "mine").string() + ": no such file");

  const auto key = Key::generate();
  ASSERT_TRUE(key.write_new(folder_ / "mine"));
  const auto found = key_for_new(folder_ / "a.attune");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id(), key.id());
}

TEST_F(Keys, AKeyIsNeverOverwritten) {
  const auto key = Key::generate();
  ASSERT_TRUE(key.write_new(folder_ / "key"));
  EXPECT_FALSE(Key::generate().write_new(folder_ / "key"));
  EXPECT_EQ(Key::read(folder_ / "key")->bytes(), key.bytes());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_ / ""), {}), 1)
      << "and nothing is left beside it";
}

TEST_F(Keys, WhatIsNoKeyIsSaidToBeNone) {
  const std::string good(64, 'a');
  for (const std::string& content :
       {std::string(), std::string("key"), std::string(63, 'a'), good + "b", good + " b"}) {
    ASSERT_TRUE(core::write_whole(folder_ / "key", content));
    const auto key = Key::read(folder_ / "key");
    ASSERT_FALSE(key) << content;
    EXPECT_NE(key.error().message.find("64 hexadecimal digits"), std::string::npos);
  }
  ASSERT_TRUE(core::write_whole(folder_ / "key", "\n " + good + "\r\n"));
  EXPECT_TRUE(Key::read(folder_ / "key"));
}

TEST_F(Keys, InsideTheAssetsTheDemoKeyBesideARecordingIsUsed) {
  const auto demo = Key::generate(), own = Key::generate();
  const auto beside = folder_ / "assets/recordings";
  std::filesystem::create_directories(beside);
  ASSERT_TRUE(demo.write_new(beside / "demo.key"));
  ASSERT_TRUE(own.write_new(folder_ / "home/.local/share/attune/key"));
  EXPECT_EQ(key_for_new(beside / "a.attune")->id(), demo.id());
  EXPECT_EQ(key_for_new(folder_ / "a.attune")->id(), own.id());

  // Somebody's folder with a demo key in it is not the assets: a person's session is never sealed with a
  // public key.
  std::filesystem::create_directories(folder_ / "assets-of-mine");
  ASSERT_TRUE(demo.write_new(folder_ / "assets-of-mine/demo.key"));
  EXPECT_EQ(key_for_new(folder_ / "assets-of-mine/a.attune")->id(), own.id());
}

TEST_F(Keys, TheIdInTheHeaderPicksTheKeyThatOpens) {
  const auto own = Key::generate(), beside = Key::generate(), unused = Key::generate();
  ASSERT_TRUE(own.write_new(folder_ / "home/.local/share/attune/key"));
  ASSERT_TRUE(unused.write_new(folder_ / "aaa.key"));
  ASSERT_TRUE(beside.write_new(folder_ / "demo.key"));
  write_recording(folder_ / "own.attune", own, 5);
  write_recording(folder_ / "beside.attune", beside, 5);
  write_recording(folder_ / "neither.attune", Key::generate(), 5);
  EXPECT_EQ(Recording::open(folder_ / "own.attune")->key_id(), own.id());
  EXPECT_EQ(Recording::open(folder_ / "beside.attune")->key_id(), beside.id());
  const auto neither = Recording::open(folder_ / "neither.attune");
  ASSERT_FALSE(neither);
  EXPECT_EQ(neither.error().message.find('\n'), std::string::npos);
  EXPECT_NE(neither.error().message.find("ATTUNE_KEY"), std::string::npos);
}

TEST_F(Keys, ReadingNeverMakesAKey) {
  write_recording(folder_ / "a.attune", Key::generate(), 5);
  EXPECT_FALSE(Recording::open(folder_ / "a.attune"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "home"));
}

}  // namespace
}  // namespace attune::record::test
