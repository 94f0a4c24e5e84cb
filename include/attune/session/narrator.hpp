#pragma once

#include "attune/record/meta.hpp"
#include "attune/record/streams.hpp"
#include "attune/session/pipeline.hpp"

namespace attune::session {

/// Puts into words what changes from one decision to the next: phases, steps, holds, questions, answers,
/// prompts, stops, commands. The events of a recording and of the therapist's log.
class Narrator {
 public:
  explicit Narrator(treatment::Language language) : language_(language) {}

  /// Call after every `Pipeline::step`. The events belong to that step, and stay until the next call.
  std::span<const record::Event> tell(const telemetry::Frame& frame, const Pipeline& pipeline);

 private:
  void add(core::SessionTime time, record::EventKind kind, std::string_view text,
           std::initializer_list<double> values = {});

  treatment::Language language_;
  core::StaticVector<record::Event, 24> events_;
  treatment::Hold hold_ = treatment::Hold::none;
  std::uint16_t step_ = 0, prompt_ = 0;
  core::SessionTime asked_{-1};
};

/// Writes the words behind all codes of a recording into its meta data: phases, holds, reasons, features,
/// prompts.
void name_codes(record::Meta& meta, const treatment::Programme& programme, treatment::Language language);

}  // namespace attune::session
