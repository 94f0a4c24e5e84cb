#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "attune/scene/directive.hpp"
#include "attune/session/therapist.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/treatment/machine.hpp"

namespace attune::session::control {

/// Brings into the frames what therapists do, and tells them what became of it. The frame loop's: it takes
/// no lock, allocates nothing after construction, and its only clock is the frame's.
///
/// A stop goes into the very next frame and is alone in it; whatever waited with it, from whomever, is given
/// up, unless the same therapist sent it later. Everything else comes in the order of its arrival, as many at
/// a time as a frame has room for.
class Intake {
 public:
  using Lines = std::vector<std::shared_ptr<TherapistLine>>;

  /// @param needs_therapist  silence of a remote therapist is to be told. Who is remote is known by the
  /// lines:
  ///                         with none but those of this machine the therapist is at it
  Intake(Lines lines, bool needs_therapist);

  /// Before the decision. @param shown  the directive of the frame before: an answer belongs to its question.
  void fill(telemetry::Frame& frame, const scene::Directive& shown);
  /// After the decision. @param met  what the session machine made of the frame's commands
  void settle(const telemetry::Frame& frame, std::span<const treatment::LoggedEvent> met,
              treatment::Phase phase);

  /// The frame of the last `fill` carries a stop.
  [[nodiscard]] bool stopped() const { return stopped_; }
  /// What was said in words and came with the last `fill`.
  [[nodiscard]] std::span<const record::Event> said() const { return {said_.begin(), said_.size()}; }

 private:
  static constexpr std::size_t most_waiting = 64;

  struct Waiting {
    Act act;
    TherapistLine* line = nullptr;
  };
  /// An act that is in this frame: with `command`, at that place among its commands.
  struct Placed {
    std::uint64_t ticket = 0;
    TherapistLine* line = nullptr;
    std::optional<std::size_t> command;
  };

  void listen(core::SessionTime now);
  void hear_of(const Waiting& waiting, core::SessionTime now);
  [[nodiscard]] float silence_s(core::SessionTime now) const;
  void take_stops(telemetry::Frame& frame);
  void place_stop(telemetry::Frame& frame, const Waiting& stop);
  void give_up_for(const Waiting& stop, core::SessionTime now);
  void take_others(telemetry::Frame& frame, const scene::Directive& shown);
  [[nodiscard]] bool place(telemetry::Frame& frame, const Waiting& waiting, const scene::Directive& shown);
  void say(core::SessionTime now, const Act& act);

  Lines lines_;
  std::vector<std::uint64_t> heard_;
  bool needs_remote_, stopped_ = false;
  std::optional<core::SessionTime> last_heard_;  // of a remote therapist
  std::vector<Waiting> waiting_;                 // its room is made once
  core::StaticVector<Placed, 16> placed_;
  core::StaticVector<record::Event, 4> said_;
  treatment::Phase phase_ = treatment::Phase::waiting;
};

}  // namespace attune::session::control
