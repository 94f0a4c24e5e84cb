#include <cstring>
#include <map>

#include "cli/examples/state_examples.hpp"

/// Learning from one folder's people and judging those of another.
namespace attune::cli {

namespace {

constexpr std::size_t fewest_features = 3;  // in common, to call two moments the same

/// Everything that is measured of a moment, as a key; empty when that is next to nothing.
std::string measured(const learn::Example& example) {
  if (example.features.present.count() < fewest_features) return {};
  std::string key = example.features.present.to_string() + example.stimulus + "\n";
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    if (!example.features.present[i]) continue;
    char bytes[sizeof(float)];
    std::memcpy(bytes, &example.features.value[i], sizeof bytes);
    key.append(bytes, sizeof bytes);
  }
  return key;
}

using People = std::map<std::string, std::vector<const learn::Example*>>;

People by_person(const StateSet& set) {
  People people;
  for (const auto& question : set.questions) {
    for (const auto& example : question.examples) people[example.person].push_back(&example);
  }
  return people;
}

/// Who of the judged is learnt from as well, and by which name there.
std::optional<std::pair<std::string, std::string>> in_both(const People& learnt, const People& judged) {
  std::map<std::string, std::string> owner;
  for (const auto& [name, examples] : learnt) {
    for (const auto* example : examples) {
      if (auto key = measured(*example); !key.empty()) owner.try_emplace(std::move(key), name);
    }
  }
  for (const auto& [name, examples] : judged) {
    std::map<std::string, std::size_t> same;
    for (const auto* example : examples) {
      const auto found = owner.find(measured(*example));
      if (found != owner.end()) ++same[found->second];
    }
    for (const auto& [other, count] : same) {
      if (2 * count > examples.size()) return std::pair(name, other);
    }
  }
  return std::nullopt;
}

}  // namespace

core::Result<StateSet> learn_from_and_judge(StateSet learnt, StateSet judged) {
  const auto known = by_person(learnt), others = by_person(judged);
  if (const auto both = in_both(known, others)) {
    return core::bad_input("'" + both->first + "' of the people to judge is '" + both->second +
                           "' of those to learn from: most of their data is the same");
  }
  std::map<std::string, std::string> renamed;
  for (const auto& [name, examples] : others) {
    auto other = name;
    while (known.contains(other) || (other != name && others.contains(other))) other += " (judged)";
    if (other != name) {
      renamed[name] = other;
      learnt.notes.push_back(
          "'" + name + "' is the name of somebody in both folders, whose data differ: taken for two people");
    }
  }
  for (const auto& note : judged.notes) learnt.notes.push_back("judged: " + note);
  for (std::size_t i = 0; i < learnt.questions.size(); ++i) {
    auto& question = learnt.questions[i];
    question.tested_from = question.examples.size();
    for (auto& example : judged.questions[i].examples) {
      if (const auto found = renamed.find(example.person); found != renamed.end())
        example.person = found->second;
      question.examples.push_back(std::move(example));
    }
  }
  learnt.courses.tested_from = learnt.courses.all.size();
  for (auto& course : judged.courses.all) {
    if (const auto found = renamed.find(course.person); found != renamed.end()) course.person = found->second;
    learnt.courses.all.push_back(std::move(course));
  }
  return learnt;
}

}  // namespace attune::cli
