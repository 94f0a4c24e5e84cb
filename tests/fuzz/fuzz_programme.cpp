// A programme's file, as a therapist may have edited it.
#include <cstdint>
#include <string>

#include "attune/treatment/machine.hpp"
#include "attune/treatment/programme.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto programme = attune::treatment::Programme::parse(
      std::string(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (programme) {
    const auto short_one = programme->scaled_to(10.0);
    if (short_one.phases.size() != programme->phases.size()) __builtin_trap();
    attune::treatment::SessionMachine machine(*programme);
    machine.apply(attune::treatment::Event::start);
  }
  return 0;
}
