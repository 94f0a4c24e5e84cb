#include "report/digest.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "report/held_moments.hpp"

namespace attune::report {

namespace {

constexpr double ceiling = 0.85;
constexpr std::size_t course_points = 600;
constexpr double finest_step_s = 0.25;

bool state_known(const record::DecisionRecord& decision) {
  return std::isfinite(decision.x_mean) && std::isfinite(decision.x_variance) && decision.x_variance > 0.0F;
}

telemetry::ReportKind kind_of(double number) {
  const bool known = number >= 1.0 && number < static_cast<double>(telemetry::report_kind_count);
  return known ? static_cast<telemetry::ReportKind>(static_cast<int>(number)) : telemetry::ReportKind::none;
}

double share(float value) {
  return std::isfinite(value) ? std::clamp(static_cast<double>(value), 0.0, 1.0) : 0.0;
}

/// Averages decisions into the points of the course.
class CourseMaker {
 public:
  CourseMaker(double from_s, double duration_s)
      : from_s_(from_s), step_s_(std::max(finest_step_s, duration_s / static_cast<double>(course_points))) {
    sums_.resize(static_cast<std::size_t>(duration_s / step_s_) + 1);
  }
  void add(double time_s, const record::DecisionRecord& decision) {
    if (!state_known(decision)) return;
    const auto place = static_cast<std::size_t>(std::max(time_s - from_s_, 0.0) / step_s_);
    auto& sum = sums_[std::min(place, sums_.size() - 1)];
    sum.count += 1.0;
    sum.state += static_cast<double>(decision.x_mean);
    sum.variance += static_cast<double>(decision.x_variance);
    sum.asked += share(decision.asked_intensity);
    sum.given += share(decision.directive.intensity);
  }
  [[nodiscard]] double step_s() const { return step_s_; }
  [[nodiscard]] std::vector<CoursePoint> points() const {
    std::vector<CoursePoint> points;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const auto& sum = sums_[i];
      CoursePoint point;
      point.time_s = from_s_ + (static_cast<double>(i) + 0.5) * step_s_;
      point.known = sum.count > 0.0;
      if (point.known) {
        point.state = sum.state / sum.count;
        point.spread = std::sqrt(sum.variance / sum.count);
        point.asked = sum.asked / sum.count;
        point.given = sum.given / sum.count;
      }
      points.push_back(point);
    }
    return points;
  }

 private:
  struct Sum {
    double count = 0.0, state = 0.0, variance = 0.0, asked = 0.0, given = 0.0;
  };
  double from_s_, step_s_;
  std::vector<Sum> sums_;
};

class Digester {
 public:
  explicit Digester(const record::Recording& recording)
      : course_(recording.first_time().seconds(),
                core::seconds_between(recording.first_time(), recording.last_time())),
        looking_(recording.first_time(), recording.last_time()),
        guide_(static_cast<double>(recording.meta().display_rate_hz)) {}

  /// One frame, which holds until `dt_s` later.
  void add(const record::Moment& moment, double dt_s) {
    const auto& frame = moment.frame;
    const double time_s = frame.time.seconds();
    intervals_.push_back(static_cast<float>(dt_s));
    add_quality(frame, dt_s);
    looking_.add(moment, dt_s);
    pupil_.add(moment, dt_s);
    vitals_.add(moment);
    guide_.add(moment, dt_s);
    for (const auto& report : frame.reports) {
      spoken_.push_back({report.answered.seconds(), report.kind, static_cast<double>(report.value)});
    }
    if (moment.decided) add_decision(time_s, moment.decision, dt_s);
  }

  core::Result<Digest> finish(const record::Recording& recording) {
    out_.duration_s = core::seconds_between(recording.first_time(), recording.last_time());
    out_.decisions = recording.decision_count();
    out_.course = course_.points();
    out_.course_step_s = course_.step_s();
    out_.looking = looking_.finish();
    out_.pupil = pupil_.finish();
    out_.vitals = vitals_.finish();
    out_.guide = guide_.finish();
    for (const auto& [step, seconds] : steps_) out_.steps.push_back({step, seconds});
    auto& dose = out_.dose;
    dose.mean_intensity = dose.shown_s > 0.0 ? weighted_intensity_ / dose.shown_s : 0.0;
    if (!intervals_.empty()) {
      const auto middle = intervals_.begin() + static_cast<std::ptrdiff_t>(intervals_.size() / 2);
      std::nth_element(intervals_.begin(), middle, intervals_.end());
      out_.quality.rate_hz = *middle > 0.0F ? 1.0 / static_cast<double>(*middle) : 0.0;
    }

    auto events = recording.events();
    if (!events) return events.error();
    out_.events = std::move(*events);
    std::ranges::stable_sort(out_.events, {}, &record::Event::time);
    take_answers();

    const auto snapshots = recording.snapshots();
    if (!snapshots) return snapshots.error();
    add_effects(*snapshots);
    return std::move(out_);
  }

 private:
  void add_quality(const telemetry::Frame& frame, double dt_s) {
    auto& quality = out_.quality;
    ++quality.frames;
    quality.observed_s += dt_s;
    if (frame.head.valid() && frame.head.tracked) quality.head_tracked_s += dt_s;
    if (frame.gaze.source == telemetry::GazeSource::eye) quality.eye_gaze_s += dt_s;
    if (frame.gaze.source == telemetry::GazeSource::head) quality.head_gaze_s += dt_s;
    if (frame.gaze.source != telemetry::GazeSource::none && frame.gaze.interpolated)
      quality.interpolated_s += dt_s;
    if (frame.hands[telemetry::left].active || frame.hands[telemetry::right].active) quality.hands_s += dt_s;
    if (!frame.headset.worn) quality.not_worn_s += dt_s;
    if (!frame.headset.focused) quality.not_focused_s += dt_s;
    const auto& vitals = frame.vitals;
    const std::array readings{&vitals.heart_rate_bpm,      &vitals.rr_ms,
                              &vitals.breaths_per_min,     &vitals.breath_phase,
                              &vitals.skin_conductance_us, &vitals.skin_temperature_c};
    for (std::size_t i = 0; i < readings.size(); ++i) {
      if (readings[i]->valid) quality.vitals_s[i] += dt_s;
    }
    if (frame.recentred) ++quality.recentred;
  }

  void add_decision(double time_s, const record::DecisionRecord& decision, double dt_s) {
    course_.add(time_s, decision);
    auto& phases = out_.phases;
    if (phases.empty() || phases.back().phase != decision.phase)
      phases.push_back({decision.phase, time_s, time_s});
    phases.back().to_s = time_s + dt_s;

    const auto& directive = decision.directive;
    auto& dose = out_.dose;
    const double intensity = share(directive.intensity);
    const bool shown =
        directive.place == scene::Place::world && !directive.stimulus_hidden && intensity >= Dose::shown_from;
    if (shown) {
      dose.shown_s += dt_s;
      weighted_intensity_ += intensity * dt_s;
      dose.highest_intensity = std::max(dose.highest_intensity, intensity);
      dose.by_fifth_s[std::min<std::size_t>(static_cast<std::size_t>(intensity * 5.0), 4)] += dt_s;
      steps_[decision.step] += dt_s;
    }
    if (state_known(decision) && static_cast<double>(decision.x_mean) > ceiling) dose.above_ceiling_s += dt_s;
    if (directive.calm_feedback > GuideFollower::shown_from) dose.guide_s += dt_s;
  }

  /// Answers are events, spoken or given on the panel; a recording without a session's events has those of
  /// its frames.
  void take_answers() {
    for (const auto& event : out_.events) {
      if (event.kind == record::EventKind::question_answered && event.values.size() >= 2) {
        out_.answers.push_back({event.time.seconds(), kind_of(event.values[0]), event.values[1]});
      }
      if (event.kind == record::EventKind::question_asked && !event.values.empty())
        out_.asked[static_cast<std::size_t>(kind_of(event.values[0]))] = true;
      if (event.kind == record::EventKind::frames_lost && !event.values.empty())
        out_.quality.samples_lost += event.values[0];
    }
    if (out_.answers.empty()) out_.answers = spoken_;
  }

  void add_effects(const std::vector<record::Snapshot>& snapshots) {
    struct Sum {
      double size = 0.0, signed_sum = 0.0, count = 0.0, up = 0.0, value = 0.0;
    };
    std::map<std::uint16_t, Sum> sums;
    for (const auto& snapshot : snapshots) {
      for (const auto& part : snapshot.top) {
        if (!std::isfinite(part.effect) || !std::isfinite(part.value)) continue;
        auto& sum = sums[part.feature];
        sum.size += std::abs(static_cast<double>(part.effect));
        sum.signed_sum += static_cast<double>(part.effect);
        sum.count += 1.0;
        sum.value += static_cast<double>(part.value);
        if (part.effect > 0.0F) sum.up += 1.0;
      }
    }
    out_.snapshots = snapshots.size();
    const auto all = static_cast<double>(std::max<std::size_t>(snapshots.size(), 1));
    for (const auto& [feature, sum] : sums) {
      out_.effects.push_back(
          {feature, sum.size / all, sum.signed_sum / all, sum.up / sum.count, sum.value / sum.count});
    }
    std::ranges::stable_sort(out_.effects, std::greater{}, &FeatureEffect::mean_size);
    if (!snapshots.empty()) out_.report_share = share(snapshots.back().report_share);
  }

  Digest out_;
  CourseMaker course_;
  LookingAccount looking_;
  PupilAccount pupil_;
  VitalsAccount vitals_;
  GuideFollower guide_;
  std::map<std::uint16_t, double> steps_;
  std::vector<Answer> spoken_;
  std::vector<float> intervals_;
  double weighted_intensity_ = 0.0;
};

}  // namespace

std::vector<Answer> Digest::answers_of(telemetry::ReportKind kind) const {
  std::vector<Answer> found;
  std::ranges::copy_if(answers, std::back_inserter(found),
                       [kind](const Answer& answer) { return answer.kind == kind; });
  return found;
}

core::Result<Digest> digest(const record::Recording& recording) {
  Digester digester(recording);
  const auto read = for_each_held_moment(
      recording, [&](const record::Moment& moment, double held_s) { digester.add(moment, held_s); });
  if (!read) return read.error();
  return digester.finish(recording);
}

}  // namespace attune::report
