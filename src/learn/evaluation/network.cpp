#include <algorithm>
#include <array>
#include <numeric>
#include <random>

#include "attune/learn/evaluation/folds.hpp"
#include "attune/learn/evaluation/predictor.hpp"
#include "learn/evaluation/inputs.hpp"
#include "learn/evaluation/levelling.hpp"
#include "learn/evaluation/worth.hpp"
#include "learn/torch_library.hpp"

namespace attune::learn {

namespace {

/// The monitor's, standardised by `Inputs` instead; of more than two classes with a last layer of as many.
NetworkShape shape_for(std::size_t classes) {
  return {state::feature_count, 64, 32, false, classes == 2 ? 1 : classes};
}
constexpr std::size_t batch = 32;
constexpr double rate = 1e-3, drop_group = 0.15;
constexpr std::array<std::size_t, 3> lengths{30, 100, 300};  // steps, of which one is chosen inside the fold
constexpr std::size_t inner_parts = 3;
constexpr std::size_t few = 1000;  // examples: with fewer, one inner part tells too little

using Row = std::array<float, state::feature_count>;

Row row_of(const Inputs& inputs, const Example& example) {
  Row row{};
  const auto values = inputs.of(example);
  for (std::size_t i = 0; i < values.size(); ++i) row[inputs.columns()[i]] = static_cast<float>(values[i]);
  return row;
}

/// Hides whole groups of features, as the monitor's training does.
void hide_groups(Row& row, std::mt19937_64& random) {
  std::array<bool, state::feature_group_count> hidden{};
  for (auto& group : hidden) group = std::uniform_real_distribution<double>()(random) < drop_group;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (hidden[static_cast<std::size_t>(state::feature_table[i].group)]) row[i] = 0.0F;
  }
}

/// One network while it learns.
class Learner {
 public:
  core::Result<void> start(const NetworkShape& shape, std::uint64_t seed) {
    shape_ = shape;
    auto library = torch_library();
    if (!library) return library.error();
    library_ = *library;
    std::string problem;
    trainer_ = library_->train(shape_, {}, rate, seed, problem);
    if (!trainer_) return core::failed("training does not start: " + problem);
    random_.seed(seed);
    return {};
  }
  /// Steps, each on a batch drawn by the examples' weights. @param labels  rows × outputs
  core::Result<void> step(std::size_t steps, const std::vector<Row>& rows, const std::vector<float>& labels,
                          std::discrete_distribution<std::size_t>& any) {
    std::vector<float> inputs(batch * shape_.inputs), wanted(batch * shape_.outputs);
    for (std::size_t i = 0; i < steps; ++i) {
      for (std::size_t k = 0; k < batch; ++k) {
        const auto drawn = any(random_);
        auto row = rows[drawn];
        hide_groups(row, random_);
        std::copy_n(row.data(), row.size(), inputs.data() + k * shape_.inputs);
        std::copy_n(labels.data() + drawn * shape_.outputs, shape_.outputs,
                    wanted.data() + k * shape_.outputs);
      }
      double loss = 0.0;
      std::string problem;
      if (!trainer_->step(inputs.data(), wanted.data(), batch, loss, problem))
        return core::failed("training stopped: " + problem);
    }
    return {};
  }
  /// The network as it is now.
  core::Result<std::shared_ptr<NetworkBackend>> network() {
    std::string bytes, problem;
    if (!trainer_->save(bytes, problem)) return core::failed("the network cannot be kept: " + problem);
    std::shared_ptr<NetworkBackend> network = library_->load(bytes, shape_, problem);
    if (!network) return core::failed("the network cannot be kept: " + problem);
    return network;
  }

 private:
  NetworkShape shape_;
  TorchBackend* library_ = nullptr;
  std::unique_ptr<TrainerBackend> trainer_;
  std::mt19937_64 random_;
};

/// One score a class.
std::vector<double> answer(NetworkBackend& network, const Row& row, std::size_t classes) {
  std::vector<float> outputs(classes, 0.0F);
  std::string problem;
  auto* first = classes == 2 ? outputs.data() + 1 : outputs.data();  // of two classes, the second is scored
  if (!network.forward(row.data(), 1, first, nullptr, problem)) return std::vector<double>(classes, 0.0);
  return {outputs.begin(), outputs.end()};
}

/// Examples as the network takes them.
struct Lesson {
  Inputs inputs;
  std::vector<Row> rows;
  std::vector<double> weights;

  Lesson(Selection training, Against against, std::size_t classes)
      : inputs(training, against), weights(balanced_weights(training, classes)) {
    for (std::size_t i = 0; i < training.size(); ++i) rows.push_back(row_of(inputs, training[i]));
  }
};

/// What each output should say, row by row.
std::vector<float> labels_of(Selection training, std::size_t classes) {
  std::vector<float> labels;
  for (std::size_t i = 0; i < training.size(); ++i) {
    for (std::size_t k = classes == 2 ? 1 : 0; k < classes; ++k) {
      labels.push_back(static_cast<std::size_t>(training[i].label) == k ? 1.0F : 0.0F);
    }
  }
  return labels;
}

/// Of two classes only: of more, scores are compared within one example.
Levelling levelling_of(NetworkBackend& network, const Lesson& lesson, std::size_t classes) {
  if (classes > 2) return {};
  std::vector<double> leads;
  for (const auto& row : lesson.rows) leads.push_back(answer(network, row, classes)[1]);
  return Levelling(leads);
}

class NetworkPredictor final : public Predictor {
 public:
  core::Result<void> fit(Selection training, std::uint64_t seed) override {
    if (training.size() == 0) return core::bad_input("there is nothing to learn from");
    classes_ = class_count(training.all);
    steps_ = lengths.back();
    against_ = Against::own_start;
    if (classes_ == 2) {
      if (auto chosen = choose(training, seed); !chosen) return chosen;
    }
    const Lesson lesson(training, against_, classes_);
    inputs_ = lesson.inputs;
    Learner learner;
    if (auto started = learner.start(shape_for(classes_), seed); !started) return started;
    std::discrete_distribution<std::size_t> any(lesson.weights.begin(), lesson.weights.end());
    if (auto done = learner.step(steps_, lesson.rows, labels_of(training, classes_), any); !done) return done;
    auto network = learner.network();
    if (!network) return network.error();
    network_ = std::move(*network);
    levelling_ = levelling_of(*network_, lesson, classes_);
    return {};
  }
  std::vector<double> predict(const Example& example) const override {
    auto scores = answer(*network_, row_of(*inputs_, example), classes_);
    scores[1] = levelling_.at(scores[1]);
    return scores;
  }
  std::string choices() const override {
    return std::to_string(steps_) + " steps, against " +
           (against_ == Against::population ? "the population" : "the own start");
  }

 private:
  /// How long to learn, and of few examples against what to measure: what serves people of the training part
  /// best who were kept apart.
  core::Result<void> choose(Selection training, std::uint64_t seed) {
    auto folds = leave_groups_out(training, inner_parts);
    const bool are_few = training.size() < few;
    if (!are_few) folds.resize(1);
    double best = -1.0;
    for (const auto against : {Against::population, Against::own_start}) {
      if (!are_few && against == Against::population) continue;
      std::array<std::vector<std::vector<double>>, lengths.size()> answers;
      Indices asked;
      for (const auto& fold : folds) {
        const Selection part{training.all, fold.training};
        const Lesson lesson(part, against, classes_);
        asked.insert(asked.end(), fold.test.begin(), fold.test.end());
        if (auto done = ask_at_every_length(part, fold.test, lesson, seed, answers); !done) return done;
      }
      for (std::size_t length = 0; length < lengths.size(); ++length) {
        const double figure = worth({training.all, asked}, answers[length], classes_);
        if (figure <= best) continue;
        best = figure;
        steps_ = lengths[length];
        against_ = against;
      }
    }
    return {};
  }
  core::Result<void> ask_at_every_length(
      Selection part, const Indices& test, const Lesson& lesson, std::uint64_t seed,
      std::array<std::vector<std::vector<double>>, lengths.size()>& answers) {
    Learner learner;
    if (auto started = learner.start(shape_for(classes_), seed); !started) return started;
    std::discrete_distribution<std::size_t> any(lesson.weights.begin(), lesson.weights.end());
    const auto labels = labels_of(part, classes_);
    std::size_t done_steps = 0;
    for (std::size_t length = 0; length < lengths.size(); ++length) {
      if (auto done = learner.step(lengths[length] - done_steps, lesson.rows, labels, any); !done)
        return done;
      done_steps = lengths[length];
      const auto network = learner.network();
      if (!network) return network.error();
      const auto levelling = levelling_of(**network, lesson, classes_);
      for (const auto i : test) {
        auto scores = answer(**network, row_of(lesson.inputs, part.all[i]), classes_);
        scores[1] = levelling.at(scores[1]);
        answers[length].push_back(std::move(scores));
      }
    }
    return {};
  }

  std::size_t classes_ = 2, steps_ = lengths.front();
  Against against_ = Against::own_start;
  std::optional<Inputs> inputs_;
  std::shared_ptr<NetworkBackend> network_;
  Levelling levelling_;
};

}  // namespace

std::unique_ptr<Predictor> network_predictor() { return std::make_unique<NetworkPredictor>(); }

}  // namespace attune::learn
