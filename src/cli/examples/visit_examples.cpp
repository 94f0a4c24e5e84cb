#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "attune/datasets/labels.hpp"
#include "attune/datasets/readers.hpp"
#include "cli/examples/feature_course.hpp"
#include "cli/examples/set_folders.hpp"
#include "cli/examples/state_courses.hpp"
#include "cli/examples/state_examples.hpp"

/// The two sets of whole visits: queue and café.
namespace attune::cli {
namespace fs = std::filesystem;

namespace {

constexpr double baseline_s = 60.0;
constexpr double part_s = 150.0, before_end_s = 25.0;  // of a visit to the queue
constexpr double part_every_s = 25.0;                  // parts that are only learnt from
constexpr double cafe_part_s = 30.0;

/// A part of a visit as one example: the mean over its moments from the first whole window on.
learn::Example part_of(const datasets::Visit& visit, double from_s, double to_s) {
  MeanFeatures whole, start;
  constexpr double window_s = 30.0;
  play(visit.frames, from_s, to_s, [&](double time_s, const state::Features& features) {
    if (time_s >= window_s || to_s - from_s <= window_s) whole.add(features);
    if (time_s <= baseline_s) start.add(features);
  });
  learn::Example example;
  example.features = whole.mean();
  example.own = start.mean();
  example.own_s = std::min(baseline_s, to_s - from_s);
  example.person = visit.id;
  example.stimulus = visit.visit;
  example.stratum = visit.visit;
  example.length_s = visit.length_s();
  return example;
}

/// The features at a part's end alone.
learn::Example end_of(const datasets::Visit& visit, double to_s) {
  auto example = part_of(visit, 0.0, to_s);
  play(visit.frames, 0.0, to_s,
       [&](double, const state::Features& features) { example.features = features; });
  return example;
}

/// Which of the person's rows comes next.
std::size_t row_of(const StateQuestion& question, const std::string& person) {
  std::size_t row = 0;
  for (const auto& example : question.examples) row += example.person == person && example.asked ? 1U : 0U;
  return row;
}

void judge_queue_visit(const datasets::Visit& visit, double frustration, Protocol protocol, StateSet& set) {
  const auto rated = [&](double from_s, double to_s) {
    auto example = part_of(visit, from_s, to_s);
    example.label = frustration >= 3.0 ? 1 : 0;
    example.target = (frustration - 1.0) / 4.0;
    if (protocol == Protocol::published) example.stratum.clear();
    return example;
  };
  const auto add = [&](StateQuestion& question, learn::Example example) {
    example.row = row_of(question, visit.id);
    question.examples.push_back(std::move(example));
  };
  const double length_s = visit.length_s();
  if (protocol == Protocol::published) {
    add(set.questions[0], rated(0.0, length_s));
    return;
  }
  if (visit.visit == "NO_WAIT") return;
  const double end_s = length_s - before_end_s, last_s = std::max(0.0, end_s - part_s);
  std::vector<learn::Example> others;
  for (double from_s = 0.0; from_s + part_s <= end_s; from_s += part_every_s) {
    others.push_back(rated(from_s, from_s + part_s));
    others.back().asked = false;
  }
  const std::array<learn::Example, 2> asked{rated(last_s, end_s), rated(0.0, part_s)};
  for (std::size_t question = 0; question < asked.size(); ++question) {
    auto parts = others;
    parts.push_back(asked[question]);
    for (auto& part : parts) {
      part.share = 1.0 / static_cast<double>(parts.size());
      add(set.questions[question], part);
    }
  }
}

double anxiety_of(double stai) { return (stai - 20.0) / 60.0; }

/// @param before  the person's score before VR, where there is one.
void judge_cafe_visit(const datasets::Visit& visit, double stai, double own_mean,
                      const std::optional<double>& before, Protocol protocol, StateSet& set) {
  const bool strict = protocol == Protocol::strict;
  auto example = strict ? end_of(visit, cafe_part_s) : part_of(visit, 0.0, visit.length_s());
  example.target = anxiety_of(stai);
  const auto add = [&](StateQuestion& question, bool positive) {
    example.label = positive ? 1 : 0;
    example.row = row_of(question, visit.id);
    question.examples.push_back(example);
  };
  if (strict) add(set.questions[0], stai > own_mean);
  example.stratum.clear();
  if (!strict) add(set.questions[0], stai >= 40.0);
  if (!strict || !before) return;
  example.prior = anxiety_of(*before);
  add(set.questions[1], stai >= 40.0);
}

void add_course(const datasets::Visit& visit, double rating, double half_step, StateSet& set) {
  if (auto course = course_of_visit(visit, rating, half_step)) set.courses.all.push_back(std::move(*course));
}

/// Mean anxiety over each person's visits.
std::map<std::string, double> own_means(const std::map<datasets::VisitKey, double>& stai) {
  std::map<std::string, std::pair<double, double>> sums;
  for (const auto& [key, total] : stai) {
    if (key.second == "pre") continue;
    sums[key.first].first += total;
    sums[key.first].second += 1.0;
  }
  std::map<std::string, double> means;
  for (const auto& [person, sum] : sums) means[person] = sum.first / sum.second;
  return means;
}

}  // namespace

core::Result<StateSet> wait_examples(const fs::path& folder, Protocol protocol, const Done& done) {
  const auto frustration = datasets::read_frustration(folder);
  if (!frustration) return frustration.error();
  const auto people = people_in(folder / "sessions");
  if (!people) return people.error();
  StateSet set;
  if (protocol == Protocol::strict) {
    set.courses.what = "frustration, twelve moments of every whole visit of 30 s and more";
    set.questions.push_back({"auc", "frustration >= 3, 150 s ending 25 s before the visit's end", {}});
    set.questions.push_back({"first_150_s", "frustration >= 3, first 150 s", {}});
  } else {
    set.questions.push_back({"auc", "frustration >= 3, whole visits of all three lengths", {}});
  }
  for (std::size_t i = 0; i < people->size(); ++i) {
    const auto visits = datasets::read_wait_person((*people)[i]);
    if (!visits) return visits.error();
    for (const auto& visit : *visits) {
      const auto rated = frustration->find({visit.id, visit.visit});
      if (rated == frustration->end()) {
        set.notes.push_back(visit.id + " " + visit.visit + " has no rating and is left out");
        continue;
      }
      judge_queue_visit(visit, rated->second, protocol, set);
      if (protocol == Protocol::strict) add_course(visit, (rated->second - 1.0) / 4.0, 0.5 / 4.0, set);
    }
    done(i + 1, people->size());
  }
  return set;
}

core::Result<StateSet> cafe_examples(const fs::path& folder, Protocol protocol, const Done& done) {
  const auto stai = datasets::read_stai(folder);
  if (!stai) return stai.error();
  const auto people = people_in(folder / "sessions");
  if (!people) return people.error();
  const auto means = own_means(*stai);
  StateSet set;
  if (protocol == Protocol::strict) {
    set.courses.what = "anxiety after the visit, twelve moments of every whole visit of 30 s and more";
    set.questions.push_back({"auc", "anxiety above the person's own mean, first 30 s", {}});
    set.questions.push_back({"auc_with_prior", "anxiety (STAI) of 40 or more, first 30 s", {}});
    set.questions.back().prior_known = true;
  } else {
    set.questions.push_back({"auc", "anxiety (STAI) of 40 or more, whole visits", {}});
  }
  std::size_t too_short = 0, unrated = 0;
  for (std::size_t i = 0; i < people->size(); ++i) {
    const auto visits = datasets::read_cafe_person((*people)[i]);
    if (!visits) return visits.error();
    for (const auto& visit : *visits) {
      const auto total = stai->find({visit.id, visit.visit});
      if (total == stai->end()) {
        ++unrated;
        continue;
      }
      if (visit.length_s() < cafe_part_s) {
        ++too_short;
        continue;
      }
      const auto before = stai->find({visit.id, "pre"});
      judge_cafe_visit(visit, total->second, means.at(visit.id),
                       before != stai->end() ? std::optional(before->second) : std::nullopt, protocol, set);
      if (protocol == Protocol::strict) add_course(visit, anxiety_of(total->second), 0.5 / 60.0, set);
    }
    done(i + 1, people->size());
  }
  if (too_short > 0)
    set.notes.push_back(std::to_string(too_short) + " visits of less than 30 s are left out");
  if (unrated > 0)
    set.notes.push_back(std::to_string(unrated) + " visits without a score after them are left out");
  return set;
}

}  // namespace attune::cli
