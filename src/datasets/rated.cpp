#include "attune/datasets/rated.hpp"

#include <cmath>
#include <limits>
#include <map>

#include "attune/core/files.hpp"
#include "datasets/table.hpp"

namespace attune::datasets {
namespace fs = std::filesystem;

namespace {

core::Result<Table> table_of(const fs::path& file, const std::vector<std::string>& columns) {
  auto text = core::read_text(file);
  if (!text) return text.error();
  return Table::parse(file.string(), std::move(*text), columns);
}

}  // namespace

core::Result<std::vector<Annotation>> read_ceap_annotation(const fs::path& folder,
                                                           std::string_view participant,
                                                           std::string_view video) {
  const auto table = table_of(folder / (std::string(participant) + "_annotation.csv"),
                              {"video", "t_s", "valence", "arousal"});
  if (!table) return table.error();
  std::vector<Annotation> annotations;
  for (const auto& row : table->rows()) {
    if (row.fields[0] != video) continue;
    std::array<double, 3> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto value = Table::number(row.fields[i + 1]);
      if (!value || (i > 0 && (*value < 1.0 || *value > 9.0)))
        return table->wrong(row, i + 1, i == 0 ? "a time" : "a rating from 1 to 9");
      values[i] = *value;
    }
    if (!annotations.empty() && values[0] <= annotations.back().time_s)
      return table->wrong(row, 1, "later than the row before");
    annotations.push_back({values[0], values[1], values[2]});
  }
  if (annotations.empty())
    return core::bad_input(table->name() + ": has no video '" + std::string(video) + "'");
  return annotations;
}

core::Result<VreedTable> read_vreed(const fs::path& folder) {
  const auto table = table_of(folder / "features.csv", {"Subject_ID", "Quad_Cat"});
  if (!table) return table.error();
  VreedTable vreed;
  std::map<std::string, std::size_t> scenes;
  constexpr std::size_t features = std::tuple_size_v<decltype(VreedRow::values)>;
  if (table->columns().size() != features + 2) {
    return core::bad_input(table->name() + ":1: has " + std::to_string(table->columns().size()) +
                           " columns; the person, the class and 75 features are 77");
  }
  vreed.names.assign(table->columns().begin() + 2, table->columns().end());
  for (const auto& fields : table->rows()) {
    VreedRow row;
    row.person = fields.fields[0];
    row.scene = scenes[row.person]++;
    const auto quadrant = Table::number(fields.fields[1]);
    if (!quadrant || (*quadrant != 0.0 && *quadrant != 1.0 && *quadrant != 2.0 && *quadrant != 3.0))
      return table->wrong(fields, 1, "a class from 0 to 3");
    row.quadrant = static_cast<int>(*quadrant);
    for (std::size_t i = 0; i < features; ++i) {
      const auto field = i + 2 < fields.fields.size() ? fields.fields[i + 2] : std::string_view();
      const auto value = Table::number(field);
      if (!value && !field.empty()) return table->wrong(fields, i + 2, "a number");
      row.values[i] = value.value_or(std::numeric_limits<double>::quiet_NaN());
    }
    vreed.rows.push_back(std::move(row));
  }
  return vreed;
}

}  // namespace attune::datasets
