#include "attune/scene/panel_placement.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "attune/scene/draw_list.hpp"

namespace attune::scene {

namespace {

constexpr double degree = 0.017453292519943295;
constexpr double turn = 360.0 * degree;

constexpr double panel_distance_m = 1.7;  // eyes converge and focus at ease between 1.25 and 5 m (Alger 2015)
constexpr double mark_distance_m = 1.0;   // nearer than a railing before the patient
constexpr double away_rad = 36.0 * degree, away_for_s = 1.5;
constexpr double come_round_rad_s = 60.0 * degree, arrived_rad = 2.0 * degree;
constexpr double mark_beside_rad = 26.0 * degree, mark_below_rad = 30.0 * degree;
constexpr double mark_leash_rad = 40.0 * degree, mark_home_rad_s = 30.0 * degree,
                 mark_held_rad = 18.0 * degree;
constexpr double guide_beside_rad = 25.0 * degree;
constexpr double still_beside_m = 0.10,
                 still_above_m = 0.05;  // sway of a standing head: panels keep still in it
constexpr double follow_beside_s = 0.4, follow_above_s = 1.0;

/// Most angles are within half a turn already, and the remainder is dear.
double wrapped(double angle) { return std::abs(angle) < 0.5 * turn ? angle : std::remainder(angle, turn); }

/// The level directions of a yaw.
struct Heading {
  explicit Heading(double yaw) : sine(std::sin(yaw)), cosine(std::cos(yaw)) {}
  [[nodiscard]] glm::dvec3 forward() const { return {-sine, 0.0, -cosine}; }
  [[nodiscard]] glm::dvec3 right() const { return {cosine, 0.0, -sine}; }

  double sine, cosine;
};

PlacedPanel facing(const glm::dvec3& eye, const glm::dvec3& centre, const Heading& heading, glm::vec2 size) {
  const auto z = glm::normalize(eye - centre);
  const auto x = heading.right();
  const auto y = glm::normalize(glm::cross(z, x));
  auto place = glm::mat4(1.0F);
  place[0] = glm::vec4(glm::vec3(x), 0.0F);
  place[1] = glm::vec4(glm::vec3(y), 0.0F);
  place[2] = glm::vec4(glm::vec3(z), 0.0F);
  place[3] = glm::vec4(glm::vec3(centre), 1.0F);
  return {place, size};
}

/// Moves `value` so far towards `target` that at most `still` is left between them, with time constant
/// `tau_s`.
double follow(double value, double target, double still, double tau_s, double dt_s) {
  const auto beyond = target - std::clamp(target, value - still, value + still);
  if (beyond == 0.0) return value;  // mostly: a head sways less than that
  return value + beyond * (1.0 - std::exp(-dt_s / tau_s));
}

double approach(double angle, double target, double most) {
  return angle + std::clamp(wrapped(target - angle), -most, most);
}

}  // namespace

PanelPlacement::PanelPlacement() {
  stop_yaw_rad_ = -mark_beside_rad;
  place();
}

void PanelPlacement::step(core::SessionTime time, const telemetry::Pose& head, bool recentred) {
  const auto dt_s = started_ ? std::clamp(core::seconds_between(last_, time), 0.0, 0.1) : 0.0;
  last_ = time;
  if (!head.valid()) return;

  const auto position = glm::dvec3(head.position_m);
  const auto orientation = glm::dquat(head.orientation);
  // The ears' axis gives a yaw however far the head is bowed; with the head on its side there is none.
  const auto ears = orientation * glm::dvec3(1.0, 0.0, 0.0);
  const auto level = std::hypot(ears.x, ears.z);
  const auto yaw = level > 0.2 ? std::atan2(-ears.z, ears.x) : (started_ ? yaw_rad_ : 0.0);

  if (!started_ || recentred) {
    started_ = true;
    turning_ = false;
    away_s_ = 0.0;
    yaw_rad_ = yaw;
    stop_yaw_rad_ = wrapped(yaw - mark_beside_rad);
    eye_m_ = position;
    place();
    return;
  }

  eye_m_.x = follow(eye_m_.x, position.x, still_beside_m, follow_beside_s, dt_s);
  eye_m_.y = follow(eye_m_.y, position.y, still_above_m, follow_above_s, dt_s);
  eye_m_.z = follow(eye_m_.z, position.z, still_beside_m, follow_beside_s, dt_s);

  away_s_ = std::abs(wrapped(yaw - yaw_rad_)) > away_rad ? away_s_ + dt_s : 0.0;
  if (away_s_ >= away_for_s) turning_ = true;
  if (turning_) {
    yaw_rad_ = wrapped(approach(yaw_rad_, yaw, come_round_rad_s * dt_s));
    turning_ = std::abs(wrapped(yaw - yaw_rad_)) > arrived_rad;
  }

  // The mark goes home beside the panels, but never from under a head that points at it, and never off its
  // leash.
  const auto towards = glm::dvec3(layout_.stop.centre_m()) - position;
  const auto ahead = orientation * glm::dvec3(0.0, 0.0, -1.0);
  const auto looked_at = glm::dot(ahead, towards) > std::cos(mark_held_rad) * glm::length(towards);
  if (!looked_at) {
    stop_yaw_rad_ = approach(stop_yaw_rad_, yaw_rad_ - mark_beside_rad, mark_home_rad_s * dt_s);
  }
  const auto leash = wrapped(stop_yaw_rad_ - yaw);
  stop_yaw_rad_ = wrapped(yaw + std::clamp(leash, -mark_leash_rad, mark_leash_rad));
  place();
}

void PanelPlacement::place() {
  const auto heading = Heading(yaw_rad_), to_mark = Heading(stop_yaw_rad_);
  const auto ahead = eye_m_ + panel_distance_m * heading.forward();
  const auto up = glm::dvec3(0.0, 1.0, 0.0);
  layout_.prompt = facing(eye_m_, ahead - 0.14 * up, heading, {1.05F, 0.34F});
  layout_.prompt_above = facing(eye_m_, ahead + 0.24 * up, heading, {1.05F, 0.34F});
  layout_.question = facing(eye_m_, ahead - 0.20 * up, heading, {0.96F, 0.48F});
  layout_.guide_m =
      glm::vec3(eye_m_ + panel_distance_m * Heading(yaw_rad_ + guide_beside_rad).forward() - 0.22 * up);

  // Above the floor for whoever sits or lies, and below the eyes in any case.
  const auto drop = mark_distance_m * std::sin(mark_below_rad);
  const auto mark_y = std::min(std::max(eye_m_.y - drop, 0.15), eye_m_.y - 0.2);
  auto mark = eye_m_ + mark_distance_m * std::cos(mark_below_rad) * to_mark.forward();
  mark.y = mark_y;
  layout_.stop = facing(eye_m_, mark, to_mark, {0.17F, 0.17F});
}

std::optional<glm::vec2> meet(const PlacedPanel& panel, glm::vec3 origin_m, glm::vec3 direction) {
  const auto normal = glm::vec3(panel.to_session[2]);
  const auto approach_speed = -glm::dot(direction, normal);
  const auto height = glm::dot(origin_m - panel.centre_m(), normal);
  if (!(approach_speed > 1e-6F) || !(height > 0.0F)) return std::nullopt;
  const auto from_centre = origin_m + direction * (height / approach_speed) - panel.centre_m();
  return glm::vec2(glm::dot(from_centre, glm::vec3(panel.to_session[0])),
                   glm::dot(from_centre, glm::vec3(panel.to_session[1])));
}

std::optional<float> slider_under(const PanelLayout& layout, glm::vec3 origin_m, glm::vec3 direction) {
  const auto at = meet(layout.question, origin_m, direction);
  if (!at) return std::nullopt;
  const auto share = *at / layout.question.size_m;
  // The title's half is for reading: eyes that rest on it choose nothing.
  if (std::abs(share.x) > 0.5F || share.y < -0.5F || share.y > -0.02F) return std::nullopt;
  return std::clamp((share.x + slider_half_length) / (2.0F * slider_half_length), 0.0F, 1.0F);
}

bool points_at_stop(const PanelLayout& layout, glm::vec3 origin_m, glm::vec3 direction, float tolerance_rad) {
  const auto at = meet(layout.stop, origin_m, direction);
  if (!at) return false;
  const auto distance_m = glm::length(layout.stop.centre_m() - origin_m);
  return glm::length(*at) <= 0.5F * layout.stop.size_m.x + distance_m * std::tan(tolerance_rad);
}

}  // namespace attune::scene
