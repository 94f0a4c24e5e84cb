#pragma once

#include <cstddef>

namespace attune::test {

/// Number of allocations that this program has made so far.
[[nodiscard]] std::size_t allocations();

}  // namespace attune::test
