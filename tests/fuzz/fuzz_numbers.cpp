// A file of numbers from the field, and the grid that its first column makes as time stamps.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "attune/datasets/number_file.hpp"
#include "attune/datasets/sample_grid.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = attune::datasets::parse_numbers(
      "fuzz.csv", std::string_view(reinterpret_cast<const char*>(data), size));
  if (!file) return 0;
  for (const auto& column : file->columns) {
    if (column.values.size() != file->rows()) std::abort();
    (void)file->check(column);
  }
  (void)file->stated("rate_hz");
  for (const auto rate : {std::optional<double>(), std::optional(250.0)}) {
    const auto grid =
        attune::datasets::grid_of_stamps(file->columns.front().values, file->columns.back().values, rate);
    if (grid && grid->slot.size() != file->rows()) std::abort();
  }
  return 0;
}
