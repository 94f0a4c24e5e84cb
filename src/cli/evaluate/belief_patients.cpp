#include "cli/evaluate/belief_patients.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "attune/scene/world.hpp"
#include "attune/sim/plant.hpp"
#include "attune/sim/random.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "attune/state/feature_extractor.hpp"
#include "cli/simulate/exposure_course.hpp"

namespace attune::cli {

namespace {

constexpr double frame_s = 1.0 / 72.0;  // a headset's usual rate
constexpr std::array asked_at_s{180.0, 240.0, 300.0};
constexpr double settled_s = 60.0;  // before: the features' windows have filled
/// Two minutes after the last answer, three times τx: what was said of that moment is forgotten by then.
constexpr double after_from_s = 425.0;
constexpr double length_s = 785.0;
constexpr double middling_x = 0.45;

/// What reaches the beliefs at one instant.
struct Heard {
  double time_s = 0.0, z = 0.0, u = 0.0;
  std::optional<state::MonitorOutput> monitor;
  std::optional<bool> engaged;
  std::optional<double> suds;  ///< one of three answers
  double truth = 0.0;
  std::optional<double> suds_of_words;  ///< one of the answers of those who say something every three minutes
};

/// Sums of one reading over one person, and over all.
class ReadingSum {
 public:
  void add(double truth, const state::BeliefState& said) {
    const double off = said.x - truth;
    count_ += 1.0;
    sum_ += off;
    squares_ += off * off;
    coverage_.add(std::abs(off) / said.sd_x());
  }
  [[nodiscard]] double count() const { return count_; }
  [[nodiscard]] double mean() const { return sum_ / std::max(count_, 1.0); }
  [[nodiscard]] double squares() const { return squares_; }
  [[nodiscard]] const Coverage& coverage() const { return coverage_; }

 private:
  double count_ = 0.0, sum_ = 0.0, squares_ = 0.0;
  Coverage coverage_;
};

class ReadingTotal {
 public:
  void add(const ReadingSum& person) {
    people_ += 1.0;
    count_ += person.count();
    squares_ += person.squares();
    means_ += person.mean() * person.mean();
    coverage_.add(person.coverage());
  }
  [[nodiscard]] Reading reading() const {
    return {std::sqrt(squares_ / std::max(count_, 1.0)), std::sqrt(means_ / std::max(people_, 1.0)),
            coverage_};
  }

 private:
  double people_ = 0.0, count_ = 0.0, squares_ = 0.0, means_ = 0.0;
  Coverage coverage_;
};

/// A straight line through what the monitor said of one person.
class Line {
 public:
  void add(double x, double y) { n_ += 1.0, x_ += x, y_ += y, xx_ += x * x, xy_ += x * y, yy_ += y * y; }
  [[nodiscard]] double slope() const {
    const double var = xx_ - x_ * x_ / n_;
    return var > 1e-9 ? (xy_ - x_ * y_ / n_) / var : 0.0;
  }
  [[nodiscard]] double intercept() const { return (y_ - slope() * x_) / n_; }
  [[nodiscard]] double rest() const {  ///< variance around the line
    return std::max(0.0, (yy_ - y_ * y_ / n_ - slope() * (xy_ - x_ * y_ / n_)) / n_);
  }

 private:
  double n_ = 0.0, x_ = 0.0, y_ = 0.0, xx_ = 0.0, xy_ = 0.0, yy_ = 0.0;
};

double deviation(const std::vector<double>& values) {
  double sum = 0.0, squares = 0.0;
  for (const double value : values) sum += value;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return values.size() > 1 ? std::sqrt(squares / (n - 1.0)) : 0.0;
}

/// The monitor reads everybody alike: all of its doubt is noise.
state::BeliefParameters uncalibrated() {
  state::BeliefParameters p;
  p.bias_sd = p.log_gain_sd = 0.0;
  return p;
}

/// Everybody answers exposure alike: what people differ by is in the moments.
state::BeliefParameters as_everybody() {
  state::BeliefParameters p;
  p.spread_x = std::sqrt(p.spread_x * p.spread_x + p.rest_sd * p.rest_sd +
                         std::pow(0.5 * p.usual_v * p.reactivity_sd, 2));  // at half of the exposure
  p.rest_sd = p.reactivity_sd = 0.0;
  return p;
}

state::BeliefParameters parameters_of(Reader reader) {
  if (reader == Reader::told_uncalibrated) return uncalibrated();
  if (reader == Reader::told_as_everybody || reader == Reader::words_as_everybody) return as_everybody();
  return {};
}

bool hears_words_alone(Reader reader) {
  return reader == Reader::words || reader == Reader::words_as_everybody;
}

/// One person on one course, read in every way.
class Listener {
 public:
  void hear(const Heard& heard) {
    const double dt_s = heard.time_s - time_s_;
    time_s_ = heard.time_s;
    for (std::size_t i = 0; i < reader_count; ++i) {
      const auto reader = static_cast<Reader>(i);
      auto& belief = beliefs_[i];
      belief.predict(dt_s, heard.z, heard.u);
      if (hears_words_alone(reader)) {
        if (heard.suds_of_words) belief.update_suds(*heard.suds_of_words);
      } else {
        if (heard.suds && reader != Reader::silent) belief.update_suds(*heard.suds);
        if (heard.monitor) belief.update_monitor(*heard.monitor);
        if (heard.engaged) belief.update_attention(*heard.engaged);
      }
      if (heard.time_s >= after_from_s) after_[i].add(heard.truth, belief.state());
    }
    answers_ += heard.suds ? 1 : 0;
    if (heard.time_s < settled_s) return;
    if (heard.monitor) line_.add(heard.truth, heard.monitor->measured());
    if (heard.time_s < asked_at_s.front()) before_.add(heard.truth, beliefs_.front().state());
  }

 private:
  friend class Study;
  std::array<state::Belief, reader_count> beliefs_ = [] {
    std::array<state::Belief, reader_count> beliefs;
    for (std::size_t i = 0; i < reader_count; ++i)
      beliefs[i] = state::Belief(parameters_of(static_cast<Reader>(i)));
    return beliefs;
  }();
  double time_s_ = 0.0;
  std::size_t answers_ = 0;
  ReadingSum before_;
  std::array<ReadingSum, reader_count> after_;
  Line line_;
};

/// Everybody who stayed to the end and gave every answer.
class Study {
 public:
  explicit Study(sim::PlantKind plant) { study_.plant = plant; }
  [[nodiscard]] sim::PlantKind plant() const { return study_.plant; }
  void add(const Listener& person, bool left) {
    if (left || person.answers_ < asked_at_s.size()) {
      ++study_.left;
      return;
    }
    ++study_.people;
    before_.add(person.before_);
    for (std::size_t i = 0; i < reader_count; ++i) after_[i].add(person.after_[i]);
    biases_.push_back(person.line_.intercept());
    middles_.push_back(person.line_.intercept() + person.line_.slope() * middling_x);
    if (person.line_.slope() > 0.0) log_gains_.push_back(std::log(person.line_.slope()));
    rest_ += person.line_.rest();
  }
  [[nodiscard]] PatientStudy result() {
    study_.before = before_.reading();
    for (std::size_t i = 0; i < reader_count; ++i) study_.readings[i] = after_[i].reading();
    study_.monitor_bias_sd = deviation(biases_);
    study_.monitor_middle_sd = deviation(middles_);
    study_.monitor_log_gain_sd = deviation(log_gains_);
    study_.monitor_noise = std::sqrt(rest_ / std::max(1.0, static_cast<double>(study_.people)));
    return study_;
  }

 private:
  PatientStudy study_;
  ReadingTotal before_;
  std::array<ReadingTotal, reader_count> after_;
  std::vector<double> biases_, middles_, log_gains_;
  double rest_ = 0.0;
};

/// The question that is open at a time: each for ten seconds.
scene::QuestionPanel question_at(double time_s) {
  scene::QuestionPanel question;
  for (const double asked : asked_at_s) {
    if (time_s < asked || time_s >= asked + 10.0) continue;
    question.kind = telemetry::ReportKind::suds;
    question.asked = core::at_seconds(asked);
  }
  return question;
}

void visit(sim::VirtualPatient& patient, scene::World& world, session::Networks& networks, std::uint64_t seed,
           Study& study) {
  ExposureCourse course(seed);
  state::FeatureExtractor extractor;
  Listener listener;
  scene::AoiList drawn;
  std::optional<double> suds;
  for (std::uint64_t index = 0; static_cast<double>(index) * frame_s < length_s && !patient.truth().left;
       ++index) {
    const double time_s = static_cast<double>(index) * frame_s;
    patient.advance_to(core::at_seconds(time_s));
    auto frame = frame_of(patient, index, drawn);
    for (const auto& report : frame.reports) suds = static_cast<double>(report.value);
    if (extractor.push(frame)) {
      Heard heard{time_s,
                  world.stimulus().intensity,
                  world.stimulus().calm_feedback,
                  {},
                  extractor.engaged(),
                  suds,
                  patient.truth().anxiety,
                  {}};
      heard.monitor = networks.infer(extractor.current(), extractor.own_start());
      listener.hear(heard);
      suds.reset();
    }
    auto directive = course.at(time_s, frame_s);
    directive.question = question_at(time_s);
    world.advance(directive, {patient.head(), false});
    drawn = world.aois();
    patient.show(world.stimulus());
  }
  study.add(listener, patient.truth().left);
}

/// A monitor that reads one drawn person as well as their eyes, head and hands show anxiety, with a bias of
/// its own.
class DrawnMonitor {
 public:
  DrawnMonitor(const sim::PatientParameters& patient, std::mt19937_64& random)
      : random_(random),
        bias_(bias_sd * sim::normal(random)),
        gain_((patient.gain_eye + patient.gain_head + patient.gain_tremor) / (3.0 * mean_gain)),
        noise_(sim::normal(random)) {}

  state::MonitorOutput read(double anxiety, double dt_s) {
    const double keep = std::exp(-dt_s / noise_memory_s);
    noise_ = keep * noise_ + std::sqrt(1.0 - keep * keep) * sim::normal(random_);
    state::MonitorOutput output;
    output.estimate = static_cast<float>(bias_ + gain_ * anxiety + noise_sd * noise_);
    output.sd = observation_sd;
    output.person_sd = person_sd;
    output.present_count = 1;
    return output;
  }

 private:
  static constexpr double mean_gain = 1.133;  // of lognormal gains with median 1 and deviation 0.5
  static constexpr double bias_sd = 0.06, noise_sd = 0.06, noise_memory_s = 15.0;
  // What a card would say of it: 0.16 between people at 0.45 is what the study prints.
  static constexpr float person_sd = 0.16F, observation_sd = 0.17F;
  std::mt19937_64& random_;
  double bias_, gain_, noise_;
};

void visit(const sim::PatientParameters& patient, std::uint64_t seed, Study& study) {
  std::mt19937_64 random(sim::derived_seed(seed, 3)), words(sim::derived_seed(seed, 4));
  ExposureCourse course(seed);
  const auto plant = sim::make_plant(study.plant(), patient, sim::derived_seed(seed, 1), 0.1);
  DrawnMonitor monitor(patient, random);
  Listener listener;
  constexpr double step_s = 3.0 * sim::Plant::step_s;  // as often as attention is redrawn
  std::size_t asked = 0;
  double next_words_s = 60.0;
  for (double time_s = 0.0; time_s < length_s && !plant->state().left; time_s += step_s) {
    const auto directive = course.at(time_s, step_s);
    const sim::PlantInput input{static_cast<double>(directive.intensity),
                                static_cast<double>(directive.calm_feedback)};
    for (int i = 0; i < 3; ++i) plant->step(input);
    const auto& truth = plant->state();
    Heard heard{time_s,        input.z, input.u,       monitor.read(truth.anxiety, step_s),
                truth.attends, {},      truth.anxiety, {}};
    const auto say = [&](std::mt19937_64& chance) {  // as sim's words
      const double said = truth.anxiety + patient.bias + 0.06 * sim::normal(chance);
      return 5.0 * std::round(20.0 * std::clamp(said, 0.0, 1.0));
    };
    if (asked < asked_at_s.size() && time_s >= asked_at_s[asked]) {
      ++asked;
      heard.suds = say(random);
    }
    if (time_s >= next_words_s) {
      next_words_s += 180.0;
      heard.suds_of_words = say(words);
    }
    listener.hear(heard);
  }
  study.add(listener, plant->state().left);
}

}  // namespace

core::Result<PatientStudy> study_sensors(session::Networks& networks, sim::PlantKind plant,
                                         std::size_t patients, std::uint64_t seed,
                                         const std::function<void(std::size_t)>& progress) {
  Study study(plant);
  for (std::size_t i = 0; i < patients; ++i) {
    const auto own = seed * 1'000'000 + i;
    auto patient = sim::VirtualPatient::open({"shipped", plant, own});
    if (!patient) return patient.error();
    auto world = scene::load_world("heights");
    if (!world) return world.error();
    visit(*patient, *world, networks, own, study);
    progress(i + 1);
  }
  return study.result();
}

core::Result<PatientStudy> study_drawn_bodies(sim::PlantKind plant, std::size_t patients, std::uint64_t seed,
                                              const std::function<void(std::size_t)>& progress) {
  const auto population = sim::Population::read("shipped");
  if (!population) return population.error();
  std::mt19937_64 random(seed);
  Study study(plant);
  for (std::size_t i = 0; i < patients; ++i) {
    visit(sim::draw_patient(*population, random), sim::derived_seed(seed, i), study);
    progress(i + 1);
  }
  return study.result();
}

}  // namespace attune::cli
