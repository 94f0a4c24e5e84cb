// A value of the Bluetooth characteristic Heart Rate Measurement, as a broken or hostile sensor may send it,
// and what becomes of it on its way to the session.
#include <cstdint>

#include "sensors/beat_clock.hpp"
#include "sensors/board.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace attune::sensors;
  BeatClock clock;
  Board board;
  std::vector<Sample> samples;
  std::int64_t now_ns = 1'000'000'000;
  // The input is a row of values, each behind a byte that says how long it is.
  for (std::size_t at = 0; at < size;) {
    const std::size_t length = std::min<std::size_t>(data[at], size - at - 1);
    const auto measurement = parse_heart_rate_measurement({data + at + 1, length});
    at += length + 1;
    now_ns += 1'000'000'000;
    if (!measurement) continue;
    clock.take(*measurement, now_ns, samples);
    for (const auto& sample : samples) board.take(Message{.kind = Message::Kind::sample, .sample = sample});
    board.look({{now_ns}, now_ns});
    for (const auto stream : {Stream::heart_rate_bpm, Stream::rr_ms}) {
      const auto& reading = board.reading(stream);
      if (reading.valid && judge(stream, static_cast<double>(reading.value)) != Fault::none) __builtin_trap();
    }
  }
  return 0;
}
