#pragma once

#include <cstdint>

namespace attune::sim {

/// Names of the streams of chance that one virtual patient uses, so that no part shifts what another draws.
enum Stream : std::uint64_t {
  stream_plant = 0,
  stream_controller = 1,
  stream_words = 2,
  stream_head = 3,
  stream_eyes = 4,
  stream_blinks = 5,
  stream_hands = 6,
  stream_tracker = 7,
};

}  // namespace attune::sim
