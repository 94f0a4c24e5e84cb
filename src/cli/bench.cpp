#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>

#include "attune/core/files.hpp"
#include "attune/learn/model.hpp"
#include "attune/record/recording.hpp"
#include "attune/session/prescription.hpp"
#include "cli/command.hpp"
#include "cli/machine.hpp"
#include "cli/networks.hpp"

namespace attune::cli {

namespace {

using Clock = std::chrono::steady_clock;

struct Result {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> peer;  ///< the same work done another way, in the same run
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0.0
                        : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// Time of one call in microseconds: the median over many small batches, so that a disturbance spoils few.
template <typename Work>
double median_us(Work&& work, int batches = 400, int calls = 25) {
  std::vector<double> times;
  for (int b = 0; b < batches; ++b) {
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i) work();
    times.push_back(seconds_since(start) * 1e6 / calls);
  }
  return quantile(std::move(times), 0.5);
}

core::Result<void> bench_pipeline(const record::Recording& recording, std::vector<Result>& out) {
  const auto networks = load_networks("folded", true, false);
  if (!networks) return networks.error();
  const auto programme = treatment::Programme::load("heights");
  if (!programme) return programme.error();
  const auto moments = recording.moments();
  if (!moments) return moments.error();
  std::vector<double> times;
  times.reserve(moments->size() * 5);
  double total_s = 0;
  const double session_s = core::seconds_between(recording.first_time(), recording.last_time());
  constexpr int rounds = 5;
  for (int round = 0; round < rounds; ++round) {
    session::Pipeline pipeline(session::prescribe(*programme, recording.meta().program_length_s,
                                                  record::SourceKind::virtual_patient, networks->networks));
    const auto begun = Clock::now();
    for (const auto& moment : *moments) {
      const auto start = Clock::now();
      pipeline.step(moment.frame);
      times.push_back(seconds_since(start) * 1e6);
    }
    total_s += seconds_since(begun);
  }
  out.push_back({"pipeline_step_median", quantile(times, 0.5), "us", {}});
  out.push_back({"pipeline_step_p99", quantile(times, 0.99), "us", {}});
  out.push_back({"pipeline_session_s_per_s", session_s * rounds / total_s, "s/s", {}});
  return {};
}

/// The two folded networks alone, one after the other as they are chained: their inputs are standardised.
void bench_forward(const state::StateMonitor& monitor, const state::TreatmentNetwork::Weights& treatment,
                   const std::array<float, state::feature_count>& standard, std::vector<Result>& out) {
  const state::TreatmentNetwork change(treatment);
  state::MonitorNetwork::Embedding embedding{};
  volatile float sink = 0;
  const auto chain = [&] {
    sink = sink + monitor.network().forward(standard, embedding)[0];
    sink = sink + change.forward(embedding)[0];
  };
  out.push_back({"networks_forward_median", median_us(chain), "us", {}});
  std::vector<double> times;
  constexpr int calls = 20'000;
  for (int i = 0; i < calls; ++i) {
    const auto start = Clock::now();
    chain();
    times.push_back(seconds_since(start) * 1e6);
  }
  out.push_back({"networks_forward_p99_with_clock", quantile(std::move(times), 0.99), "us", {}});
}

core::Result<void> bench_networks(std::vector<Result>& out) {
  const auto monitor = learn::load_monitor(core::models_folder() / "state_monitor.pt");
  if (!monitor) return monitor.error();
  const auto treatment = learn::load_treatment(core::models_folder() / "treatment.pt", monitor->card.hash);
  if (!treatment) return treatment.error();
  session::FoldedNetworks folded(monitor->weights, treatment->weights);
  learn::TorchMonitor torch_monitor(*monitor);
  learn::TorchTreatment torch_treatment(*treatment);
  state::Features features;
  state::OwnStart own;
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    const auto& standard = monitor->weights.standardisation;
    features.value[i] = standard.mean[i] + standard.scale[i] * normal(random);
    features.present[i] = true;
  }
  own.push(features, 10.0F);
  const state::StateMonitor reader(monitor->weights);
  bench_forward(reader, treatment->weights, reader.standardisation().apply(features, own), out);
  volatile float sink = 0;
  const double ours = median_us([&] {
    const auto read = folded.infer(features, own);
    sink = sink + folded.wanted_change(read.embedding).value_or(0.0F);
  });
  const double torch = median_us([&] {
    const auto read = torch_monitor.infer(features, own);
    sink = sink + torch_treatment.wanted_change(read.embedding).value_or(0.0F);
  });
  out.push_back({"networks_monitor_and_treatment", ours, "us", torch});
  return {};
}

/// Runs this program with other arguments; what it prints on standard output, or nothing when it fails.
std::optional<std::string> run_self(const std::vector<std::string>& arguments) {
  std::string command = "exec '" + (core::program_folder() / "attune").string() + "'";
  for (const auto& argument : arguments) command += " '" + argument + "'";
  command += " 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer;
  while (const auto n = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
  if (::pclose(pipe) != 0) return std::nullopt;
  return text;
}

core::Result<void> bench_application(const std::string& recording, std::vector<Result>& out) {
  std::vector<double> help_ms;
  for (int i = 0; i < 15; ++i) {
    const auto start = Clock::now();
    if (!run_self({"--help"})) return core::failed("attune --help failed");
    help_ms.push_back(seconds_since(start) * 1e3);
  }
  out.push_back({"help_start_to_end", quantile(help_ms, 0.5), "ms", {}});

  setenv("ATTUNE_XR_VIEW_SIZE", "320x240", 1);
  const auto text = run_self({"session", "--program", "heights", "--xr", "replay", "--input", recording,
                              "--headless", "--duration", "8", "--json"});
  if (!text) return core::failed("a session on " + recording + " failed");
  const auto figures = nlohmann::json::parse(*text, nullptr, false);
  if (figures.is_discarded()) return core::failed("a session printed no figures");
  out.push_back({"session_start_to_first_frame", figures.at("first_frame_s").get<double>(), "s", {}});
  out.push_back(
      {"session_cpu_per_frame_without_driver", figures.at("application_us").get<double>(), "us", {}});
  out.push_back(
      {"session_cpu_per_drawn_frame_with_driver", figures.at("drawing_us").get<double>(), "us", {}});
  return {};
}

core::Result<int> run_bench(bool json) {
  const auto path = (core::assets_folder() / "recordings" / "virtual-patient.attune").string();
  const auto recording = record::Recording::open(path);
  if (!recording) return recording.error();
  std::vector<Result> results;
  for (const auto& done :
       {bench_pipeline(*recording, results), bench_networks(results), bench_application(path, results)}) {
    if (!done) return done.error();
  }
  auto list = nlohmann::json::array();
  if (!json) std::printf("%s\n", machine_name().c_str());
  for (const auto& r : results) {
    if (json) {
      list.push_back({{"name", r.name},
                      {"value", r.value},
                      {"unit", r.unit},
                      {"peer", r.peer ? nlohmann::json(*r.peer) : nlohmann::json(nullptr)},
                      {"ratio", r.peer ? nlohmann::json(*r.peer / r.value) : nlohmann::json(nullptr)}});
    } else if (r.peer) {
      std::printf("%-42s %12.3f %-4s LibTorch %.3f, %.1f times ours\n", r.name.c_str(), r.value,
                  r.unit.c_str(), *r.peer, *r.peer / r.value);
    } else {
      std::printf("%-42s %12.3f %s\n", r.name.c_str(), r.value, r.unit.c_str());
    }
  }
  if (json)
    std::printf("%s\n", nlohmann::json{{"machine", machine_name()}, {"results", list}}.dump(2).c_str());
  return 0;
}

}  // namespace

void add_bench(Command& app) {
  auto command =
      app.add_subcommand("bench", "Measure what the frame loop costs, against LibTorch in the same run");
  static bool json = false;
  command.add_flag("--json", json, "Print for machines");
  command.on_run("attune bench --json", [] { return run_bench(json); });
}

}  // namespace attune::cli
