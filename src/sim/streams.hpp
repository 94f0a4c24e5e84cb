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
  stream_heart = 8,
  stream_heart_sensor = 9,
  stream_breath = 10,
  stream_skin = 11,
  stream_probe = 12,
  stream_desk = 13,
  stream_led_gaze = 14,
  stream_course = 1000,  // beyond the sessions of a course
};

}  // namespace attune::sim
