#pragma once

#include "attune/core/result.hpp"
#include "learn/backend.hpp"

namespace attune::learn {

/// Opens `libattune_torch.so` beside the running program, or in `../lib/attune`, once for the life of the
/// process. Errors (failed): not there, or it does not open; both say what to do.
[[nodiscard]] core::Result<TorchBackend*> torch_library();

}  // namespace attune::learn
