#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/config.hpp"
#include "attune/core/result.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/phase.hpp"
#include "attune/treatment/practice_plan.hpp"
#include "attune/treatment/step.hpp"
#include "attune/treatment/text.hpp"

namespace attune::treatment {

/// Distress that must be at or below a bound for some time. In the file both are in SUDS (0..100).
struct Criterion {
  float distress_at_most = 1.0F;  ///< 0..1
  double held_s = 0.0;
};

/// One phase of a programme.
struct PhasePlan {
  Phase phase = Phase::neutral;  ///< neutral, exposure or recovery
  double limit_s = 0.0;          ///< it ends at the latest then
  double minimum_s = 0.0;        ///< no criterion ends it earlier
  IntensityRange intensity;
  std::optional<Criterion>
      enter;  ///< without it met, the phase is not begun (exposure: straight to recovery)
  std::optional<Criterion> leave;  ///< with it met, the phase ends before its limit
};

/// When a prompt is shown.
enum class PromptTrigger : std::uint8_t {
  phase_start = 0,  ///< the phase begins
  after = 1,        ///< `after_s` into the phase
  step_up = 2,
  step_down = 3,
  high_distress = 4,  ///< the patient is near being overwhelmed
  eased = 5,          ///< distress has fallen again
  step_start = 6,     ///< the prompt's step begins
  part = 7,           ///< part `part` of the step's activity begins
};

/// A short text for the patient.
struct Prompt {
  std::string id;
  Text text;
  Phase phase = Phase::exposure;
  std::optional<std::uint16_t> step;  ///< only in this step of the ladder
  PromptTrigger when = PromptTrigger::phase_start;
  double after_s = 0.0;   ///< for `after`, into the phase, or into the step of a prompt that has one
  std::uint8_t part = 0;  ///< for `part`, from 1
  double show_s = 8.0;
};

/// What a question is on the card of an exposure.
enum class CardItem : std::uint8_t {
  none = 0,
  before = 1,    ///< how likely the feared outcome is, before
  happened = 2,  ///< whether it happened; the first option means that it did not
  after = 3,     ///< how likely it is now
};

/// A rating the patient is asked for, again and again within a phase.
struct Question {
  telemetry::ReportKind kind = telemetry::ReportKind::suds;
  Text text;
  Phase phase = Phase::exposure;
  std::optional<std::uint16_t> step;  ///< only in this step of the ladder; times are then of the step
  double first_after_s = 0.0;
  double every_s = 180.0;         ///< 0: once
  double answer_within_s = 45.0;  ///< then it counts as unanswered and the panel closes
  std::vector<Text> options;      ///< of a choice
  CardItem card = CardItem::none;
};

/// What the adaptive controller may do on its own, and when.
struct Adaptive {
  bool intensity = true;                                  ///< within a step
  bool step = true;                                       ///< move on the ladder
  bool calm_feedback = true;                              ///< show the breathing guide
  bool gaze_lead = true;                                  ///< let the scene lead the gaze
  float target = 0.65F;                                   ///< anxiety that the rule steers to, 0..1
  float up_at_most = 0.70F;                               ///< no step up while the estimate is above this
  float down_above = 0.80F;                               ///< a self-report above this goes a step down
  float guide_on_above = 0.75F, guide_off_below = 0.60F;  ///< of the breathing guide
  float guide_breaths_per_min = 6.0F;
  float pace =
      1.0F;  ///< set by `scaled_to`: how much faster intensity moves; the governor's slew limit stays
};

/// What the governor holds the session to. Code bounds each (`absolute` in governor.hpp).
struct ProgrammeLimits {
  IntensityRange intensity{0.0F, 1.0F};
  float rise_per_s = 0.02F;
  float fall_per_s = 0.5F;
  float ceiling = 0.85F;       ///< upper bound of the belief about anxiety, 0..1
  float suds_ceiling = 80.0F;  ///< self-reported distress, 0..100
  float heart_rate_bpm = 150.0F;
  float comfort_at_least = 4.0F;  ///< self-reported comfort, 0..10
  bool needs_therapist = false;   ///< a therapist must be on the line: a lost link holds, then the safe place
};

/// What a therapist prescribes: read from `assets/programs/ID.toml`, checked whole, unchanged while a session
/// runs.
struct Programme {
  std::string id;
  Text title;
  std::string kind;                  ///< exposure, breathing, cbt, attention, measure, mindfulness, …
  std::string world;                 ///< folder under assets/worlds
  std::string setting;               ///< clinic, home, workplace or education
  std::vector<std::string> sources;  ///< the clinical evidence
  std::array<PhasePlan, 3> phases;   ///< neutral, exposure, recovery
  Order order = Order::ladder;
  std::vector<Step> ladder;     ///< easiest first, or in their sequence
  std::vector<Prompt> prompts;  ///< `Directive::prompt` is 1 + the index
  std::vector<Question> questions;
  Text feared;  ///< the outcome that the card is about; empty without a card
  PracticePlans practices;
  Adaptive adaptive;
  ProgrammeLimits limits;
  std::string file_text;  ///< as read, for the recording
  std::string note;       ///< what `scaled_to` changed; empty otherwise

  /// A programme by its id or by the path of a file. Errors: no such programme (the ids that exist are
  /// named); every mistake as a line `FILE:LINE: key: message`.
  [[nodiscard]] static core::Result<Programme> load(const std::string& id_or_path);
  /// The same from text that is already there, for instance out of a recording; `name` stands for the file.
  /// What is asked of a file beside its form (an exposure's card, parameters within the world's limits) is
  /// not asked of such a text: a session that was held is read as it was.
  [[nodiscard]] static core::Result<Programme> parse(const std::string& text, const std::string& name);

  /// The same programme with the feared outcome in the patient's own words, which are shown in both
  /// languages. Errors: there is no card; the words make a text longer than a panel holds.
  [[nodiscard]] core::Result<Programme> with_feared(const std::string& words) const;

  /// Nothing of the patient's state may be inferred without a recorded medical purpose: work and education.
  [[nodiscard]] bool needs_purpose() const { return setting == "workplace" || setting == "education"; }
  /// What the middle phase is called on every screen.
  [[nodiscard]] Middle middle() const { return kind == "exposure" ? Middle::exposure : Middle::practice; }
  [[nodiscard]] const PhasePlan& plan(Phase phase) const;  ///< of neutral, exposure, recovery, paused or not
  [[nodiscard]] double duration_s() const;                 ///< sum of the phases' limits

  /// The same programme in the n-th session of a course, from 1: every step begins n − 1 places further in
  /// its list of variants, so that a session begins with another variant than the one before, and the trials
  /// of a dot-probe come in another order. The first session is the programme as it is.
  [[nodiscard]] Programme for_session(std::uint32_t number) const;

  /// The same programme in `duration_s` seconds: phases, holds, criteria and the times within a phase shrink
  /// in proportion, and `note` says so. Limits, slew and the distance between two questions stay as
  /// prescribed. A duration that is not shorter gives the programme as it is.
  [[nodiscard]] Programme scaled_to(double duration_s) const;
};

/// A programme as a list shows it.
struct ProgrammeSummary {
  std::string id, kind, world, setting;
  bool needs_therapist = false, needs_purpose = false;
  std::vector<telemetry::Activity> activities;  ///< of its steps, each once, in order
  double duration_s = 0.0;
  Text title;
  std::filesystem::path path;
  std::vector<std::string> phases;     ///< their names, in order
  std::vector<std::string> languages;  ///< in which every text is there
  std::vector<core::ConfigProblem> problems;

  [[nodiscard]] bool ok() const { return problems.empty(); }
};

/// One programme's summary, mistakes included.
[[nodiscard]] ProgrammeSummary summarise_programme(const std::filesystem::path& path);
/// Every `*.toml` under `folder`, by id. Without a folder: assets/programs.
[[nodiscard]] std::vector<ProgrammeSummary> list_programmes(const std::filesystem::path& folder = {});
/// The file that an id or a path names. Errors: there is none; the ids that exist are named.
[[nodiscard]] core::Result<std::filesystem::path> find_programme(const std::string& id_or_path);

}  // namespace attune::treatment
