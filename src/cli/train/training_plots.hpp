#pragma once

#include <string>
#include <vector>

#include "attune/learn/figures.hpp"

namespace attune::cli {

/// Errors in training and validation, epoch by epoch, as SVG. @param kept  the epoch whose network was kept.
[[nodiscard]] std::string draw_losses(const std::vector<learn::EpochLoss>& epochs, std::size_t kept);

/// How far intervals and estimates hold on people kept apart, as SVG.
[[nodiscard]] std::string draw_calibration(const learn::Calibration& calibration);

}  // namespace attune::cli
