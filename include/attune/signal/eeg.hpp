#pragma once

#include <array>
#include <cmath>
#include <optional>

#include "attune/signal/butterworth.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::signal {

using telemetry::EegBand;

/// Edges of a band in Hz: the usual clinical ones (IFCN glossary, Kane et al., Clin Neurophysiol Pract 2,
/// 2017).
struct EegEdges {
  double low_hz, high_hz;
};
inline constexpr std::array<EegEdges, telemetry::eeg_band_count> eeg_edges{
    {{1.0, 4.0}, {4.0, 8.0}, {8.0, 13.0}, {13.0, 30.0}, {30.0, 45.0}}};

/// Powers of one channel's bands over the last seconds. Delay: about the time constant.
class EegBandPowers {
 public:
  /// @param rate_hz  100 or more.
  explicit EegBandPowers(double rate_hz, double time_constant_s = 2.0)
      : share_(1.0 / (rate_hz * time_constant_s)),
        filters_{make(0, rate_hz), make(1, rate_hz), make(2, rate_hz), make(3, rate_hz), make(4, rate_hz)} {}

  /// @param microvolts  what is not finite, or beyond ±1000 µV, is an artefact: everything starts over after
  /// it.
  void push(double microvolts) {
    constexpr double most = 1000.0;
    if (!(std::abs(microvolts) < most)) {
      for (auto& filter : filters_) filter.reset();
      power_.fill(0.0);
      known_ = 0.0;
      return;
    }
    known_ += share_;
    const double share = known_ < 1.0 ? share_ / known_ : share_;
    for (std::size_t i = 0; i < telemetry::eeg_band_count; ++i) {
      const double value = filters_[i].push(microvolts);
      power_[i] += share * (value * value - power_[i]);
    }
  }
  /// µV²; nothing before one time constant has passed.
  [[nodiscard]] std::optional<double> power(EegBand band) const {
    if (known_ < 1.0) return std::nullopt;
    return power_[static_cast<std::size_t>(band)];
  }

 private:
  static Butterworth make(std::size_t band, double rate_hz) {
    return Butterworth::band(3, eeg_edges[band].low_hz, eeg_edges[band].high_hz, rate_hz);
  }
  double share_, known_ = 0.0;
  std::array<Butterworth, telemetry::eeg_band_count> filters_;
  std::array<double, telemetry::eeg_band_count> power_{};
};

/// ln of alpha power on the right minus ln of that on the left (F4, F3): above 0 where the left is the more
/// active (Smith et al., Int J Psychophysiol 111, 2017).
[[nodiscard]] inline std::optional<double> alpha_asymmetry(const EegBandPowers& left,
                                                           const EegBandPowers& right) {
  const auto l = left.power(EegBand::alpha), r = right.power(EegBand::alpha);
  if (!l || !r || !(*l > 0.0) || !(*r > 0.0)) return std::nullopt;
  return std::log(*r) - std::log(*l);
}

}  // namespace attune::signal
