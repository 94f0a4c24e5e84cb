#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/evaluate.hpp"
#include "cli/evaluate/belief_patients.hpp"
#include "cli/evaluate/belief_sequences.hpp"
#include "cli/networks.hpp"

namespace attune::cli {

namespace {

struct BeliefOptions {
  std::size_t sequences = 1000, strangers = 150, patients = 100;
  std::uint64_t seed = 1;
  bool json = false;
};

/// What virtual patients of one plant showed.
struct PlantFigures {
  PatientStudy bodies;
  std::optional<PatientStudy> sensors;  ///< none: the monitor for virtual patients is not at hand
};

/// Everything that is measured.
struct BeliefFigures {
  GridComparison known, stranger;
  DrawnCoverage drawn;
  BeliefCost cost;
  std::vector<PlantFigures> plants;
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
  const double without = study.of(Reader::silent).rmse;
  return without > 0.0 ? 1.0 - study.of(Reader::told).rmse / without : 0.0;
}

core::Result<BeliefFigures> measure(const BeliefOptions& options) {
  BeliefFigures figures;
  {
    Progress progress("sequences", static_cast<double>(options.sequences + options.strangers));
    figures.known = compare_known_person(options.sequences, options.seed,
                                         [&](std::size_t done) { progress.at(static_cast<double>(done)); });
    figures.stranger = compare_stranger(options.strangers, options.seed, [&](std::size_t done) {
      progress.at(static_cast<double>(options.sequences + done));
    });
  }
  figures.drawn = cover_drawn(options.sequences, options.seed);
  figures.cost = measure_cost();
  const auto networks = load_networks("folded", true, false);
  if (!networks) spdlog::warn("not measured through sensors: {}", networks.error().message);
  Progress progress("virtual patients", 4.0 * static_cast<double>(options.patients));
  std::size_t before = 0;
  const auto at = [&](std::size_t done) { progress.at(static_cast<double>(before + done)); };
  for (const auto plant : {sim::PlantKind::a, sim::PlantKind::b}) {
    PlantFigures of_plant;
    const auto bodies = study_drawn_bodies(plant, options.patients, options.seed, at);
    if (!bodies) return bodies.error();
    of_plant.bodies = *bodies;
    before += options.patients;
    if (networks) {
      const auto sensors = study_sensors(*networks->networks, plant, options.patients, options.seed, at);
      if (!sensors) return sensors.error();
      of_plant.sensors = *sensors;
    }
    before += options.patients;
    figures.plants.push_back(of_plant);
  }
  return figures;
}

nlohmann::ordered_json to_json(const Coverage& coverage) {
  return {{"50", coverage.share_50()}, {"80", coverage.share_80()}, {"95", coverage.share_95()}};
}

nlohmann::ordered_json to_json(const Reading& reading) {
  return {{"rmse", reading.rmse}, {"person_rmse", reading.bias}, {"coverage", to_json(reading.coverage)}};
}

nlohmann::ordered_json to_json(const PatientStudy& study, bool with_words) {
  nlohmann::ordered_json out{
      {"people", study.people},
      {"left", study.left},
      {"error_without_answers", study.of(Reader::silent).rmse},
      {"error_after_three_answers", study.of(Reader::told).rmse},
      {"less_by", gained(study)},
      {"earlier", to_json(study.before)},
      {"without_answers", to_json(study.of(Reader::silent))},
      {"after_three_answers", to_json(study.of(Reader::told))},
      {"after_three_answers_uncalibrated", to_json(study.of(Reader::told_uncalibrated))},
      {"after_three_answers_as_everybody", to_json(study.of(Reader::told_as_everybody))},
      {"monitor",
       {{"bias_sd", study.monitor_bias_sd},
        {"middle_sd", study.monitor_middle_sd},
        {"log_gain_sd", study.monitor_log_gain_sd},
        {"noise_sd", study.monitor_noise}}}};
  if (with_words) {
    out["words_alone"] = to_json(study.of(Reader::words));
    out["words_alone_as_everybody"] = to_json(study.of(Reader::words_as_everybody));
  }
  return out;
}

nlohmann::ordered_json quantiles(const std::vector<double>& values) {
  return {{"median", quantile(values, 0.5)},
          {"p90", quantile(values, 0.9)},
          {"p99", quantile(values, 0.99)},
          {"max", quantile(values, 1.0)}};
}

nlohmann::ordered_json to_json(const GridComparison& grid, std::size_t sequences) {
  nlohmann::ordered_json out{
      {"sequences", sequences},
      {"events", grid.divergence.size()},
      {"kl_nats", quantiles(grid.divergence)},
      {"x_off_deviations", quantiles(grid.x_off)},
      {"coverage",
       {{"x", to_json(grid.x)}, {"v", to_json(grid.v)}, {"x_of_the_grid", to_json(grid.grid_x)}}}};
  if (!grid.reactivity_off.empty()) out["reactivity_off_deviations"] = quantiles(grid.reactivity_off);
  return out;
}

void print_json(const BeliefOptions& options, const BeliefFigures& f) {
  nlohmann::ordered_json out{{"seed", options.seed},
                             {"kl_median", quantile(f.known.divergence, 0.5)},
                             {"kl_max", quantile(f.known.divergence, 1.0)},
                             {"coverage", to_json(f.drawn.x)},
                             {"us_per_update", f.cost.update_us()},
                             {"known_person", to_json(f.known, options.sequences)},
                             {"stranger", to_json(f.stranger, options.strangers)},
                             {"drawn",
                              {{"sequences", options.sequences},
                               {"x", to_json(f.drawn.x)},
                               {"v", to_json(f.drawn.v)},
                               {"rest", to_json(f.drawn.rest)},
                               {"reactivity", to_json(f.drawn.reactivity)}}},
                             {"us",
                              {{"predict", f.cost.predict_us},
                               {"monitor", f.cost.monitor_us},
                               {"attention", f.cost.attention_us},
                               {"suds", f.cost.suds_us}}}};
  for (const auto& plant : f.plants) {
    out["patients"][std::string(1, static_cast<char>(plant.bodies.plant))] = {
        {"drawn_bodies", to_json(plant.bodies, true)},
        {"sensors", plant.sensors ? to_json(*plant.sensors, false) : nlohmann::ordered_json(nullptr)}};
  }
  std::printf("%s\n", out.dump(2).c_str());
}

void print(const char* name, const Coverage& c) {
  std::printf("  %-34s %6.1f %6.1f %6.1f %%\n", name, 100.0 * c.share_50(), 100.0 * c.share_80(),
              100.0 * c.share_95());
}

void print(const char* title, const PatientStudy& study, bool with_words) {
  std::printf("\n%s: %zu of plant %c (%zu more left)\n", title, study.people, static_cast<char>(study.plant),
              study.left);
  const auto suds = [&](Reader reader) { return 100.0 * study.of(reader).rmse; };
  std::printf(
      "  error of the mean, SUDS: %.1f without answers, %.1f after three (%.0f %% less), %.1f uncalibrated, "
      "%.1f if all answered exposure alike\n",
      suds(Reader::silent), suds(Reader::told), 100.0 * gained(study), suds(Reader::told_uncalibrated),
      suds(Reader::told_as_everybody));
  if (with_words)
    std::printf("  an answer every three minutes and no body: %.1f, %.1f if all answered exposure alike\n",
                suds(Reader::words), suds(Reader::words_as_everybody));
  std::printf("  the monitor among them, deviations: bias %.3f, at 0.45 %.3f, log-gain %.2f, noise %.3f\n",
              study.monitor_bias_sd, study.monitor_middle_sd, study.monitor_log_gain_sd, study.monitor_noise);
  print("without answers", study.of(Reader::silent).coverage);
  print("after three answers", study.of(Reader::told).coverage);
  if (with_words) print("an answer every three minutes", study.of(Reader::words).coverage);
}

void print(const char* who, const GridComparison& grid, std::size_t sequences) {
  const auto& kl = grid.divergence;
  std::printf("%s, %zu random sequences against the grid\n", who, sequences);
  std::printf(
      "  KL(grid, belief), nats: median %.5f, 99 %% below %.5f, at most %.5f   (goal: median 0.005)\n",
      quantile(kl, 0.5), quantile(kl, 0.99), quantile(kl, 1.0));
  std::printf("  mean of anxiety off by, deviations: 99 %% below %.3f, at most %.3f",
              quantile(grid.x_off, 0.99), quantile(grid.x_off, 1.0));
  if (!grid.reactivity_off.empty())
    std::printf("; of reactivity %.3f, %.3f", quantile(grid.reactivity_off, 0.99),
                quantile(grid.reactivity_off, 1.0));
  std::printf("\n");
}

void print_table(const BeliefOptions& options, const BeliefFigures& f) {
  print("A person who is known, a monitor that is not", f.known, options.sequences);
  print("A stranger, a monitor that is known", f.stranger, options.strangers);
  std::printf("Microseconds: predict %.2f, monitor %.2f, attention %.2f, answer %.2f   (goal: 2)\n",
              f.cost.predict_us, f.cost.monitor_us, f.cost.attention_us, f.cost.suds_us);
  std::printf("\ntruth within its intervals               50     80     95 %%   (goal: within 3)\n");
  std::printf("%zu sequences with all of the truth drawn\n", options.sequences);
  print("anxiety", f.drawn.x);
  print("experience", f.drawn.v);
  print("rest", f.drawn.rest);
  print("reactivity", f.drawn.reactivity);
  std::printf("against the grid\n");
  print("anxiety, known person", f.known.x);
  print("anxiety, intervals of the grid", f.known.grid_x);
  print("anxiety, stranger", f.stranger.x);
  print("anxiety, intervals of the grid", f.stranger.grid_x);
  for (const auto& plant : f.plants) {
    print("Virtual patients with drawn monitors", plant.bodies, true);
    if (plant.sensors) print("Virtual patients through sensors and network", *plant.sensors, false);
  }
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
  command
      .add_option("--sequences", options.sequences,
                  "Random sequences of people who are known, each against the grid")
      .within(1, 1'000'000)
      .shows_default();
  command.add_option("--strangers", options.strangers, "The same of people who are not")
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
