#include "learn/judging.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "learn/moments.hpp"

namespace attune::learn {

namespace {

/// What is known of some visits without looking at anybody: their labels and lengths.
class Usual {
 public:
  /// A visit's mean label. @param length_s  of it.
  void add_visit(double label, double length_s) {
    visits_.push_back({label, length_s});
    labels_.add(label);
    lengths_.add(length_s);
  }
  void add_moment(double label, double weight) { moments_.push_back({label, 0.0, weight}); }
  /// Once all is added.
  void settle() {
    std::set<double> labels;
    for (const auto& moment : moments_) labels.insert(moment.value);
    double least = 1.0;
    for (auto next = labels.begin(); next != labels.end(); ++next) {
      if (next != labels.begin()) least = std::min(least, *next - *std::prev(next));
    }
    half_step_ = 0.5 * least;
    for (auto& moment : moments_) moment.half_step = half_step_;
    usual_ = fitting_gaussian(moments_);
  }

  [[nodiscard]] double mean() const { return labels_.mean; }
  [[nodiscard]] const Gaussian& usual() const { return usual_; }
  [[nodiscard]] double half_step() const { return half_step_; }
  /// Least squares of label on length.
  [[nodiscard]] double at(double length_s) const {
    double together = 0.0;
    for (const auto& visit : visits_)
      together += (visit.length_s - lengths_.mean) * (visit.label - labels_.mean);
    const double slope = lengths_.squares > 0.0 ? together / lengths_.squares : 0.0;
    return std::clamp(labels_.mean + slope * (length_s - lengths_.mean), 0.0, 1.0);
  }

 private:
  struct Visit {
    double label, length_s;
  };
  std::vector<Visit> visits_;
  Moments labels_, lengths_;
  std::vector<WeightedAnswer> moments_;
  Gaussian usual_;
  double half_step_ = 0.0;
};

using VisitName = std::tuple<std::string_view, std::string_view, std::string_view>;

VisitName visit_of(const Dataset::Sample& sample) { return {sample.set, sample.person, sample.visit}; }

/// By set, and under "" of all.
std::map<std::string_view, Usual> usual_of(const Samples& training) {
  struct Sums {
    double label = 0.0, weight = 0.0, length_s = 0.0;
  };
  std::map<VisitName, Sums> visits;
  std::map<std::string_view, Usual> usual;
  for (const auto* sample : training) {
    const auto weight = static_cast<double>(sample->weight);
    if (!(weight > 0.0)) continue;
    auto& sums = visits[visit_of(*sample)];
    sums.label += weight * static_cast<double>(sample->label);
    sums.weight += weight;
    sums.length_s = static_cast<double>(sample->length_s);
    for (const auto set : {std::string_view(sample->set), std::string_view()})
      usual[set].add_moment(static_cast<double>(sample->label), weight);
  }
  for (const auto& [name, sums] : visits) {
    for (const auto set : {std::get<0>(name), std::string_view()})
      usual[set].add_visit(sums.label / sums.weight, sums.length_s);
  }
  for (auto& [set, of_set] : usual) of_set.settle();
  return usual;
}

}  // namespace

std::vector<Judged> judge(const state::StateMonitor& monitor, const Lesson& lesson, std::size_t network) {
  const auto usual = usual_of(lesson.training);
  std::vector<Judged> judged;
  for (const auto* sample : lesson.judged) {
    if (!(sample->weight > 0.0F)) continue;
    Judged moment;
    moment.sample = sample;
    moment.network = network;
    moment.sensors = sample->sensors();
    for (state::SensorSet part = 1; part < state::sensor_set_count; ++part) {
      if ((part & moment.sensors) != part) continue;
      const auto features = state::with_only(part, sample->features);
      moment.estimates[part] = static_cast<double>(monitor.infer(features, sample->own).estimate) +
                               lesson.scale_of(sample->set).offset;
    }
    if (moment.sensors == 0) continue;
    const auto found = usual.find(sample->set);
    const auto& of_set = found != usual.end() ? found->second : usual.at("");
    moment.constant = usual.at("").mean();
    moment.set_constant = of_set.mean();
    moment.set_usual = of_set.usual();
    moment.half_step = of_set.half_step();
    moment.length_alone = of_set.at(static_cast<double>(sample->length_s));
    judged.push_back(moment);
  }
  return judged;
}

void number_visits(std::vector<Judged>& judged) {
  std::map<VisitName, std::size_t> numbers;
  for (auto& moment : judged)
    moment.visit = numbers.try_emplace(visit_of(*moment.sample), numbers.size()).first->second;
}

std::optional<double> mean_over_visits(const std::vector<Judged>& judged,
                                       const std::function<std::optional<double>(const Judged&)>& value) {
  struct Sums {
    double value = 0.0, weight = 0.0;
  };
  std::map<std::size_t, Sums> visits;
  for (const auto& moment : judged) {
    const auto of_moment = value(moment);
    if (!of_moment) continue;
    const auto weight = static_cast<double>(moment.sample->weight);
    auto& sums = visits[moment.visit];
    sums.value += weight * *of_moment;
    sums.weight += weight;
  }
  Moments mean;
  for (const auto& [visit, sums] : visits) mean.add(sums.value / sums.weight);
  if (!(mean.count > 0.0)) return std::nullopt;
  return mean.mean;
}

}  // namespace attune::learn
