#include "learn/torch_library.hpp"

#include <dlfcn.h>

#include <filesystem>

#include "attune/core/files.hpp"

namespace attune::learn {

namespace {

constexpr const char* name = "libattune_torch.so";

core::Result<TorchBackend*> open_library() {
  const auto program = core::program_folder();
  std::error_code ignored;
  auto path = program / name;
  if (!std::filesystem::exists(path, ignored))
    path = (program / ".." / "lib" / "attune" / name).lexically_normal();
  if (!std::filesystem::exists(path, ignored)) {
    return core::failed(
        "models cannot be loaded: " + (program / name).string() +
        " is not there; build it (target attune_torch, needs libtorch-dev) or run with --inference off");
  }
  // Never closed again: LibTorch leaves threads and destructors behind.
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = ::dlerror();
    return core::failed("models cannot be loaded: " + path.string() +
                        " does not open: " + (why != nullptr ? why : "unknown reason"));
  }
  const auto function = reinterpret_cast<BackendFunction>(::dlsym(library, "attune_torch_backend"));
  auto* backend = function != nullptr ? function(backend_version) : nullptr;
  if (backend == nullptr) {
    return core::failed("models cannot be loaded: " + path.string() +
                        " belongs to another build; build it anew");
  }
  return backend;
}

}  // namespace

core::Result<TorchBackend*> torch_library() {
  static const auto backend = open_library();
  return backend;
}

}  // namespace attune::learn
