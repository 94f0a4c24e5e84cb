#include <algorithm>

#include "attune/signal/hrv.hpp"
#include "attune/signal/pulses.hpp"
#include "attune/signal/r_peaks.hpp"
#include "cli/analyse/signal.hpp"

namespace attune::cli {

namespace {

constexpr double least_ecg_hz = 100.0, least_ppg_hz = 20.0;

template <typename Detector>
std::vector<signal::Beat> beats_of(const SignalFile& file) {
  Detector detector(file.rate_hz);
  std::vector<signal::Beat> beats;
  for (const double value : file.values) {
    if (const auto beat = detector.push(value)) beats.push_back(*beat);
  }
  while (const auto beat = detector.finish()) beats.push_back(*beat);
  return beats;
}

std::vector<signal::Interval> intervals_of(const std::vector<signal::Beat>& beats, double rate_hz) {
  signal::RrSeries series;
  std::vector<signal::Interval> intervals;
  for (const auto& beat : beats) {
    series.push(beat.sample / rate_hz, beat.connected);
    while (const auto interval = series.next()) intervals.push_back(*interval);
  }
  while (const auto interval = series.finish()) intervals.push_back(*interval);
  return intervals;
}

std::size_t count(const std::vector<signal::Interval>& intervals, signal::IntervalKind kind) {
  return static_cast<std::size_t>(
      std::count_if(intervals.begin(), intervals.end(), [&](const auto& i) { return i.kind == kind; }));
}

void add_measures(nlohmann::ordered_json& out, const std::vector<signal::Interval>& intervals) {
  using Kind = signal::IntervalKind;
  const auto time = signal::hrv_time(intervals);
  const auto bands = signal::hrv_bands(intervals);
  out["intervals"] = {{"normal", time.intervals},
                      {"broken", count(intervals, Kind::broken)},
                      {"ectopic", count(intervals, Kind::ectopic)},
                      {"missed", count(intervals, Kind::missed)},
                      {"extra", count(intervals, Kind::extra)},
                      {"odd", count(intervals, Kind::odd)}};
  out["heart_rate_bpm"] = known(time.rate_bpm);
  out["mean_rr_ms"] = known(time.mean_ms);
  out["sdnn_ms"] = known(time.sdnn_ms);
  out["rmssd_ms"] = known(time.rmssd_ms);
  out["pnn50"] = known(time.pnn50);
  out["pnn20"] = known(time.pnn20);
  out["vlf_ms2"] = known(bands.vlf_ms2);
  out["lf_ms2"] = known(bands.lf_ms2);
  out["hf_ms2"] = known(bands.hf_ms2);
  out["lf_hf"] = known(bands.lf_hf);
  out["breaths_per_min"] = known(bands.breaths_per_min);
}

template <typename Detector>
core::Result<int> analyse_beats(const AnalyseOptions& options, std::initializer_list<std::string_view> names,
                                double least_hz, const char* title) {
  const auto file = read_signal(options.file, names, options.rate_hz, least_hz);
  if (!file) return file.error();
  const auto beats = beats_of<Detector>(*file);
  auto rows = nlohmann::json::array();
  LinePlot plot{title, "unit of the file", file->rate_hz, file->values, {}};
  for (const auto& beat : beats) {
    rows.push_back(file->row_near(beat.sample));
    plot.marks.push_back(beat.sample);
  }
  auto out = about(*file);
  out["delay_s"] = Detector(file->rate_hz).delay_s();
  add_measures(out, intervals_of(beats, file->rate_hz));
  out["beats"] = rows;
  return show(options, out, plot);
}

}  // namespace

void add_analyse_ecg(Command& analyse) {
  auto command = analyse.add_subcommand(
      "ecg", "R peaks of an electrocardiogram, and the heart's rate and its variability");
  static AnalyseOptions o;
  add_analyse_options(command, o);
  command.on_run("attune analyse ecg heart.csv --rate 360 --plot heart.svg", [] {
    return analyse_beats<signal::RPeakDetector>(
        o, {"ecg", "ecg_mv", "mlii", "ii", "lead_ii", "lead ii", "ekg"}, least_ecg_hz, "R peaks");
  });
}

void add_analyse_ppg(Command& analyse) {
  auto command = analyse.add_subcommand(
      "ppg", "Pulses of a photoplethysmogram, and the heart's rate and its variability");
  static AnalyseOptions o;
  add_analyse_options(command, o);
  command.on_run("attune analyse ppg finger.csv --rate 64 --json", [] {
    return analyse_beats<signal::PulseDetector>(o, {"ppg", "bvp", "pleth", "pulse"}, least_ppg_hz, "Pulses");
  });
}

}  // namespace attune::cli
