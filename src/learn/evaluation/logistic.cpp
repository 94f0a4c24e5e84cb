#include "learn/evaluation/logistic.hpp"

#include <algorithm>
#include <cmath>

#include "learn/evaluation/minimise.hpp"

namespace attune::learn {

namespace {

/// Values of all lines for one row; of two classes the first is 0.
void values_of(const std::vector<double>& lines, const std::vector<double>& row, std::size_t classes,
               std::vector<double>& values) {
  const std::size_t width = row.size() + 1;
  const std::size_t first = classes == 2 ? 1 : 0;
  values.assign(classes, 0.0);
  for (std::size_t k = first; k < classes; ++k) {
    const double* line = lines.data() + (k - first) * width;
    double sum = line[row.size()];
    for (std::size_t i = 0; i < row.size(); ++i) sum += line[i] * row[i];
    values[k] = sum;
  }
}

/// Values become shares that add up to 1. @return log of the share of `label`.
double to_shares(std::vector<double>& values, std::size_t label) {
  const double most = *std::max_element(values.begin(), values.end());
  const double own = values[label];
  double sum = 0.0;
  for (auto& value : values) sum += value = std::exp(value - most);
  for (auto& value : values) value /= sum;
  return own - most - std::log(sum);
}

double loss(const Table& table, std::size_t classes, double c, const std::vector<double>& lines,
            std::vector<double>& gradient) {
  const std::size_t width = table.rows.front().size() + 1;
  const std::size_t first = classes == 2 ? 1 : 0;
  std::fill(gradient.begin(), gradient.end(), 0.0);
  double total = 0.0;
  std::vector<double> shares;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto label = static_cast<std::size_t>(table.labels[row]);
    values_of(lines, table.rows[row], classes, shares);
    total -= c * table.weights[row] * to_shares(shares, label);
    for (std::size_t k = first; k < classes; ++k) {
      const double off = c * table.weights[row] * (shares[k] - (k == label ? 1.0 : 0.0));
      double* line = gradient.data() + (k - first) * width;
      for (std::size_t i = 0; i + 1 < width; ++i) line[i] += off * table.rows[row][i];
      line[width - 1] += off;
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i % width == width - 1) continue;
    total += 0.5 * lines[i] * lines[i];
    gradient[i] += lines[i];
  }
  return total;
}

}  // namespace

void Logistic::fit(const Table& table, std::size_t classes, double c) {
  width_ = table.rows.empty() ? 0 : table.rows.front().size();
  classes_ = classes;
  lines_.assign((classes == 2 ? 1 : classes) * (width_ + 1), 0.0);
  if (table.rows.empty()) return;
  const auto minimum =
      minimise([&](const std::vector<double>& lines,
                   std::vector<double>& gradient) { return loss(table, classes, c, lines, gradient); },
               lines_, 1e-4);
  lines_ = minimum.x;
}

std::vector<double> Logistic::logits(const std::vector<double>& row) const {
  std::vector<double> values;
  values_of(lines_, row, classes_, values);
  return values;
}

}  // namespace attune::learn
