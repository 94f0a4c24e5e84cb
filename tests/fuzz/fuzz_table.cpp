// A comma-separated file of a public data set, as it may come from the field.
#include <cstdint>
#include <string>

#include "datasets/table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto table = attune::datasets::Table::parse(
      "fuzz.csv", std::string(reinterpret_cast<const char*>(data), size), {"timeStampNs", "gameTime"});
  if (!table) return 0;
  for (const auto& row : table->rows()) {
    for (const auto field : row.fields) {
      (void)attune::datasets::Table::number(field);
      (void)attune::datasets::Table::vector(field);
    }
  }
  return 0;
}
