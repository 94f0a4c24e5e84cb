#pragma once

#include <array>
#include <cstdint>

#include "attune/core/ring.hpp"
#include "attune/sensors/notice.hpp"
#include "attune/telemetry/samples.hpp"
#include "sensors/message.hpp"

namespace attune::sensors {

/// The newest of every stream, on the frame loop's side, and the one gate between sensors and session: a
/// value goes out as valid only when it was measured lately, in order, and a living body can have it. No
/// lock, no allocation, no clock. For one thread.
class Board {
 public:
  Board();

  /// Takes in what a source sent.
  void take(const Message& message);
  /// Makes the readings of one frame. Of beats that came together each frame shows one, in order.
  void look(const FrameInstant& now);
  /// Says that samples were lost.
  void lost(std::uint64_t count);

  /// Of the frame that was looked at last. Nothing but `valid` is set in a reading that is not.
  [[nodiscard]] const telemetry::Reading& reading(Stream stream) const { return readings_[index_of(stream)]; }
  [[nodiscard]] Fault fault(Stream stream) const { return faults_[index_of(stream)]; }
  bool next_notice(Notice& notice);

 private:
  /// What one source says of one stream and part.
  struct Cell {
    Fault fault = Fault::never;
    float value = 0.0F;
    std::int64_t measured_ns = 0;
  };
  struct Announced {
    bool valid = false;
    std::int64_t at_ns = 0;
    std::int64_t last_valid_ns = 0;
    bool ever = false;
    ClockEstimate clock;  // to CLOCK_MONOTONIC
    bool clock_is_new = false;
    std::int64_t clock_at_ns = 0;
  };
  using Parts = std::array<Cell, part_count>;

  void take(const Sample& sample);
  void show_next_beats();
  void look(std::size_t stream);
  void announce(std::size_t group);
  void announce_clock(std::size_t group);
  void notify(const Notice& notice) { notices_.push(notice); }

  std::array<std::array<Parts, rank_count>, stream_count> cells_;
  std::array<core::Ring<Cell, 16>, rank_count> beats_;  // not shown yet
  std::array<telemetry::Reading, stream_count> readings_;
  std::array<Fault, stream_count> faults_;
  std::array<Announced, group_count> groups_;
  core::Ring<Notice, 32> notices_;
  FrameInstant now_;
};

}  // namespace attune::sensors
