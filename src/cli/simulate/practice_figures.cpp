#include "cli/simulate/practice_figures.hpp"

#include <algorithm>
#include <numeric>

namespace attune::cli {

namespace {

using treatment::PracticeResult;

std::optional<double> of(const std::optional<float>& value) {
  return value ? std::optional<double>(*value) : std::nullopt;
}
std::optional<double> if_any(double value) {
  return value > 0.0 ? std::optional<double>(value) : std::nullopt;
}
std::optional<double> change(const std::optional<float>& before, const std::optional<float>& after) {
  if (!before || !after) return std::nullopt;
  return static_cast<double>(*after) - static_cast<double>(*before);
}

std::optional<double> largest_swing(const PracticeResult& result) {
  float most = 0.0F;
  for (const auto& tried : result.breathing.tried) most = std::max(most, tried.swing_bpm);
  return if_any(static_cast<double>(most));
}
std::optional<double> calm_share(const PracticeResult& result) {
  const auto& training = result.gaze_training;
  return training.seen_s > 0.0 ? std::optional<double>(training.calm_s / training.seen_s) : std::nullopt;
}
std::optional<double> things_found(const PracticeResult& result) {
  const auto& found = result.grounding.found;
  return if_any(std::accumulate(found.begin(), found.end(), 0.0));
}
std::optional<double> right_share(const PracticeResult& result) {
  const auto& probe = result.probe;
  if (probe.shown == 0) return std::nullopt;
  return static_cast<double>(probe.correct) / static_cast<double>(probe.shown);
}

constexpr std::array measures_of_practice{
    PracticeMeasure{"expectancy_before", "expectancy before, %",
                    [](const PracticeResult& r) { return of(r.card.before); }},
    PracticeMeasure{"expectancy_change", "expectancy, change, %",
                    [](const PracticeResult& r) { return change(r.card.before, r.card.after); }},
    PracticeMeasure{"belief_before", "belief before, %",
                    [](const PracticeResult& r) { return of(r.thought.belief_before); }},
    PracticeMeasure{
        "belief_change", "belief, change, %",
        [](const PracticeResult& r) { return change(r.thought.belief_before, r.thought.belief_after); }},
    PracticeMeasure{
        "distress_change", "distress, change, SUDS",
        [](const PracticeResult& r) { return change(r.thought.distress_before, r.thought.distress_after); }},
    PracticeMeasure{"breathed_min", "slow breathing, min",
                    [](const PracticeResult& r) { return if_any(r.breathing.breathed_s / 60.0); }},
    PracticeMeasure{"resonance_per_min", "resonance, breaths/min",
                    [](const PracticeResult& r) { return of(r.breathing.resonance_breaths_per_min); }},
    PracticeMeasure{"largest_swing_bpm", "largest swing, beats/min", largest_swing},
    PracticeMeasure{"calm_share", "on the calm target, share", calm_share},
    PracticeMeasure{"things_named", "things named", things_found},
    PracticeMeasure{"moved_s", "moved, s",
                    [](const PracticeResult& r) { return if_any(r.movement.moved_s); }},
    PracticeMeasure{"looked_s", "looked at people, s",
                    [](const PracticeResult& r) { return if_any(r.social.looked_s); }},
    PracticeMeasure{"right_share", "probes answered right", right_share},
    PracticeMeasure{"bias_ms", "bias index, ms", [](const PracticeResult& r) { return of(r.probe.bias_ms); }},
    PracticeMeasure{"bias_error_ms", "its standard error, ms",
                    [](const PracticeResult& r) { return of(r.probe.bias_error_ms); }},
};

}  // namespace

std::vector<PracticeFigure> practice_figures(const std::vector<PracticeResult>& results) {
  std::vector<PracticeFigure> figures;
  for (const auto& measure : measures_of_practice) {
    std::vector<double> values;
    for (const auto& result : results) {
      if (const auto value = measure.of(result)) values.push_back(*value);
    }
    if (!values.empty()) figures.push_back({&measure, figure_of(values), values.size()});
  }
  return figures;
}

std::optional<treatment::SplitHalf> split_half_of(const std::vector<PracticeResult>& results) {
  std::vector<treatment::BiasHalves> people;
  for (const auto& result : results) {
    const auto& probe = result.probe;
    if (probe.odd_half_ms && probe.even_half_ms) people.push_back({*probe.odd_half_ms, *probe.even_half_ms});
  }
  return treatment::split_half_reliability(people);
}

}  // namespace attune::cli
