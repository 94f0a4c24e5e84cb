#pragma once

#include <cstddef>

namespace attune::signal {

/// Index of the first entry, not yet told, on the path that ends at the highest score and is followed back by
/// `before`; -1 where no score is above 0, which is what noise alone has.
/// @param entries  with `score`, `before`, `told` and `dropped`.
template <typename Entries>
[[nodiscard]] int first_of_likeliest_path(const Entries& entries) {
  int end = -1;
  float best = 0.0F;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = entries[i];
    if (entry.told || entry.dropped || entry.score <= best) continue;
    best = entry.score;
    end = static_cast<int>(i);
  }
  int first = -1;
  while (end >= 0 && !entries[static_cast<std::size_t>(end)].told) {
    first = end;
    end = entries[static_cast<std::size_t>(end)].before;
  }
  return first;
}

}  // namespace attune::signal
