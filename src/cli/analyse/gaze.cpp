#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <glm/trigonometric.hpp>
#include <nlohmann/json.hpp>

#include "attune/attention/gaze_episodes.hpp"
#include "attune/attention/scan_measures.hpp"
#include "attune/core/files.hpp"
#include "attune/datasets/gaze_recording.hpp"
#include "cli/analyse.hpp"
#include "cli/analyse/gaze_labelling.hpp"
#include "cli/analyse/gaze_pupil.hpp"
#include "cli/analyse/gaze_svg.hpp"

namespace attune::cli {

namespace {

using attention::GazeEpisode;
using attention::GazeLabel;

struct AnalyseGazeOptions {
  std::string file, labels, plot;
  std::string mode = "offline";
  bool json = false;
};

/// An episode with the rows of the file that it covers.
struct PlacedEpisode {
  GazeEpisode episode;
  std::size_t first_row = 0, last_row = 0;
};

std::vector<PlacedEpisode> episodes_of(const datasets::GazeRecording& recording,
                                       const LabelledRecording& labelled) {
  attention::GazeEpisodes collector;
  std::vector<PlacedEpisode> all;
  std::size_t sample = 0;
  const auto place = [&](const std::optional<GazeEpisode>& ended) {
    if (!ended) return;
    const auto next = sample + static_cast<std::size_t>(ended->samples);
    all.push_back({*ended, recording.samples[sample].row, recording.samples[next - 1].row});
    sample = next;
  };
  for (const auto& instant : labelled.instants) place(collector.push(instant));
  place(collector.finish());
  return all;
}

double begin_of(const datasets::GazeRecording& recording) {
  return recording.samples.empty() ? 0.0 : recording.time_of_row_s[recording.samples.front().row];
}

/// A number, or null for what JSON cannot hold.
nlohmann::json number(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}
nlohmann::json number(float value) { return number(static_cast<double>(value)); }

nlohmann::json to_json(const PlacedEpisode& placed, double begin_s) {
  const auto& e = placed.episode;
  nlohmann::json out{{"label", attention::name_of(e.label)},
                     {"start_s", begin_s + e.start.seconds()},
                     {"end_s", begin_s + e.end.seconds()},
                     {"duration_ms", 1000.0 * e.duration_s()},
                     {"first_row", placed.first_row},
                     {"last_row", placed.last_row},
                     {"samples", e.samples},
                     {"whole", e.whole}};
  if (glm::dot(e.centre, e.centre) < 0.5F) return out;
  out["yaw_deg"] = number(glm::degrees(std::atan2(e.centre.x, -e.centre.z)));
  out["pitch_deg"] = number(glm::degrees(std::asin(std::clamp(e.centre.y, -1.0F, 1.0F))));
  out["amplitude_deg"] = number(e.amplitude_deg);
  out["peak_deg_s"] = number(e.peak_deg_s);
  out["mean_deg_s"] = number(e.mean_deg_s);
  if (e.label == GazeLabel::fixation) out["dispersion_deg"] = number(e.dispersion_deg);
  if (e.label == GazeLabel::saccade) {
    out["direction_rad"] = number(e.direction_rad);
    out["micro"] = e.micro;
  }
  return out;
}

struct Shares {
  std::array<std::size_t, attention::gaze_label_count> rows{}, events{};
};

Shares shares_of(const LabelledRecording& labelled, const std::vector<PlacedEpisode>& episodes) {
  Shares shares;
  for (const auto label : labelled.label_of_row) ++shares.rows.at(static_cast<std::size_t>(label));
  for (const auto& placed : episodes) ++shares.events.at(static_cast<std::size_t>(placed.episode.label));
  return shares;
}

/// How the gaze moved about. Null where the recording is too short or too slow to say.
nlohmann::json measures_of(const LabelledRecording& labelled, const std::vector<PlacedEpisode>& episodes) {
  attention::ScanMeasures scan;
  std::size_t micro = 0;
  double fixated_s = 0.0;
  for (const auto& [episode, first, last] : episodes) {
    scan.push(episode);
    micro += episode.micro ? 1 : 0;
    if (episode.label == GazeLabel::fixation) fixated_s += episode.duration_s();
  }
  const bool shows_micro = labelled.interval_s > 0.0 && labelled.interval_s <= attention::micro_interval_s;
  const auto focal = scan.ambient_focal();
  const auto fixations = static_cast<double>(scan.fixations());
  return {{"scan_path_deg", fixations > 1.0 ? number(scan.path_deg()) : nlohmann::json()},
          {"mean_fixation_ms", fixations > 0.0 ? number(1000.0 * fixated_s / fixations) : nlohmann::json()},
          {"ambient_focal_k_last_20", focal ? number(*focal) : nlohmann::json()},
          {"microsaccades", shows_micro ? nlohmann::json(micro) : nlohmann::json()}};
}

nlohmann::json number_or_null(const std::optional<double>& value) {
  return value ? number(*value) : nlohmann::json();
}

/// Null where the file has no pupil.
nlohmann::json to_json(const std::optional<PupilSummary>& pupil) {
  if (!pupil) return {};
  nlohmann::json spans = nlohmann::json::array();
  for (const auto& span : pupil->spans) {
    spans.push_back(
        {{"start_s", span.start_s}, {"end_s", span.end_s}, {"wider_mm", number_or_null(span.wider_mm)}});
  }
  return {{"known_share", pupil->known_share},
          {"mean_mm", number_or_null(pupil->mean_mm)},
          {"slope_mm_per_decade", number_or_null(pupil->slope_mm_per_decade)},
          {"over_time", spans}};
}

void print_json(const AnalyseGazeOptions& options, const datasets::GazeRecording& recording,
                const LabelledRecording& labelled, const std::vector<PlacedEpisode>& episodes,
                double delay_s) {
  const auto shares = shares_of(labelled, episodes);
  nlohmann::json counts, parts, events = nlohmann::json::array();
  for (std::size_t i = 0; i < attention::gaze_label_count; ++i) {
    const std::string name(attention::name_of(static_cast<GazeLabel>(i)));
    counts[name] = shares.events[i];
    parts[name] = static_cast<double>(shares.rows[i]) / static_cast<double>(labelled.label_of_row.size());
  }
  for (const auto& placed : episodes) events.push_back(to_json(placed, begin_of(recording)));
  const auto& samples = recording.samples;
  nlohmann::json out{
      {"file", options.file},
      {"mode", options.mode},
      {"delay_s", delay_s},
      {"rows", labelled.label_of_row.size()},
      {"rate_hz", labelled.interval_s > 0.0 ? nlohmann::json(1.0 / labelled.interval_s) : nlohmann::json()},
      {"duration_s",
       samples.empty() ? 0.0 : core::seconds_between(samples.front().time, samples.back().time)},
      {"us_per_sample",
       1e6 * labelled.seconds / static_cast<double>(std::max<std::size_t>(samples.size(), 1))},
      {"shares", parts},
      {"counts", counts},
      {"measures", measures_of(labelled, episodes)},
      {"pupil", to_json(summarise_pupil(recording, labelled))},
      {"events", events},
      {"notes", recording.notes}};
  // Names of files are bytes; JSON wants UTF-8.
  std::printf("%s\n", out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void print(const PupilSummary& pupil) {
  if (!pupil.mean_mm) {
    std::printf("pupil     not measured\n");
    return;
  }
  std::printf("pupil     %5.2f mm on average, in %.1f %% of samples; with ten times the light ",
              *pupil.mean_mm, 100.0 * pupil.known_share);
  if (pupil.slope_mm_per_decade)
    std::printf("%+.2f mm\n", *pupil.slope_mm_per_decade);
  else
    std::printf("not known\n");
  std::printf("%10s %10s %9s\n", "from, s", "to, s", "wider than the light explains, mm");
  for (const auto& span : pupil.spans) {
    std::printf("%10.1f %10.1f ", span.start_s, span.end_s);
    if (span.wider_mm)
      std::printf("%+9.2f\n", *span.wider_mm);
    else
      std::printf("%9s\n", "-");
  }
}

void print(const datasets::GazeRecording& recording, const LabelledRecording& labelled,
           const std::vector<PlacedEpisode>& episodes) {
  for (const auto& note : recording.notes) std::fprintf(stderr, "%s\n", note.c_str());
  std::printf("%10s %10s %9s %-9s %9s %9s %9s\n", "start, s", "end, s", "long, ms", "what", "size, deg",
              "peak, °/s", "mean, °/s");
  const double begin_s = begin_of(recording);
  for (const auto& [e, first, last] : episodes) {
    std::printf("%10.3f %10.3f %9.0f %-9s %9.2f %9.1f %9.1f%s\n", begin_s + e.start.seconds(),
                begin_s + e.end.seconds(), 1000.0 * e.duration_s(),
                std::string(attention::name_of(e.label)).c_str(), static_cast<double>(e.amplitude_deg),
                static_cast<double>(e.peak_deg_s), static_cast<double>(e.mean_deg_s),
                e.micro ? "  micro" : "");
  }
  const auto shares = shares_of(labelled, episodes);
  for (std::size_t i = 0; i < attention::gaze_label_count; ++i) {
    if (shares.rows[i] == 0) continue;
    std::printf(
        "%-9s %5zu times, %5.1f %% of rows\n",
        std::string(attention::name_of(static_cast<GazeLabel>(i))).c_str(), shares.events[i],
        100.0 * static_cast<double>(shares.rows[i]) / static_cast<double>(labelled.label_of_row.size()));
  }
  if (const auto pupil = summarise_pupil(recording, labelled)) print(*pupil);
}

std::string labels_csv(const datasets::GazeRecording& recording, const LabelledRecording& labelled) {
  std::string text = "t_s,label\n";
  std::array<char, 48> line{};
  for (std::size_t row = 0; row < labelled.label_of_row.size(); ++row) {
    const int length = std::snprintf(line.data(), line.size(), "%.6f,%d\n", recording.time_of_row_s[row],
                                     static_cast<int>(labelled.label_of_row[row]));
    text.append(line.data(), static_cast<std::size_t>(length));
  }
  return text;
}

core::Result<int> run_analyse_gaze(const AnalyseGazeOptions& options) {
  const auto recording = datasets::read_gaze(options.file);
  if (!recording) return recording.error();
  attention::GazeClassifier classifier(options.mode == "online" ? attention::GazeMode::online
                                                                : attention::GazeMode::offline);
  const auto labelled = label_recording(*recording, classifier);
  const auto episodes = episodes_of(*recording, labelled);
  if (!options.labels.empty()) {
    if (const auto done = core::write_whole(options.labels, labels_csv(*recording, labelled)); !done)
      return done.error();
  }
  if (!options.plot.empty()) {
    const auto picture = gaze_svg(labelled, begin_of(*recording), options.file);
    if (const auto done = core::write_whole(options.plot, picture); !done) return done.error();
  }
  if (options.json)
    print_json(options, *recording, labelled, episodes, classifier.delay_s());
  else
    print(*recording, labelled, episodes);
  return 0;
}

}  // namespace

void add_analyse_gaze(Command& analyse) {
  auto command =
      analyse.add_subcommand("gaze", "Fixations, saccades, pursuits and blinks of a recording of gaze");
  static AnalyseGazeOptions o;
  command
      .add_option("file", o.file,
                  "t_s,x_px,y_px under a line that states the screen, or t_s,yaw_deg,pitch_deg; where there "
                  "are, pupil_mm and luminance_cd_m2")
      .required();
  command.add_option("--mode", o.mode, "online: labels within 50 ms; offline: may look ahead")
      .one_of({"online", "offline"})
      .shows_default();
  command.add_option("--labels", o.labels, "Write t_s,label of every row to this file");
  command.add_option("--plot", o.plot, "Draw the recording to this SVG file");
  command.add_flag("--json", o.json, "Print for machines");
  command.on_run("attune analyse gaze gaze.csv --labels labels.csv --plot gaze.svg",
                 [] { return run_analyse_gaze(o); });
}

}  // namespace attune::cli
