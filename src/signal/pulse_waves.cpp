#include "signal/pulse_waves.hpp"

namespace attune::signal {

namespace {

constexpr double foot_share = 0.05;  // of the height

}  // namespace

PulseWave PulseWaves::ended() const {
  const double low = rise_[0], height = rise_[size_ - 1] - low, level = low + foot_share * height;
  std::size_t above = 1;
  while (rise_[above] < level) ++above;
  const double under = rise_[above - 1];
  const double index = static_cast<double>(above) - (rise_[above] - level) / (rise_[above] - under);
  return {static_cast<double>(newest_ - static_cast<std::int64_t>(size_ - 1)) + index, 0.0, height};
}

std::optional<PulseWave> PulseWaves::push(double value, std::int64_t at) {
  const bool rises = size_ > 0 && value > rise_[size_ - 1];
  std::optional<PulseWave> wave;
  if (rises && size_ < rise_.size()) {
    rise_[size_++] = value;
  } else {
    // A rise of which the beginning was not seen has no foot.
    if (!rises && size_ > 1 && begun_) wave = ended();
    begun_ = size_ > 0 && !rises;
    rise_[0] = value;
    size_ = 1;
  }
  newest_ = at;
  return wave;
}

}  // namespace attune::signal
