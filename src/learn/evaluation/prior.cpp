#include "attune/learn/evaluation/prior.hpp"

#include <cmath>

#include "attune/learn/evaluation/folds.hpp"
#include "learn/evaluation/logistic.hpp"

namespace attune::learn {

namespace {

constexpr double strength = 1.0;  // a light penalty: two inputs
constexpr std::size_t inner_parts = 4;

/// Mean and deviation of one input of the regression.
struct Scale {
  double mean = 0.0, deviation = 1.0;

  static Scale of(const std::vector<std::vector<double>>& rows, std::size_t column) {
    const auto count = static_cast<double>(rows.size());
    Scale scale;
    for (const auto& row : rows) scale.mean += row[column] / count;
    double squares = 0.0;
    for (const auto& row : rows) squares += (row[column] - scale.mean) * (row[column] - scale.mean);
    if (squares > 0.0) scale.deviation = std::sqrt(squares / count);
    return scale;
  }
  [[nodiscard]] double at(double value) const { return (value - mean) / deviation; }
};

double lead(const std::vector<double>& scores) { return scores[1] - scores[0]; }

class PriorPredictor final : public Predictor {
 public:
  core::Result<void> fit(Selection, std::uint64_t) override { return {}; }
  std::vector<double> predict(const Example& example) const override {
    return {-example.prior, example.prior};
  }
};

class WithPrior final : public Predictor {
 public:
  explicit WithPrior(std::unique_ptr<Predictor> reader) : reader_(std::move(reader)) {}

  core::Result<void> fit(Selection training, std::uint64_t seed) override {
    Table table;
    for (const auto& fold : leave_groups_out(training, inner_parts)) {
      const auto reads = learn({training.all, fold.training, training.leave}, seed);
      if (!reads) return reads.error();
      for (const auto i : fold.test) {
        table.rows.push_back({training.all[i].prior, *reads ? lead(reader_->predict(training.all[i])) : 0.0});
        table.labels.push_back(training.all[i].label);
        table.weights.push_back(1.0);
      }
    }
    if (table.rows.empty()) return core::bad_input("there is nothing to learn from");
    prior_ = Scale::of(table.rows, 0);
    read_ = Scale::of(table.rows, 1);
    for (auto& row : table.rows) row = {prior_.at(row[0]), read_.at(row[1])};
    weigh(table);
    const auto reads = learn(training, seed);
    if (!reads) return reads.error();
    if (!*reads) read_weight_ = 0.0;
    return {};
  }
  std::vector<double> predict(const Example& example) const override {
    double score = prior_weight_ * prior_.at(example.prior);
    if (read_weight_ > 0.0) score += read_weight_ * read_.at(lead(reader_->predict(example)));
    return {0.0, score};
  }

 private:
  /// Whether the reader can be asked: with too few people it has nothing to learn from, and says nothing.
  core::Result<bool> learn(Selection training, std::uint64_t seed) {
    const auto fitted = reader_->fit(training, seed);
    if (!fitted && fitted.error().kind != core::Error::Kind::bad_input) return fitted.error();
    return fitted.ok();
  }

  /// The reader's weight is drawn to 0 by its own uncertainty (positive-part James–Stein, 1961): what a few
  /// people show by chance is not believed, and a reader that is wrong more often than right is not turned
  /// round.
  void weigh(const Table& table) {
    Logistic weighing;
    weighing.fit(table, 2, strength);
    prior_weight_ = weighing.lines()[0];
    const double weight = weighing.lines()[1];
    double information = 0.0;
    for (const auto& row : table.rows) {
      const double share = 1.0 / (1.0 + std::exp(-weighing.logits(row)[1]));
      information += share * (1.0 - share) * row[1] * row[1];
    }
    const double sure = weight * weight * information;  // squares of its standard error
    read_weight_ = weight > 0.0 && sure > 1.0 ? weight * (1.0 - 1.0 / sure) : 0.0;
  }

  std::unique_ptr<Predictor> reader_;
  Scale prior_, read_;
  double prior_weight_ = 0.0, read_weight_ = 0.0;
};

}  // namespace

std::unique_ptr<Predictor> prior_predictor() { return std::make_unique<PriorPredictor>(); }
std::unique_ptr<Predictor> with_prior(std::unique_ptr<Predictor> reader) {
  return std::make_unique<WithPrior>(std::move(reader));
}

}  // namespace attune::learn
