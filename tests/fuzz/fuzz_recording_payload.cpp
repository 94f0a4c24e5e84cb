// A chunk's contents after unsealing: what a damaged or hostile writer may have put there.
#include <cstdint>

#include "record/payload.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto payload = attune::record::decode({data, size});
  // What could be read must be written again without loss.
  if (payload && !attune::record::decode(attune::record::encode(*payload))) __builtin_trap();
  return 0;
}
