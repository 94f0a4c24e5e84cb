#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/record/key.hpp"
#include "attune/record/meta.hpp"
#include "attune/record/streams.hpp"

namespace attune::record {

/// A part of the file that is not what the recorder wrote.
struct Damage {
  std::int64_t chunk = -1;   ///< number of the first chunk that is hurt or missing; −1: the file's header
  std::uint64_t offset = 0;  ///< byte where it begins
  std::uint64_t length = 0;  ///< bytes that could not be read; 0: bytes are missing here
  core::SessionTime from{}, to{};  ///< session time that may be lost: between what is whole before and after
  std::string what;                ///< one sentence for a user
};

/// A stretch without frames.
struct Gap {
  core::SessionTime from{}, to{};    ///< the frames on both sides
  std::uint64_t frames_missing = 0;  ///< by their numbers; 0: the headset itself gave none
};

/// One second or so of a session, as it lies in the file.
struct Chunk {
  std::vector<Moment> moments;
  std::vector<Snapshot> snapshots;
  std::vector<Event> events;
};

/// A recording, open for reading. Every chunk is checked when it is opened, so that `damage()` is complete;
/// the streams stay on the disk and are read a chunk at a time. Cheap to copy; for one thread.
class Recording {
 public:
  /// Keys are found by the id in the header, as `keys_for_reading` says.
  /// Errors: no such file, no recording, sealed with a key that is not here, nothing readable in it.
  [[nodiscard]] static core::Result<Recording> open(const std::filesystem::path& path);
  [[nodiscard]] static core::Result<Recording> open(const std::filesystem::path& path,
                                                    const std::vector<Key>& keys);

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] const Meta& meta() const;
  [[nodiscard]] const KeyId& key_id() const;

  /// Properly closed: the closing chunk is there and nothing follows it.
  [[nodiscard]] bool closed() const;
  /// Bytes at the end that are no whole chunk: what was open when the session was killed or the file was cut.
  [[nodiscard]] std::uint64_t open_tail_bytes() const;
  [[nodiscard]] const std::vector<Damage>& damage() const;
  [[nodiscard]] const std::vector<Gap>& gaps() const;
  [[nodiscard]] std::uint64_t moment_count() const;
  [[nodiscard]] std::uint64_t decision_count() const;
  [[nodiscard]] core::SessionTime first_time() const;  ///< of the frames; 0 without any
  [[nodiscard]] core::SessionTime last_time() const;

  /// Reads what a writer has appended since. True when there is something new.
  /// Error: the file cannot be read any more.
  [[nodiscard]] core::Result<bool> refresh();

  [[nodiscard]] std::size_t chunk_count() const;
  /// One chunk by its place among the whole ones. Error: the file changed since it was opened.
  [[nodiscard]] core::Result<Chunk> chunk(std::size_t place) const;
  /// Place of the first chunk that holds `time` or something later; `chunk_count()` when all are earlier.
  [[nodiscard]] std::size_t seek(core::SessionTime time) const;

  /// Every moment in order, a chunk in memory at a time; `visit` returns false to stop.
  [[nodiscard]] core::Result<void> for_each_moment(const std::function<bool(const Moment&)>& visit) const;
  /// All of one stream at once. A minute of moments at 90 Hz takes some 8 MB.
  [[nodiscard]] core::Result<std::vector<Moment>> moments() const;
  [[nodiscard]] core::Result<std::vector<Snapshot>> snapshots() const;
  [[nodiscard]] core::Result<std::vector<Event>> events() const;

 private:
  struct State;
  explicit Recording(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

/// Plays a recording moment by moment from any time on; what is damaged is passed over.
class Cursor {
 public:
  explicit Cursor(Recording recording, core::SessionTime from = {});
  /// The next moment, valid until the following call; null at the end (call again after
  /// `Recording::refresh`).
  [[nodiscard]] const Moment* next();

 private:
  Recording recording_;
  core::SessionTime from_;
  std::size_t next_chunk_ = 0, next_moment_ = 0;
  Chunk chunk_;
};

}  // namespace attune::record
