#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "attune/core/result.hpp"
#include "attune/record/key.hpp"
#include "attune/record/meta.hpp"
#include "attune/record/streams.hpp"

namespace attune::record {

struct RecorderOptions {
  /// Virtual clock: `publish` waits for the writer instead of dropping. Never for a person.
  bool wait_for_writer = false;
  /// Import: written under a temporary name beside the final one, renamed by `close`, removed without it.
  bool whole_or_nothing = false;
  /// Room of the queue, in moments, snapshots and events together: some 8 s at 120 Hz.
  std::size_t queue_capacity = 1024;
};

/// Writes one session to one file, on a thread of its own. `publish`, `snapshot` and `event` belong to one
/// thread (the frame loop): they copy into a bounded queue, take no lock, allocate nothing and, without
/// `wait_for_writer`, never wait. What finds no room is counted and named in the file.
///
/// A disk that is full or fails does not end a session: it is logged once, the lost time is named in the file
/// as soon as writing works again, and `close` returns the error.
class Recorder {
 public:
  /// Creates the file and writes its meta data at once, so that a kill in the first second leaves a readable
  /// file. Errors: the file exists, its folder is missing, it cannot be written.
  [[nodiscard]] static core::Result<std::unique_ptr<Recorder>> create(const std::filesystem::path& path,
                                                                      const Meta& meta, const Key& key,
                                                                      RecorderOptions options = {});
  /// Without `close` before it: closes a session and discards the error, removes what there is of an import.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// A frame with the decision made on it; without one for an import. Times must not fall.
  void publish(const telemetry::Frame& frame, const DecisionRecord& decision);
  void publish(const telemetry::Frame& frame);
  void snapshot(const Snapshot& snapshot);
  void event(const Event& event);

  /// Writes what is queued, the closing chunk and, with `whole_or_nothing`, the final name. Nothing may be
  /// published after it. Error: some of the session could not be written, or the name could not be given.
  [[nodiscard]] core::Result<void> close();

  /// Where a session stands. May be asked from any thread.
  struct Status {
    std::uint64_t moments_stored = 0;  ///< on the disk, synchronised
    std::uint64_t lost = 0;            ///< moments, snapshots and events that found no room or no disk
    bool failing = false;              ///< the last chunk could not be written
  };
  [[nodiscard]] Status status() const;

 private:
  class Writer;
  explicit Recorder(std::unique_ptr<Writer> writer);
  std::unique_ptr<Writer> writer_;
};

}  // namespace attune::record
