#include "session/live/live_session.hpp"

#include <spdlog/spdlog.h>

#include "session/live/process_age.hpp"

namespace attune::session {

namespace {

using Part = CostMeter::Part;

constexpr double farewell_s = 3.0;  // the last picture of an ended session stays for so long
constexpr double longest_farewell_s = 2.0;
constexpr int pictures_wanted = 12;
constexpr double idle_turn_s = 0.1;      // of a headset that is not running yet
constexpr double says_it_waits_s = 2.0;  // a headset is ready long before that when somebody wears it

/// What the recording says of the session, as far as it is known before the first frame.
record::Meta meta_of(const LiveOptions& options, const xr::HeadsetInfo& headset, const scene::World& world) {
  auto meta = options.meta;
  meta.runtime = headset.runtime;
  meta.gaze = headset.eye_gaze ? telemetry::GazeSource::eye : telemetry::GazeSource::head;
  meta.world_id = world.id();
  for (const auto& aoi : world.aoi_names()) meta.aois.add(aoi.id, aoi.name);
  name_codes(meta, options.pipeline.programme, options.language);
  return meta;
}

}  // namespace

LiveSession::LiveSession(const LiveOptions& options, RuntimeWatch& watch, Stage stage, scene::World world)
    : options_(options),
      watch_(watch),
      stage_(std::move(stage)),
      world_(std::move(world)),
      pipeline_(options.pipeline),
      narrator_(options.language),
      intake_(options.therapists, options.pipeline.programme.limits.needs_therapist),
      logbook_(options, meta_of(options, stage_.headset().info(), world_)),
      meter_(options.measure) {
  if (options.screenshots) {
    shots_.emplace(*options.screenshots, std::max(2.0, options.limit_s / pictures_wanted));
  }
  if (options.sensors) sensors_ = sensors::Sensors::open(*options.sensors);
  const auto& info = stage_.headset().info();
  result_.runtime = info.runtime;
  result_.system = info.system;
  result_.graphics = stage_.device().description();
}

core::Result<LiveResult> LiveSession::run() {
  core::Result<void> outcome;
  while (outcome && !over_) {
    if (options_.interrupted != nullptr && options_.interrupted->load()) leave("ended by the operator");
    if (watch_.must_end() || overstayed()) break;
    outcome = one_turn();
  }
  return finish(outcome);
}

core::Result<void> LiveSession::one_turn() {
  xr::FrameTime time;
  meter_.spent_on(Part::ours);
  auto turn = core::Result<xr::Turn>(xr::Turn::ended);
  {
    const RuntimeCall call(watch_, "waiting for a frame");
    turn = stage_.headset().wait_frame(time);
  }
  meter_.spent_on(Part::waiting);
  meter_.frame_waited();
  if (!turn) return turn.error();
  switch (*turn) {
    case xr::Turn::frame:
      return one_frame(time, true);
    case xr::Turn::idle:
      return logbook_.begun() ? one_frame(time, false) : wait_for_headset();
    case xr::Turn::ended:
      over_ = true;
  }
  return {};
}

/// Before its first frame, a session is nothing but waiting.
core::Result<void> LiveSession::wait_for_headset() {
  const double before_s = waited_s_;
  waited_s_ += idle_turn_s;
  if (before_s < says_it_waits_s && waited_s_ >= says_it_waits_s)
    spdlog::warn("the headset is not ready: put it on or wake it; waiting up to {:.0f} s",
                 options_.patience_s);
  if (waited_s_ < options_.patience_s || leaving_) return {};
  return core::failed("the headset did not become ready: put it on, or wake it, then start again");
}

/// @param drawn  false while the headset sleeps: the session goes on, and nobody sees it
core::Result<void> LiveSession::one_frame(const xr::FrameTime& time, bool drawn) {
  sample(time);
  if (!logbook_.begun()) {
    if (const auto begun = logbook_.begin(time.time, time.period_s); !begun) return begun;
  }
  decide(time, drawn);
  observe();
  if (shown_drawn_) {
    if (const auto shown = present(shown_at_); !shown) return shown;
  }
  end_when_due();
  return {};
}

/// Everything that can change a decision comes together in one frame.
void LiveSession::sample(const xr::FrameTime& time) {
  auto& headset = stage_.headset();
  frame_ = {};
  frame_.time = time.time;
  frame_.index = result_.frames++;
  telemetry::PatientSignals signals;
  {
    const RuntimeCall call(watch_, "reading head and hands");
    headset.locate(time, frame_);
    if (frame_.headset.running) headset.patient_signals(time, signals);
  }
  frame_.vitals = signals.vitals;
  if (sensors_) sensors_->read({time.time, time.monotonic_ns}, frame_.vitals);
  frame_.task = signals.task;
  frame_.reports = signals.reports;
  frame_.aois = world_.aois();
  if (frame_.headset.visible) frame_.shown_light = light_.at(time.time);
  result_.session_s = time.time.seconds();
  // What was decided late was never shown, and the patient is in the garden: machine and governor follow.
  if (std::exchange(undecided_, false)) frame_.commands.push_back({telemetry::CommandKind::safe_place, 0.0F});
  intake_.fill(frame_, directive_);
  // Whoever launched the session has started it, once the patient sees it and can be seen; but for a stop
  // that came before.
  started_ = started_ || options_.waits_for_start || pipeline_.phase() != treatment::Phase::waiting ||
             intake_.stopped();
  if (!started_ && frame_.headset.focused && frame_.headset.worn && frame_.head.valid())
    started_ = frame_.commands.push_back({telemetry::CommandKind::start, 0.0F});
}

/// Copies for those who watch; none of them can hold a frame up.
void LiveSession::observe() {
  logbook_.frame(frame_, pipeline_.last_decision());
  if (const auto& snapshot = pipeline_.last_snapshot()) logbook_.snapshot(*snapshot);
  bool stopped = false;
  for (const auto& event : intake_.said()) logbook_.event(event);
  for (const auto& event : narrator_.tell(frame_, pipeline_)) {
    logbook_.event(event);
    stopped = stopped || event.kind == record::EventKind::stopped;
  }
  tell_therapists();
  if (stopped && frame_.headset.running) {
    const RuntimeCall call(watch_, "moving the controllers");
    stage_.headset().buzz(0.6F, 0.2F);
  }
  for (const auto event : stage_.headset().take_events()) logbook_.headset(frame_.time, event);
  if (sensors_) observe_sensors();
  if (const auto silence_ms = watch_.take_silence_ms(); silence_ms > 0) {
    const auto words = fmt::format("the OpenXR runtime did not answer for {:.1f} s", silence_ms * 1e-3);
    logbook_.note(frame_.time, record::EventKind::headset, words);
  }
  if (options_.progress && frame_.time.seconds() >= next_progress_s_) {
    next_progress_s_ = frame_.time.seconds() + 1.0;
    options_.progress(frame_.time.seconds());
  }
}

void LiveSession::tell_therapists() {
  intake_.settle(frame_, pipeline_.last_events(), pipeline_.phase());
  const auto status = status_watch_.look(frame_, pipeline_);
  if (!status) return;
  for (const auto& line : options_.therapists) line->tell(*status);
}

void LiveSession::observe_sensors() {
  using Kind = sensors::Notice::Kind;
  for (sensors::Notice notice; sensors_->next_notice(notice);) {
    const auto text = sensors::words(notice);
    if (notice.kind == Kind::clock)
      logbook_.event(record::make_event(notice.time, record::EventKind::clock, text,
                                        {notice.clock.offset_s, notice.clock.drift_ppm}));
    else
      logbook_.note(notice.time, record::EventKind::sensor, text);
  }
}

core::Result<void> LiveSession::present(const xr::FrameTime& time) {
  const auto& list = world_.apply(directive_, {frame_.head, frame_.recentred});
  auto stimulus = world_.stimulus();
  stimulus.time = time.time;
  if (!frame_.headset.visible) stimulus.intensity = 0.0F;  // what is not seen does nothing
  stimulus.question = directive_.question.kind;
  stimulus.asked = directive_.question.asked;
  meter_.spent_on(Part::ours);
  {
    const RuntimeCall call(watch_, "beginning a frame");
    stage_.headset().show(time, stimulus);
    meter_.frame_begun();
    if (const auto begun = stage_.headset().begin_frame(); !begun) return begun;
  }
  return hand_over(time, list);
}

core::Result<void> LiveSession::hand_over(const xr::FrameTime& time, const scene::DrawList& list) {
  std::optional<std::filesystem::path> picture;
  if (shots_) {
    const bool asking = directive_.question.kind != telemetry::ReportKind::none;
    picture = shots_->due(time.time, pipeline_.phase(), asking);
  }
  const bool wanted = time.should_render && (picture || frame_.index % options_.render_every == 0);
  Drawn drawn;
  {
    const RuntimeCall call(watch_, "handing a picture to the headset");
    std::array<xr::View, 2> views;
    if (wanted && stage_.headset().views(time, views)) {
      auto done = stage_.draw(time, views, list, picture.has_value());
      if (!done) return done.error();
      drawn = std::move(*done);
    } else if (const auto ended = stage_.headset().end_frame_empty(time); !ended) {
      return ended;
    }
  }
  if (!result_.first_frame_s) result_.first_frame_s = process_age_s();
  if (drawn.left) keep(*drawn.left, *picture);
  meter_.spent_on(drawn.shown ? Part::drawing : Part::waiting);
  meter_.frame_done(drawn.shown);
  if (!drawn.shown) return {};
  ++result_.drawn;
  light_.drawn(stage_.pictures(), time.time);
  if (const auto light = stage_.light()) light_.measured(*light);
  return {};
}

/// A picture goes to a disk, which may not answer: that is no silence of the runtime.
void LiveSession::keep(const core::Result<render::Picture>& picture, const std::filesystem::path& path) {
  const auto kept = picture ? render::write_png(*picture, path) : core::Result<void>(picture.error());
  if (kept) {
    ++result_.pictures;
    logbook_.picture(frame_.time, path.filename().string());
    return;
  }
  const auto words = "no more pictures are kept: " + kept.error().message;
  spdlog::warn(words);
  logbook_.note(frame_.time, record::EventKind::problem, words);
  shots_.reset();
}

/// The runtime is asked to end the session, which takes some frames more.
void LiveSession::leave(std::string reason) {
  if (std::exchange(leaving_, true)) return;
  watch_.say_leaving();
  result_.end_reason = std::move(reason);
  left_at_ = frame_.time;
  const RuntimeCall call(watch_, "asking to end the session");
  stage_.headset().request_exit();
}

/// The runtime was asked to end the session, and goes on as if it had not been.
bool LiveSession::overstayed() const {
  return leaving_ && core::seconds_between(left_at_, frame_.time) > longest_farewell_s;
}

/// A session ends some seconds after its programme has, or at its limit.
void LiveSession::end_when_due() {
  const double now_s = frame_.time.seconds();
  if (pipeline_.phase() == treatment::Phase::ended && !over_since_s_) over_since_s_ = now_s;
  if (over_since_s_ && now_s - *over_since_s_ >= farewell_s)
    leave("the programme is over");
  else if (now_s >= options_.limit_s)
    leave("the time that was set is over");
}

core::Result<LiveResult> LiveSession::finish(const core::Result<void>& outcome) {
  auto& headset = stage_.headset();
  if (!outcome && outcome.error().kind == core::Error::Kind::bad_input) return outcome.error();
  result_.lost = headset.lost() || !outcome;
  if (!outcome)
    result_.end_reason = outcome.error().message;
  else if (result_.end_reason.empty() || result_.lost)
    result_.end_reason = headset.end_reason();
  for (const auto event : headset.take_events()) logbook_.headset(frame_.time, event);
  if (watch_.must_end() || overstayed())
    logbook_.note(frame_.time, record::EventKind::headset,
                  "the OpenXR runtime did not end the session when asked");
  result_.recording_problem = logbook_.close(frame_.time, result_.end_reason);
  if (auto* log = stage_.device().validation()) result_.validation_messages = log->count();
  result_.costs = meter_.costs();
  return result_;
}

LiveResult LiveSession::abandon(std::string reason, bool lost) {
  if (result_.end_reason.empty() || lost) result_.end_reason = std::move(reason);
  result_.lost = lost;
  result_.stuck = true;
  result_.recording_problem = logbook_.close(frame_.time, result_.end_reason);
  return result_;
}

}  // namespace attune::session
