#include <algorithm>
#include <cmath>

#include "attune/learn/evaluation/predictor.hpp"

namespace attune::learn {

namespace {

constexpr double same_second_s = 5.0, same_scene_second_s = 2.0;

/// Shares of the classes among the training examples that are like the one asked about; where there is none,
/// among all. `Alike(known, asked)`.
template <typename Alike>
class LikeOnes final : public Predictor {
 public:
  explicit LikeOnes(Alike alike) : alike_(alike) {}

  core::Result<void> fit(Selection training, std::uint64_t) override {
    if (training.size() == 0) return core::bad_input("there is nothing to learn from");
    classes_ = class_count(training.all);
    known_.clear();
    for (std::size_t i = 0; i < training.size(); ++i) known_.push_back(&training[i]);
    return {};
  }
  std::vector<double> predict(const Example& asked) const override {
    std::vector<double> alike(classes_, 0.0), all(classes_, 0.0);
    double there = 0.0;
    for (const auto* known : known_) {
      const auto label = static_cast<std::size_t>(known->label);
      all[label] += 1.0;
      if (!alike_(*known, asked)) continue;
      alike[label] += 1.0;
      there += 1.0;
    }
    auto& shares = there > 0.0 ? alike : all;
    const double whole = there > 0.0 ? there : static_cast<double>(known_.size());
    for (auto& share : shares) share /= whole;
    return shares;
  }

 private:
  Alike alike_;
  std::size_t classes_ = 2;
  std::vector<const Example*> known_;
};

template <typename Alike>
std::unique_ptr<Predictor> like_ones(Alike alike) {
  return std::make_unique<LikeOnes<Alike>>(alike);
}

/// Shares among the third of the training examples whose visit's length is nearest.
class NearLengths final : public Predictor {
 public:
  core::Result<void> fit(Selection training, std::uint64_t) override {
    if (training.size() == 0) return core::bad_input("there is nothing to learn from");
    classes_ = class_count(training.all);
    known_.clear();
    for (std::size_t i = 0; i < training.size(); ++i)
      known_.push_back({training[i].length_s, training[i].label});
    return {};
  }
  std::vector<double> predict(const Example& asked) const override {
    auto near = known_;
    std::stable_sort(near.begin(), near.end(), [&](const auto& a, const auto& b) {
      return std::abs(a.first - asked.length_s) < std::abs(b.first - asked.length_s);
    });
    const auto count = std::max<std::size_t>(1, near.size() / 3);
    std::vector<double> shares(classes_, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
      shares[static_cast<std::size_t>(near[i].second)] += 1.0 / static_cast<double>(count);
    }
    return shares;
  }

 private:
  std::size_t classes_ = 2;
  std::vector<std::pair<double, int>> known_;
};

}  // namespace

std::unique_ptr<Predictor> mean_predictor() {
  return like_ones([](const Example&, const Example&) { return true; });
}
std::unique_ptr<Predictor> length_predictor() { return std::make_unique<NearLengths>(); }
std::unique_ptr<Predictor> clock_predictor() {
  return like_ones([](const Example& known, const Example& asked) {
    return std::abs(known.clock_s - asked.clock_s) <= same_second_s;
  });
}
std::unique_ptr<Predictor> condition_predictor() {
  return like_ones([](const Example& known, const Example& asked) { return known.stratum == asked.stratum; });
}
std::unique_ptr<Predictor> others_predictor() {
  return like_ones([](const Example& known, const Example& asked) {
    return known.stimulus == asked.stimulus && std::abs(known.clock_s - asked.clock_s) <= same_scene_second_s;
  });
}
std::unique_ptr<Predictor> row_predictor() {
  return like_ones([](const Example& known, const Example& asked) { return known.row == asked.row; });
}

}  // namespace attune::learn
