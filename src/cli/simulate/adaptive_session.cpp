#include "cli/simulate/adaptive_session.hpp"

#include "attune/session/panel_texts.hpp"
#include "attune/session/prescription.hpp"
#include "attune/sim/random.hpp"
#include "cli/simulate/exposure_course.hpp"

namespace attune::cli {

namespace {

constexpr std::uint64_t stream_other_person = 0x07E5;
constexpr double farewell_s = 5.0;  // after the programme's last phase: all has faded by then

/// Somebody else, in a session of their own: whose body is read when the sensors lie.
class OtherPatient {
 public:
  OtherPatient(const AdaptiveSetup& setup, std::uint64_t seed) : OtherPatient(setup, std::mt19937_64(seed)) {}

  /// The frame as it would be if head, eyes, hands and body were the other's. The answers stay whose they
  /// are.
  [[nodiscard]] telemetry::Frame in_place_of(telemetry::Frame frame, double step_s) {
    patient_.advance_to(frame.time);
    auto lying = frame_of(patient_, frame.index, frame.aois);
    lying.reports = frame.reports;
    lying.commands = frame.commands;
    telemetry::Stimulus shown;
    shown.time = frame.time;
    shown.intensity = course_.at(frame.time.seconds(), step_s).intensity;
    shown.aois = frame.aois;
    patient_.show(shown);
    return lying;
  }

 private:
  OtherPatient(const AdaptiveSetup& setup, std::mt19937_64 random)
      : patient_(sim::draw_patient(setup.population, random), random(), setup.plant, setup.sensors),
        course_(random()) {}

  sim::VirtualPatient patient_;
  ExposureCourse course_;
};

/// What some activities measure begins anew with each of their steps; a session is all of them together.
class PractisedSteps {
 public:
  /// After every step of the pipeline.
  void take(const session::Pipeline& pipeline) {
    const auto& left = pipeline.last_asked().left;
    if (!left) return;
    const auto step = pipeline.practice_result();
    switch (pipeline.programme().ladder[*left].activity) {
      case telemetry::Activity::movement:
        moved_s_ += step.movement.moved_s;
        break;
      case telemetry::Activity::social:
        looked_s_ += step.social.looked_s;
        break;
      case telemetry::Activity::grounding:
        for (std::size_t sense = 0; sense < found_.size(); ++sense)
          found_[sense] = static_cast<std::uint8_t>(found_[sense] + step.grounding.found[sense]);
        break;
      default:
        break;
    }
  }
  /// The result of the session, from that of its last moment.
  [[nodiscard]] treatment::PracticeResult of(treatment::PracticeResult last) const {
    last.movement.moved_s = moved_s_;
    last.social.looked_s = looked_s_;
    last.grounding.found = found_;
    return last;
  }

 private:
  double moved_s_ = 0.0, looked_s_ = 0.0;
  std::array<std::uint8_t, 5> found_{};
};

/// One session, frame by frame.
class AdaptiveSession {
 public:
  AdaptiveSession(const AdaptiveSetup& setup, SimulatedScene& scene, const SimulatedPerson& person,
                  bool keep_course, const SessionWatch& watch = {})
      : setup_(setup),
        scene_(scene),
        patient_(person.parameters, person.seed, setup.plant, setup.sensors),
        pipeline_(
            session::prescribe(setup.programme, 0.0, record::SourceKind::virtual_patient, setup.networks)),
        meter_(setup.plant, person.parameters),
        keep_course_(keep_course),
        watch_(watch) {
    if (setup.ablation == Ablation::sensors)
      other_.emplace(setup, sim::derived_seed(person.seed, stream_other_person));
  }

  SimulatedSession run() {
    const double step_s = 1.0 / setup_.rate_hz;
    for (std::uint64_t index = 0;; ++index) {
      const double time_s = static_cast<double>(index) / setup_.rate_hz;
      if (time_s > setup_.length_s) break;
      live_until(time_s);
      if (patient_.truth().left || ended_s_ > farewell_s) break;
      one_frame(index, step_s);
      ended_s_ = pipeline_.phase() == treatment::Phase::ended ? ended_s_ + step_s : 0.0;
    }
    // Nobody shows anything new to who has left or is done, but what they feel until the end counts.
    for (auto time_s = patient_.time().seconds(); time_s < setup_.length_s;) {
      time_s = std::min(time_s + 0.5 * sim::Plant::step_s, setup_.length_s);
      live_until(time_s);
    }
    return {meter_.outcome(setup_.length_s), std::move(course_), practised_.of(pipeline_.practice_result())};
  }

 private:
  void live_until(double time_s) {
    patient_.advance_to(core::at_seconds(time_s));
    if (patient_.truth().steps == counted_) return;
    counted_ = patient_.truth().steps;
    meter_.add(patient_.truth());
  }

  void one_frame(std::uint64_t index, double step_s) {
    auto frame = frame_of(patient_, index, scene_.aois());
    // As in a headset: the first frame is seen by nobody, and with the second the session is started.
    if (index == 0) {
      frame.headset.visible = frame.headset.focused = false;
      frame.gaze = {};
      frame.hands = {};
    }
    if (index == 1) frame.commands.push_back({telemetry::CommandKind::start, 0.0F});
    const auto directive = pipeline_.step(other_ && index > 0 ? other_->in_place_of(frame, step_s) : frame);
    scene_.apply(directive, frame.head);
    patient_.show(scene_.stimulus());
    practised_.take(pipeline_);
    if (keep_course_) note(frame);
    if (watch_) watch_(patient_, pipeline_.last_asked());
  }

  void note(const telemetry::Frame& frame) {
    for (const auto& report : frame.reports) {
      if (report.kind == telemetry::ReportKind::suds) suds_ = static_cast<double>(report.value);
    }
    if (frame.time.seconds() < static_cast<double>(course_.size())) return;
    const auto& truth = patient_.truth();
    const auto& decided = pipeline_.last_decision();
    course_.push_back({.time_s = frame.time.seconds(),
                       .anxiety = truth.anxiety,
                       .h = truth.h,
                       .believed = static_cast<double>(decided.x_mean),
                       .deviation = std::sqrt(static_cast<double>(decided.x_variance)),
                       .z = truth.felt.z,
                       .u = truth.felt.u,
                       .lead = truth.felt.lead,
                       .suds = std::exchange(suds_, std::nullopt)});
  }

  const AdaptiveSetup& setup_;
  SimulatedScene& scene_;
  sim::VirtualPatient patient_;
  std::optional<OtherPatient> other_;
  session::Pipeline pipeline_;
  sim::OutcomeMeter meter_;
  std::uint64_t counted_ = 0;
  double ended_s_ = 0.0;  // since the programme's end
  bool keep_course_;
  SessionWatch watch_;
  PractisedSteps practised_;
  std::optional<double> suds_;
  std::vector<CoursePoint> course_;
};

}  // namespace

core::Result<SceneMaker> scenes_of(const treatment::Programme& programme) {
  return simulated_scenes(programme.world, session::panel_texts(programme, treatment::Language::english));
}

core::Result<SessionMaker> adaptive_sessions(AdaptiveSetup setup) {
  auto scenes = scenes_of(setup.programme);
  if (!scenes) return scenes.error();
  setup.networks = without(setup.ablation, std::move(setup.networks));
  if (setup.ablation == Ablation::reports) setup.programme.questions.clear();
  return SessionMaker([setup = std::make_shared<const AdaptiveSetup>(std::move(setup)),
                       scenes = std::move(*scenes)](const SimulatedPerson& person, bool keep_course) {
    const auto scene = scenes();
    return AdaptiveSession(*setup, *scene, person, keep_course).run();
  });
}

sim::Outcome live_adaptive_session(const AdaptiveSetup& setup, const SimulatedPerson& person,
                                   SimulatedScene& scene, const SessionWatch& watch) {
  return AdaptiveSession(setup, scene, person, false, watch).run().outcome;
}

}  // namespace attune::cli
