#include <array>
#include <cstdio>

#include "attune/learn/evaluation/folds.hpp"
#include "attune/learn/evaluation/predictor.hpp"
#include "learn/evaluation/forest.hpp"
#include "learn/evaluation/inputs.hpp"
#include "learn/evaluation/logistic.hpp"
#include "learn/evaluation/score_scale.hpp"
#include "learn/evaluation/worth.hpp"

namespace attune::learn {

namespace {

constexpr std::array strengths{0.001, 0.01, 0.1};  // inverse: how much a light penalty is wished
constexpr std::size_t inner_parts = 3;
constexpr double least_weight = 0.1;  // of a leaf: every example may have its own
constexpr std::size_t few = 1000;     // examples: with more, what does not help a forest does not harm it

Table table_of(Selection training, const Inputs& inputs, std::size_t classes) {
  Table table;
  const auto weights = balanced_weights(training, classes);
  for (std::size_t i = 0; i < training.size(); ++i) {
    if (!(weights[i] > 0.0)) continue;
    table.rows.push_back(inputs.of(training[i]));
    table.labels.push_back(training[i].label);
    table.weights.push_back(weights[i]);
  }
  return table;
}

/// Whether there is anything to learn from: a feature, and two classes.
core::Result<void> check(const Table& table) {
  if (table.rows.empty() || table.rows.front().empty()) {
    return core::bad_input("there is no feature, or only one class, to learn from");
  }
  return {};
}

bool any_own(Selection training) {
  for (std::size_t i = 0; i < training.size(); ++i) {
    if (training[i].own_s > 0.0 && training[i].own.present.any()) return true;
  }
  return false;
}

std::size_t classes_of(Selection training) { return class_count(training.all); }

class LogisticPredictor final : public Predictor {
 public:
  core::Result<void> fit(Selection training, std::uint64_t) override {
    classes_ = classes_of(training);
    choose(training);
    inputs_.emplace(training, against_);
    const auto table = table_of(training, *inputs_, classes_);
    if (auto checked = check(table); !checked) return checked;
    model_.fit(table, classes_, strength_);
    std::vector<double> leads;
    for (const auto& row : table.rows) leads.push_back(model_.logits(row)[1]);
    score_scale_ = ScoreScale(leads);
    return {};
  }
  std::vector<double> predict(const Example& example) const override {
    const auto logits = model_.logits(inputs_->of(example));
    if (classes_ > 2) return logits;
    return {0.0, score_scale_.at(logits[1])};
  }
  std::string choices() const override {
    char text[80];
    std::snprintf(text, sizeof text, "C %g, against %s", strength_,
                  against_ == Against::population ? "the population" : "the own start");
    return text;
  }

 private:
  void choose(Selection training) {
    auto folds = leave_groups_out(training, inner_parts);
    if (folds.size() > inner_parts) folds.resize(inner_parts);
    double best = -1.0;
    std::vector<Against> against{Against::population};
    if (any_own(training)) against.push_back(Against::own_start);
    for (const auto way : against) {
      std::array<std::vector<std::vector<double>>, strengths.size()> answers;
      Indices asked;
      for (const auto& fold : folds) {
        const Selection part{training.all, fold.training, training.leave};
        const Inputs inputs(part, way);
        const auto table = table_of(part, inputs, classes_);
        if (!check(table)) continue;
        asked.insert(asked.end(), fold.test.begin(), fold.test.end());
        for (std::size_t s = 0; s < strengths.size(); ++s) {
          Logistic model;
          model.fit(table, classes_, strengths[s]);
          std::vector<double> leads;
          for (const auto& row : table.rows) leads.push_back(model.logits(row)[1]);
          const ScoreScale score_scale(leads);
          for (const auto i : fold.test) {
            auto logits = model.logits(inputs.of(training.all[i]));
            if (classes_ == 2) logits[1] = score_scale.at(logits[1]);
            answers[s].push_back(std::move(logits));
          }
        }
      }
      for (std::size_t s = 0; s < strengths.size(); ++s) {
        const double figure = worth({training.all, asked}, answers[s], classes_);
        if (figure <= best) continue;
        best = figure;
        strength_ = strengths[s];
        against_ = way;
      }
    }
  }

  std::size_t classes_ = 2;
  double strength_ = strengths.front();
  Against against_ = Against::population;
  std::optional<Inputs> inputs_;
  Logistic model_;
  ScoreScale score_scale_;
};

/// A forest and what it reads. A tree takes what it is given: beside every value it may see its distance from
/// the own start.
struct Grown {
  Inputs plain;
  std::optional<Inputs> own;
  Forest forest;
  std::size_t classes;

  Grown(Selection training, bool with_own, std::size_t class_number, std::uint64_t seed)
      : plain(training, Against::population), classes(class_number) {
    if (with_own) own.emplace(training, Against::own_start);
    auto table = table_of(training, plain, classes);
    if (own) {
      const auto more = table_of(training, *own, classes);
      for (std::size_t i = 0; i < table.rows.size(); ++i) {
        table.rows[i].insert(table.rows[i].end(), more.rows[i].begin(), more.rows[i].end());
      }
    }
    sound = check(table);
    if (!sound) return;
    ForestOptions options;
    // Neighbouring windows of a person say nearly the same: leaves must hold more of them. Of few examples,
    // trees are cheap and each says little.
    if (table.rows.size() < few)
      options = {300, least_weight, options.most_depth};
    else
      options.least_leaf = 0.005 * static_cast<double>(table.rows.size());
    forest.fit(table, classes, options, seed);
  }
  /// All alike where there was nothing to learn from.
  [[nodiscard]] std::vector<double> shares(const Example& example) const {
    if (!sound) return std::vector<double>(classes, 1.0 / static_cast<double>(classes));
    auto row = plain.of(example);
    if (own) {
      const auto more = own->of(example);
      row.insert(row.end(), more.begin(), more.end());
    }
    return forest.shares(row);
  }

  core::Result<void> sound;
};

class ForestPredictor final : public Predictor {
 public:
  core::Result<void> fit(Selection training, std::uint64_t seed) override {
    const auto classes = classes_of(training);
    with_own_ = any_own(training);
    if (with_own_ && training.size() < few) with_own_ = own_helps(training, classes, seed);
    grown_.emplace(training, with_own_, classes, seed);
    return grown_->sound;
  }
  std::vector<double> predict(const Example& example) const override { return grown_->shares(example); }
  std::string choices() const override { return with_own_ ? "with the own start" : "without the own start"; }

 private:
  static bool own_helps(Selection training, std::size_t classes, std::uint64_t seed) {
    std::array<std::vector<std::vector<double>>, 2> answers;
    Indices asked;
    auto folds = leave_groups_out(training, inner_parts);
    if (folds.size() > inner_parts) folds.resize(inner_parts);
    for (const auto& fold : folds) {
      asked.insert(asked.end(), fold.test.begin(), fold.test.end());
      for (const bool own : {false, true}) {
        const Grown grown({training.all, fold.training, training.leave}, own, classes, seed);
        for (const auto i : fold.test) answers[own ? 1 : 0].push_back(grown.shares(training.all[i]));
      }
    }
    const Selection selection{training.all, asked, training.leave};
    return worth(selection, answers[1], classes) > worth(selection, answers[0], classes);
  }

  bool with_own_ = false;
  std::optional<Grown> grown_;
};

}  // namespace

std::unique_ptr<Predictor> logistic_predictor() { return std::make_unique<LogisticPredictor>(); }
std::unique_ptr<Predictor> forest_predictor() { return std::make_unique<ForestPredictor>(); }

}  // namespace attune::learn
