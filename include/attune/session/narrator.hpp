#pragma once

#include <array>
#include <optional>

#include "attune/record/meta.hpp"
#include "attune/record/streams.hpp"
#include "attune/session/pipeline.hpp"

namespace attune::session {

/// Puts into words what changes from one decision to the next: phases, steps and why they were left, what
/// practices brought, holds, questions, answers, prompts, stops, commands. The events of a recording and of
/// the therapist's log.
class Narrator {
 public:
  explicit Narrator(treatment::Language language) : language_(language) {}

  /// Call after every `Pipeline::step`. The events belong to that step, and stay until the next call.
  std::span<const record::Event> tell(const telemetry::Frame& frame, const Pipeline& pipeline);

 private:
  void add(core::SessionTime time, record::EventKind kind, std::string_view text,
           std::initializer_list<double> values = {});
  void tell_commands(const telemetry::Frame& frame, const Pipeline& pipeline);
  void tell_steps(core::SessionTime time, const Pipeline& pipeline);
  void tell_practice(core::SessionTime time, telemetry::Activity activity, const Pipeline& pipeline);
  void tell_hold(core::SessionTime time, const Pipeline& pipeline);
  void tell_questions(core::SessionTime time, const Pipeline& pipeline);

  treatment::Language language_;
  core::StaticVector<record::Event, 36> events_;
  std::array<std::optional<core::SessionTime>, treatment::hold_count> last_held_;
  std::optional<std::uint16_t> step_;  // none outside of the middle phase
  std::uint16_t prompt_ = 0;
  core::SessionTime asked_{-1};
  std::optional<record::Snapshot> signs_;  // as they were last computed
  bool card_told_ = false;
};

/// Writes the words behind all codes of a recording into its meta data: phases, holds, reasons, features,
/// prompts.
void name_codes(record::Meta& meta, const treatment::Programme& programme, treatment::Language language);

}  // namespace attune::session
