#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "attune/learn/evaluation/folds.hpp"
#include "attune/learn/evaluation/predictor.hpp"
#include "learn/evaluation/inputs.hpp"
#include "learn/evaluation/network_learner.hpp"
#include "learn/evaluation/score_scale.hpp"
#include "learn/evaluation/worth.hpp"
#include "learn/group_balance.hpp"

namespace attune::learn {

namespace {

constexpr std::array<std::size_t, 3> lengths{0, 100, 1000};  // steps, of which one is chosen inside the fold
constexpr std::size_t inner_parts = 3;
constexpr std::size_t few = 1000;          // examples: with fewer, one inner part tells too little
constexpr std::size_t lengths_of_few = 2;  // that are tried: what little there is has been learnt by then

/// One score a class.
std::vector<double> answer(NetworkBackend& network, const InputRow& row, std::size_t classes) {
  std::vector<float> outputs(classes, 0.0F);
  std::string problem;
  auto* first = classes == 2 ? outputs.data() + 1 : outputs.data();  // of two classes, the second is scored
  if (!network.forward(row.data(), 1, first, nullptr, problem)) return std::vector<double>(classes, 0.0);
  return {outputs.begin(), outputs.end()};
}

/// Examples as the network takes them, every sensor group with the same weight.
class Lesson {
 public:
  Lesson(Selection training, Against against, std::size_t classes)
      : inputs_(training, against), classes_(classes), weights_(balanced_weights(training, classes)) {
    const auto& columns = inputs_.columns();
    balance_ =
        group_balance([&](std::size_t i) { return std::binary_search(columns.begin(), columns.end(), i); });
    for (std::size_t i = 0; i < training.size(); ++i) {
      rows_.push_back(row_of(training[i]));
      for (std::size_t k = classes == 2 ? 1 : 0; k < classes; ++k)
        labels_.push_back(static_cast<std::size_t>(training[i].label) == k ? 1.0F : 0.0F);
    }
    start_ = start_of(training);
  }

  [[nodiscard]] std::size_t classes() const { return classes_; }
  [[nodiscard]] InputRow row_of(const Example& example) const {
    InputRow row{};
    const auto values = inputs_.of(example);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto column = inputs_.columns()[i];
      row[column] = static_cast<float>(values[i] * balance_[column]);
    }
    return row;
  }
  /// Of two classes only: of more, scores are compared within one example.
  [[nodiscard]] ScoreScale score_scale_of(NetworkBackend& network) const {
    if (classes_ > 2) return {};
    std::vector<double> leads;
    for (const auto& row : rows_) leads.push_back(answer(network, row, classes_)[1]);
    return ScoreScale(leads);
  }
  core::Result<void> start(NetworkLearner& learner, std::uint64_t seed) const {
    return learner.start(shape_for(classes_), start_, seed);
  }
  core::Result<void> step(NetworkLearner& learner, std::size_t steps) const {
    std::discrete_distribution<std::size_t> any(weights_.begin(), weights_.end());
    return learner.step(steps, rows_, labels_, any);
  }

 private:
  [[nodiscard]] Lines start_of(Selection training) const {
    Table table;
    for (std::size_t i = 0; i < training.size(); ++i) {
      if (!(weights_[i] > 0.0)) continue;
      table.rows.emplace_back(rows_[i].begin(), rows_[i].end());
      table.labels.push_back(training[i].label);
      table.weights.push_back(weights_[i]);
    }
    const std::size_t outputs = classes_ == 2 ? 1 : classes_, width = state::feature_count + 1;
    if (table.rows.empty()) return {width, std::vector<double>(outputs * width, 0.0)};
    return linear_start(table, classes_);
  }

  Inputs inputs_;
  std::size_t classes_;
  std::vector<double> weights_;
  std::array<double, state::feature_count> balance_{};
  std::vector<InputRow> rows_;
  std::vector<float> labels_;
  Lines start_;
};

std::size_t people_in(Selection selection) {
  std::set<std::string_view> people;
  for (std::size_t i = 0; i < selection.size(); ++i) people.insert(selection[i].person);
  return people.size();
}

class NetworkPredictor final : public Predictor {
 public:
  core::Result<void> fit(Selection training, std::uint64_t seed) override {
    if (training.size() == 0) return core::bad_input("there is nothing to learn from");
    classes_ = class_count(training.all);
    if (auto chosen = choose(training, seed); !chosen) return chosen;
    lesson_.emplace(training, against_, classes_);
    NetworkLearner learner;
    if (auto started = lesson_->start(learner, seed); !started) return started;
    if (auto done = lesson_->step(learner, steps_); !done) return done;
    auto network = learner.network();
    if (!network) return network.error();
    network_ = std::move(*network);
    score_scale_ = lesson_->score_scale_of(*network_);
    return {};
  }
  std::vector<double> predict(const Example& example) const override {
    auto scores = answer(*network_, lesson_->row_of(example), classes_);
    scores[1] = score_scale_.at(scores[1]);
    return scores;
  }
  std::string choices() const override {
    return std::to_string(steps_) + " steps, against " +
           (against_ == Against::population ? "the population" : "the own start");
  }

 private:
  using AnswersByLength = std::array<std::vector<std::vector<double>>, lengths.size()>;

  /// Of few examples against what to measure, and how long to learn: against the own start, as a session
  /// does, and not at all, unless something else serves people of the training part who were kept apart
  /// better by more than chance would have it.
  core::Result<void> choose(Selection training, std::uint64_t seed) {
    auto folds = leave_groups_out(training, inner_parts);
    const bool are_few = training.size() < few;
    if (training.leave == LeaveOut::person_and_stimulus) folds.resize(std::min(folds.size(), inner_parts));
    if (!are_few && training.leave == LeaveOut::person) folds.resize(1);
    double best = -1.0;
    for (const auto against : {Against::population, Against::own_start}) {
      if (!are_few && against == Against::population) continue;
      AnswersByLength answers;
      Indices asked;
      for (const auto& fold : folds) {
        const Lesson lesson({training.all, fold.training, training.leave}, against, classes_);
        asked.insert(asked.end(), fold.test.begin(), fold.test.end());
        const auto tried = are_few ? lengths_of_few : lengths.size();
        if (auto done = ask_at_lengths(training.all, fold.test, lesson, seed, tried, answers); !done)
          return done;
      }
      const Selection judged{training.all, asked};
      const double margin = 0.5 / std::sqrt(static_cast<double>(people_in(judged)));
      for (std::size_t length = 0; length < lengths.size() && !answers[length].empty(); ++length) {
        const double figure = worth(judged, answers[length], classes_) - (length > 0 ? margin : 0.0);
        if (figure <= best) continue;
        best = figure;
        steps_ = lengths[length];
        against_ = against;
      }
    }
    return {};
  }
  static core::Result<void> ask_at_lengths(std::span<const Example> all, const Indices& test,
                                           const Lesson& lesson, std::uint64_t seed, std::size_t tried,
                                           AnswersByLength& answers) {
    NetworkLearner learner;
    if (auto started = lesson.start(learner, seed); !started) return started;
    std::size_t done_steps = 0;
    for (std::size_t length = 0; length < tried; ++length) {
      if (auto done = lesson.step(learner, lengths[length] - done_steps); !done) return done;
      done_steps = lengths[length];
      const auto network = learner.network();
      if (!network) return network.error();
      const auto score_scale = lesson.score_scale_of(**network);
      for (const auto i : test) {
        auto scores = answer(**network, lesson.row_of(all[i]), lesson.classes());
        scores[1] = score_scale.at(scores[1]);
        answers[length].push_back(std::move(scores));
      }
    }
    return {};
  }

  std::size_t classes_ = 2, steps_ = lengths.front();
  Against against_ = Against::own_start;
  std::optional<Lesson> lesson_;
  std::shared_ptr<NetworkBackend> network_;
  ScoreScale score_scale_;
};

}  // namespace

std::unique_ptr<Predictor> network_predictor() { return std::make_unique<NetworkPredictor>(); }

}  // namespace attune::learn
