#include "integration/person.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "attune/record/recorder.hpp"

namespace attune::test {

std::vector<telemetry::Frame> record_person(const std::filesystem::path& path, double rate_hz,
                                            double length_s,
                                            const std::function<void(telemetry::Frame&)>& happen) {
  record::Meta meta;
  meta.display_rate_hz = static_cast<float>(rate_hz);
  meta.gaze = telemetry::GazeSource::eye;
  const auto key = record::key_for_new(path);
  EXPECT_TRUE(key.ok());
  auto recorder = record::Recorder::create(path, meta, *key, {.wait_for_writer = true});
  EXPECT_TRUE(recorder.ok()) << recorder.error().message;
  std::vector<telemetry::Frame> frames;
  const auto count = static_cast<std::uint64_t>(std::llround(length_s * rate_hz));
  for (std::uint64_t i = 0; i < count; ++i) {
    telemetry::Frame frame;
    frame.index = i;
    frame.time = core::at_seconds(static_cast<double>(i) / rate_hz);
    frame.headset = {true, true, true, true};
    frame.head.position_m = {0.0F, 1.6F, 0.0F};
    frame.head.position_valid = frame.head.orientation_valid = frame.head.tracked = true;
    frame.gaze = {frame.time, frame.head.position_m, {0, 0, -1}, 0.017F, telemetry::GazeSource::eye, false};
    for (auto& hand : frame.hands) {
      hand.active = true;
      hand.grip = hand.aim = frame.head;
      hand.grip.position_m = {&hand == &frame.hands[0] ? -0.25F : 0.25F, 1.0F, -0.3F};
    }
    happen(frame);
    (*recorder)->publish(frame);
    frames.push_back(frame);
  }
  EXPECT_TRUE((*recorder)->close().ok());
  return frames;
}

}  // namespace attune::test
