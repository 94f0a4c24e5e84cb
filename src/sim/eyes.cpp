#include "sim/eyes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "attune/sim/random.hpp"
#include "sim/angles.hpp"
#include "sim/streams.hpp"

namespace attune::sim {

namespace {

const AngleLimit eyes_in_head{Head::eyes_reach_deg};
constexpr double left_to_eyes_deg = 12.0;  // once the head has turned
constexpr double shortest_fixation_s = 0.05;
constexpr double least_fixation_factor = 0.3;  // a very reactive, very anxious person still fixates
constexpr double between_blinks_s = 0.05;

/// Share of a saccade's way after the share `t` of its time: the velocity rises and falls like a cosine and
/// is constant between, so that peak velocity and duration can both be as asked.
double saccade_profile(double t, double peak_to_mean) {
  if (t > 0.5) return 1.0 - saccade_profile(1.0 - t, peak_to_mean);
  const double ramp = 1.0 - 1.0 / peak_to_mean;
  if (t >= ramp) return peak_to_mean * (t - 0.5 * ramp);
  return peak_to_mean * (0.5 * t - 0.5 * ramp / std::numbers::pi * std::sin(std::numbers::pi * t / ramp));
}

}  // namespace

MainSequence main_sequence(double amplitude_deg) {
  constexpr double least_peak_to_mean = 1.1;
  const double peak = 550.0 * -std::expm1(-amplitude_deg / 14.0);
  const double needed_s = least_peak_to_mean * amplitude_deg / std::max(peak, 1e-9);
  return {peak, std::max(0.021 + 0.0022 * amplitude_deg, needed_s)};
}

Eyes::Eyes(const PatientParameters& patient, std::uint64_t seed)
    : patient_(patient),
      random_(derived_seed(seed, stream_eyes)),
      blink_random_(derived_seed(seed, stream_blinks)),
      task_random_(derived_seed(seed, stream_led_gaze)),
      blinks_(blink_random_),
      from_(direction_of(0.0, -4.0)),
      to_(from_),
      next_shift_s_(lognormal(random_, 0.26, 0.5)) {
  movement_.fixation_s = next_shift_s_;
}

GazeTarget Eyes::choose(const Looking& looking, const Aois& areas, const PlantState& truth,
                        const GazeTask& task) {
  constexpr double rests_share = 0.8;  // of the fixations stay with what was chosen: a second and a half
  if (task.rests && unit(task_random_) < rests_share) return choose_beside(looking, areas, task_random_);
  if (task.wish > 0.0 && unit(task_random_) < task.probability(truth)) {
    if (const auto wished = choose_on(task.wished, looking, areas, task_random_)) return *wished;
  }
  return choose_target(looking, areas, random_);
}

void Eyes::shift(Head& head, const Aois& areas, const PlantState& truth, const GazeTask& task) {
  const double now_s = next_shift_s_;
  const double excited = patient_.gain_eye * truth.anxiety;
  const double wanted_deg = lognormal(random_, 6.0 * (1.0 + 0.4 * excited), 0.7);
  const double median_s = 0.26 * std::max(1.0 - 0.25 * excited, least_fixation_factor);
  const double fixation_s = std::max(lognormal(random_, median_s, 0.5), shortest_fixation_s);

  const auto ahead = head.forward(now_s);
  from_ = gaze(now_s, head);
  const auto target = choose({head.position_m(now_s), from_, ahead, wanted_deg, truth.attends, task.stimulus},
                             areas, truth, task);
  to_ = target.direction;
  if (!eyes_in_head.holds(to_, ahead)) {
    head.help_eyes(now_s, to_, left_to_eyes_deg);
  } else if (!target.on_area) {
    head.relax(now_s);
  }

  const double amplitude_deg = angle_between(from_, within_cone(to_, ahead, eyes_in_head));
  const auto sequence = main_sequence(amplitude_deg);
  movement_ = {now_s,      amplitude_deg,     sequence.peak_deg_s, sequence.duration_s,
               fixation_s, target.on_stimulus};
  next_shift_s_ = now_s + sequence.duration_s + fixation_s;
}

void Eyes::blink(double start_s, double length_s, double anxiety) {
  const double rate_per_s = (12.0 + 14.0 * patient_.gain_eye * anxiety) / 60.0;
  const auto event_s = blinks_.pass(start_s, length_s, rate_per_s, blink_random_);
  if (!event_s) return;
  // One that would fall into the last one follows it, so that the rate holds.
  const double begins_s = std::max(*event_s, blink_[0].end_s + between_blinks_s);
  blink_[1] = blink_[0];
  blink_[0] = {begins_s, begins_s + uniform(blink_random_, 0.1, 0.3)};
}

glm::dvec3 Eyes::gaze(double time_s, const Head& head) const {
  const auto ahead = head.forward(time_s);
  const auto goal = within_cone(to_, ahead, eyes_in_head);
  const double t = (time_s - movement_.start_s) / std::max(movement_.saccade_s, 1e-9);
  if (t >= 1.0 || movement_.amplitude_deg < 1e-6) return goal;
  const double peak_to_mean = movement_.peak_deg_s * movement_.saccade_s / movement_.amplitude_deg;
  const double share = saccade_profile(std::max(t, 0.0), peak_to_mean);
  const auto on_way = moved_towards(from_, goal, share * angle_between(from_, goal));
  return within_cone(on_way, ahead, eyes_in_head);
}

bool Eyes::closed(double time_s) const {
  return std::any_of(blink_.begin(), blink_.end(),
                     [&](const Blink& blink) { return time_s >= blink.start_s && time_s < blink.end_s; });
}

}  // namespace attune::sim
