#include "attention/gaze_movements.hpp"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <utility>

namespace attune::attention {
namespace {

constexpr float least_median_deg_s = 1.0F, largest_median_deg_s = 60.0F;
constexpr float noise_below_deg_s = 100.0F;  ///< faster is a movement, whatever the noise
constexpr double longest_noise_step_s = 0.02;

double seconds(std::int64_t from_ns, std::int64_t to_ns) {
  return static_cast<double>(to_ns - from_ns) * 1e-9;
}

}  // namespace

void GazeMovements::reset() { *this = GazeMovements(*parameters_, *slots_); }

std::int64_t GazeMovements::settled() const {
  switch (state_) {
    case State::resting:
      return slow_ == none ? onset_ : slow_ + 1;
    case State::saccade:
      return onset_;
    case State::settling:
      return end_ + 1;
    case State::lost:
      return first_lost_;
    case State::lid:
      return kept_ + 1;
  }
  return next_;
}

std::int64_t GazeMovements::taken_back() { return std::exchange(taken_back_, none); }

void GazeMovements::note_taken_back(std::int64_t first) {
  if (taken_back_ == none || first < taken_back_) taken_back_ = first;
}

void GazeMovements::label(std::int64_t from, std::int64_t to, GazeLabel what) {
  for (auto i = std::max(from, free_); i <= to; ++i) (*slots_)[i].label = what;
}

void GazeMovements::step(std::int64_t i, std::int64_t free) {
  free_ = free;
  next_ = i + 1;
  const auto& slot = (*slots_)[i];
  if (slot.lost) return lose(i);
  if (state_ == State::lost) return find_again(i);
  if (slot.starts) {
    if (state_ == State::saccade) end_saccade(i - 1, i);
    if (state_ == State::settling) end_oscillation(i);
    had_blink_ = false;
    state_ = State::resting;
    slow_ = i - 1;
  }
  switch (state_) {
    case State::resting:
      return rest(i);
    case State::saccade:
      return in_saccade(i);
    case State::settling:
      return settle(i);
    case State::lid:
      return under_lid(i);
    case State::lost:
      return;
  }
}

void GazeMovements::follow_noise(std::int64_t i) {
  const float speed = (*slots_)[i].speed_deg_s;
  if (i == slots_->begin() || speed > noise_below_deg_s || (*slots_)[i].starts) return;
  const double step = std::min(slots_->seconds(i - 1, i), longest_noise_step_s);
  // First order of exp: the steps are small.
  const float share = static_cast<float>(step / parameters_->noise_follows_s);
  median_deg_s_ *= speed > median_deg_s_ ? 1.0F + share : 1.0F - share;
  median_deg_s_ = std::clamp(median_deg_s_, least_median_deg_s, largest_median_deg_s);
}

void GazeMovements::rest(std::int64_t i) {
  follow_noise(i);
  const float speed = (*slots_)[i].speed_deg_s;
  if (speed > std::max(parameters_->peak_deg_s, parameters_->peak_over_median * median_deg_s_)) {
    begin_saccade(i);
  } else if (speed <= std::max(parameters_->onset_deg_s, parameters_->onset_over_median * median_deg_s_)) {
    slow_ = i;
  }
}

void GazeMovements::begin_saccade(std::int64_t i) {
  const float onset = std::max(parameters_->onset_deg_s, parameters_->onset_over_median * median_deg_s_);
  onset_ = peak_ = i;
  while (onset_ > free_ && onset_ - 1 > slow_ && !(*slots_)[onset_].starts && !(*slots_)[onset_ - 1].lost &&
         (*slots_)[onset_ - 1].label == GazeLabel::fixation && (*slots_)[onset_ - 1].speed_deg_s > onset) {
    --onset_;
  }
  onset_ = first_moving(onset_, 0.0F, parameters_->onset_deg_s);
  label(onset_, i, GazeLabel::saccade);
  state_ = State::saccade;
}

void GazeMovements::in_saccade(std::int64_t i) {
  const auto& slot = (*slots_)[i];
  if (slot.speed_deg_s > (*slots_)[peak_].speed_deg_s) peak_ = i;
  const auto& peak = (*slots_)[peak_];
  const float along = glm::dot(slot.velocity_deg_s, peak.velocity_deg_s) / peak.speed_deg_s;
  const float offset = std::max({parameters_->offset_deg_s, parameters_->offset_over_median * median_deg_s_,
                                 parameters_->offset_over_peak * peak.speed_deg_s});
  if (i > peak_ && along < offset) {
    if (end_saccade(i - 1, i)) settle(i);
    return;
  }
  const bool too_long = slots_->seconds(onset_, i) > parameters_->longest_saccade_s;
  label(i, i, too_long ? GazeLabel::undefined : GazeLabel::saccade);
}

/// The first slot from `from` on that is fast, and not only because the one after it is elsewhere: slow
/// trackers give the last rest half of the first leap's speed.
std::int64_t GazeMovements::first_moving(std::int64_t from, float least_deg_s, float fast_deg_s) const {
  for (; from < peak_; ++from) {
    const auto& slot = (*slots_)[from];
    const bool alone = from <= slots_->begin() || slot.starts;
    const double step_s = alone ? 0.0 : slots_->seconds(from - 1, from);
    const bool coarse = step_s > parameters_->velocity_half_window_s;
    const bool moved = !coarse || slots_->degrees(from - 1, from) >= fast_deg_s * static_cast<float>(step_s);
    if (moved && slot.speed_deg_s >= least_deg_s) break;
  }
  return from;
}

bool GazeMovements::end_saccade(std::int64_t end, std::int64_t next) {
  const float onset = parameters_->onset_over_peak * (*slots_)[peak_].speed_deg_s;
  const auto first = first_moving(onset_, onset, std::max(onset, parameters_->onset_deg_s));
  label(onset_, first - 1, GazeLabel::fixation);
  onset_ = first;
  end_ = kept_ = fast_ = end;
  const bool has_before = first > slots_->begin() && !(*slots_)[first].starts && !(*slots_)[first - 1].lost;
  before_ = has_before ? first - 1 : first;
  const auto after = next < slots_->end() && !(*slots_)[next].lost && !(*slots_)[next].starts ? next : end;
  const bool is_one = slots_->seconds(before_, end) >= parameters_->least_saccade_s &&
                      slots_->degrees(before_, after) >= parameters_->least_amplitude_deg;
  // What is too fast, or begins or ends in a loss, is as likely the tracker's.
  const bool cut = (first > slots_->begin() && (*slots_)[first - 1].lost) || (*slots_)[next].lost;
  const bool by_eye = !cut && (*slots_)[peak_].speed_deg_s <= parameters_->fastest_deg_s;
  if (!is_one) label(onset_, end, GazeLabel::fixation);
  if (is_one && !by_eye) label(onset_, end, GazeLabel::undefined);
  state_ = is_one ? State::settling : State::resting;
  slow_ = end;
  return is_one;
}

void GazeMovements::settle(std::int64_t i) {
  const float speed = (*slots_)[i].speed_deg_s;
  const float fast =
      std::max(parameters_->oscillation_deg_s, parameters_->oscillation_over_median * median_deg_s_);
  const bool too_late = slots_->seconds(end_, i) > parameters_->longest_oscillation_s;
  const bool another = speed > (*slots_)[peak_].speed_deg_s;
  const bool can_show = slots_->seconds(i - 1, i) <= parameters_->oscillation_step_s;
  if (can_show && !too_late && !another && speed > fast) {
    kept_ = fast_ = i;
    label(end_ + 1, i, GazeLabel::oscillation);
  } else if (!can_show || too_late || another ||
             slots_->seconds(fast_, i) > parameters_->oscillation_quiet_s) {
    if (too_late) leave_to_pursuit(i);
    end_oscillation(i);
    rest(i);
  }
}

/// An eye that goes on so late follows something: what was hardly faster than that belongs to it.
void GazeMovements::leave_to_pursuit(std::int64_t late) {
  constexpr double look_back_s = 0.02;
  float sum = 0.0F, count = 0.0F;
  for (auto j = late; j > end_ && slots_->seconds(j, late) <= look_back_s; --j) {
    sum += (*slots_)[j].speed_deg_s;
    count += 1.0F;
  }
  const float drift = parameters_->oscillation_over_pursuit * sum / count;
  const auto newest = kept_;
  while (kept_ > end_ && (*slots_)[kept_].speed_deg_s <= drift) --kept_;
  label(kept_ + 1, newest, GazeLabel::fixation);
}

/// A spike of the tracker comes back to where it began; so does a movement that is none.
bool GazeMovements::stays(std::int64_t next) const {
  const bool seen = next < slots_->end() && !(*slots_)[next].lost && !(*slots_)[next].starts;
  return !seen ||
         slots_->degrees(before_, next) >= parameters_->least_kept_share * slots_->degrees(before_, end_);
}

void GazeMovements::end_oscillation(std::int64_t next) {
  if (!stays(next)) {
    label(onset_, kept_, GazeLabel::fixation);
    kept_ = end_ = onset_ - 1;
  }
  if (kept_ > end_ && slots_->seconds(end_, kept_) < parameters_->least_oscillation_s) {
    label(end_ + 1, kept_, GazeLabel::fixation);
    kept_ = end_;
  }
  slow_ = kept_;
  state_ = State::resting;
}

void GazeMovements::lose(std::int64_t i) {
  auto& slot = (*slots_)[i];
  if (state_ != State::lost) {
    if (state_ == State::saccade) end_saccade(i - 1, i);
    if (state_ == State::settling) end_oscillation(i);
    const bool follows = i > slots_->begin() && !slot.starts;
    const auto begins_ns = follows ? (*slots_)[i - 1].time_ns : slot.time_ns;
    // What was seen for a moment between two losses was the lid.
    const double seen_s = seconds(lost_to_ns_, begins_ns);
    const bool same = had_blink_ && follows && seen_s < parameters_->join_losses_s &&
                      seen_s < seconds(lost_from_ns_, lost_to_ns_);
    if (same) {
      const auto from = std::max(first_lost_, free_);
      label(from, i - 1, GazeLabel::blink);
      note_taken_back(from);
    } else {
      lost_from_ns_ = begins_ns;
      first_lost_ = i;
    }
    is_blink_ = same;
    state_ = State::lost;
  }
  const double lost_s = seconds(lost_from_ns_, slot.time_ns);
  const bool too_long = lost_s > parameters_->longest_blink_s;
  if (is_blink_ && too_long) label_lost(i - 1);
  slot.label = is_blink_ && !too_long ? GazeLabel::blink : GazeLabel::none;
  if (!is_blink_ && lost_s >= (dragged() ? parameters_->least_dragged_s : least_blink_s()))
    begin_blink(first_lost_);
}

/// Two samples are no blink at any rate.
double GazeMovements::least_blink_s() const {
  constexpr double two_samples = 2.5;
  return std::max(parameters_->least_blink_s, two_samples * slots_->interval_s);
}

/// Gaze was moving when it was lost: a lid, most likely, that came down.
bool GazeMovements::dragged() const {
  const auto before = first_lost_ - 1;
  return before >= slots_->begin() && !(*slots_)[first_lost_].starts &&
         (*slots_)[before].speed_deg_s > parameters_->lid_deg_s;
}

/// What lasts so long was no blink from its beginning, as far as that can still be said.
void GazeMovements::label_lost(std::int64_t newest) {
  for (auto j = newest; j >= std::max(free_, slots_->begin()) && (*slots_)[j].label == GazeLabel::blink; --j)
    (*slots_)[j].label = GazeLabel::none;
}

void GazeMovements::begin_blink(std::int64_t first_lost) {
  is_blink_ = true;
  auto from = first_lost;
  for (auto j = first_lost - 1; j >= std::max(free_, slots_->begin()); --j) {
    if ((*slots_)[j + 1].starts) break;
    if (slots_->seconds(j, first_lost) > parameters_->lid_before_s) break;
    if ((*slots_)[j].lost || (*slots_)[j].speed_deg_s > parameters_->lid_deg_s)
      from = j;
    else if (slots_->seconds(j, from) > parameters_->lid_gap_s)
      break;
  }
  label(from, next_ - 1, GazeLabel::blink);
  note_taken_back(from);
}

void GazeMovements::find_again(std::int64_t i) {
  const auto& slot = (*slots_)[i];
  lost_to_ns_ = slot.time_ns;
  const double lost_s = seconds(lost_from_ns_, lost_to_ns_);
  if (!is_blink_ && lost_s >= least_blink_s() && !slot.starts) begin_blink(first_lost_);
  had_blink_ = is_blink_;
  if (!is_blink_) {
    if (!slot.starts) fill(i);
    state_ = State::resting;
    slow_ = i - 1;
    return rest(i);
  }
  first_lost_ = i;  // from where a joined loss would begin
  state_ = State::lid;
  kept_ = i - 1;
  fast_ = i;
  under_lid(i);
}

/// A moment's loss in which the eye went no further than it drifts is part of the rest around it.
void GazeMovements::fill(std::int64_t found) {
  const auto good = first_lost_ - 1;
  if (good < slots_->begin() || (*slots_)[good].lost || (*slots_)[good].label != GazeLabel::fixation) return;
  const double gap_s = slots_->seconds(good, found);
  const float speed = slots_->degrees(good, found) / static_cast<float>(gap_s);
  if (speed > std::max(parameters_->onset_deg_s, parameters_->onset_over_median * median_deg_s_)) return;
  for (auto i = std::max(first_lost_, free_); i < found; ++i) {
    auto& slot = (*slots_)[i];
    const float share = static_cast<float>(slots_->seconds(good, i) / gap_s);
    slot.raw_deg = slot.place_deg = glm::mix((*slots_)[good].place_deg, (*slots_)[found].place_deg, share);
    slot.speed_deg_s = speed;
    slot.lost = false;
    slot.label = GazeLabel::fixation;
  }
}

void GazeMovements::under_lid(std::int64_t i) {
  const auto& slot = (*slots_)[i];
  const bool late = seconds(lost_to_ns_, slot.time_ns) > parameters_->lid_after_s;
  if (!late && slot.speed_deg_s > parameters_->lid_deg_s) {
    kept_ = fast_ = i;
    label(first_lost_, i, GazeLabel::blink);
  } else if (late || slots_->seconds(fast_, i) > parameters_->lid_quiet_s) {
    state_ = State::resting;
    slow_ = kept_;
    rest(i);
  }
}

void GazeMovements::take_back(std::int64_t first, std::int64_t free) {
  const auto end = next_;
  if (first >= end) return;
  free_ = free;
  if (state_ == State::saccade && onset_ < first) end_saccade(first - 1, first);
  if (state_ == State::settling) {
    kept_ = std::min(kept_, first - 1);
    if (end_ < first) end_oscillation(first);
  }
  state_ = State::resting;
  slow_ = first - 1;
  note_taken_back(std::max(first, free_));
  for (auto i = first; i < end; ++i) step(i, free);
}

}  // namespace attune::attention
