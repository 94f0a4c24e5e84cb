// A UDP packet that claims to be OSC, read by the default address map.
#include <cstdint>

#include "sensors/address_reader.hpp"
#include "sensors/board.hpp"
#include "sensors/osc_packet.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace attune::sensors;
  static const auto config = Config::read(Config::default_path());
  if (!config) __builtin_trap();
  AddressReader reader(config->osc->rules);
  Board board;
  std::vector<Sample> samples;
  const auto packet = read_osc_packet({data, size}, [&](const OscMessage& message) {
    for (const auto& rule : reader.find(message.address)) reader.read(rule, message, 1, Fault::none, samples);
  });
  if (packet.messages > size) __builtin_trap();
  for (const auto& sample : samples) board.take(Message{.kind = Message::Kind::sample, .sample = sample});
  board.look({{1}, 1});
  for (std::size_t i = 0; i < stream_count; ++i) {
    const auto stream = static_cast<Stream>(i);
    const auto& reading = board.reading(stream);
    if (reading.valid && judge(stream, static_cast<double>(reading.value)) != Fault::none) __builtin_trap();
  }
  return 0;
}
