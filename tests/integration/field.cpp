#include "integration/field.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "integration/session_command.hpp"

namespace attune::test {

namespace {

std::vector<std::string> command(const std::filesystem::path& recording, const FieldOptions& options) {
  std::vector<std::string> more{"--headless", "--duration",  options.seconds,
                                "--clock",    options.clock, "--json"};
  if (options.clock == "virtual") more.insert(more.end(), {"--render-every", "30"});
  more.insert(more.end(), options.further.begin(), options.further.end());
  return session_command(recording, more, {.source = options.source});
}

RunningProgram::Environment environment(const std::string& fault, const std::filesystem::path& report) {
  return {{"ATTUNE_XR_VIEW_SIZE", "32x32"},
          {"XR_API_LAYER_PATH", ATTUNE_BUILD_DIR "/layers"},
          {"XR_ENABLE_API_LAYERS", "XR_APILAYER_ATTUNE_fault"},
          {"ATTUNE_FAULT", fault},
          {"ATTUNE_FAULT_REPORT", report.string()}};
}

/// Kinds that tell of headset and runtime.
bool of_the_field(record::EventKind kind) {
  using record::EventKind;
  return kind == EventKind::headset || kind == EventKind::sensor || kind == EventKind::problem ||
         kind == EventKind::held || kind == EventKind::session_ended;
}

bool says(const record::Event& event, const std::string& words) {
  return of_the_field(event.kind) && event.words().find(words) != std::string_view::npos;
}

}  // namespace

FieldSession::FieldSession(const std::string& fault, const FieldOptions& options)
    : program_(command(scratch_ / "s.attune", options), environment(fault, scratch_ / "faults")) {}

bool FieldSession::meets(const std::string& kind, double limit_s) const {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::duration<double>(limit_s);
  while (faults().count(kind) == 0) {
    if (Clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

const Outcome& FieldSession::end(double limit_s) {
  if (const auto ended = program_.end_within(limit_s)) return outcome_ = *ended;
  program_.signal(SIGKILL);
  return outcome_ = program_.end_within(10.0).value_or(Outcome{});
}

int FieldRecord::more_events_with(const std::string& words, const FieldRecord& other) const {
  const auto at_the_end = [](const FieldRecord& record, const record::Event& event) {
    return event.time == record.events.back().time;
  };
  const auto usual_end = [&](const record::Event& event) {
    return std::any_of(other.events.begin(), other.events.end(), [&](const auto& theirs) {
      return at_the_end(other, theirs) && theirs.kind == event.kind && theirs.words() == event.words();
    });
  };
  int count = 0;
  for (const auto& event : events) {
    if (says(event, words) && !(at_the_end(*this, event) && usual_end(event))) ++count;
  }
  for (const auto& event : other.events) {
    if (says(event, words) && !at_the_end(other, event)) --count;
  }
  return count;
}

int FieldRecord::events_with(const std::string& words) const {
  return static_cast<int>(
      std::count_if(events.begin(), events.end(), [&](const auto& event) { return says(event, words); }));
}

std::string FieldRecord::told() const {
  std::string lines;
  for (const auto& event : events) {
    if (of_the_field(event.kind))
      lines += std::to_string(event.time.seconds()) + " " + std::string(event.words()) + "\n";
  }
  return lines;
}

FieldRecord record_of(const std::filesystem::path& path) {
  FieldRecord result;
  const auto recording = record::Recording::open(path);
  EXPECT_TRUE(recording.ok()) << recording.error().message;
  if (!recording) return result;
  EXPECT_TRUE(recording->closed());
  EXPECT_TRUE(recording->damage().empty());
  auto moments = recording->moments();
  auto events = recording->events();
  auto snapshots = recording->snapshots();
  EXPECT_TRUE(moments.ok() && events.ok() && snapshots.ok());
  if (moments) result.moments = std::move(*moments);
  if (events) result.events = std::move(*events);
  if (snapshots) result.snapshots = std::move(*snapshots);
  return result;
}

const FieldRecord& undisturbed() {
  static const FieldRecord record = [] {
    FieldSession session("");
    EXPECT_EQ(session.end().status, 0);
    return record_of(session.path());
  }();
  return record;
}

}  // namespace attune::test
