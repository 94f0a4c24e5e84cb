#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "attune/state/features.hpp"

namespace attune::learn {

/// One judged moment of a person: what the monitor reads, the truth, and what it must not profit from.
struct Example {
  state::Features features;
  state::Features own;   ///< mean over the person's own earliest valid data; missing: there is none
  double own_s = 0.0;    ///< length of that data, at most 60 s
  int label = 0;         ///< class, from 0
  double target = 0.0;   ///< the same truth as a number, 0..1
  std::string person;    ///< unique over the set
  std::string stimulus;  ///< visit, video or scene that the person met
  std::string stratum;   ///< only examples of one stratum are compared: condition, or second of the schedule
  bool asked = true;     ///< or only learnt from: another part of a visit that is asked about once
  double share = 1.0;    ///< how much it weighs in learning beside others: parts of one visit share 1
  double prior = 0.0;    ///< what the person said before the visit, 0..1; read where a question says so
  // What a shortcut would read. Predictors of behaviour and body never see it.
  double clock_s = 0.0;   ///< second of the schedule
  double length_s = 0.0;  ///< of the whole visit
  std::size_t row = 0;    ///< among the person's rows, as published
};

/// What a part that is judged has in common with none that is learnt from.
enum class LeaveOut {
  person,
  person_and_stimulus,  ///< learnt from: other people with other stimuli; judged: this person with this one
};

/// Some of a list of examples, by index.
using Indices = std::vector<std::size_t>;

/// Examples and which of them are meant to be learnt from.
struct Selection {
  std::span<const Example> all;
  std::span<const std::size_t> chosen;
  LeaveOut leave = LeaveOut::person;  ///< what the judged will not share with these: choices are made alike

  [[nodiscard]] std::size_t size() const { return chosen.size(); }
  [[nodiscard]] const Example& operator[](std::size_t i) const { return all[chosen[i]]; }
};

/// Number of classes: the largest label and one, at least two.
[[nodiscard]] std::size_t class_count(std::span<const Example> examples);

}  // namespace attune::learn
