#include "session/live/logbook.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace attune::session {

core::Result<void> Logbook::begin(core::SessionTime time, float period_s) {
  begun_ = true;
  if (!options_.recording) return {};
  meta_.start_unix_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                            std::chrono::system_clock::now().time_since_epoch())
                            .count();
  meta_.display_rate_hz = period_s > 0.0F ? 1.0F / period_s : 0.0F;
  auto recorder = record::Recorder::create(*options_.recording, meta_, options_.key,
                                           {.wait_for_writer = options_.virtual_clock});
  if (!recorder) return recorder.error();
  recorder_ = std::move(*recorder);
  const auto& programme = options_.pipeline.programme;
  note(time, record::EventKind::session_started, programme.title.in(options_.language));
  if (const auto& feared = programme.feared.in(options_.language); !feared.empty())
    note(time, record::EventKind::note, "feared outcome: " + feared);
  if (!programme.note.empty()) note(time, record::EventKind::note, programme.note);
  return {};
}

void Logbook::frame(const telemetry::Frame& frame, const record::DecisionRecord& decision) {
  if (recorder_) recorder_->publish(frame, decision);
}

void Logbook::snapshot(const record::Snapshot& snapshot) {
  if (recorder_) recorder_->snapshot(snapshot);
}

void Logbook::event(const record::Event& event) {
  spdlog::info("{:7.2f} s  {}", event.time.seconds(), event.words());
  if (recorder_) recorder_->event(event);
  for (const auto& line : options_.therapists) line->tell(event);
}

void Logbook::headset(core::SessionTime time, xr::HeadsetEvent event) {
  note(time, record::EventKind::headset, xr::words(event));
}

void Logbook::picture(core::SessionTime time, const std::string& file) {
  note(time, record::EventKind::picture, file);
}

void Logbook::note(core::SessionTime time, record::EventKind kind, std::string_view words) {
  event(record::make_event(time, kind, words));
}

std::string Logbook::close(core::SessionTime time, std::string_view reason) {
  if (!begun_) {
    if (const auto created = begin(time, 0.0F); !created) return created.error().message;
  }
  if (!recorder_) return {};
  note(time, record::EventKind::session_ended, reason);
  const auto closed = recorder_->close();
  recorder_.reset();
  return closed ? std::string() : closed.error().message;
}

}  // namespace attune::session
