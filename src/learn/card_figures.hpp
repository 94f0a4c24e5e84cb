#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "attune/learn/figures.hpp"

/// What was measured, as a model card has it.
namespace attune::learn {

[[nodiscard]] nlohmann::ordered_json losses_json(const std::vector<EpochLoss>& epochs);
/// What an estimate is worth by the sensors that it is made from: the card's `noise`.
[[nodiscard]] nlohmann::ordered_json noise_json(const std::vector<SensorFigures>& sensors);
/// Errors on people kept apart, of all and set by set.
[[nodiscard]] nlohmann::ordered_json errors_json(const MonitorFigures& figures);
[[nodiscard]] nlohmann::ordered_json calibration_json(const Calibration& calibration);

}  // namespace attune::learn
