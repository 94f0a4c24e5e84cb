#include <gtest/gtest.h>
#include <signal.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <chrono>
#include <sstream>
#include <thread>

#include "attune/record/recording.hpp"
#include "record/samples.hpp"

namespace attune::record::test {
namespace {

double lost_by_events(const Recording& recording) {
  double lost = 0.0;
  const auto events = recording.events();
  EXPECT_TRUE(events);
  for (const auto& event : *events) {
    if (event.kind == EventKind::frames_lost) lost += event.values[0];
  }
  return lost;
}

TEST(Losses, ARecorderThatIsBehindDropsAndSaysHowMany) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  RecorderOptions options;
  options.queue_capacity = 4;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, options);
  ASSERT_TRUE(recorder);
  Chance chance(1);
  auto frame = any_frame(chance, 0);
  const auto publish_next = [&] {
    (*recorder)->publish(frame, DecisionRecord{});
    ++frame.index;
    frame.time = core::at_seconds(static_cast<double>(frame.index) / 90.0);
  };
  for (int burst = 0; burst < 3000; ++burst) publish_next();
  const auto lost_in_burst = (*recorder)->status().lost;
  for (auto before = lost_in_burst;; before = (*recorder)->status().lost) {  // until one gets through again
    publish_next();
    if ((*recorder)->status().lost == before) break;
  }
  ASSERT_TRUE((*recorder)->close()) << "a loss is no error of the disk";
  const auto lost = (*recorder)->status().lost;
  EXPECT_GT(lost, 0U);

  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->moment_count(), frame.index - lost);
  EXPECT_EQ(lost_by_events(*recording), static_cast<double>(lost));
  EXPECT_TRUE(recording->damage().empty());
  std::uint64_t missing = 0;
  for (const auto& gap : recording->gaps()) missing += gap.frames_missing;
  EXPECT_EQ(missing, lost) << "and where";
}

TEST(Losses, WithTheVirtualClockNothingIsEverLost) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  auto options = waiting();
  options.queue_capacity = 1;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, options);
  ASSERT_TRUE(recorder);
  Chance chance(1);
  publish_frames(**recorder, chance, 0, 300);
  ASSERT_TRUE((*recorder)->close());
  EXPECT_EQ((*recorder)->status().lost, 0U);
  EXPECT_EQ(Recording::open(folder / "a.attune", {key})->moment_count(), 300U);
}

/// Files may not grow beyond a size while this lives: a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { free(); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  void free() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  sighandler_t handler_ = SIG_DFL;
};

/// What is logged while this lives.
class Log {
 public:
  Log() : before_(spdlog::default_logger()) {
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)));
  }
  ~Log() { spdlog::set_default_logger(before_); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  [[nodiscard]] std::size_t lines() const {
    const auto text = text_.str();
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

 private:
  std::ostringstream text_;
  std::shared_ptr<spdlog::logger> before_;
};

TEST(Losses, AFullDiskIsSaidOnceAndTheSessionGoesOn) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  const Log log;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, waiting());
  ASSERT_TRUE(recorder);
  Chance chance(1);
  {
    const FullDisk disk(400'000);  // three to four seconds of these frames
    publish_frames(**recorder, chance, 0, 900);
    while (!(*recorder)->status().failing) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while ((*recorder)->status().lost < 300) {  // until the queue is through the full disk
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  publish_frames(**recorder, chance, 900, 1800);  // somebody made room
  const auto closed = (*recorder)->close();
  ASSERT_FALSE(closed);
  EXPECT_NE(closed.error().message.find("a.attune"), std::string::npos);
  EXPECT_EQ(log.lines(), 1U);

  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_TRUE(recording->closed());
  EXPECT_TRUE(recording->damage().empty()) << recording->damage().front().what;
  EXPECT_EQ(recording->last_time(), core::at_seconds(1799 / 90.0));
  ASSERT_EQ(recording->gaps().size(), 1U);
  EXPECT_EQ(recording->gaps()[0].frames_missing, 1800 - recording->moment_count());
  EXPECT_EQ(lost_by_events(*recording), static_cast<double>((*recorder)->status().lost));
}

TEST(Losses, ADiskThatStaysFullLeavesAFileThatEndsWithAWholeChunk) {
  const ScratchFolder folder;
  const auto key = Key::generate();
  const Log log;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), key, waiting());
  ASSERT_TRUE(recorder);
  {
    const FullDisk disk(200'000);
    Chance chance(1);
    publish_frames(**recorder, chance, 0, 900);
    EXPECT_FALSE((*recorder)->close());
  }
  const auto recording = Recording::open(folder / "a.attune", {key});
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_GT(recording->moment_count(), 0U);
  EXPECT_TRUE(recording->damage().empty());
  EXPECT_EQ(recording->open_tail_bytes(), 0U);
}

TEST(Losses, AnImportThatCannotBeWrittenLeavesNothing) {
  const ScratchFolder folder;
  const Log log;
  auto options = waiting();
  options.whole_or_nothing = true;
  auto recorder = Recorder::create(folder / "a.attune", full_meta(), Key::generate(), options);
  ASSERT_TRUE(recorder);
  const FullDisk disk(200'000);
  Chance chance(1);
  publish_frames(**recorder, chance, 0, 900);
  EXPECT_FALSE((*recorder)->close());
  EXPECT_TRUE(std::filesystem::is_empty(folder / ""));
}

TEST(Losses, ADiskThatIsFullFromTheStartIsAnErrorOfCreation) {
  const ScratchFolder folder;
  const FullDisk disk(10);
  const auto recorder = Recorder::create(folder / "a.attune", full_meta(), Key::generate());
  ASSERT_FALSE(recorder);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "")) << "nothing half-written";
}

}  // namespace
}  // namespace attune::record::test
