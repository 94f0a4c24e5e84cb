#pragma once

#include <cstdint>
#include <vector>

#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// Where a programme stands, as its words are bound to it.
struct ScriptPlace {
  Phase phase = Phase::waiting;
  double time_in_phase_s = 0.0;
  double in_step_s = 0.0;  ///< in the middle phase
};

/// What the patient reads and is asked now.
struct ScriptLines {
  std::uint16_t prompt = 0;    ///< 1 + index into the programme's prompts; 0: none
  std::uint16_t question = 0;  ///< 1 + index into the programme's questions; 0: none is open
  telemetry::ReportKind question_kind = telemetry::ReportKind::none;
  core::SessionTime asked{};  ///< when the open question was asked
  int unanswered = 0;         ///< questions in a row
};

/// The words of a programme: which prompt is shown and which question is asked, and when. The programme must
/// outlive it. Nothing is allocated after construction.
class Script {
 public:
  explicit Script(const Programme& programme);

  /// Begins a frame `dt_s` after the one before: a prompt that has been shown long enough goes.
  void begin_frame(core::SessionTime time, double dt_s);
  /// No question stays open over a change of phase.
  void close_question();
  /// Another phase of the programme has begun: what belongs to a time within it is to come again.
  void begin_phase();
  /// A new session of the same patient: nothing has been left unanswered.
  void forget_answers() { lines_.unanswered = 0; }
  /// A step of the middle phase has begun: its words are to come, and no question of another stays open.
  void begin_step(std::uint16_t step);
  /// A part of the step's activity has begun.
  void begin_part(std::uint8_t part);
  /// Shows a prompt of an occasion. Several for one occasion take turns.
  void show(Phase phase, PromptTrigger occasion);
  /// An answer has come: it closes the question of its kind. @return that question (1 + index); 0: none.
  std::uint16_t answered(telemetry::ReportKind kind);
  /// Asks and shows what is due.
  void run(const ScriptPlace& place);

  [[nodiscard]] const ScriptLines& lines() const { return lines_; }

 private:
  void ask(const ScriptPlace& place);
  void run_prompts(const ScriptPlace& place);
  void show_one(Phase phase, PromptTrigger occasion, std::uint8_t part);
  /// Its phase and, if it has one, its step are now.
  template <typename Words>
  [[nodiscard]] bool belongs(const Words& words, Phase phase) const;

  const Programme& programme_;
  ScriptLines lines_;
  core::SessionTime now_{};
  double prompt_left_s_ = 0.0;
  std::uint16_t rotation_ = 0, step_ = 0;
  std::vector<bool> prompt_shown_;       // sized once: `after` prompts that were shown in their phase or step
  std::vector<double> next_question_s_;  // sized once: by question, time within its phase or step
};

}  // namespace attune::treatment
