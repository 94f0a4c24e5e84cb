#include "cli/simulate/simulation_output.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/simulate/course_plot.hpp"
#include "cli/simulate/practice_figures.hpp"

namespace attune::cli {

namespace {

using Json = nlohmann::ordered_json;

template <typename... Values>
std::string text(const char* format, Values... values) {
  std::array<char, 200> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, values...);
  return buffer.data();
}

Json number(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

Json to_json(const Figures& figures) {
  Json out = Json::object();
  for (std::size_t m = 0; m < measures.size(); ++m) {
    out[measures[m].name] = {
        {"mean", figures[m].mean}, {"low", number(figures[m].low)}, {"high", number(figures[m].high)}};
  }
  return out;
}

std::string name_of(const Simulation& simulation, const Pair& pair) {
  return simulation.runs[pair.one].name + "-" + simulation.runs[pair.other].name;
}

Figures figures_of(const Simulation& simulation, const Pair& pair) {
  return differences_of(simulation.runs[pair.one].outcomes, simulation.runs[pair.other].outcomes);
}

std::string words(const Figure& figure) {
  if (!figure.low) return text("%.3f", figure.mean);
  return text("%.3f (%.3f..%.3f)", figure.mean, *figure.low, *figure.high);
}

/// One column a name, one row a measure.
/// @param exposed  whether anything was exposed to: else measures of exposure are left out.
std::string columns(const std::vector<std::pair<std::string, Figures>>& named, bool exposed) {
  std::string out = text("%-18s", "");
  for (const auto& [name, figures] : named) out += text("  %24s", name.c_str());
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (measures[m].of_exposure && !exposed) continue;
    out += text("\n%-18s", measures[m].title);
    for (const auto& [name, figures] : named) out += text("  %24s", words(figures[m]).c_str());
  }
  return out + "\n";
}

Json to_json(const treatment::SplitHalf& halves) {
  return {{"reliability", halves.reliability},
          {"low", number(halves.low)},
          {"high", number(halves.high)},
          {"halves_r", halves.halves_r},
          {"people", halves.people}};
}

/// What came of practices; the dot-probe's reliability beside its index.
Json practice_json(const std::vector<treatment::PracticeResult>& practices) {
  Json out = Json::object();
  const auto all = practice_figures(practices);
  for (const auto& [measure, figure, people] : all) {
    out[measure->name] = {{"mean", figure.mean},
                          {"low", number(figure.low)},
                          {"high", number(figure.high)},
                          {"people", people}};
  }
  if (!out.contains("bias_ms")) return out;
  const auto halves = split_half_of(practices);
  out["split_half"] = halves ? to_json(*halves) : Json(nullptr);
  return out;
}

std::string reliability_words(const std::vector<treatment::PracticeResult>& practices) {
  const auto halves = split_half_of(practices);
  if (!halves) return "Split-half reliability of the bias index: takes three people who differ.\n";
  auto out = text("Split-half reliability of the bias index over %zu people: %.2f", halves->people,
                  halves->reliability);
  if (halves->low) out += text(" (%.2f..%.2f)", *halves->low, *halves->high);
  // 0.90 is the least that is asked of a measure on which decisions about one person rest (Nunnally,
  // Psychometric Theory, 2nd ed., 1978, p. 246).
  out += text(
      ",\nby Spearman-Brown from r = %.2f between every second answer. Decisions about one person ask "
      "for 0.90:\nthe dot-probe measures groups, and trains nothing.\n",
      halves->halves_r);
  return out;
}

const char* left_out_words(Ablation part) {
  switch (part) {
    case Ablation::treatment:
      return "without the treatment network";
    case Ablation::monitor:
      return "with the monitor's mean for the monitor";
    case Ablation::reports:
      return "without answers";
    case Ablation::sensors:
      return "with another person's sensors";
  }
  return "";
}

/// Whether `adaptive` has other than the usual 20 minutes, as one would say it.
bool is_long(const Simulation& simulation) { return simulation.length_s > simulated_session_s + 30.0; }

/// What the figures are of, in a line.
std::string asked_words(const SimulationRequest& request, const Simulation& simulation) {
  return std::to_string(simulation.people.size()) + " virtual patients of plant " +
         (request.plant == sim::PlantKind::b ? "B" : "A") + ", population '" + request.population +
         "', seed " + std::to_string(request.seed);
}

/// What `adaptive` had, where that is not all there is.
std::string with_words(const SimulationRequest& request) {
  std::string out;
  if (request.sensors == sim::SensorSet::headset) out += " with the headset alone";
  if (request.sensors == sim::SensorSet::none) out += " without sensors";
  if (request.ablation) out += std::string(out.empty() ? " " : ", ") + left_out_words(*request.ablation);
  return out;
}

std::string programme_words(const SimulationRequest& request, const Simulation& simulation) {
  auto out = text("adaptive runs '%s'", simulation.programme.c_str());
  if (is_long(simulation)) out += text(" (%.0f minutes)", simulation.length_s / 60.0);
  if (request.session_number > 1)
    out += text(" as in session %u of a course", static_cast<unsigned>(request.session_number));
  out += with_words(request);
  if (simulation.exposes) return out + ".\n";
  out += ", which exposes to nothing: habituation, learning, productive time and steps say nothing of it";
  return out + (simulation.runs.size() > 1 ? ",\nand the others, who expose, are no rivals of it.\n" : ".\n");
}

std::string practice_table(const std::vector<treatment::PracticeResult>& practices) {
  const auto figures = practice_figures(practices);
  if (figures.empty()) return {};
  std::string out = text("\nWhat came of what was practised; mean (95 %% interval)\n%-26s  %24s  %6s\n", "",
                         "adaptive", "people");
  bool probed = false;
  for (const auto& [measure, figure, people] : figures) {
    out += text("%-26s  %24s  %6zu\n", measure->title, words(figure).c_str(), people);
    probed = probed || std::string_view(measure->name) == "bias_ms";
  }
  return probed ? out + reliability_words(practices) : out;
}

/// The controller whose courses say most.
const ControllerRun& shown_of(const Simulation& simulation) {
  for (const char* name : {"adaptive", "suds"}) {
    for (const auto& run : simulation.runs) {
      if (run.name == name) return run;
    }
  }
  return simulation.runs.front();
}

/// Those whose courses say most, by their place.
struct Shown {
  std::size_t person;
  const char* which;
};

std::vector<Shown> shown_people(const std::vector<sim::Outcome>& outcomes, sim::PlantKind plant) {
  const auto gained = [&](std::size_t person) {
    return plant == sim::PlantKind::b ? outcomes[person].learning : outcomes[person].habituation;
  };
  std::vector<std::size_t> by_gain(outcomes.size());
  std::iota(by_gain.begin(), by_gain.end(), 0);
  std::stable_sort(by_gain.begin(), by_gain.end(), [&](auto a, auto b) { return gained(a) < gained(b); });
  // Another person than the one before, where there is one.
  const auto others = by_gain.begin() + (by_gain.size() > 1 ? 1 : 0);
  const auto most = [&](double sim::Outcome::*measure) {
    return *std::max_element(others, by_gain.end(), [&](auto one, auto other) {
      return outcomes[one].*measure < outcomes[other].*measure;
    });
  };
  const auto hottest = most(&sim::Outcome::minutes_above_85);
  const bool any = outcomes[hottest].minutes_above_85 > 0.0;
  return {{by_gain[by_gain.size() / 2], "in the middle"},
          {by_gain.front(), "gained least"},
          any ? Shown{hottest, "longest above 85"}
              : Shown{most(&sim::Outcome::activation), "anxiety raised most; nobody else above 85"}};
}

TitledCourse course_of(const ControllerRun& run, const Simulation& simulation, sim::PlantKind plant,
                       const Shown& shown) {
  const auto& outcome = run.outcomes[shown.person];
  const bool b = plant == sim::PlantKind::b;
  return {
      run.name + ": " + shown.which,
      text("person %zu: %s %.2f, productive %.0f %% of the time, %.0f s above 85%s", shown.person + 1,
           b ? "learning" : "habituation", b ? outcome.learning : outcome.habituation,
           100.0 * outcome.productive, 60.0 * outcome.minutes_above_85, outcome.dropped_out ? ", left" : ""),
      run.sessions(simulation.people[shown.person], true).course};
}

}  // namespace

std::string to_json(const SimulationRequest& request, const Simulation& simulation) {
  Json out{{"plant", std::string(1, static_cast<char>(request.plant))},
           {"patients", simulation.people.size()},
           {"seed", request.seed},
           {"population", request.population},
           {"programme", simulation.programme},
           {"exposes", simulation.exposes},
           {"session_number", request.session_number},
           {"minutes", simulation.length_s / 60.0},
           {"sensors", name_of(request.sensors)},
           {"ablated", request.ablation ? Json(name_of(*request.ablation)) : Json(nullptr)}};
  out["controllers"] = Json::object();
  for (const auto& run : simulation.runs) {
    out["controllers"][run.name] = to_json(figures_of(run.outcomes));
    if (!run.practices.empty()) out["controllers"][run.name]["practice"] = practice_json(run.practices);
  }
  out["paired"] = Json::object();
  for (const auto& pair : pairs_of(simulation))
    out["paired"][name_of(simulation, pair)] = to_json(figures_of(simulation, pair));
  return out.dump(2) + "\n";
}

std::string to_table(const SimulationRequest& request, const Simulation& simulation) {
  std::string out = asked_words(request, simulation) + (is_long(simulation) ? "" : ", 20 minutes each") +
                    "; mean (95 % interval)\n";
  out += "The patients' numbers are plausible, not fitted to a cohort.\n";
  const auto adaptive = std::find_if(simulation.runs.begin(), simulation.runs.end(),
                                     [](const auto& run) { return run.name == "adaptive"; });
  const bool runs_programme = adaptive != simulation.runs.end();
  // The others expose whatever the programme is.
  const bool exposed = simulation.exposes || !runs_programme || simulation.runs.size() > 1;
  if (runs_programme) out += programme_words(request, simulation);
  out += "\n";
  std::vector<std::pair<std::string, Figures>> alone, paired;
  for (const auto& run : simulation.runs) alone.emplace_back(run.name, figures_of(run.outcomes));
  for (const auto& pair : pairs_of(simulation))
    paired.emplace_back(name_of(simulation, pair), figures_of(simulation, pair));
  out += columns(alone, exposed);
  if (!paired.empty())
    out += "\nDifferences within persons; mean (95 % interval)\n" + columns(paired, exposed);
  return runs_programme ? out + practice_table(adaptive->practices) : out;
}

std::string to_plot(const SimulationRequest& request, const Simulation& simulation) {
  const auto& run = shown_of(simulation);
  const bool adapts = run.name == "adaptive";
  std::vector<TitledCourse> courses;
  for (const auto& shown : shown_people(run.outcomes, request.plant))
    courses.push_back(course_of(run, simulation, request.plant, shown));
  return draw_courses(courses,
                      "From " + asked_words(request, simulation) + ", under " + run.name +
                          (adapts ? " ('" + simulation.programme + "')" + with_words(request) : ""),
                      adapts ? simulation.length_s : simulated_session_s);
}

}  // namespace attune::cli
