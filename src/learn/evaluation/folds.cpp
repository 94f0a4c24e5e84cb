#include "attune/learn/evaluation/folds.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace attune::learn {

namespace {

void number_in_turn(std::map<std::string_view, std::size_t>& names, std::size_t parts) {
  std::size_t next = 0;
  for (auto& [name, group] : names) group = next++ % parts;
}

}  // namespace

std::size_t class_count(std::span<const Example> examples) {
  int largest = 1;
  for (const auto& example : examples) largest = std::max(largest, example.label);
  return static_cast<std::size_t>(largest) + 1;
}

std::vector<Fold> leave_out(std::span<const Example> examples, LeaveOut what) {
  std::map<std::pair<std::string, std::string>, Fold> folds;
  const bool both = what == LeaveOut::person_and_stimulus;
  for (const auto& example : examples) {
    folds.try_emplace({example.person, both ? example.stimulus : std::string()});
  }
  std::vector<Fold> list;
  for (auto& [key, fold] : folds) {
    for (std::size_t i = 0; i < examples.size(); ++i) {
      const bool same_person = examples[i].person == key.first;
      const bool same_stimulus = !both || examples[i].stimulus == key.second;
      if (same_person && same_stimulus && examples[i].asked) fold.test.push_back(i);
      if (!same_person && (!both || !same_stimulus)) fold.training.push_back(i);
    }
    if (!fold.training.empty() && !fold.test.empty()) list.push_back(std::move(fold));
  }
  return list;
}

std::vector<Fold> train_and_test(std::span<const Example> examples, std::size_t tested_from, LeaveOut what) {
  const bool both = what == LeaveOut::person_and_stimulus;
  std::map<std::string, Fold> folds;
  for (auto i = tested_from; i < examples.size(); ++i) {
    if (examples[i].asked) folds[both ? examples[i].stimulus : std::string()].test.push_back(i);
  }
  std::vector<Fold> list;
  for (auto& [stimulus, fold] : folds) {
    for (std::size_t i = 0; i < tested_from; ++i) {
      if (!both || examples[i].stimulus != stimulus) fold.training.push_back(i);
    }
    if (!fold.training.empty()) list.push_back(std::move(fold));
  }
  return list;
}

std::vector<Fold> leave_groups_out(Selection selection, std::size_t parts) {
  const bool both = selection.leave == LeaveOut::person_and_stimulus;
  std::map<std::string_view, std::size_t> people, stimuli;
  for (std::size_t i = 0; i < selection.size(); ++i) {
    people.try_emplace(selection[i].person, 0);
    if (both) stimuli.try_emplace(selection[i].stimulus, 0);
  }
  number_in_turn(people, parts);
  number_in_turn(stimuli, parts);
  parts = std::min(parts, people.size());
  std::vector<Fold> folds;
  for (std::size_t fold = 0; fold < parts * (both ? parts : 1); ++fold) {
    const std::size_t person = fold % parts, stimulus = (fold + fold / parts) % parts;
    Fold next;
    for (std::size_t i = 0; i < selection.size(); ++i) {
      const bool same_person = people.at(selection[i].person) == person;
      const bool same_stimulus = !both || stimuli.at(selection[i].stimulus) == stimulus;
      if (same_person && same_stimulus && selection[i].asked) next.test.push_back(selection.chosen[i]);
      if (!same_person && (!both || !same_stimulus)) next.training.push_back(selection.chosen[i]);
    }
    if (!next.training.empty() && !next.test.empty()) folds.push_back(std::move(next));
  }
  return folds;
}

std::optional<std::string> crossing(std::span<const Example> examples, const Fold& fold, LeaveOut what) {
  std::set<std::string_view> people, stimuli;
  for (const auto i : fold.training) {
    people.insert(examples[i].person);
    stimuli.insert(examples[i].stimulus);
  }
  for (const auto i : fold.test) {
    if (people.contains(examples[i].person)) return examples[i].person;
    if (what == LeaveOut::person_and_stimulus && stimuli.contains(examples[i].stimulus))
      return examples[i].stimulus;
  }
  return std::nullopt;
}

}  // namespace attune::learn
