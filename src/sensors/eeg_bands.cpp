#include "sensors/eeg_bands.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attune::sensors {

namespace {

constexpr auto alpha = static_cast<std::size_t>(telemetry::EegBand::alpha);

}  // namespace

void EegBands::take(const Sample& sample, double bels, std::vector<Sample>& out) {
  const std::size_t at = index_of(sample.stream) - first_eeg_stream;
  if (at >= telemetry::eeg_band_count || sample.part >= part_count) return;
  auto& side = bands_[sample.part];
  auto told = sample;
  if (!(std::abs(bels) <= most_bels)) {
    side[at].there = false;
    told.fault = std::isfinite(bels) ? Fault::out_of_range : Fault::not_a_number;
    out.push_back(told);
    return;
  }
  side[at] = {bels, sample.measured_ns, true};
  const auto is_of_now = [&](const Band& band) {
    return band.there &&
           std::abs(static_cast<double>(sample.measured_ns - band.measured_ns)) <= together_s * 1e9;
  };
  if (std::all_of(side.begin(), side.end(), is_of_now)) {
    double whole = 0.0;
    for (const auto& band : side) whole += std::pow(10.0, band.bels);
    for (std::size_t i = 0; i < telemetry::eeg_band_count; ++i) {
      told.stream = stream_of(static_cast<telemetry::EegBand>(i));
      told.value = static_cast<float>(std::pow(10.0, side[i].bels) / whole);
      out.push_back(told);
    }
  }
  const auto &left = bands_[0][alpha], &right = bands_[1][alpha];
  if (at == alpha && is_of_now(left) && is_of_now(right)) {
    told.stream = Stream::eeg_alpha_asymmetry;
    told.part = 0;
    told.value = static_cast<float>((right.bels - left.bels) * std::numbers::ln10);
    out.push_back(told);
  }
}

}  // namespace attune::sensors
