// A library that calls itself an OpenXR runtime and is none to live with. ATTUNE_BAD_RUNTIME says how, when
// the loader comes to it: `crash`, `hang`, `exit` (ends the program), `noise` (prints on both channels and
// refuses), `refuse`.
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" __attribute__((visibility("default"))) int xrNegotiateLoaderRuntimeInterface(const void*, void*) {
  const char* way = std::getenv("ATTUNE_BAD_RUNTIME");
  const auto is = [&](const char* wanted) { return way != nullptr && std::strcmp(way, wanted) == 0; };
  if (is("crash")) ::raise(SIGSEGV);
  while (is("hang")) ::pause();
  if (is("exit")) std::_Exit(3);
  if (is("noise")) {
    std::printf("runtime: noise\n");
    std::fprintf(stderr, "runtime: noise\n");
    std::fflush(nullptr);
  }
  constexpr int initialization_failed = -6;  // XR_ERROR_INITIALIZATION_FAILED
  return initialization_failed;
}
