#include "scene/height_table.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string>

namespace attune::scene {

namespace {

std::string shown(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

double railing_named(core::ConfigTable& step) {
  static const std::array<std::string, 3> names{"partial", "open", "solid"};
  const auto name = step.text("railing");
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end() && !name.empty()) {
    step.problem("railing", "is '" + name + "', must be solid, open or partial");
  }
  return found == names.end() ? 2.0 : static_cast<double>(found - names.begin());
}

double slope(const HeightRow& a, const HeightRow& b) {
  return (b.height_m - a.height_m) / (b.intensity - a.intensity);
}

/// What a row must keep to with regard to the rows before it.
void check(core::ConfigTable& step, const std::vector<HeightRow>& rows) {
  const auto& row = rows.back();
  if (rows.size() == 1) {
    if (row.intensity != 0.0)
      step.problem("intensity", "is " + shown(row.intensity) + ", the first step's must be 0");
    return;
  }
  const auto& before = rows[rows.size() - 2];
  if (row.intensity <= before.intensity) {
    step.problem("intensity", "is " + shown(row.intensity) + ", not above the step before (" +
                                  shown(before.intensity) + ")");
    return;
  }
  if (row.height_m <= before.height_m) {
    step.problem("height_m", "is " + shown(row.height_m) + ", not above the step before (" +
                                 shown(before.height_m) + ")");
  } else if (rows.size() > 2) {
    const auto earlier = slope(rows[rows.size() - 3], before), now = slope(before, row);
    if (now > earlier * (1.0 + 1e-9)) {
      step.problem("height_m", "rises by " + shown(now) +
                                   " m per unit of intensity, more than the step before (" + shown(earlier) +
                                   "): heights must be concave");
    }
  }
  if (row.railing > before.railing) step.problem("railing", "closes again, though the intensity rises");
  if (row.gap_m < before.gap_m) step.problem("gap_m", "is narrower than in the step before");
  if (row.gusts < before.gusts) step.problem("gusts", "are weaker than in the step before");
}

}  // namespace

HeightTable HeightTable::read(core::ConfigTable& file) {
  HeightTable table;
  std::vector<HeightRow> rows;
  auto steps = file.tables("step");
  for (auto& step : steps) {
    HeightRow row;
    row.intensity = step.number("intensity", 0.0, 1.0);
    row.height_m = step.number("height_m", 0.0, highest_m);
    row.railing = railing_named(step);
    row.gap_m = step.number("gap_m", 0.0, widest_gap_m);
    row.gusts = step.number("gusts", 0.0, 1.0);
    rows.push_back(row);
    check(step, rows);
    step.finish();
  }
  if (rows.size() < 2) {
    file.problem("step", "needs at least two steps, from intensity 0 to 1");
    return table;
  }
  if (rows.back().intensity != 1.0) {
    steps.back().problem("intensity", "is " + shown(rows.back().intensity) + ", the last step's must be 1");
  }
  table.rows_ = std::move(rows);
  return table;
}

HeightRow HeightTable::at(double intensity) const {
  const auto asked = std::clamp(intensity, 0.0, 1.0);
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    const auto& a = rows_[i - 1];
    const auto& b = rows_[i];
    if (asked > b.intensity) continue;
    const auto t = (asked - a.intensity) / (b.intensity - a.intensity);
    const auto mix = [t](double from, double to) { return from + t * (to - from); };
    return {asked, mix(a.height_m, b.height_m), mix(a.railing, b.railing), mix(a.gap_m, b.gap_m),
            mix(a.gusts, b.gusts)};
  }
  return rows_.back();
}

double HeightTable::intensity_at(double height_m) const {
  if (height_m <= rows_.front().height_m) return 0.0;
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    const auto& a = rows_[i - 1];
    const auto& b = rows_[i];
    if (height_m <= b.height_m) {
      return a.intensity + (height_m - a.height_m) / (b.height_m - a.height_m) * (b.intensity - a.intensity);
    }
  }
  return 1.0;
}

}  // namespace attune::scene
