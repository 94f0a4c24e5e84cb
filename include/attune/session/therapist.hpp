#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <variant>

#include "attune/core/spsc_queue.hpp"
#include "attune/core/static_vector.hpp"
#include "attune/record/streams.hpp"
#include "attune/session/status.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/phase.hpp"

namespace attune::session {

/// Something that is done from outside the headset: by the therapist, or with the key with which a patient
/// stops.
struct Act {
  enum class Kind : std::uint8_t {
    command,
    patient_stop,
    report,    ///< an answer that the patient gave aloud
    feared,    ///< the feared outcome, in the patient's words
    happened,  ///< what happened instead
    note,
    here,  ///< the therapist is there, and nothing else
  };
  static constexpr std::size_t longest_text = 400;  ///< bytes of UTF-8

  Kind kind = Kind::command;
  telemetry::Command command;                                  ///< of kind `command`
  telemetry::ReportKind report = telemetry::ReportKind::none;  ///< of kind `report`
  float value = 0.0F;                                          ///< of kind `report`, in its unit
  core::StaticVector<char, longest_text> text;                 ///< of `feared`, `happened` and `note`
  std::optional<core::SessionTime> not_before;                 ///< waits for this instant of the session
  std::uint64_t ticket = 0;                                    ///< whose `Outcome` is told; 0: nobody's
  std::uint64_t number = 0;                                    ///< given by `TherapistLine::send`, rising

  /// Leads to the calm garden, and is never kept waiting.
  [[nodiscard]] bool stops() const {
    return kind == Kind::patient_stop ||
           (kind == Kind::command && (command.kind == telemetry::CommandKind::stop ||
                                      command.kind == telemetry::CommandKind::safe_place));
  }
};

/// What became of an act.
struct Outcome {
  enum class Result : std::uint8_t {
    taken,
    not_now,     ///< the session machine has no row for it in this phase
    superseded,  ///< a stop came while it waited
  };
  std::uint64_t ticket = 0;
  core::SessionTime time{};
  Result result = Result::taken;
  treatment::Phase phase = treatment::Phase::waiting;  ///< after it
  treatment::Reason reason =
      treatment::Reason::none;  ///< in the session machine's words; none: not met by it
};

using Notice = std::variant<Status, record::Event, Outcome>;

/// One way by which a therapist reaches a session and sees how it goes: bounded queues between the frame
/// loop and one other thread, without locks. Whoever reads too slowly loses notices, and only that.
class TherapistLine {
 public:
  /// @param remote  the therapist is elsewhere, so that silence may mean that the link is lost
  explicit TherapistLine(bool remote) : remote_(remote) {}

  // The therapist's side: one thread.

  /// False, and nothing sent, when too many acts wait. Stops have room of their own.
  bool send(Act act);
  /// Says that the therapist is there.
  void say_here() { heard_.fetch_add(1, std::memory_order_release); }
  [[nodiscard]] bool next(Notice& notice) { return notices_.pop(notice); }
  /// Notices that found no room since the last call.
  [[nodiscard]] std::uint64_t take_lost() { return lost_.exchange(0, std::memory_order_acq_rel); }

  // The frame loop's side: one thread, no wait, no allocation.

  [[nodiscard]] bool take_stop(Act& act) { return stops_.pop(act); }
  [[nodiscard]] bool take(Act& act) { return acts_.pop(act); }
  void tell(const Notice& notice) {
    if (!notices_.push(notice)) lost_.fetch_add(1, std::memory_order_acq_rel);
  }
  [[nodiscard]] bool remote() const { return remote_; }
  /// Grows whenever the therapist is heard of.
  [[nodiscard]] std::uint64_t heard() const { return heard_.load(std::memory_order_acquire); }

 private:
  static constexpr std::size_t most_acts = 64, most_stops = 64, most_notices = 512;

  bool remote_;
  std::uint64_t sent_ = 0;
  core::SpscQueue<Act> stops_{most_stops}, acts_{most_acts};
  core::SpscQueue<Notice> notices_{most_notices};
  std::atomic<std::uint64_t> heard_{0}, lost_{0};
};

}  // namespace attune::session
