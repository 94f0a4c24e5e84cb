#pragma once

#include <cstddef>
#include <functional>

namespace attune::cli {

/// Calls `work(i)` once for every i below `count`, on `jobs` threads; which thread takes which i is chance,
/// so results must depend on i alone. Returns when all is done.
/// @param progress  called by the calling thread now and then with how many are done; may be empty.
void in_parallel(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& progress);

}  // namespace attune::cli
