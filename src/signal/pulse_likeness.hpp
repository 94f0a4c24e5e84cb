#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace attune::signal {

/// How alike the waves of pulses are: each is compared with the mean of those before. A heart's resemble each
/// other however irregular it beats, and as they are long compared with the band's shortest swing, what lies
/// on the likeliest path through noise does not.
class PulseLikeness {
 public:
  static constexpr double before_s = 0.2, after_s = 0.5;  ///< of the foot, that are compared

  explicit PulseLikeness(double inner_rate_hz);

  /// Values that a wave takes, and of these those before its foot.
  [[nodiscard]] std::size_t width() const { return mean_wave_.size(); }
  [[nodiscard]] std::size_t before() const { return before_; }

  /// @param wave  the band around the foot, `width()` values.
  void push(std::span<const double> wave);
  void restart() { waves_ = 0; }

  [[nodiscard]] double newest() const { return newest_; }  ///< correlation of the newest wave, -1 to 1
  /// Mean correlation of the last eight or so; 0 while there were fewer.
  [[nodiscard]] double lately() const { return waves_ >= least_waves ? lately_ : 0.0; }

 private:
  static constexpr int least_waves = 6;

  std::size_t before_;
  std::vector<double> mean_wave_, wave_;
  double newest_ = 0.0, lately_ = 0.0;
  int waves_ = 0;
};

}  // namespace attune::signal
