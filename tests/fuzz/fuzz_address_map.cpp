// A file of sensors with its address map, as a user may have edited it.
#include <cmath>
#include <cstdint>
#include <string>

#include "attune/sensors/config.hpp"
#include "sensors/address_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace attune::sensors;
  const auto config = Config::parse(std::string(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (!config || !config->osc) return 0;
  AddressReader reader(config->osc->rules);
  std::vector<Sample> samples;
  for (const auto& rule : config->osc->rules) {
    if (reader.find(rule.address).empty()) __builtin_trap();
    OscMessage message;
    message.address = rule.address;
    for (const double number : {0.0, 1.0, -0.5, 72.0, 1e300, std::nan("")})
      message.arguments.push_back({OscValue::Kind::real, number});
    reader.read(rule, message, 1, Fault::none, samples);
    (void)AddressReader::sensor_time(rule, message);
  }
  for (const auto& sample : samples) {
    if (sample.rank >= rank_count || sample.part >= part_count) __builtin_trap();
  }
  return 0;
}
