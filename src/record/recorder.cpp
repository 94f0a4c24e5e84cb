#include "attune/record/recorder.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>
#include <utility>
#include <variant>

#include "attune/core/files.hpp"
#include "attune/core/spsc_queue.hpp"
#include "record/chunk_log.hpp"

namespace attune::record {
namespace fs = std::filesystem;

namespace {

using Item = std::variant<Moment, Snapshot, Event>;
using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t chunk_ns = 1'000'000'000;  // one second: what a kill may cost
constexpr std::size_t chunk_items = 8192;         // however fast the frames come, a chunk stays small
// A headset that sleeps sends no frames; what it sent before is written all the same.
constexpr auto chunk_wall_time = std::chrono::seconds(2);
constexpr auto nap_real_time = std::chrono::milliseconds(10);
constexpr auto nap_virtual_time = std::chrono::microseconds(200);

std::int64_t time_of(const Item& item) {
  if (const auto* moment = std::get_if<Moment>(&item)) return moment->frame.time.ns;
  if (const auto* snapshot = std::get_if<Snapshot>(&item)) return snapshot->time.ns;
  return std::get<Event>(item).time.ns;
}

fs::path temporary_name(const fs::path& path) {
  auto name = path;
  name += ".part-" + std::to_string(::getpid());
  return name;
}

/// Gives a file its final name and never overwrites another.
core::Result<void> rename_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EINVAL || errno == ENOSYS) {  // the file system knows no such flag
    if (auto free = core::must_not_exist(to, "-o"); !free) return free;
    if (std::rename(from.c_str(), to.c_str()) == 0) return {};
  }
  return core::bad_input(to.string() + ": cannot be written: " + std::strerror(errno));
}

}  // namespace

/// Both sides of the queue: what the frame loop calls, and the thread that writes.
class Recorder::Writer {
 public:
  Writer(ChunkLog log, fs::path path, fs::path written_as, RecorderOptions options)
      : log_(std::move(log)),
        path_(std::move(path)),
        written_as_(std::move(written_as)),
        options_(options),
        queue_(options.queue_capacity),
        thread_([this] { run(); }) {}

  ~Writer() { stop(); }

  // The frame loop's side.

  void push(const Item& item) {
    while (!queue_.push(item)) {
      if (!options_.wait_for_writer) {
        lost_in_queue_.fetch_add(1, std::memory_order_relaxed);
        return;
      }
      std::this_thread::yield();
    }
  }

  core::Result<void> close() {
    if (!std::exchange(closed_, true)) {
      closing_ = true;
      stop();
      if (options_.whole_or_nothing) result_ = first_error_ ? give_up() : rename_new(written_as_, path_);
    }
    if (first_error_) return *first_error_;
    return result_;
  }

  /// Nobody called `close`: a session keeps what it has, half an import is nothing.
  void let_go() {
    if (!options_.whole_or_nothing) {
      const auto ignored = close();
      static_cast<void>(ignored);
    } else if (!std::exchange(closed_, true)) {
      stop();
      remove();
    }
  }

  Status status() const {
    return {.moments_stored = stored_.load(std::memory_order_acquire),
            .lost = lost_in_queue_.load(std::memory_order_relaxed) +
                    lost_on_disk_.load(std::memory_order_relaxed),
            .failing = failing_.load(std::memory_order_relaxed)};
  }

 private:
  void stop() {
    stopping_.store(true, std::memory_order_release);
    if (thread_.joinable()) thread_.join();
  }
  void remove() const {
    std::error_code ignored;
    fs::remove(written_as_, ignored);
  }
  core::Result<void> give_up() const {
    remove();
    return *first_error_;
  }

  // The writer's side.

  void run() {
    const auto nap = options_.wait_for_writer ? std::chrono::microseconds(nap_virtual_time)
                                              : std::chrono::microseconds(nap_real_time);
    Item item;
    for (;;) {
      const bool last_round = stopping_.load(std::memory_order_acquire);
      while (queue_.pop(item)) add(item);
      if (last_round) break;
      const bool overdue =
          !options_.wait_for_writer && open_items_ > 0 && SteadyClock::now() - opened_ > chunk_wall_time;
      if (overdue) write_chunk();
      std::this_thread::sleep_for(nap);
    }
    write_chunk();
    if (closing_) {
      say_what_was_lost();
      const auto moments = open_.moments.size();
      finish_write(log_.append_closing(std::exchange(open_, {})), moments, 0);
    }
  }

  void add(const Item& item) {
    // Only frames open the next second: events and snapshots belong to the frame they came with.
    if (std::holds_alternative<Moment>(item)) {
      const auto time = time_of(item);
      if (!open_.moments.empty() && time - chunk_start_ns_ >= chunk_ns) write_chunk();
      if (open_.moments.empty()) chunk_start_ns_ = time;
    }
    if (open_items_ >= chunk_items) write_chunk();
    if (open_items_ == 0) opened_ = SteadyClock::now();
    ++open_items_;
    last_ns_ = time_of(item);
    if (const auto* moment = std::get_if<Moment>(&item)) open_.moments.push_back(*moment);
    if (const auto* snapshot = std::get_if<Snapshot>(&item)) open_.snapshots.push_back(*snapshot);
    if (const auto* event = std::get_if<Event>(&item)) open_.events.push_back(*event);
  }

  void write_chunk() {
    if (open_items_ == 0) return;
    say_what_was_lost();
    const auto items = std::exchange(open_items_, 0);
    const auto moments = open_.moments.size();
    finish_write(log_.append(std::exchange(open_, {})), moments, items);
  }

  void finish_write(const core::Result<void>& written, std::size_t moments, std::size_t items) {
    failing_.store(!written.ok(), std::memory_order_relaxed);
    if (written) {
      stored_.fetch_add(moments, std::memory_order_release);
      said_lost_ = about_to_say_;
      return;
    }
    lost_on_disk_.fetch_add(items, std::memory_order_relaxed);
    if (!first_error_) {
      first_error_ = written.error();
      spdlog::error("{}; the session goes on, what could not be written is lost", written.error().message);
    }
  }

  /// Puts an event about lost items into the open chunk; it counts as said once that chunk is on the disk.
  void say_what_was_lost() {
    const auto lost =
        lost_in_queue_.load(std::memory_order_relaxed) + lost_on_disk_.load(std::memory_order_relaxed);
    about_to_say_ = lost;
    if (lost == said_lost_) return;
    open_.events.push_back(make_event({last_ns_}, EventKind::frames_lost, "the recorder lost samples",
                                      {static_cast<double>(lost - said_lost_)}));
  }

  ChunkLog log_;
  fs::path path_, written_as_;
  RecorderOptions options_;
  core::SpscQueue<Item> queue_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> stored_{0}, lost_in_queue_{0}, lost_on_disk_{0};
  std::atomic<bool> failing_{false};

  // Of the frame loop; `closing_` is set before `stopping_`, `first_error_` is read after the thread ended.
  bool closed_ = false, closing_ = false;
  core::Result<void> result_;
  std::optional<core::Error> first_error_;

  // Of the writer's thread.
  Chunk open_;
  std::size_t open_items_ = 0;
  std::int64_t chunk_start_ns_ = 0, last_ns_ = 0;
  SteadyClock::time_point opened_;
  std::uint64_t said_lost_ = 0, about_to_say_ = 0;

  std::thread thread_;  // last: it uses all the others
};

core::Result<std::unique_ptr<Recorder>> Recorder::create(const fs::path& path, const Meta& meta,
                                                         const Key& key, RecorderOptions options) {
  if (auto free = core::must_not_exist(path, options.whole_or_nothing ? "-o" : "--record"); !free)
    return free.error();
  const auto written_as = options.whole_or_nothing ? temporary_name(path) : path;
  auto log = ChunkLog::create(written_as, meta, key, !options.whole_or_nothing);
  if (!log) return log.error();
  return std::unique_ptr<Recorder>(
      new Recorder(std::make_unique<Writer>(std::move(*log), path, written_as, options)));
}

Recorder::Recorder(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}

Recorder::~Recorder() {
  if (writer_ == nullptr) return;
  writer_->let_go();
}

void Recorder::publish(const telemetry::Frame& frame, const DecisionRecord& decision) {
  writer_->push(Moment{.frame = frame, .decided = true, .decision = decision});
}
void Recorder::publish(const telemetry::Frame& frame) {
  writer_->push(Moment{.frame = frame, .decided = false, .decision = {}});
}
void Recorder::snapshot(const Snapshot& snapshot) { writer_->push(snapshot); }
void Recorder::event(const Event& event) { writer_->push(event); }
core::Result<void> Recorder::close() { return writer_->close(); }
Recorder::Status Recorder::status() const { return writer_->status(); }

}  // namespace attune::record
