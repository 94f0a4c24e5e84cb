#include "learn/evaluation/forest.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attune::learn {

namespace {

constexpr std::size_t bins = 32;

/// Thresholds of every column, and in which bin each row's value lies.
struct Binned {
  std::vector<std::vector<double>> thresholds;    // by column, rising
  std::vector<std::vector<std::uint8_t>> of_row;  // by column
};

Binned bin(const Table& table) {
  const std::size_t width = table.rows.front().size();
  Binned binned{std::vector<std::vector<double>>(width), std::vector<std::vector<std::uint8_t>>(width)};
  for (std::size_t column = 0; column < width; ++column) {
    std::vector<double> sorted;
    for (const auto& row : table.rows) sorted.push_back(row[column]);
    std::sort(sorted.begin(), sorted.end());
    auto& thresholds = binned.thresholds[column];
    for (std::size_t k = 1; k < bins; ++k) {
      // Between two values that differ: many rows may share one, such as that of a missing feature.
      const auto above = std::upper_bound(sorted.begin(), sorted.end(), sorted[k * sorted.size() / bins]);
      if (above == sorted.end()) break;
      const double threshold = 0.5 * (*above + *(above - 1));
      if (thresholds.empty() || threshold > thresholds.back()) thresholds.push_back(threshold);
    }
    for (const auto& row : table.rows) {
      const auto place = std::lower_bound(thresholds.begin(), thresholds.end(), row[column]);
      binned.of_row[column].push_back(static_cast<std::uint8_t>(place - thresholds.begin()));
    }
  }
  return binned;
}

double impurity(const std::vector<double>& counts, double all) {
  double squares = 0.0;
  for (const double count : counts) squares += count * count;
  return all - squares / all;  // Gini's, times the weight
}

}  // namespace

/// One tree while it grows.
struct Forest::Growth {
  struct Question {
    std::size_t column = 0, bin = 0;
    double gain = 1e-9;
    bool found = false;
  };

  const Table& table;
  const Binned& binned;
  const ForestOptions& options;
  std::size_t classes, tried;
  std::mt19937_64& random;
  std::vector<double> weights;  // of rows, by how often they were drawn
  Tree tree;

  std::vector<double> counts(const std::vector<std::size_t>& rows) const {
    std::vector<double> sums(classes, 0.0);
    for (const auto row : rows) sums[static_cast<std::size_t>(table.labels[row])] += weights[row];
    return sums;
  }

  void ask(std::size_t column, const std::vector<std::size_t>& rows, const std::vector<double>& whole,
           Question& best) const {
    std::vector<double> of_bin(bins * classes, 0.0);
    for (const auto row : rows) {
      of_bin[binned.of_row[column][row] * classes + static_cast<std::size_t>(table.labels[row])] +=
          weights[row];
    }
    std::vector<double> below(classes, 0.0), above = whole;
    const double all = std::accumulate(whole.begin(), whole.end(), 0.0), before = impurity(whole, all);
    for (std::size_t bin = 0; bin < binned.thresholds[column].size(); ++bin) {
      for (std::size_t k = 0; k < classes; ++k) {
        below[k] += of_bin[bin * classes + k];
        above[k] -= of_bin[bin * classes + k];
      }
      const double left = std::accumulate(below.begin(), below.end(), 0.0), right = all - left;
      if (left < options.least_leaf || right < options.least_leaf) continue;
      const double gain = before - impurity(below, left) - impurity(above, right);
      if (gain > best.gain) best = {column, bin, gain, true};
    }
  }

  int grow(const std::vector<std::size_t>& rows, std::size_t depth) {
    const auto index = tree.size();
    tree.emplace_back();
    const auto whole = counts(rows);
    const double all = std::accumulate(whole.begin(), whole.end(), 0.0);
    Question best;
    if (depth < options.most_depth && all >= 2.0 * options.least_leaf) {
      std::vector<std::size_t> columns(binned.thresholds.size());
      std::iota(columns.begin(), columns.end(), std::size_t{0});
      for (std::size_t k = 0; k < tried; ++k) {
        std::swap(columns[k],
                  columns[std::uniform_int_distribution<std::size_t>(k, columns.size() - 1)(random)]);
        ask(columns[k], rows, whole, best);
      }
    }
    if (!best.found) {
      tree[index].classes = whole;
      for (auto& share : tree[index].classes) share /= all;
      return static_cast<int>(index);
    }
    std::vector<std::size_t> below, above;
    for (const auto row : rows) {
      (binned.of_row[best.column][row] <= best.bin ? below : above).push_back(row);
    }
    tree[index].column = best.column;
    tree[index].threshold = binned.thresholds[best.column][best.bin];
    const int left = grow(below, depth + 1);
    tree[index].below = left;
    const int right = grow(above, depth + 1);
    tree[index].above = right;
    return static_cast<int>(index);
  }
};

void Forest::fit(const Table& table, std::size_t classes, const ForestOptions& options, std::uint64_t seed) {
  classes_ = classes;
  trees_.clear();
  if (table.rows.empty() || table.rows.front().empty()) return;
  const auto binned = bin(table);
  std::mt19937_64 random(seed);
  const auto width = static_cast<double>(table.rows.front().size());
  const auto tried = static_cast<std::size_t>(std::max(1.0, std::floor(std::sqrt(width))));
  for (std::size_t t = 0; t < options.trees; ++t) {
    Growth growth{table, binned, options, classes, tried, random, std::vector<double>(table.rows.size(), 0.0),
                  {}};
    std::uniform_int_distribution<std::size_t> any(0, table.rows.size() - 1);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const auto row = any(random);
      growth.weights[row] += table.weights[row];
    }
    std::vector<std::size_t> drawn;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (growth.weights[row] > 0.0) drawn.push_back(row);
    }
    if (drawn.empty()) continue;
    growth.grow(drawn, 0);
    trees_.push_back(std::move(growth.tree));
  }
}

std::vector<double> Forest::shares(const std::vector<double>& row) const {
  std::vector<double> sums(classes_, 0.0);
  for (const auto& tree : trees_) {
    std::size_t at = 0;
    while (tree[at].below >= 0) {
      at = static_cast<std::size_t>(row[tree[at].column] <= tree[at].threshold ? tree[at].below
                                                                               : tree[at].above);
    }
    for (std::size_t k = 0; k < classes_; ++k) sums[k] += tree[at].classes[k];
  }
  const double all = std::accumulate(sums.begin(), sums.end(), 0.0);
  for (auto& sum : sums) sum = all > 0.0 ? sum / all : 1.0 / static_cast<double>(classes_);
  return sums;
}

}  // namespace attune::learn
