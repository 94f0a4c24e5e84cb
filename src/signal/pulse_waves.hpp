#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace attune::signal {

/// One rise of the band.
struct PulseWave {
  double foot = 0.0;    ///< number of the band's value, in fractions, at which it begins
  double sample = 0.0;  ///< the same instant as a sample of the input
  double height = 0.0;  ///< from its lowest to its highest value
};

/// Cuts the band into its rises. A rise begins where it leaves its lowest twentieth: in front of it the wave
/// may be flat, so that its lowest value is anywhere. Of all marks on a wrist's pulse the foot wanders least;
/// tops are broad, or two.
class PulseWaves {
 public:
  /// @param value  of the band, its number being `at`.
  /// @return the rise that ended with the value before; `sample` is left to the caller.
  std::optional<PulseWave> push(double value, std::int64_t at);
  void restart() { size_ = 0; }

 private:
  [[nodiscard]] PulseWave ended() const;

  std::array<double, 96> rise_{};  // from the lowest value on; a second and more
  std::size_t size_ = 0;
  std::int64_t newest_ = 0;
  bool begun_ = false;  // whether the lowest value is known to be that
};

}  // namespace attune::signal
