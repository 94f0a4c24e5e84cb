#pragma once

#include <memory>
#include <optional>
#include <span>

#include "attune/record/streams.hpp"
#include "attune/scene/directive.hpp"
#include "attune/scene/panel_placement.hpp"
#include "attune/session/answer_panel.hpp"
#include "attune/session/closed_eyes.hpp"
#include "attune/session/exertion.hpp"
#include "attune/session/networks.hpp"
#include "attune/state/belief.hpp"
#include "attune/state/body_agreement.hpp"
#include "attune/state/feature_extractor.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/treatment/activities/work_rhythm.hpp"
#include "attune/treatment/controller.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/programme.hpp"
#include "attune/treatment/stop_detector.hpp"

namespace attune::session {

/// What is settled before a session begins.
struct PipelineSpec {
  treatment::Programme programme;
  std::shared_ptr<Networks> networks;  ///< none: inference is off, the belief lives on self-reports alone
  /// Whether looking, pointing and holding mean something. False where the input cannot know what is shown:
  /// an import plays somebody who saw another scene, and a virtual patient answers with its mouth.
  bool chooses_in_scene = true;
  /// Whether where the gaze goes says something of the scene that is shown. False for an import: its person
  /// saw another one, and turning away from what was not there is no avoidance.
  bool sees_scene = true;
};

/// The whole decision path: one frame in, one directive out. A pure function of its own state and the frame:
/// it reads no clock, no random device, no file and no other thread, which is what makes replay exact.
/// Allocates nothing after construction.
class Pipeline {
 public:
  explicit Pipeline(PipelineSpec spec);
  Pipeline(const Pipeline&) = delete;  // its parts refer to its programme
  Pipeline& operator=(const Pipeline&) = delete;

  scene::Directive step(const telemetry::Frame& frame);

  /// The last step, as it is recorded.
  [[nodiscard]] const record::DecisionRecord& last_decision() const { return decision_; }
  /// What the monitor saw and why it said so, when the last step computed the features anew (every 250 ms).
  [[nodiscard]] const std::optional<record::Snapshot>& last_snapshot() const { return snapshot_; }
  /// Every event that the session machine met in the last step.
  [[nodiscard]] std::span<const treatment::LoggedEvent> last_events() const { return machine_.log(); }
  /// Answers taken in the last step, spoken ones and those given on the panel.
  [[nodiscard]] std::span<const telemetry::SelfReport> last_reports() const {
    return {reports_.begin(), reports_.end()};
  }
  /// What the controller asked for in the last step: moves from step to step, practices.
  [[nodiscard]] const treatment::ControllerOutput& last_asked() const { return asked_; }
  /// What has come of the programme's practices so far.
  [[nodiscard]] treatment::PracticeResult practice_result() const { return controller_.practice_result(); }
  /// What work at a desk shows, for what is said beside an estimate. Nothing where inference is off.
  [[nodiscard]] treatment::WorkSigns work_signs() const {
    return spec_.networks ? work_.signs() : treatment::WorkSigns{};
  }
  /// Networks read the patient's state; without, the belief lives on reports alone.
  [[nodiscard]] bool infers() const { return spec_.networks != nullptr; }
  /// What body and eyes show is believed. Not during a movement break and while its after-effect lasts: then
  /// the belief lives on reports.
  [[nodiscard]] bool heeds_body() const { return infers() && !exertion_.lasts(); }
  /// How far the body goes along with the answers, 0..1 (`state::BodyAgreement`). None where inference is
  /// off.
  [[nodiscard]] std::optional<float> body_trust() const {
    return infers() ? std::optional(static_cast<float>(agreement_.trust())) : std::nullopt;
  }
  [[nodiscard]] treatment::Phase phase() const { return machine_.phase(); }
  [[nodiscard]] treatment::Hold hold() const { return governor_.previous().hold; }
  /// Of the state's upper bound, as agreed or raised, 0..1.
  [[nodiscard]] float ceiling() const { return machine_.allowance().ceiling; }
  /// A raised one that waits for its confirmation.
  [[nodiscard]] std::optional<float> asked_ceiling() const { return machine_.asked_ceiling(); }
  [[nodiscard]] const treatment::Programme& programme() const { return spec_.programme; }

 private:
  void take_input(const telemetry::Frame& frame);
  void observe(const telemetry::Frame& frame, double dt_s);
  void estimate(const telemetry::Frame& frame, double dt_s);
  void treat(const telemetry::Frame& frame);
  void govern(const telemetry::Frame& frame);
  void direct(const telemetry::Frame& frame);
  [[nodiscard]] treatment::Estimate belief_estimate() const;

  PipelineSpec spec_;
  state::FeatureExtractor features_;
  state::Belief belief_;
  state::Belief answers_alone_;  ///< what would be believed if the body said nothing
  state::BodyAgreement agreement_;
  treatment::SessionMachine machine_;
  treatment::Controller controller_;
  treatment::Governor governor_;
  treatment::StopDetector stop_detector_;
  scene::PanelPlacement placement_;
  AnswerPanel panel_;

  bool begun_ = false;
  core::SessionTime now_{};
  bool stop_ = false, started_ = false, resumed_ = false;  // asked for in this frame
  ClosedEyes closed_eyes_;
  double eyes_closed_s_ = 0.0;
  float stop_progress_ = 0.0F;
  OpenQuestion question_;
  treatment::Look look_;
  treatment::WorkRhythm work_;
  Exertion exertion_;
  core::StaticVector<telemetry::SelfReport, 6> reports_;
  std::optional<state::MonitorOutput> monitor_;
  std::optional<float> wanted_;
  std::optional<bool> engaged_;
  double model_age_s_ = 1e9, belief_age_s_ = 1e9, report_information_ = 0.0, body_information_ = 0.0;
  treatment::ControllerOutput asked_;
  scene::Directive directive_;
  record::DecisionRecord decision_;
  std::optional<record::Snapshot> snapshot_;
};

}  // namespace attune::session
