#pragma once

#include <cstdint>
#include <optional>

#include "attune/core/time.hpp"

namespace attune::attention {

/// What the eyes were on at one instant.
enum class Looking : std::uint8_t {
  unknown = 0,  ///< not tracked, or no target in the scene
  target = 1,
  elsewhere = 2,
};

/// One observation of y, attention: engaged with the target, or avoiding it.
struct Engaged {
  core::SessionTime start{}, end{};
  bool on_target = false;     ///< for most of the time that is known
  double target_share = 0.0;  ///< of the time that is known, 0..1
  double known_share = 0.0;   ///< of the whole, 0..1
};

/// Makes one Bernoulli observation of y every 250 ms: on target, or avoiding. A quarter of a second that is
/// known for less than half of its length gives none.
class Engagement {
 public:
  static constexpr std::int64_t length_ns = 250'000'000;

  /// Takes what the eyes are on from `now` on. Time that goes back, or a gap of `length_ns`, begins anew.
  /// @return the observation that ended, if one did.
  std::optional<Engaged> push(core::SessionTime now, Looking looking);
  void reset() { *this = {}; }

 private:
  void begin(core::SessionTime now);
  void spend(std::int64_t until_ns);

  bool running_ = false;
  core::SessionTime start_{}, last_{};
  Looking looking_ = Looking::unknown;
  std::int64_t target_ns_ = 0, elsewhere_ns_ = 0;
};

}  // namespace attune::attention
