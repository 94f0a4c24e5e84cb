#pragma once

namespace attune::scene::test {
/// How often this program has asked for memory so far.
[[nodiscard]] long allocations();
}  // namespace attune::scene::test
