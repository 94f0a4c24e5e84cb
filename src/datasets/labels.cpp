#include "attune/datasets/labels.hpp"

#include <algorithm>
#include <array>

#include "attune/core/files.hpp"
#include "datasets/table.hpp"

namespace attune::datasets {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t items = 20;
constexpr std::size_t allowed_missing = 2;
// Columns, counted from 1, that speak of calm. Item 10 is worded negatively in this version of the form.
constexpr std::array<std::size_t, 9> reversed{1, 2, 5, 8, 11, 15, 16, 19, 20};

bool is_missing(std::string_view field) { return field.empty() || field == "NULL" || field == "NA"; }

core::Result<Table> read_table(const fs::path& file, const std::vector<std::string>& columns) {
  auto text = core::read_text(file);
  if (!text) return text.error();
  return Table::parse(file.string(), std::move(*text), columns);
}

}  // namespace

core::Result<std::map<VisitKey, double>> read_stai(const fs::path& folder) {
  static const std::array<std::pair<const char*, const char*>, 5> files{
      {{"pre", "pre"}, {"00", "0_0"}, {"03", "0_3"}, {"30", "3_0"}, {"33", "3_3"}}};
  std::map<VisitKey, double> totals;
  for (const auto& [file, visit] : files) {
    auto table = read_table(folder / "labels" / "STAI" / ("numerical_" + std::string(file) + "_stai.csv"),
                            {"Participant ID"});
    if (!table) return table.error();
    if (table->columns().size() != items + 1) {
      return core::bad_input(table->name() + ":1: has " + std::to_string(table->columns().size()) +
                             " columns; the participant and 20 items are 21");
    }
    for (const auto& row : table->rows()) {
      double sum = 0;
      std::size_t answered = 0;
      for (std::size_t item = 1; item <= items; ++item) {
        if (item >= row.fields.size() || is_missing(row.fields[item])) continue;
        const auto answer = Table::number(row.fields[item]);
        if (!answer || *answer < 1 || *answer > 4) return table->wrong(row, item, "an answer from 1 to 4");
        const bool turned = std::find(reversed.begin(), reversed.end(), item) != reversed.end();
        sum += turned ? 5 - *answer : *answer;
        ++answered;
      }
      if (answered + allowed_missing < items) continue;
      totals[{std::string(row.fields[0]), visit}] =
          sum * static_cast<double>(items) / static_cast<double>(answered);
    }
  }
  return totals;
}

core::Result<std::map<VisitKey, double>> read_frustration(const fs::path& folder) {
  std::vector<std::string> columns{"Participant ID"};
  for (const char number : {'1', '2', '3'}) {
    const auto treatment = std::string("Treatment") + number;
    for (const char* what : {"", "TimeEst", "Frustration", "ExitLikelihood"})
      columns.push_back(treatment + what);
  }
  auto table = read_table(folder / "labels" / "TreatmentResponses" / "TreatmentResponses.csv", columns);
  if (!table) return table.error();
  std::map<VisitKey, double> ratings;
  for (const auto& row : table->rows()) {
    for (std::size_t visit = 1; visit < columns.size(); visit += 4) {
      if (is_missing(row.fields[visit + 2])) continue;
      const auto rating = Table::number(row.fields[visit + 2]);
      if (!rating || *rating < 1 || *rating > 5) return table->wrong(row, visit + 2, "a rating from 1 to 5");
      ratings[{std::string(row.fields[0]), std::string(row.fields[visit])}] = *rating;
    }
  }
  return ratings;
}

}  // namespace attune::datasets
