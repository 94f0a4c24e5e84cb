#include <map>

#include "attune/learn/evaluation/judge.hpp"
#include "attune/learn/evaluation/scores.hpp"

namespace attune::learn {

namespace {

/// Pairs between two people, and those in which the positive scored higher.
struct Between {
  std::size_t one = 0, other = 0;  // numbers of the people
  double won = 0.0, all = 0.0;
};

struct Scored {
  const Example* example = nullptr;
  double score = 0.0;
};

void compare(const std::vector<Scored>& one, const std::vector<Scored>& other, Between& between) {
  for (const auto& a : one) {
    for (const auto& b : other) {
      if (a.example->label == b.example->label || a.example->stratum != b.example->stratum) continue;
      const double lead = (a.score - b.score) * (a.example->label == 1 ? 1.0 : -1.0);
      between.won += lead > 0.0 ? 1.0 : lead < 0.0 ? 0.0 : 0.5;
      between.all += 1.0;
    }
  }
}

}  // namespace

core::Result<Figure> auc_leaving_pairs_out(std::span<const Example> examples, Predictor& predictor,
                                           std::size_t draws, std::uint64_t seed) {
  std::map<std::string, Indices> of_person;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].asked) of_person[examples[i].person].push_back(i);
  }
  std::vector<std::string> names;
  std::vector<Indices> members;
  for (const auto& [name, indices] : of_person) {
    names.push_back(name);
    members.push_back(indices);
  }
  std::vector<Between> table;
  for (std::size_t one = 0; one < names.size(); ++one) {
    for (std::size_t other = one; other < names.size(); ++other) {
      Indices training;
      for (std::size_t p = 0; p < names.size(); ++p) {
        if (p != one && p != other) training.insert(training.end(), members[p].begin(), members[p].end());
      }
      if (training.empty()) continue;
      if (auto fitted = predictor.fit({examples, training}, seed); !fitted) return fitted.error();
      const auto scored = [&](std::size_t person) {
        std::vector<Scored> list;
        for (const auto i : members[person]) {
          const auto of_classes = predictor.predict(examples[i]);
          list.push_back({&examples[i], of_classes[1] - of_classes[0]});
        }
        return list;
      };
      Between between{one, other};
      const auto own = scored(one);
      compare(own, one == other ? own : scored(other), between);
      if (one == other) {  // every pair was met from both sides
        between.won *= 0.5;
        between.all *= 0.5;
      }
      table.push_back(between);
    }
  }
  const WeightedFigure figure = [&](std::span<const double> weights) -> std::optional<double> {
    double won = 0.0, all = 0.0;
    for (const auto& between : table) {
      const double weight = weights.empty() ? 1.0 : weights[between.one] * weights[between.other];
      won += weight * between.won;
      all += weight * between.all;
    }
    if (!(all > 0.0)) return std::nullopt;
    return won / all;
  };
  return Figure{figure({}), bootstrap_error(names, figure, draws, seed)};
}

}  // namespace attune::learn
