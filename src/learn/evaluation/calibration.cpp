#include "attune/learn/evaluation/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "attune/learn/evaluation/scores.hpp"
#include "attune/learn/training.hpp"
#include "attune/state/belief.hpp"
#include "learn/network_files.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t chance_bins = 10, bootstrap_draws = 400;

/// What the belief said of one judged moment.
struct Said {
  std::string_view person;
  WeightedAnswer truth;
  double mean = 0.0, sd = 0.0;
  Gaussian constant;  ///< of the fold
  double observation_sd = 0.0;
};

std::size_t judged_moments(const Course& course) {
  return static_cast<std::size_t>(std::count_if(course.moments.begin(), course.moments.end(),
                                                [](const auto& moment) { return moment.truth.has_value(); }));
}

/// The sensors that half of the moments have.
state::SensorSet sensors_of(std::span<const Course> courses) {
  std::array<std::size_t, state::sensor_count> with{};
  std::size_t all = 0;
  for (const auto& course : courses) {
    for (const auto& moment : course.moments) {
      const auto sensors = state::sensors_of(moment.features);
      for (std::size_t s = 0; s < with.size(); ++s) with[s] += (sensors >> s) & 1U;
      ++all;
    }
  }
  state::SensorSet set = 0;
  for (std::size_t s = 0; s < with.size(); ++s) {
    if (2 * with[s] > all) set |= state::only(static_cast<state::Sensor>(s));
  }
  return set;
}

struct Mask {
  std::string name;
  state::SensorSet sensors = 0;
};

std::vector<Mask> masks_of(std::span<const Course> courses) {
  const auto all = sensors_of(courses);
  std::vector<Mask> masks{{"all", all}};
  for (std::size_t s = 0; s < state::sensor_count; ++s) {
    const auto sensor = static_cast<state::Sensor>(s);
    const auto alone = state::only(sensor);
    if ((all & alone) != 0 && all != alone) masks.push_back({std::string(name_of(sensor)), alone});
  }
  masks.push_back({"none", 0});
  return masks;
}

/// A fold's monitor, and the belief that it speaks to.
struct Reader {
  state::StateMonitor monitor;
  state::BeliefParameters belief;
  Gaussian people;
};

/// Grouped by what is new to the monitor where it is judged.
std::vector<WeightedAnswer> answers_of(std::span<const Course> courses, const Indices& chosen,
                                       LeaveOut leave) {
  std::vector<WeightedAnswer> answers;
  std::map<std::string_view, std::size_t> groups;
  for (const auto i : chosen) {
    const auto& name = leave == LeaveOut::person ? courses[i].person : courses[i].stimulus;
    const auto group = groups.try_emplace(name, groups.size()).first->second;
    const double weight = 1.0 / static_cast<double>(std::max<std::size_t>(1, judged_moments(courses[i])));
    for (const auto& moment : courses[i].moments) {
      if (moment.truth) answers.push_back({*moment.truth, courses[i].half_step, weight, group});
    }
  }
  return answers;
}

/// Mean and deviation as they are, of answers that are yes or no.
Gaussian plain_gaussian(const std::vector<WeightedAnswer>& answers) {
  double sum = 0.0, weight = 0.0;
  for (const auto& answer : answers) {
    sum += answer.weight * answer.value;
    weight += answer.weight;
  }
  const double share = weight > 0.0 ? sum / weight : 0.5;
  return {share, std::sqrt(share * (1.0 - share))};
}

core::Result<Reader> learn(std::span<const Course> courses, const Indices& training,
                           const CalibrationOptions& options) {
  Dataset data;
  for (const auto i : training) {
    const auto& course = courses[i];
    for (const auto& moment : course.moments) {
      if (!moment.truth) continue;
      data.add({moment.features, moment.own, static_cast<float>(*moment.truth), course.person,
                course.stimulus, "set", static_cast<float>(course.length_s)});
    }
  }
  TrainingOptions training_options;
  training_options.seed = options.seed;
  const auto trained = train_monitor(data, training_options);
  if (!trained) return trained.error();
  const auto network = open_network(trained->bytes, "the fold's monitor", monitor_shape);
  if (!network) return network.error();
  const auto answers = answers_of(courses, training, options.leave);
  const auto people = options.yes_or_no ? plain_gaussian(answers) : fitting_gaussian(answers);
  state::BeliefParameters belief;
  belief.rest = people.mean;
  belief.spread_x = people.deviation;
  belief.rest_sd = 0.0;  // what people differ by is in the deviation of their answers
  return Reader{state::StateMonitor(monitor_weights(**network, trained->figures.noise())), belief, people};
}

/// The belief goes through a course, hearing what the monitor reads from some sensors.
void live_through(const Course& course, const Mask& mask, const Reader& reader, std::vector<Said>& said) {
  state::Belief belief(reader.belief);
  const double weight = 1.0 / static_cast<double>(std::max<std::size_t>(1, judged_moments(course)));
  double before_s = 0.0;
  for (const auto& moment : course.moments) {
    belief.predict(moment.time_s - before_s, 0.0, 0.0);
    before_s = moment.time_s;
    const auto output = reader.monitor.infer(state::with_only(mask.sensors, moment.features), moment.own);
    belief.update_monitor(output);
    if (!moment.truth) continue;
    const auto state = belief.state();
    said.push_back({course.person,
                    {*moment.truth, course.half_step, weight},
                    state.x,
                    state.sd_x(),
                    reader.people,
                    static_cast<double>(output.sd)});
  }
}

double weighted_mean(const std::vector<Said>& said, const std::function<double(const Said&)>& of) {
  double sum = 0.0, weight = 0.0;
  for (const auto& one : said) {
    sum += one.truth.weight * of(one);
    weight += one.truth.weight;
  }
  return weight > 0.0 ? sum / weight : 0.0;
}

IntervalFigures interval_of(const std::vector<Said>& said, double nominal, std::uint64_t seed) {
  IntervalFigures figures;
  figures.nominal = nominal;
  const double reach = reach_of(nominal);
  std::vector<std::string> people;
  std::vector<double> covered;
  for (const auto& one : said) {
    people.emplace_back(one.person);
    covered.push_back(covered_part(one.truth, {one.mean, one.sd}, nominal));
  }
  const WeightedFigure share = [&](std::span<const double> weights) -> std::optional<double> {
    double sum = 0.0, all = 0.0;
    for (std::size_t i = 0; i < said.size(); ++i) {
      const double weight = said[i].truth.weight * (weights.empty() ? 1.0 : weights[i]);
      sum += weight * covered[i];
      all += weight;
    }
    if (!(all > 0.0)) return std::nullopt;
    return sum / all;
  };
  figures.covered = share({}).value_or(0.0);
  figures.error = bootstrap_error(people, share, bootstrap_draws, seed);
  figures.covered_plainly = weighted_mean(said, [&](const Said& one) {
    return std::abs(one.truth.value - one.mean) <= reach * one.sd ? 1.0 : 0.0;
  });
  figures.width = weighted_mean(said, [&](const Said& one) { return 2.0 * reach * one.sd; });
  figures.constant_width =
      weighted_mean(said, [&](const Said& one) { return 2.0 * reach * one.constant.deviation; });
  return figures;
}

void judge_chances(const std::vector<Said>& said, SensorCalibration& result) {
  const auto chance = [](const Said& one) { return std::clamp(one.mean, 0.0, 1.0); };
  result.brier =
      weighted_mean(said, [&](const Said& one) { return std::pow(chance(one) - one.truth.value, 2); });
  result.constant_brier =
      weighted_mean(said, [](const Said& one) { return std::pow(one.constant.mean - one.truth.value, 2); });
  std::vector<const Said*> order;
  for (const auto& one : said) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(),
                   [&](const Said* a, const Said* b) { return chance(*a) < chance(*b); });
  for (std::size_t bin = 0; bin < chance_bins; ++bin) {
    const auto from = bin * order.size() / chance_bins, to = (bin + 1) * order.size() / chance_bins;
    if (from == to) continue;
    ChanceBin figures;
    figures.moments = to - from;
    const auto count = static_cast<double>(figures.moments);
    for (auto i = from; i < to; ++i) {
      figures.said += chance(*order[i]) / count;
      figures.was += order[i]->truth.value / count;
    }
    result.off += std::abs(figures.said - figures.was) * count / static_cast<double>(order.size());
    result.bins.push_back(figures);
  }
}

SensorCalibration summed_up(const Mask& mask, const std::vector<Said>& said,
                            const CalibrationOptions& options) {
  SensorCalibration result;
  result.sensors = mask.name;
  std::set<std::string_view> people;
  for (const auto& one : said) people.insert(one.person);
  result.people = people.size();
  result.moments = said.size();
  result.observation_sd = weighted_mean(said, [](const Said& one) { return one.observation_sd; });
  if (options.yes_or_no) {
    judge_chances(said, result);
    return result;
  }
  for (const double nominal : judged_intervals)
    result.intervals.push_back(interval_of(said, nominal, options.seed));
  return result;
}

}  // namespace

std::vector<CourseFold> course_folds(std::span<const Course> courses, LeaveOut what, std::size_t groups,
                                     std::optional<std::size_t> tested_from) {
  std::map<std::string_view, std::size_t> group_of;
  for (const auto& course : courses) group_of.try_emplace(course.person, 0);
  std::size_t next = 0;
  for (auto& [name, group] : group_of) group = next++ % std::max<std::size_t>(1, groups);
  const bool both = what == LeaveOut::person_and_stimulus;
  std::map<std::pair<std::size_t, std::string>, CourseFold> folds;
  for (auto i = tested_from.value_or(0); i < courses.size(); ++i) {
    const auto group = tested_from ? 0 : group_of.at(courses[i].person);
    folds[{group, both ? courses[i].stimulus : std::string()}].test.push_back(i);
  }
  std::vector<CourseFold> list;
  for (auto& [key, fold] : folds) {
    for (std::size_t i = 0; i < tested_from.value_or(courses.size()); ++i) {
      if (!tested_from && group_of.at(courses[i].person) == key.first) continue;
      if (!both || courses[i].stimulus != key.second) fold.training.push_back(i);
    }
    if (!fold.training.empty()) list.push_back(std::move(fold));
  }
  return list;
}

core::Result<BeliefCalibration> calibrate_belief(std::span<const Course> courses,
                                                 std::span<const CourseFold> folds,
                                                 const CalibrationOptions& options) {
  const auto masks = masks_of(courses);
  std::vector<std::vector<Said>> said(masks.size());
  for (std::size_t f = 0; f < folds.size(); ++f) {
    const auto reader = learn(courses, folds[f].training, options);
    if (!reader) return reader.error();
    for (const auto i : folds[f].test) {
      for (std::size_t m = 0; m < masks.size(); ++m) live_through(courses[i], masks[m], *reader, said[m]);
    }
    if (options.progress) options.progress(f + 1);
  }
  BeliefCalibration result;
  for (std::size_t m = 0; m < masks.size(); ++m)
    result.sensors.push_back(summed_up(masks[m], said[m], options));
  return result;
}

}  // namespace attune::learn
