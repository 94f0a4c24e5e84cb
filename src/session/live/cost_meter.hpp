#pragma once

#include <cstdint>
#include <vector>

#include "attune/session/live.hpp"

namespace attune::session {

/// Adds up where the frame loop's CPU time goes. An observer: nothing in the session depends on it, and
/// switched off it reads no clock.
class CostMeter {
 public:
  enum class Part { waiting, ours, pipeline, drawing };

  explicit CostMeter(bool on);
  /// The time since the last call belongs to `part`.
  void spent_on(Part part);
  /// A frame's wait is over, and the runtime is about to be told that we begin it: wall time in between.
  void frame_waited();
  void frame_begun();
  void frame_done(bool drawn);
  [[nodiscard]] FrameCosts costs() const;

 private:
  bool on_;
  std::int64_t last_ns_, waited_ns_ = 0;
  double ours_us_ = 0, drawing_us_ = 0;
  std::uint64_t frames_ = 0, drawn_ = 0;
  // Room for an hour is made at once; later frames are not counted.
  std::vector<float> pipeline_us_, start_us_;
};

}  // namespace attune::session
