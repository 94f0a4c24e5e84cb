#include "attune/sim/virtual_patient.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "attune/sim/random.hpp"
#include "sim/angles.hpp"
#include "sim/body_signals.hpp"
#include "sim/desk.hpp"
#include "sim/eyes.hpp"
#include "sim/hands.hpp"
#include "sim/head.hpp"
#include "sim/probe_answers.hpp"
#include "sim/streams.hpp"
#include "sim/words.hpp"

namespace attune::sim {

namespace {

constexpr double tracker_noise_deg = 0.3;  // rms of the angle between true and measured gaze
constexpr double lost_share = 0.02;        // of the tracker's samples
constexpr double eye_height_m = 1.6;
constexpr double never = std::numeric_limits<double>::infinity();
constexpr double trunk_follows = 0.6;  // how much of the head's sway the hands take part in

/// A number from a scene: what is no number counts as nothing.
double sane(float value) { return std::isfinite(value) ? std::clamp(double{value}, 0.0, 1.0) : 0.0; }

/// A guide's breaths a minute; what nobody can follow is none.
double rate_of(float per_min) { return per_min >= 1.0F && per_min <= 60.0F ? double{per_min} : 0.0; }

double unit_of(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1p-53; }

}  // namespace

struct VirtualPatient::Body {
  Body(const PatientParameters& patient, std::uint64_t seed, PlantKind kind, SensorSet worn)
      : parameters(patient),
        sensors(worn),
        plant(make_plant(kind, patient, derived_seed(seed, stream_plant), 0.0)),
        words(derived_seed(seed, stream_words)),
        head(patient, derived_seed(seed, stream_head)),
        eyes(patient, seed),
        hands(patient, derived_seed(seed, stream_hands)),
        body(patient, seed),
        desk(derived_seed(seed, stream_desk)),
        probe(patient, derived_seed(seed, stream_probe)),
        tracker_seed(derived_seed(seed, stream_tracker)) {
    begin_step(0.0);
    head.tick(0.0, plant->state().anxiety);
  }

  /// What happens by chance within the step of the plant that begins now.
  void begin_step(double start_s) {
    const double anxiety = plant->state().anxiety;
    eyes.blink(start_s, Plant::step_s, anxiety);
    hands.live(start_s, Plant::step_s, anxiety);
    if (wears_all()) body.begin_step(start_s, anxiety, guide_per_min);
    if (steps % 10 == 0) desk.live(start_s, anxiety);
  }

  [[nodiscard]] bool wears_all() const { return sensors == SensorSet::all; }

  void live_until(double end_s) {
    while (true) {
      const double plant_s = static_cast<double>(steps + 1) / 10.0;
      const double head_s = static_cast<double>(ticks + 1) / 50.0;
      const double body_s = wears_all() ? body.next_s() : never;
      const double first_s = std::min({plant_s, head_s, body_s, eyes.next_shift_s(), words.due_s()});
      if (first_s > end_s) return;
      // At one instant the state comes first, then what depends on it.
      if (first_s == plant_s) {
        plant->step(seen);
        ++steps;
        begin_step(plant_s);
      } else if (first_s == head_s) {
        ++ticks;
        head.tick(head_s, plant->state().anxiety);
      } else if (first_s == body_s) {
        body.live(plant->state().anxiety);
      } else if (first_s == words.due_s()) {
        const auto report = words.speak(plant->state(), parameters);
        if (!plant->state().left) keep(report);
      } else {
        eyes.shift(head, areas, plant->state(), gaze_task);
      }
    }
  }

  void keep(const telemetry::SelfReport& report) {
    auto& reports = signals.reports;
    if (reports.size() == reports.capacity()) {
      std::move(reports.begin() + 1, reports.end(), reports.begin());
      reports.back() = report;
    } else {
      reports.push_back(report);
    }
  }

  PatientParameters parameters;
  SensorSet sensors;
  std::unique_ptr<Plant> plant;
  Words words;
  Head head;
  Eyes eyes;
  Hands hands;
  BodySignals body;
  Desk desk;
  ProbeAnswers probe;
  std::uint64_t tracker_seed;
  std::int64_t steps = 0, ticks = 0;  ///< begun so far: of the plant, of the head
  core::SessionTime now{};
  PlantInput seen;
  double guide_per_min = 0.0;  ///< of the breathing guide that is shown; 0: none is
  Aois areas;
  GazeTask gaze_task;
  telemetry::PatientSignals signals;
};

VirtualPatient::VirtualPatient(const PatientParameters& patient, std::uint64_t seed, PlantKind plant,
                               SensorSet sensors)
    : body_(std::make_unique<Body>(patient, seed, plant, sensors)) {}
VirtualPatient::~VirtualPatient() = default;
VirtualPatient::VirtualPatient(VirtualPatient&&) noexcept = default;
VirtualPatient& VirtualPatient::operator=(VirtualPatient&&) noexcept = default;

core::Result<VirtualPatient> VirtualPatient::open(const PatientSource& source) {
  auto population = Population::read(source.profile);
  if (!population) return population.error();
  if (source.plant == PlantKind::b) {
    if (auto checked = population->check_plant_b(); !checked) return checked.error();
  }
  std::mt19937_64 random(source.seed);
  const auto patient = draw_patient(*population, random);
  return VirtualPatient(patient, random(), source.plant, source.sensors);
}

void VirtualPatient::show(const telemetry::Stimulus& stimulus) {
  // Who is led to something else than the stimulus is not led to it.
  const double lead = GazeTask::leads_to_stimulus(stimulus) ? sane(stimulus.gaze_lead) : 0.0;
  body_->seen = {sane(stimulus.intensity), sane(stimulus.calm_feedback), lead, stimulus.variant};
  body_->guide_per_min = body_->seen.u > 0.0 ? rate_of(stimulus.guide_breaths_per_min) : 0.0;
  body_->areas = stimulus.aois;
  body_->gaze_task = GazeTask::of(stimulus);
  const double now_s = body_->now.seconds();
  body_->words.hear(stimulus, now_s);
  body_->desk.see(stimulus);
  body_->probe.see(stimulus.probe, now_s);
  body_->head.exercise().go(stimulus.activity == telemetry::Activity::movement, now_s);
}

void VirtualPatient::advance_to(core::SessionTime time) {
  if (time <= body_->now) return;
  body_->live_until(time.seconds());
  body_->now = time;
}

core::SessionTime VirtualPatient::time() const { return body_->now; }

telemetry::Pose VirtualPatient::head() const {
  const double now_s = body_->now.seconds();
  return {glm::vec3(body_->head.position_m(now_s)), glm::normalize(glm::quat(body_->head.orientation(now_s))),
          true, true, true};
}

glm::vec3 VirtualPatient::true_gaze() const {
  return glm::vec3(body_->eyes.gaze(body_->now.seconds(), body_->head));
}

telemetry::GazeSample VirtualPatient::gaze() const {
  const double now_s = body_->now.seconds();
  telemetry::GazeSample sample;
  sample.time = body_->now;
  if (body_->sensors == SensorSet::none) return sample;
  if (body_->eyes.closed(now_s)) return sample;
  // Noise is a hash of the instant: whoever looks at the same instant sees the same, at any rate.
  const auto instant = derived_seed(body_->tracker_seed, static_cast<std::uint64_t>(body_->now.ns));
  if (unit_of(derived_seed(instant, 0)) < lost_share) return sample;
  const double radius_deg = tracker_noise_deg * std::sqrt(-std::log1p(-unit_of(derived_seed(instant, 1))));
  const double bearing_rad = 2.0 * std::numbers::pi * unit_of(derived_seed(instant, 2));
  const auto measured = moved_along(body_->eyes.gaze(now_s, body_->head), bearing_rad, radius_deg);
  sample.origin_m = glm::vec3(body_->head.position_m(now_s));
  sample.direction = glm::normalize(glm::vec3(measured));
  sample.source = telemetry::GazeSource::eye;
  return sample;
}

std::array<telemetry::HandSample, 2> VirtualPatient::hands() const {
  if (body_->sensors == SensorSet::none) return {};
  const double now_s = body_->now.seconds();
  const auto trunk_m = trunk_follows * (body_->head.position_m(now_s) - glm::dvec3(0.0, eye_height_m, 0.0));
  std::array<telemetry::HandSample, 2> both;
  for (const auto side : {telemetry::left, telemetry::right}) {
    both[side] = body_->hands.sample(side, now_s, trunk_m + body_->head.exercise().hand_m(side, now_s));
    both[side].trigger = body_->plant->state().left ? 0.0F : body_->probe.trigger(side, now_s);
  }
  return both;
}

telemetry::PatientSignals VirtualPatient::take_signals() {
  auto signals = std::exchange(body_->signals, {});
  const double now_s = body_->now.seconds();
  if (body_->wears_all()) signals.vitals = body_->body.read(now_s);
  if (body_->sensors != SensorSet::none) body_->desk.read(now_s, signals.task);
  return signals;
}

const PlantState& VirtualPatient::truth() const { return body_->plant->state(); }
const EyeMovement& VirtualPatient::eye_movement() const { return body_->eyes.movement(); }
const PatientParameters& VirtualPatient::parameters() const { return body_->parameters; }

}  // namespace attune::sim
