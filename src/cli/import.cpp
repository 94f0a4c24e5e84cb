#include <cstdio>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "attune/datasets/readers.hpp"
#include "attune/record/recorder.hpp"
#include "cli/command.hpp"
#include "cli/rerun.hpp"

namespace attune::cli {

namespace {

struct ImportOptions {
  std::string source, visit, participant, video, output;
  double from_s = 0.0, until_s = 0.0;  ///< of the visit; until 0: its end
  bool json = false;
};

record::Meta meta_of(const datasets::Visit& visit) {
  record::Meta meta;
  meta.source = record::SourceKind::import;
  meta.source_detail = visit.set + " " + visit.id + " visit " + visit.visit + ", " + visit.licence;
  meta.patient = visit.id;
  meta.display_rate_hz = static_cast<float>(visit.rate_hz);
  meta.build = build_name();
  meta.gaze = telemetry::GazeSource::eye;
  meta.runtime = "attune import";
  for (const auto& aoi : visit.aois) meta.aois.add(aoi.id, aoi.name);
  return meta;
}

void print_summary(const datasets::Visit& visit, const ImportOptions& options) {
  if (options.json) {
    const nlohmann::ordered_json out{{"set", visit.set},
                                     {"id", visit.id},
                                     {"visit", visit.visit},
                                     {"licence", visit.licence},
                                     {"frames", visit.frames.size()},
                                     {"length_s", visit.length_s()},
                                     {"rate_hz", visit.rate_hz},
                                     {"areas_of_interest", visit.aois.size()},
                                     {"notes", visit.notes}};
    std::printf("%s\n", out.dump(2).c_str());
    return;
  }
  std::printf("%s: %s %s, visit %s: %zu frames, %.1f s at %.1f Hz, %zu objects looked at (%s)\n",
              options.output.c_str(), visit.set.c_str(), visit.id.c_str(), visit.visit.c_str(),
              visit.frames.size(), visit.length_s(), visit.rate_hz, visit.aois.size(), visit.licence.c_str());
  for (const auto& note : visit.notes) std::printf("  %s\n", note.c_str());
}

/// A recording is played as a headset, and a headset whose place is unknown shows nothing: a head that was
/// measured without its place stands where the set's reader put it.
void give_place(datasets::Visit& visit) {
  std::size_t placed = 0;
  for (auto& frame : visit.frames) {
    if (!frame.head.orientation_valid || frame.head.position_valid) continue;
    frame.head.position_valid = true;
    ++placed;
  }
  if (placed > 0)
    visit.notes.push_back("so that it can be played, the recording gives that place as if it were measured");
}

/// Keeps the part of a visit that was asked for, with its times from 0.
core::Result<void> cut(datasets::Visit& visit, const ImportOptions& options) {
  if (options.from_s == 0.0 && options.until_s == 0.0) return {};
  const double until_s = options.until_s > 0.0 ? options.until_s : visit.length_s();
  std::vector<telemetry::Frame> kept;
  for (const auto& frame : visit.frames) {
    if (frame.time.seconds() >= options.from_s && frame.time.seconds() <= until_s) kept.push_back(frame);
  }
  if (kept.size() < 2) {
    char text[96];
    std::snprintf(text, sizeof text, "--from, --until: no frames between %g and %g s; the visit lasts %.1f s",
                  options.from_s, until_s, visit.length_s());
    return core::bad_input(text);
  }
  const auto start = kept.front().time;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i].index = i;
    kept[i].time.ns -= start.ns;
    kept[i].gaze.time.ns -= start.ns;
  }
  visit.frames = std::move(kept);
  char note[80];
  std::snprintf(note, sizeof note, "only the part from %.1f to %.1f s of the visit is kept", options.from_s,
                until_s);
  visit.notes.emplace_back(note);
  return {};
}

/// Writes the visit that `read` gives, whole or not at all.
core::Result<int> run_import(const ImportOptions& options,
                             const std::function<core::Result<datasets::Visit>()>& read) {
  if (const auto free = core::must_not_exist(options.output, "-o"); !free) return free.error();
  auto visit = read();
  if (!visit) return visit.error();
  if (const auto kept = cut(*visit, options); !kept) return kept.error();
  give_place(*visit);
  const auto key = record::key_for_new(options.output);
  if (!key) return key.error();
  record::RecorderOptions recording;
  recording.wait_for_writer = true;
  recording.whole_or_nothing = true;
  auto recorder = record::Recorder::create(options.output, meta_of(*visit), *key, recording);
  if (!recorder) return recorder.error();
  for (const auto& note : visit->notes) {
    (*recorder)->event(record::make_event(visit->frames.front().time, record::EventKind::note, note));
  }
  for (const auto& frame : visit->frames) (*recorder)->publish(frame);
  if (const auto closed = (*recorder)->close(); !closed) return closed.error();
  print_summary(*visit, options);
  return 0;
}

/// What all kinds of import share.
void add_output(Command& command, ImportOptions& options) {
  command.add_option("-o,--output", options.output, "The recording (a new file)").required();
  command.add_option("--from", options.from_s, "Leave out what is before this second").within(0.0, 36000.0);
  command.add_option("--until", options.until_s, "Leave out what is after this second").within(0.0, 36000.0);
  command.add_flag("--json", options.json, "Print what was imported for machines");
}

void add_cafe(Command& import) {
  auto command =
      import.add_subcommand("cafe", "One person's visit to the virtual café (VR-Social-Isolation-Cafe)");
  static ImportOptions o;
  command.add_option("source", o.source, "One person's folder, or the same packed: ID.tar.xz").required();
  command.add_option("--visit", o.visit, "Minutes of waiting for waiter and food: 0_0, 0_3, 3_0 or 3_3")
      .required();
  add_output(command, o);
  command.on_run("attune import cafe vr-cafe/sessions/0P9C0.tar.xz --visit 3_3 -o visit.attune",
                 [] { return run_import(o, [] { return datasets::read_cafe_visit(o.source, o.visit); }); });
}

void add_wait(Command& import) {
  auto command =
      import.add_subcommand("wait", "One person's visit to the virtual queue (vr-queue-waiting-dataset)");
  static ImportOptions o;
  command.add_option("source", o.source, "One person's folder, or the same packed: ID.tar.xz").required();
  command.add_option("--visit", o.visit, "NO_WAIT, 3_MINUTE_WAIT or 6_MINUTE_WAIT").required();
  add_output(command, o);
  command.on_run("attune import wait vr-wait/sessions/1AH4W.tar.xz --visit 6_MINUTE_WAIT -o visit.attune",
                 [] { return run_import(o, [] { return datasets::read_wait_visit(o.source, o.visit); }); });
}

void add_ceap(Command& import) {
  auto command =
      import.add_subcommand("ceap", "One participant's view of one 360° video (CEAP-360VR, research only)");
  static ImportOptions o;
  command.add_option("source", o.source, "Folder with PNN_head.csv and PNN_fixations.csv").required();
  command.add_option("--participant", o.participant, "P01 and so on").required();
  command.add_option("--video", o.video, "V1 to V8").required();
  add_output(command, o);
  command.on_run("attune import ceap ceap360vr --participant P01 --video V3 -o video.attune", [] {
    return run_import(o, [] { return datasets::read_ceap_visit(o.source, o.participant, o.video); });
  });
}

}  // namespace

void add_import(Command& app) {
  auto command = app.add_subcommand("import", "Turn a person's visit of a public data set into a recording");
  command.choose_subcommand("attune import cafe vr-cafe/sessions/0P9C0.tar.xz --visit 3_3 -o visit.attune");
  add_cafe(command);
  add_wait(command);
  add_ceap(command);
}

}  // namespace attune::cli
