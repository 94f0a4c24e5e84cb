// A whole file that claims to be a recording.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "attune/record/recording.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const attune::record::Key key = attune::record::Key::generate();
  const int file = memfd_create("recording", MFD_CLOEXEC);
  if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) __builtin_trap();
  const auto recording = attune::record::Recording::open("/proc/self/fd/" + std::to_string(file), {key});
  if (recording) (void)recording->moments();
  close(file);
  return 0;
}
