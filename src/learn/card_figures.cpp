#include "learn/card_figures.hpp"

namespace attune::learn {
using nlohmann::ordered_json;

ordered_json losses_json(const std::vector<EpochLoss>& epochs) {
  auto losses = ordered_json::array();
  for (const auto& loss : epochs)
    losses.push_back({{"epoch", loss.epoch}, {"training", loss.training}, {"validation", loss.validation}});
  return losses;
}

ordered_json noise_json(const std::vector<SensorFigures>& sensors) {
  auto noise = ordered_json::array();
  for (const auto& of : sensors) {
    auto names = ordered_json::array();
    for (std::size_t i = 0; i < state::sensor_count; ++i) {
      const auto sensor = static_cast<state::Sensor>(i);
      if ((of.sensors & state::only(sensor)) != 0) names.push_back(state::name_of(sensor));
    }
    noise.push_back({{"sensors", names},
                     {"observation_sd", of.observation_sd},
                     {"person_share", of.person_share},
                     {"slope", of.slope},
                     {"intercept", of.intercept},
                     {"model", of.model},
                     {"set_constant", of.set_constant},
                     {"people", of.people},
                     {"samples", of.samples}});
  }
  return noise;
}

ordered_json errors_json(const MonitorFigures& figures) {
  auto sets = ordered_json::array();
  for (const auto& set : figures.sets) {
    sets.push_back({{"set", set.set},
                    {"model", set.model},
                    {"set_constant", set.set_constant},
                    {"skill", set.skill()},
                    {"people", set.people},
                    {"samples", set.samples}});
  }
  return {{"unit", "root mean squared error on people kept apart, every visit counted once, 0..1 scale"},
          {"model", figures.model},
          {"constant", figures.constant},
          {"set_constant", figures.set_constant},
          {"length_alone", figures.length_alone},
          {"model_visits", figures.model_visits},
          {"skill", figures.skill()},
          {"judged_people", figures.people},
          {"judged_samples", figures.samples},
          {"sets", sets}};
}

ordered_json calibration_json(const Calibration& calibration) {
  const auto share = [&](double nominal) {
    const auto* interval = calibration.at(nominal);
    return interval != nullptr ? ordered_json(interval->coverage) : ordered_json(nullptr);
  };
  const auto width = [&](double nominal) {
    const auto* interval = calibration.at(nominal);
    return interval != nullptr ? ordered_json(interval->half_width) : ordered_json(nullptr);
  };
  auto bins = ordered_json::array();
  for (const auto& bin : calibration.bins)
    bins.push_back({{"estimate", bin.estimate}, {"label", bin.label}, {"samples", bin.samples}});
  return {{"what",
           "how often the label of somebody kept apart lies in the interval that the set's usual and the "
           "estimate give, sets of graded labels; by this card's own deviations, so a check of their shape"},
          {"50", share(0.5)},
          {"80", share(0.8)},
          {"95", share(0.95)},
          {"half_width", {{"50", width(0.5)}, {"80", width(0.8)}, {"95", width(0.95)}}},
          {"bins", bins}};
}

}  // namespace attune::learn
