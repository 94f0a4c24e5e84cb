#pragma once

#include <memory>
#include <span>

#include "attune/record/recorder.hpp"
#include "attune/session/live.hpp"
#include "attune/xr/headset.hpp"

namespace attune::session {

/// The recording of a live session, if one is kept, the log on standard error, and what therapists read of
/// what happens. Begun with the session's
/// first frame, or with its end where none came; closed however it ends.
class Logbook {
 public:
  /// @param meta  without what only the first frame knows: rate and instant
  Logbook(const LiveOptions& options, record::Meta meta) : options_(options), meta_(std::move(meta)) {}

  /// Creates the recording. Errors: the file exists or cannot be written.
  [[nodiscard]] core::Result<void> begin(core::SessionTime time, float period_s);
  [[nodiscard]] bool begun() const { return begun_; }

  void frame(const telemetry::Frame& frame, const record::DecisionRecord& decision);
  void snapshot(const record::Snapshot& snapshot);
  void event(const record::Event& event);
  void headset(core::SessionTime time, xr::HeadsetEvent event);
  void picture(core::SessionTime time, const std::string& file);
  void note(core::SessionTime time, record::EventKind kind, std::string_view words);

  /// The last event and the end of the file. The problem that writing had; empty: all of it was written.
  [[nodiscard]] std::string close(core::SessionTime time, std::string_view reason);

 private:
  const LiveOptions& options_;
  record::Meta meta_;
  std::unique_ptr<record::Recorder> recorder_;
  bool begun_ = false;
};

}  // namespace attune::session
