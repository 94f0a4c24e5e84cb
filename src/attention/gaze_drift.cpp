#include "attention/gaze_drift.hpp"

#include <algorithm>
#include <cmath>

namespace attune::attention {
namespace {

constexpr double longest_anchored_s = 10.0;  ///< the window's sums are made anew that often
constexpr double least_window_s = 0.02;
constexpr float least_drift_deg_s = 0.05F;
constexpr float longest_filter_step_s = 0.05F;
constexpr double noise_follows_s = 1.0;
constexpr double outlier = 9.0;  ///< squares above so many times the mean count as that much
constexpr float certain = 1e-6F;

}  // namespace

bool GazeDrift::at_rest(std::int64_t number) const {
  const auto& slot = (*slots_)[number];
  return !slot.lost && slot.label == GazeLabel::fixation;
}

bool GazeDrift::continues(std::int64_t number) const { return at_rest(number) && !(*slots_)[number].starts; }

void GazeDrift::anchor(std::int64_t number) {
  anchor_ns_ = (*slots_)[number].time_ns;
  anchor_deg_ = (*slots_)[number].place_deg;
  sums_ = {};
  for (auto i = from_; i < to_; ++i) add(i, 1.0);
}

void GazeDrift::begin_stretch(std::int64_t number) {
  from_ = to_ = stretch_ = number;
  anchor(number);
}

void GazeDrift::add(std::int64_t number, double sign) {
  const auto& slot = (*slots_)[number];
  const double s = static_cast<double>(slot.time_ns - anchor_ns_) * 1e-9;
  const glm::vec3 place = slot.place_deg - anchor_deg_;
  const double x = place.x, y = place.y, z = place.z;
  sums_.count += sign;
  sums_.s += sign * s;
  sums_.ss += sign * s * s;
  sums_.x += sign * x;
  sums_.y += sign * y;
  sums_.z += sign * z;
  sums_.sx += sign * s * x;
  sums_.sy += sign * s * y;
  sums_.sz += sign * s * z;
  sums_.square += sign * (x * x + y * y + z * z);
}

void GazeDrift::follow_noise(std::int64_t i) {
  if (i < slots_->begin() + 2 || i - 2 < stretch_) return;
  const auto &a = (*slots_)[i - 2], &b = (*slots_)[i - 1], &c = (*slots_)[i];
  // Of white noise; a drift drops out, and a turn of the eye is too slow to count.
  const glm::vec3 bend = a.place_deg - 2.0F * b.place_deg + c.place_deg;
  const double square = static_cast<double>(glm::dot(bend, bend)) / 6.0;
  if (!(noise_ > 0.0)) noise_ = square;
  const double share = std::min(1.0, slots_->seconds(i - 1, i) / noise_follows_s);
  noise_ += share * (std::min(square, outlier * noise_) - noise_);
}

float GazeDrift::evidence_per_s() const {
  const double window_s = slots_->seconds(from_, to_ - 1);
  if (sums_.count < 3.0 || window_s < least_window_s) return 0.0F;
  const double n = sums_.count;
  const double spread_s = sums_.ss - sums_.s * sums_.s / n;
  if (!(spread_s > 0.0)) return 0.0F;
  const double x = (sums_.sx - sums_.s * sums_.x / n) / spread_s;
  const double y = (sums_.sy - sums_.s * sums_.y / n) / spread_s;
  const double z = (sums_.sz - sums_.s * sums_.z / n) / spread_s;
  // The tracker's noise alone makes a trend and a spread.
  const double trend = std::sqrt(std::max(0.0, x * x + y * y + z * z - noise_ / spread_s));
  const double variance = std::max(
      0.0, (sums_.square - (sums_.x * sums_.x + sums_.y * sums_.y + sums_.z * sums_.z) / n) / n - noise_);
  // A steady drift of v spreads its places by v · window / √12.
  const double spread = std::sqrt(12.0 * variance) / window_s;
  const double share = static_cast<double>(parameters_->spread_share);
  const float drift = static_cast<float>(trend * (1.0 - share) + spread * share);
  const float folds = std::log(std::max(drift, least_drift_deg_s) / parameters_->pursuit_deg_s);
  const float whole = static_cast<float>(std::min(1.0, window_s / parameters_->whole_evidence_s));
  return parameters_->evidence_per_s * whole *
         std::clamp(folds, -parameters_->evidence_clip, parameters_->evidence_clip);
}

void GazeDrift::follow(std::int64_t settled, std::int64_t forced) {
  while (next_ < std::max(settled, forced)) {
    const auto i = next_;
    if (!at_rest(i)) {
      in_stretch_ = false;
      if ((*slots_)[i].lost) believed_ = parameters_->pursuit_prior;
      ++next_;
      continue;
    }
    const bool begins = !in_stretch_ || (*slots_)[i].starts;
    if (begins && !(from_ == i && to_ > i)) begin_stretch(i);
    bool whole = false;
    while (to_ < settled) {
      const bool fits = to_ == i || continues(to_);
      if (!fits || slots_->seconds(i, to_) > parameters_->drift_ahead_s) {
        whole = true;
        break;
      }
      add(to_, 1.0);
      ++to_;
    }
    if (!whole && i >= forced) return;
    if (to_ <= i) {  // wanted before its label is settled
      add(i, 1.0);
      to_ = i + 1;
    }
    filter(i);
    ++next_;
  }
}

void GazeDrift::filter(std::int64_t i) {
  auto& slot = (*slots_)[i];
  while (slots_->seconds(from_, i) > parameters_->drift_back_s) add(from_++, -1.0);
  if (static_cast<double>(slot.time_ns - anchor_ns_) * 1e-9 > longest_anchored_s) anchor(from_);

  const bool continued = in_stretch_ && !slot.starts;
  slot.step_s =
      continued ? std::min(static_cast<float>(slots_->seconds(i - 1, i)), longest_filter_step_s) : 0.0F;
  if (continued) {
    believed_ += slot.step_s * (parameters_->pursuit_begins_per_s * (1.0F - believed_) -
                                parameters_->pursuit_ends_per_s * believed_);
  } else {
    believed_ = parameters_->pursuit_prior +
                parameters_->kept_over_saccade * (believed_ - parameters_->pursuit_prior);
  }
  follow_noise(i);
  slot.evidence = evidence_per_s() * slot.step_s;
  const float weight = std::exp(slot.evidence);
  believed_ = believed_ * weight / (believed_ * weight + 1.0F - believed_);
  believed_ = std::clamp(believed_, certain, 1.0F - certain);
  slot.pursuit = believed_;
  in_stretch_ = true;
}

void GazeDrift::take_back(std::int64_t first) {
  while (to_ > std::max(first, from_)) add(--to_, -1.0);
  if (next_ <= first) return;
  next_ = first;
  in_stretch_ = first > slots_->begin() && at_rest(first - 1);
  if (in_stretch_) believed_ = (*slots_)[first - 1].pursuit;
}

void GazeDrift::smooth(std::int64_t first) {
  // How likely what follows a slot is under fixation and under pursuit, from the newest slot back.
  float under_fixation = 1.0F, under_pursuit = 1.0F;
  std::int64_t later = -1;
  for (auto i = next_ - 1; i >= first; --i) {
    if (!at_rest(i)) continue;
    const auto& slot = (*slots_)[i];
    if (later >= 0) {
      const auto& after = (*slots_)[later];
      const float seen_pursuing = std::exp(after.evidence) * under_pursuit, seen_fixating = under_fixation;
      const float kept = parameters_->kept_over_saccade, prior = parameters_->pursuit_prior;
      const bool continued = after.step_s > 0.0F;
      const float begins =
          continued ? after.step_s * parameters_->pursuit_begins_per_s : (1.0F - kept) * prior;
      const float stays =
          continued ? 1.0F - after.step_s * parameters_->pursuit_ends_per_s : kept + (1.0F - kept) * prior;
      under_fixation = (1.0F - begins) * seen_fixating + begins * seen_pursuing;
      under_pursuit = (1.0F - stays) * seen_fixating + stays * seen_pursuing;
      const float sum = under_fixation + under_pursuit;
      under_fixation /= sum;
      under_pursuit /= sum;
    }
    (*slots_)[i].pursuit_smoothed = slot.pursuit * under_pursuit /
                                    (slot.pursuit * under_pursuit + (1.0F - slot.pursuit) * under_fixation);
    later = i;
  }
}

}  // namespace attune::attention
