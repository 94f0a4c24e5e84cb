#pragma once

#include <array>
#include <optional>

#include "attune/signal/freezing.hpp"
#include "attune/signal/motion.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::report {

/// A stretch in which head and hands were all but still, for at least `signal::Freezing::least_s`.
struct Stillness {
  double from_s = 0.0, to_s = 0.0;  ///< seconds of the session
  [[nodiscard]] double length_s() const { return to_s - from_s; }
};

/// Finds the episodes of freezing in the frames of a session.
class StillnessFollower {
 public:
  /// Takes the next frame; its speeds are those since the frame before. A gap of more than 0.1 s ends what
  /// went on, as does a head that is not tracked.
  /// @return the episode that ended, if one did.
  std::optional<Stillness> push(const telemetry::Frame& frame);
  /// The episode that the stream ended in; the next push begins anew.
  std::optional<Stillness> finish();

 private:
  std::optional<Stillness> end();

  signal::HeadMotion head_;
  std::array<signal::HandMotion, 2> hands_;
  signal::Freezing freezing_;
  std::optional<Stillness> open_;
  std::optional<core::SessionTime> last_;
};

}  // namespace attune::report
