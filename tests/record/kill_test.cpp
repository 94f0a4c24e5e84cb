#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <new>
#include <thread>

#include "attune/record/recording.hpp"
#include "record/samples.hpp"

namespace attune::record::test {
namespace {

/// What the writing process tells while it lives, in memory that outlives it.
struct Progress {
  std::atomic<bool> created{false}, closing{false}, closed{false};
  std::atomic<std::uint64_t> published{0}, stored{0};
};

class SharedProgress {
 public:
  SharedProgress()
      : memory_(::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
        progress_(new (memory_) Progress) {}
  ~SharedProgress() { ::munmap(memory_, sizeof(Progress)); }
  SharedProgress(const SharedProgress&) = delete;
  SharedProgress& operator=(const SharedProgress&) = delete;
  Progress* operator->() { return progress_; }

 private:
  void* memory_;
  Progress* progress_;
};

constexpr std::uint64_t session_frames =
    400;  // four and a half seconds of session, told twenty times as fast

/// A session in another process, in real-time mode; it waits to be killed after its end.
[[noreturn]] void run_session(const std::filesystem::path& path, const Key& key, Progress& progress) {
  auto recorder = Recorder::create(path, full_meta(), key);
  if (!recorder) ::_exit(1);
  progress.created = true;
  Chance chance(11);
  for (std::uint64_t index = 0; index < session_frames; ++index) {
    publish_frames(**recorder, chance, index, index + 1);
    progress.published = index + 1;
    progress.stored = (*recorder)->status().moments_stored;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
  progress.closing = true;
  progress.closed = (*recorder)->close().ok();
  for (;;) ::pause();
}

/// Everything of the session's beginning is there, without a hole, at least as far as the writer had
/// promised.
void expect_all_but_the_open_chunk(const std::filesystem::path& path, const Key& key, std::uint64_t promised,
                                   std::uint64_t published) {
  const auto recording = Recording::open(path, {key});
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_TRUE(recording->damage().empty()) << recording->damage().front().what;
  EXPECT_TRUE(recording->gaps().empty());
  EXPECT_EQ(recording->meta(), full_meta());
  std::uint64_t next = 0;
  ASSERT_TRUE(recording->for_each_moment([&](const Moment& moment) { return moment.frame.index == next++; }));
  EXPECT_EQ(next, recording->moment_count());
  EXPECT_GE(next, promised);
  EXPECT_LE(next, published);
}

TEST(Killed, AtAnyMomentTheFileHoldsEverythingButTheOpenChunk) {
  std::mt19937_64 random(7);
  bool killed_in_first_second = false, killed_in_the_middle = false, killed_while_closing = false;
  // Chance decides where a kill falls: go on until each kind was there.
  const auto all_seen = [&] {
    return killed_in_first_second && killed_in_the_middle && killed_while_closing;
  };
  for (int round = 0; round < 24 || (!all_seen() && round < 300); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const ScratchFolder folder;
    const auto key = Key::generate();
    const auto path = folder / "a.attune";
    SharedProgress progress;
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) run_session(path, key, *progress.operator->());

    const std::uint64_t target =
        random() % (round % 3 == 0 ? 90 : session_frames);  // the first second, or any
    const auto reached = [&] {
      return round % 3 == 2 ? progress->closing.load() : progress->published >= target;
    };
    while (!progress->created || !reached()) std::this_thread::sleep_for(std::chrono::microseconds(200));
    if (round % 3 == 2) std::this_thread::sleep_for(std::chrono::microseconds(random() % 12'000));

    // A copy of the file of a living session, then the kill.
    const auto promised_before = progress->stored.load();
    std::filesystem::copy_file(path, folder / "living.attune");
    const auto published_then = progress->published.load() + 1;
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the session ended by itself";
    std::filesystem::copy_file(path, folder / "killed.attune");

    expect_all_but_the_open_chunk(folder / "living.attune", key, promised_before, published_then);
    expect_all_but_the_open_chunk(folder / "killed.attune", key, progress->stored, progress->published + 1);
    const auto killed = Recording::open(folder / "killed.attune", {key});
    ASSERT_TRUE(killed);
    if (progress->closed) {
      EXPECT_TRUE(killed->closed());
      EXPECT_EQ(killed->moment_count(), session_frames);
    }
    killed_in_first_second |= progress->published < 90;
    killed_in_the_middle |= progress->published >= 90 && !progress->closing;
    killed_while_closing |= progress->closing && !progress->closed;
  }
  EXPECT_TRUE(all_seen());
}

TEST(Following, AReaderSeesAFileGrowWhileItIsWritten) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, waiting());
  ASSERT_TRUE(recorder);
  auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->meta(), full_meta()) << "before the first frame";
  EXPECT_EQ(recording->moment_count(), 0U);

  Cursor cursor(*recording);
  Chance chance(11);
  std::uint64_t seen = 0;
  const auto read_on = [&] {
    const auto news = recording->refresh();
    ASSERT_TRUE(news);
    while (const auto* moment = cursor.next()) EXPECT_EQ(moment->frame.index, seen++);
  };
  for (std::uint64_t second = 0; second < 12; ++second) {
    publish_frames(**recorder, chance, second * 90, (second + 1) * 90);
    read_on();
    EXPECT_TRUE(recording->damage().empty());
    EXPECT_FALSE(recording->closed());
  }
  ASSERT_TRUE((*recorder)->close());
  read_on();
  EXPECT_EQ(seen, 12U * 90U);
  EXPECT_TRUE(recording->closed());
  EXPECT_FALSE(*recording->refresh()) << "nothing comes after the end";
}

TEST(Following, AnUnfinishedWriteIsNoDamageOnceItIsFinished) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  write_recording(folder / "whole.attune", key, 45, 10.0);
  std::ifstream whole(folder / "whole.attune", std::ios::binary);
  const std::string content(std::istreambuf_iterator<char>(whole), {});

  // The file appears in pieces of 777 bytes, as a slow disk might show it.
  std::ofstream growing(folder / "a.attune", std::ios::binary);
  std::size_t there = 0;
  const auto grow = [&](std::size_t bytes) {
    const auto piece = content.substr(there, bytes);
    growing << piece << std::flush;
    there += piece.size();
  };
  grow(6000);
  auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording) << recording.error().message;
  while (there < content.size()) {
    grow(777);
    ASSERT_TRUE(recording->refresh());
    EXPECT_TRUE(recording->damage().empty());
    EXPECT_EQ(recording->closed(), there == content.size());
  }
  EXPECT_EQ(recording->moment_count(), 45U);
}

}  // namespace
}  // namespace attune::record::test
