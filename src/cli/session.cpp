#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "attune/record/recording.hpp"
#include "attune/scene/world.hpp"
#include "attune/session/live.hpp"
#include "attune/session/prescription.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "cli/command.hpp"
#include "cli/networks.hpp"
#include "cli/ready_stderr.hpp"
#include "cli/rerun.hpp"
#include "cli/terminal/steering.hpp"

namespace attune::cli {

namespace {

constexpr double shortest_session_s = 5.0;
constexpr double grace_s = 5.0;                         // for the farewell after the programme's last phase
constexpr std::chrono::seconds time_for_last_words{3};  // on channels that may be stuck as well

struct SessionOptions {
  std::string program, xr = "system", input, clock, record, inference = "folded", screenshots, patient,
                       purpose, language = "en", sensors, control, feared;
  bool headless = false, wait_for_start = false, research_model = false, json = false, verbose = false;
  double duration_s = 0.0, patience_s = 60.0;
  std::uint32_t render_every = 1, session_number = 1;
};

/// What plays the headset.
struct Source {
  record::SourceKind kind = record::SourceKind::person;
  std::string detail;
  std::optional<double> length_s;  ///< a recording ends
};

std::atomic<bool> interrupted{false};

core::Result<Source> look_at_source(const SessionOptions& options) {
  Source source;
  if (options.xr == "system") return source;
  if (options.input.empty()) {
    source.kind = record::SourceKind::virtual_patient;
    source.detail = "a head that stands still";
    return source;
  }
  if (sim::is_patient_source(options.input)) {
    const auto patient = sim::parse_source(options.input);
    if (!patient) return patient.error();
    // The runtime would find a wrong profile too, but could only say that it did not start.
    if (const auto person = sim::VirtualPatient::open(*patient); !person) return person.error();
    source.kind = record::SourceKind::virtual_patient;
    source.detail = options.input;
    return source;
  }
  const auto recording = record::Recording::open(options.input);
  if (!recording) return recording.error();
  if (recording->moment_count() < 2) return core::bad_input(options.input + ": holds no frames to play");
  source.kind = recording->meta().source;
  source.detail = recording->meta().source_detail.empty() ? options.input : recording->meta().source_detail;
  source.length_s = core::seconds_between(recording->first_time(), recording->last_time());
  for (const auto& damage : recording->damage()) spdlog::warn("{}: {}", options.input, damage.what);
  if (!recording->closed()) {
    spdlog::warn("{}: was cut off; it is played up to the cut, {:.1f} s", options.input, *source.length_s);
  }
  return source;
}

/// Points the OpenXR loader at our own runtime, and that runtime at its input. The environment is the
/// loader's way.
core::Result<void> use_replay_runtime(const SessionOptions& options, bool virtual_clock) {
  const auto manifest = core::program_folder() / "attune_xr_replay.json";
  std::error_code ignored;
  if (!std::filesystem::exists(manifest, ignored)) {
    return core::failed(manifest.string() +
                        ": the replay runtime's manifest is missing: build it with ./dev build");
  }
  setenv("XR_RUNTIME_JSON", manifest.c_str(), 1);
  setenv("ATTUNE_XR_CLOCK", virtual_clock ? "virtual" : "real", 1);
  if (options.input.empty()) {
    unsetenv("ATTUNE_XR_INPUT");
  } else {
    const bool is_file = !sim::is_patient_source(options.input);
    std::error_code problem;
    const auto input = is_file ? std::filesystem::absolute(options.input, problem).string() : options.input;
    if (problem) return core::bad_input("--input " + options.input + ": " + problem.message());
    setenv("ATTUNE_XR_INPUT", input.c_str(), 1);
  }
  return {};
}

/// Checks the programme against what was asked for.
core::Result<treatment::Programme> load_programme(const SessionOptions& options) {
  auto programme = treatment::Programme::load(options.program);
  if (!programme) return programme;
  if (!options.feared.empty()) {
    programme = programme->with_feared(options.feared);
    if (!programme) {
      const auto& message = programme.error().message;  // a line for each text that is too long with it
      return core::bad_input("--feared: " + message.substr(0, message.find('\n')));
    }
  }
  if (programme->needs_purpose() && options.inference != "off" && options.purpose.empty()) {
    return core::bad_input(
        "--purpose: a programme for " + programme->setting +
        " infers states only for a recorded medical purpose; name it, or use --inference off");
  }
  const auto worlds = scene::world_ids();
  if (std::find(worlds.begin(), worlds.end(), programme->world) == worlds.end()) {
    return core::bad_input("--program: " + programme->id + ": its world '" + programme->world +
                           "' is not built yet; until then it runs in `attune simulate`");
  }
  return programme;
}

/// How long the session is, in seconds: as asked, but no longer than the recording that plays the headset.
core::Result<double> length_of(const SessionOptions& options, const Source& source, double prescribed_s) {
  double length_s = options.duration_s > 0 ? options.duration_s : prescribed_s + grace_s;
  if (source.length_s) length_s = std::min(length_s, *source.length_s);
  if (length_s < shortest_session_s) return core::bad_input(options.input + ": a session needs at least 5 s");
  return length_s;
}

void print_json(const session::LiveResult& result) {
  nlohmann::json out;
  out["frames"] = result.frames;
  out["drawn"] = result.drawn;
  out["pictures"] = result.pictures;
  out["session_s"] = result.session_s;
  out["end"] = result.end_reason;
  out["runtime"] = result.runtime;
  out["system"] = result.system;
  out["graphics"] = result.graphics;
  out["validation_messages"] = result.validation_messages;
  out["first_frame_s"] =
      result.first_frame_s ? nlohmann::json(*result.first_frame_s) : nlohmann::json(nullptr);
  out["pipeline_median_us"] = result.costs.pipeline_median_us;
  out["pipeline_p99_us"] = result.costs.pipeline_p99_us;
  out["start_median_us"] = result.costs.start_median_us;
  out["start_p99_us"] = result.costs.start_p99_us;
  out["application_us"] = result.costs.application_us;
  out["drawing_us"] = result.costs.drawing_us;
  std::printf("%s\n", out.dump(2).c_str());
}

core::Result<int> conclude(const SessionOptions& options, const session::LiveResult& result) {
  if (options.json)
    print_json(result);
  else
    std::printf("%.1f s, %llu frames, %llu drawn: %s\n", result.session_s,
                static_cast<unsigned long long>(result.frames), static_cast<unsigned long long>(result.drawn),
                result.end_reason.c_str());
  if (!result.recording_problem.empty()) return core::failed(result.recording_problem);
  if (result.lost) return core::failed(result.end_reason);
  if (result.validation_messages > 0) {
    return core::failed("Vulkan's validation layer had " + std::to_string(result.validation_messages) +
                        " objections");
  }
  return 0;
}

/// What cannot be asked for together.
core::Result<void> check_together(const SessionOptions& options, bool virtual_clock) {
  if (virtual_clock && options.xr == "system")
    return core::bad_input("--clock: a real headset runs in real time; --clock virtual is for --xr replay");
  if (options.xr == "system" && !options.input.empty())
    return core::bad_input("--input: is played by --xr replay; with a real headset the patient is the input");
  if (options.render_every != 1 && !virtual_clock)
    return core::bad_input(
        "--render-every: leaves pictures out, which nobody in a headset must see; it needs the virtual "
        "clock");
  if (!options.sensors.empty() && virtual_clock)
    return core::bad_input("--sensors: sensors live in real time; it needs --clock real");
  return {};
}

/// Where recording and pictures go.
core::Result<void> prepare_outputs(const SessionOptions& options, session::LiveOptions& live) {
  if (!options.record.empty()) {
    live.recording = options.record;
    if (const auto free = core::must_not_exist(options.record, "--record"); !free) return free.error();
    const auto key = record::key_for_new(options.record);
    if (!key) return key.error();
    live.key = *key;
  }
  if (!options.screenshots.empty()) {
    std::error_code problem;
    std::filesystem::create_directories(options.screenshots, problem);
    if (problem) return core::bad_input("--screenshots: " + options.screenshots + ": " + problem.message());
    live.screenshots = options.screenshots;
  }
  return {};
}

/// What is decided with, and what the recording says of it.
core::Result<void> prepare_decisions(const SessionOptions& options, session::LiveOptions& live) {
  const auto source = look_at_source(options);
  if (!source) return source.error();
  const auto programme = load_programme(options);
  if (!programme) return programme.error();
  const auto length_s = length_of(options, *source, programme->duration_s());
  if (!length_s) return length_s.error();
  live.limit_s = *length_s;
  if (const auto ready = prepare_outputs(options, live); !ready) return ready;
  const auto networks = load_networks(options.inference, source->kind == record::SourceKind::virtual_patient,
                                      options.research_model);
  if (!networks) return networks.error();
  live.meta.program_length_s = *length_s - std::min(grace_s, 0.2 * *length_s);
  live.meta.session_number = options.session_number;
  live.pipeline = session::prescribe(programme->for_session(options.session_number),
                                     live.meta.program_length_s, source->kind, networks->networks);
  live.meta.models = networks->models;
  live.meta.inference = networks->inference;
  live.meta.source = source->kind;
  live.meta.source_detail = source->detail;
  live.meta.patient = options.patient;
  live.meta.purpose = options.purpose;
  live.meta.program_id = live.pipeline.programme.id;
  live.meta.program_text = live.pipeline.programme.file_text;
  live.meta.build = build_name();
  return {};
}

/// Who may start the session, once it is known by which ways therapists reach it.
core::Result<void> settle_start(const SessionOptions& options, const Steering& steering,
                                session::LiveOptions& live) {
  const bool reachable = steering.by_keys() || steering.by_socket();
  live.waits_for_start = options.wait_for_start;
  if (options.wait_for_start && !reachable)
    return core::bad_input("--wait-for-start: nobody could start it: it needs --control or a terminal");
  if (!live.pipeline.programme.limits.needs_therapist) return {};
  if (!reachable && !live.virtual_clock)
    return core::bad_input("--control: " + live.pipeline.programme.id +
                           " needs a therapist on the line, who has no way in: name a socket, or start it on "
                           "a terminal");
  // One who is elsewhere has to be there before anything begins; at this terminal, it is who launched it.
  live.waits_for_start = live.waits_for_start || steering.by_socket() || !steering.by_keys();
  return {};
}

/// From here on these signals end the session in its order, and do not kill it.
void end_on(std::initializer_list<int> signals) {
  for (const int number : signals) std::signal(number, [](int) { interrupted = true; });
}

core::Result<int> run_session(const SessionOptions& options) {
  spdlog::set_default_logger(log_that_never_waits());  // the frame loop writes to it
  session::LiveOptions live;
  live.virtual_clock = options.clock.empty() ? options.headless : options.clock == "virtual";
  if (const auto possible = check_together(options, live.virtual_clock); !possible) return possible.error();
  if (!options.sensors.empty()) {
    auto config = sensors::Config::read(options.sensors);
    if (!config) return config.error();
    live.sensors = std::move(*config);
  }
  live.language = options.language == "zh" ? treatment::Language::chinese : treatment::Language::english;
  live.render_every = options.render_every;
  live.interrupted = &interrupted;
  live.measure = options.json;
  live.patience_s = options.patience_s;
  if (const auto ready = prepare_decisions(options, live); !ready) return ready.error();
  if (options.xr == "replay") {
    if (const auto ready = use_replay_runtime(options, live.virtual_clock); !ready) return ready.error();
  }
  end_on({SIGINT, SIGTERM});  // before anybody can see that the session is there, by its socket
  auto steering = Steering::open(options.control, !live.virtual_clock, live);
  if (!steering) return steering.error();
  if (const auto settled = settle_start(options, *steering, live); !settled) return settled.error();

  const bool watched = steering->by_keys() || (!options.headless && ::isatty(STDERR_FILENO) == 1);
  spdlog::set_level(options.verbose || watched ? spdlog::level::info : spdlog::level::warn);
  Progress progress("session", live.limit_s);
  if (!options.json && options.headless && !steering->by_keys())
    live.progress = [&](double session_s) { progress.at(session_s); };
  if (steering->by_keys()) end_on({SIGHUP});  // its terminal was closed
  const auto result = session::run_live(live);
  if (result && result->stuck) end_after(time_for_last_words, result->lost ? 1 : 0);
  *steering = {};  // before anything else is printed, and before an end without tidying up
  if (!result) return result.error();
  const auto outcome = conclude(options, *result);
  if (result->stuck) end_at_once(outcome);
  return outcome;
}

}  // namespace

void add_session(Command& app) {
  auto command = app.add_subcommand("session", "Run a guided session in a headset, or on a recording");
  static SessionOptions o;
  command.add_option("--program", o.program, "Programme: an id (see `attune programs`) or a file").required();
  command.add_option("--xr", o.xr, "OpenXR runtime: the system's active one, or our own that plays --input")
      .one_of({"system", "replay"})
      .shows_default();
  command.add_option("--input", o.input,
                     "What --xr replay plays: a recording, or patient:PROFILE[@a|@b][:SEED]");
  command.add_flag("--headless", o.headless,
                   "Nobody watches: no window, and the virtual clock unless --clock says otherwise");
  command.add_option("--clock", o.clock, "real or virtual (as fast as it goes)").one_of({"real", "virtual"});
  command
      .add_option("--duration", o.duration_s,
                  "Length in seconds; the programme's phases shrink in proportion")
      .within(5.0, 3600.0);
  command.add_option("--record", o.record, "Where the recording goes (a new file)");
  command
      .add_option("--inference", o.inference, "Networks: folded (our kernel), torch (LibTorch itself), off")
      .one_of({"folded", "torch", "off"})
      .shows_default();
  command.add_option("--screenshots", o.screenshots, "Folder for pictures of what the patient sees");
  command.add_option("--render-every", o.render_every, "Draw one frame of so many (virtual clock only)")
      .within(1U, 1000U)
      .shows_default();
  command.add_option("--patient", o.patient, "Alias of the patient, for the recording; never a name");
  command.add_option("--purpose", o.purpose, "Medical purpose, where the programme's setting needs one");
  command.add_option("--language", o.language, "Language of the patient: en or zh")
      .one_of({"en", "zh"})
      .shows_default();
  command
      .add_option("--patience", o.patience_s,
                  "Seconds to wait for a headset that is not connected or not ready, and for a runtime that "
                  "does not answer")
      .within(1.0, 3600.0)
      .shows_default();
  command.add_option(
      "--sensors", o.sensors,
      "Sensors beside the headset: a file as assets/sensors/default.toml (see docs/sensors.md)");
  command.add_option("--control", o.control,
                     "Unix socket on which therapists' programs steer the session (see docs/control.md)");
  command.add_flag("--wait-for-start", o.wait_for_start,
                   "Wait for the therapist's start, instead of starting once the patient sees the scene");
  command.add_option("--feared", o.feared,
                     "The feared outcome on the card of an exposure, in the patient's own words");
  command
      .add_option(
          "--session-number", o.session_number,
          "Which session of the patient's course it is: each begins with another variant of its steps")
      .within(1U, 1000U)
      .shows_default();
  command.add_flag("--verbose", o.verbose, "Log what happens, event by event, on standard error");
  command.add_flag("--research-model", o.research_model, "Let a model serve that is marked research-only");
  command.add_flag("--json", o.json, "Print figures for machines");
  command.on_run(
      "attune session --program heights --xr replay --input patient:shipped:7 --headless --duration 120 "
      "--record session.attune --screenshots pictures",
      [] { return run_session(o); });
}

}  // namespace attune::cli
