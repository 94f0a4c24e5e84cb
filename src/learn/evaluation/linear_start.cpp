#include "learn/evaluation/linear_start.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace attune::learn {

namespace {

constexpr std::array strengths{0.0003, 0.003, 0.03, 0.3};  // inverse, from heavy to light

/// Deviation over the table's rows of all lines' values around their own means, together.
double deviation(const Table& table, const Lines& lines) {
  const std::size_t count = lines.values.size() / lines.width;
  std::vector<double> mean(count, 0.0), squares(count, 0.0);
  double weight = 0.0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto values = lines.at(table.rows[i]);
    for (std::size_t k = 0; k < count; ++k) {
      mean[k] += table.weights[i] * values[k];
      squares[k] += table.weights[i] * values[k] * values[k];
    }
    weight += table.weights[i];
  }
  double sum = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    mean[k] /= weight;
    sum += squares[k] / weight - mean[k] * mean[k];
  }
  return std::sqrt(std::max(0.0, sum / static_cast<double>(count)));
}

/// The line's slope and height by which its values fit the labels best.
void fit_to_labels(const Table& table, Lines& line) {
  double weight = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const double w = table.weights[i], value = line.at(table.rows[i])[0], label = table.labels[i];
    weight += w;
    x += w * value;
    y += w * label;
    xx += w * value * value;
    xy += w * value * label;
  }
  const double spread = xx - x * x / weight;
  const double slope = spread > 0.0 ? (xy - x * y / weight) / spread : 0.0;
  for (auto& number : line.values) number *= slope;
  line.values.back() += (y - slope * x) / weight;
}

}  // namespace

std::vector<double> Lines::at(const std::vector<double>& row) const {
  std::vector<double> result;
  for (std::size_t first = 0; first < values.size(); first += width) {
    const auto* line = values.data() + first;
    result.push_back(std::inner_product(row.begin(), row.end(), line, line[width - 1]));
  }
  return result;
}

Lines linear_start(const Table& table, std::size_t classes) {
  const std::size_t width = table.rows.front().size() + 1;
  Lines mean{width, std::vector<double>((classes == 2 ? 1 : classes) * width, 0.0)};
  for (const double strength : strengths) {
    Logistic model;
    model.fit(table, classes, strength);
    const Lines lines{width, model.lines()};
    const double spread = deviation(table, lines);
    if (!(spread > 0.0)) continue;
    for (std::size_t i = 0; i < mean.values.size(); ++i)
      mean.values[i] += lines.values[i] / (spread * static_cast<double>(strengths.size()));
  }
  if (classes == 2) fit_to_labels(table, mean);
  return mean;
}

}  // namespace attune::learn
