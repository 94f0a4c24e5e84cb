#include "attune/session/live.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "attune/record/recorder.hpp"
#include "attune/session/narrator.hpp"
#include "session/live/cost_meter.hpp"
#include "session/live/process_age.hpp"
#include "session/live/shots.hpp"
#include "session/live/stage.hpp"

namespace attune::session {

namespace {

using Part = CostMeter::Part;

constexpr double farewell_s = 3.0;  // the last picture of an ended session stays for so long
constexpr int pictures_wanted = 12;

scene::PanelTexts panel_texts(const treatment::Programme& programme, treatment::Language language) {
  scene::PanelTexts texts;
  for (const auto& prompt : programme.prompts) texts.prompts.push_back(prompt.text.in(language));
  for (const auto& question : programme.questions) {
    texts.questions[static_cast<std::size_t>(question.kind)] = question.text.in(language);
  }
  if (language == treatment::Language::chinese) texts.stop = "停止";
  return texts;
}

/// One session from its first frame to its last.
class LiveSession {
 public:
  LiveSession(const LiveOptions& options, Stage stage, scene::World world)
      : options_(options),
        stage_(std::move(stage)),
        world_(std::move(world)),
        pipeline_(options.pipeline),
        narrator_(options.language),
        meter_(options.measure) {
    if (options.screenshots) {
      shots_.emplace(*options.screenshots, std::max(2.0, options.limit_s / pictures_wanted));
    }
  }

  core::Result<LiveResult> run();

 private:
  core::Result<void> one_frame(const xr::FrameTime& time);
  void sample(const xr::FrameTime& time);
  core::Result<void> begin_recording(const xr::FrameTime& time);
  void observe();
  core::Result<void> present(const xr::FrameTime& time);
  void end_when_due();
  core::Result<LiveResult> finish(const core::Result<void>& outcome);

  const LiveOptions& options_;
  Stage stage_;
  scene::World world_;
  Pipeline pipeline_;
  Narrator narrator_;
  std::optional<Shots> shots_;
  std::unique_ptr<record::Recorder> recorder_;
  CostMeter meter_;
  telemetry::Frame frame_;
  scene::Directive directive_;
  bool started_ = false, leaving_ = false;
  std::optional<double> over_since_s_;
  double next_progress_s_ = 0.0;
  LiveResult result_;
};

core::Result<LiveResult> LiveSession::run() {
  auto& headset = stage_.headset();
  core::Result<void> outcome;
  while (outcome) {
    if (options_.interrupted != nullptr && options_.interrupted->load() && !std::exchange(leaving_, true)) {
      result_.end_reason = "ended by the operator";
      headset.request_exit();
    }
    xr::FrameTime time;
    meter_.spent_on(Part::ours);
    const auto turn = headset.wait_frame(time);
    meter_.spent_on(Part::waiting);
    if (!turn)
      outcome = turn.error();
    else if (*turn == xr::Turn::ended)
      break;
    else if (*turn == xr::Turn::frame)
      outcome = one_frame(time);
  }
  return finish(outcome);
}

core::Result<void> LiveSession::one_frame(const xr::FrameTime& time) {
  sample(time);
  if (!recorder_ && options_.recording) {
    if (const auto begun = begin_recording(time); !begun) return begun;
  }
  meter_.spent_on(Part::ours);
  directive_ = pipeline_.step(frame_);
  meter_.spent_on(Part::pipeline);
  observe();
  if (const auto shown = present(time); !shown) return shown;
  end_when_due();
  return {};
}

/// Everything that can change a decision comes together in one frame.
void LiveSession::sample(const xr::FrameTime& time) {
  auto& headset = stage_.headset();
  frame_ = {};
  frame_.index = result_.frames++;
  headset.locate(time, frame_);
  telemetry::PatientSignals signals;
  headset.patient_signals(time, signals);
  frame_.vitals = signals.vitals;
  frame_.reports = signals.reports;
  frame_.aois = world_.aois();
  result_.session_s = time.time.seconds();
  // Whoever launched the session has started it, once the patient sees it and can be seen.
  if (!started_ && frame_.headset.focused && frame_.headset.worn && frame_.head.valid()) {
    started_ = true;
    frame_.commands.push_back({telemetry::CommandKind::start, 0.0F});
  }
}

core::Result<void> LiveSession::begin_recording(const xr::FrameTime& time) {
  auto meta = options_.meta;
  const auto& info = stage_.headset().info();
  meta.start_unix_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
  meta.display_rate_hz = time.period_s > 0 ? 1.0F / time.period_s : 0.0F;
  meta.runtime = info.runtime;
  meta.gaze = info.eye_gaze ? telemetry::GazeSource::eye : telemetry::GazeSource::head;
  meta.world_id = world_.id();
  for (const auto& aoi : world_.aoi_names()) meta.aois.add(aoi.id, aoi.name);
  name_codes(meta, pipeline_.programme(), options_.language);
  auto recorder = record::Recorder::create(*options_.recording, meta, options_.key,
                                           {.wait_for_writer = options_.virtual_clock});
  if (!recorder) return recorder.error();
  recorder_ = std::move(*recorder);
  recorder_->event(record::make_event(frame_.time, record::EventKind::session_started,
                                      pipeline_.programme().title.in(options_.language)));
  if (!pipeline_.programme().note.empty()) {
    recorder_->event(record::make_event(frame_.time, record::EventKind::note, pipeline_.programme().note));
  }
  return {};
}

/// Copies for those who watch; none of them can hold a frame up.
void LiveSession::observe() {
  const auto events = narrator_.tell(frame_, pipeline_);
  for (const auto& event : events) {
    spdlog::info("{:7.2f} s  {}", event.time.seconds(), event.words());
    if (event.kind == record::EventKind::stopped) stage_.headset().buzz(0.6F, 0.2F);
  }
  const auto headset_events = stage_.headset().take_events();
  for (const auto event : headset_events)
    spdlog::info("{:7.2f} s  {}", frame_.time.seconds(), xr::words(event));
  if (options_.progress && frame_.time.seconds() >= next_progress_s_) {
    next_progress_s_ = frame_.time.seconds() + 1.0;
    options_.progress(frame_.time.seconds());
  }
  if (!recorder_) return;
  recorder_->publish(frame_, pipeline_.last_decision());
  if (const auto& snapshot = pipeline_.last_snapshot()) recorder_->snapshot(*snapshot);
  for (const auto& event : events) recorder_->event(event);
  for (const auto event : headset_events) {
    recorder_->event(record::make_event(frame_.time, record::EventKind::headset, xr::words(event)));
  }
}

core::Result<void> LiveSession::present(const xr::FrameTime& time) {
  auto& headset = stage_.headset();
  const auto& list = world_.apply(directive_, {frame_.head, frame_.recentred});
  auto stimulus = world_.stimulus();
  stimulus.time = time.time;
  stimulus.question = directive_.question.kind;
  stimulus.asked = directive_.question.asked;
  headset.show(time, stimulus);
  meter_.spent_on(Part::ours);

  if (const auto begun = headset.begin_frame(); !begun) return begun;
  std::optional<std::filesystem::path> picture;
  if (shots_) {
    picture =
        shots_->due(time.time, pipeline_.phase(), directive_.question.kind != telemetry::ReportKind::none);
  }
  const bool wanted = time.should_render && (picture || frame_.index % options_.render_every == 0);
  std::array<xr::View, 2> views;
  core::Result<void> outcome;
  const bool drawn = wanted && headset.views(time, views);
  if (drawn) {
    outcome = stage_.draw(time, views, list, picture ? &*picture : nullptr);
    ++result_.drawn;
  } else {
    outcome = headset.end_frame_empty(time);
  }
  if (!result_.first_frame_s) result_.first_frame_s = process_age_s();
  meter_.spent_on(drawn ? Part::drawing : Part::waiting);
  meter_.frame_done(drawn);
  if (drawn && picture && outcome) {
    ++result_.pictures;
    if (recorder_) {
      recorder_->event(
          record::make_event(frame_.time, record::EventKind::picture, picture->filename().string()));
    }
  }
  return outcome;
}

/// A session ends some seconds after its programme has, or at its limit.
void LiveSession::end_when_due() {
  const double now_s = frame_.time.seconds();
  if (pipeline_.phase() == treatment::Phase::ended && !over_since_s_) over_since_s_ = now_s;
  const bool programme_over = over_since_s_ && now_s - *over_since_s_ >= farewell_s;
  if (leaving_ || (!programme_over && now_s < options_.limit_s)) return;
  leaving_ = true;
  result_.end_reason = programme_over ? "the programme is over" : "the time that was set is over";
  stage_.headset().request_exit();
}

core::Result<LiveResult> LiveSession::finish(const core::Result<void>& outcome) {
  auto& headset = stage_.headset();
  result_.lost = headset.lost();
  if (!outcome)
    result_.end_reason = outcome.error().message;
  else if (result_.end_reason.empty() || result_.lost)
    result_.end_reason = headset.end_reason();
  if (recorder_) {
    recorder_->event(record::make_event(frame_.time, record::EventKind::session_ended, result_.end_reason));
    if (const auto closed = recorder_->close(); !closed) result_.recording_problem = closed.error().message;
  }
  if (!outcome && outcome.error().kind == core::Error::Kind::bad_input) return outcome.error();
  result_.lost = result_.lost || !outcome;
  if (auto* log = stage_.device().validation()) result_.validation_messages = log->count();
  result_.costs = meter_.costs();
  result_.runtime = headset.info().runtime;
  result_.system = headset.info().system;
  result_.graphics = stage_.device().description();
  return result_;
}

}  // namespace

core::Result<LiveResult> run_live(const LiveOptions& options) {
  const auto& programme = options.pipeline.programme;
  const auto texts = panel_texts(programme, options.language);
  auto world = scene::load_world(programme.world, texts);
  if (!world) return world.error();
  auto stage = Stage::open(options.patience_s);
  if (!stage) return stage.error();
  std::vector<std::string> shown = texts.prompts;
  shown.insert(shown.end(), texts.questions.begin(), texts.questions.end());
  shown.push_back(texts.stop);
  shown.emplace_back("0123456789 %");  // at the sliders
  if (const auto loaded = stage->load(*world, shown); !loaded) return loaded.error();
  LiveSession session(options, std::move(*stage), std::move(*world));
  return session.run();
}

}  // namespace attune::session
