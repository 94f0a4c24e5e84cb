#pragma once

#include <optional>

namespace attune::signal {

/// Tops and bottoms of a slow signal: a turn counts once the signal has gone back by a given height, so that
/// ripples smaller than that are no turns. Its delay is what the signal needs to go back so far.
class TurningPoints {
 public:
  struct Turn {
    double at_s = 0.0, value = 0.0;
    bool top = false;
  };

  /// @param least_height  for this sample, above 0.
  std::optional<Turn> push(double t_s, double value, double least_height) {
    if (empty_) {
      high_ = low_ = {t_s, value, false};
      empty_ = false;
      return std::nullopt;
    }
    if (value > high_.value) high_ = {t_s, value, true};
    if (value < low_.value) low_ = {t_s, value, false};
    if (way_ >= 0 && value < high_.value - least_height) return turn(-1, high_, low_, t_s, value);
    if (way_ <= 0 && value > low_.value + least_height) return turn(1, low_, high_, t_s, value);
    return std::nullopt;
  }
  [[nodiscard]] bool rising() const { return way_ > 0; }
  void reset() { *this = TurningPoints(); }

 private:
  std::optional<Turn> turn(int way, Turn found, Turn& next, double t_s, double value) {
    const bool known_way = way_ != 0;
    way_ = way;
    next = {t_s, value, way > 0};
    found.top = way < 0;
    // The first turn may be where the record began on a slope.
    return known_way ? std::optional(found) : std::nullopt;
  }

  Turn high_, low_;
  int way_ = 0;
  bool empty_ = true;
};

}  // namespace attune::signal
