#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/belief_patients.hpp"
#include "cli/belief_sequences.hpp"
#include "cli/evaluate.hpp"
#include "cli/networks.hpp"

namespace attune::cli {

namespace {

struct BeliefOptions {
  std::size_t sequences = 1000, patients = 100;
  std::uint64_t seed = 1;
  bool json = false;
};

/// Everything that is measured.
struct BeliefFigures {
  GridComparison grid;
  BeliefCost cost;
  PatientStudy bodies;
  std::optional<PatientStudy> sensors;  ///< none: the monitor for virtual patients is not at hand
};

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0.0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// By how much smaller the error is with three answers, of the error without.
double gained(const PatientStudy& study) {
  return study.silent.rmse > 0.0 ? 1.0 - study.told.rmse / study.silent.rmse : 0.0;
}

core::Result<BeliefFigures> measure(const BeliefOptions& options) {
  BeliefFigures figures;
  {
    Progress progress("sequences", static_cast<double>(options.sequences));
    figures.grid = compare_with_grid({}, options.sequences, options.seed,
                                     [&](std::size_t done) { progress.at(static_cast<double>(done)); });
  }
  figures.cost = measure_cost();
  Progress progress("virtual patients", 2.0 * static_cast<double>(options.patients));
  const auto bodies = study_drawn_bodies(options.patients, options.seed,
                                         [&](std::size_t done) { progress.at(static_cast<double>(done)); });
  if (!bodies) return bodies.error();
  figures.bodies = *bodies;
  const auto networks = load_networks("folded", true, false);
  if (!networks) {
    spdlog::warn("not measured through sensors: {}", networks.error().message);
    return figures;
  }
  const auto sensors =
      study_sensors(*networks->networks, options.patients, options.seed,
                    [&](std::size_t done) { progress.at(static_cast<double>(options.patients + done)); });
  if (!sensors) return sensors.error();
  figures.sensors = *sensors;
  return figures;
}

nlohmann::ordered_json to_json(const Coverage& coverage) {
  return {{"50", coverage.share_50()}, {"80", coverage.share_80()}, {"95", coverage.share_95()}};
}

nlohmann::ordered_json to_json(const Reading& reading) {
  return {{"rmse", reading.rmse}, {"person_rmse", reading.bias}, {"coverage", to_json(reading.coverage)}};
}

nlohmann::ordered_json to_json(const PatientStudy& study) {
  return {{"plant", "a"},
          {"people", study.people},
          {"left", study.left},
          {"error_without_answers", study.silent.rmse},
          {"error_after_three_answers", study.told.rmse},
          {"less_by", gained(study)},
          {"earlier", to_json(study.before)},
          {"without_answers", to_json(study.silent)},
          {"after_three_answers", to_json(study.told)},
          {"after_three_answers_uncalibrated", to_json(study.told_uncalibrated)},
          {"monitor",
           {{"bias_sd", study.monitor_bias_sd},
            {"middle_sd", study.monitor_middle_sd},
            {"log_gain_sd", study.monitor_log_gain_sd},
            {"noise_sd", study.monitor_noise}}}};
}

void print_json(const BeliefOptions& options, const BeliefFigures& f) {
  const auto& kl = f.grid.divergence;
  const nlohmann::ordered_json out{
      {"seed", options.seed},
      {"sequences", options.sequences},
      {"events", kl.size()},
      {"kl_nats",
       {{"median", quantile(kl, 0.5)},
        {"p90", quantile(kl, 0.9)},
        {"p99", quantile(kl, 0.99)},
        {"max", quantile(kl, 1.0)}}},
      {"coverage",
       {{"x", to_json(f.grid.x)}, {"v", to_json(f.grid.v)}, {"x_of_the_grid", to_json(f.grid.grid_x)}}},
      {"us_per_update",
       {{"predict", f.cost.predict_us},
        {"monitor", f.cost.monitor_us},
        {"attention", f.cost.attention_us},
        {"suds", f.cost.suds_us}}},
      {"calibration",
       {{"drawn_bodies", to_json(f.bodies)},
        {"sensors", f.sensors ? to_json(*f.sensors) : nlohmann::ordered_json(nullptr)}}}};
  std::printf("%s\n", out.dump(2).c_str());
}

void print(const char* name, const Coverage& c) {
  std::printf("  %-34s %6.1f %6.1f %6.1f %%\n", name, 100.0 * c.share_50(), 100.0 * c.share_80(),
              100.0 * c.share_95());
}

void print(const char* title, const PatientStudy& study) {
  std::printf("\n%s: %zu of plant A (%zu more left)\n", title, study.people, study.left);
  std::printf(
      "  error of the mean, SUDS: %.1f without answers, %.1f after three (%.0f %% less), %.1f uncalibrated\n",
      100.0 * study.silent.rmse, 100.0 * study.told.rmse, 100.0 * gained(study),
      100.0 * study.told_uncalibrated.rmse);
  std::printf("  the monitor among them, deviations: bias %.3f, at 0.45 %.3f, log-gain %.2f, noise %.3f\n",
              study.monitor_bias_sd, study.monitor_middle_sd, study.monitor_log_gain_sd, study.monitor_noise);
  print("without answers", study.silent.coverage);
  print("after three answers", study.told.coverage);
}

void print_table(const BeliefOptions& options, const BeliefFigures& f) {
  const auto& kl = f.grid.divergence;
  std::printf("%zu random sequences against the grid\n", options.sequences);
  std::printf(
      "  KL(grid, belief), nats: median %.5f, 99 %% below %.5f, at most %.5f   (goal: median 0.005)\n",
      quantile(kl, 0.5), quantile(kl, 0.99), quantile(kl, 1.0));
  std::printf("  microseconds: predict %.2f, monitor %.2f, attention %.2f, answer %.2f   (goal: 2)\n",
              f.cost.predict_us, f.cost.monitor_us, f.cost.attention_us, f.cost.suds_us);
  std::printf("\ntruth within its intervals               50     80     95 %%   (goal: within 3)\n");
  print("anxiety", f.grid.x);
  print("experience", f.grid.v);
  print("anxiety, intervals of the grid", f.grid.grid_x);
  print("Virtual patients with drawn monitors", f.bodies);
  if (f.sensors) print("Virtual patients through sensors and network", *f.sensors);
}

core::Result<int> evaluate(const BeliefOptions& options) {
  const auto figures = measure(options);
  if (!figures) return figures.error();
  options.json ? print_json(options, *figures) : print_table(options, *figures);
  return 0;
}

}  // namespace

void add_evaluate_belief(Command& evaluate_command) {
  auto command = evaluate_command.add_subcommand(
      "belief", "The belief against a brute-force filter, drawn truths and virtual patients");
  static BeliefOptions options;
  command.add_option("--sequences", options.sequences, "Random sequences, each against the grid")
      .within(1, 1'000'000)
      .shows_default();
  command.add_option("--patients", options.patients, "Virtual patients, with and without answers")
      .within(1, 100'000)
      .shows_default();
  command.add_option("--seed", options.seed, "Seed of all chance; the same seed, the same figures")
      .shows_default();
  command.add_flag("--json", options.json, "Print the figures for machines");
  command.on_run("attune evaluate belief --sequences 1000 --json", [] { return evaluate(options); });
}

}  // namespace attune::cli
