#include "xr_replay/space.hpp"

namespace attune::xr_replay {
namespace {

/// An orientation that looks along `direction`, upright as far as that goes.
glm::quat looking_along(glm::vec3 direction) {
  const glm::vec3 back = -glm::normalize(direction);
  const glm::vec3 up =
      std::abs(back.y) > 0.999F ? glm::vec3(0.0F, 0.0F, back.y) : glm::vec3(0.0F, 1.0F, 0.0F);
  const glm::vec3 right = glm::normalize(glm::cross(up, back));
  return glm::normalize(glm::quat_cast(glm::mat3(right, glm::cross(back, right), back)));
}

Located located(const telemetry::GazeSample& gaze) {
  if (gaze.source != telemetry::GazeSource::eye) return {};
  return {{gaze.origin_m, looking_along(gaze.direction)}, valid_flags | tracked_flags};
}

}  // namespace

bool Space::is_gaze() const {
  if (reference_) return false;
  const auto source = session_->input.pose_source(*action_, user_);
  return source && source->user == User::eyes;
}

Located Space::origin(XrTime time) const {
  if (reference_) {
    switch (*reference_) {
      case XR_REFERENCE_SPACE_TYPE_VIEW:
        return xr_replay::located(session_->played(time).head);
      case XR_REFERENCE_SPACE_TYPE_LOCAL:
        return {{{0.0F, session_->eye_height_m(), 0.0F}, {1.0F, 0.0F, 0.0F, 0.0F}},
                valid_flags | tracked_flags};
      default:
        return {{}, valid_flags | tracked_flags};
    }
  }
  const auto source = session_->input.pose_source(*action_, user_);
  if (!source) return {};
  const PlayedState state = session_->played(time);
  if (source->user == User::eyes) return located(state.gaze);
  const auto& hand = state.hands[static_cast<std::size_t>(source->user)];
  return xr_replay::located(source->identifier == "aim" ? hand.aim : hand.grip);
}

Located Space::in(const Space& base, XrTime time) const {
  // Two spaces on one origin lie to each other as their offsets do, wherever that origin is, if anywhere.
  if (reference_ && reference_ == base.reference_) {
    return {inverse(base.offset_) * offset_, valid_flags | tracked_flags};
  }
  const Located here = origin(time), there = base.origin(time);
  Located result;
  result.pose = inverse(there.pose * base.offset_) * (here.pose * offset_);
  result.flags = here.flags & there.flags;
  return result;
}

Velocity velocity(const Rigid& before, const Rigid& now, float seconds) {
  Velocity result;
  result.linear_m_s = (now.position - before.position) / seconds;
  glm::quat turn = now.orientation * glm::conjugate(before.orientation);
  if (turn.w < 0.0F) turn = -turn;
  const glm::vec3 axis{turn.x, turn.y, turn.z};
  const float sine = glm::length(axis);
  if (sine > 0.0F) result.angular_rad_s = axis / sine * (2.0F * std::atan2(sine, turn.w) / seconds);
  return result;
}

}  // namespace attune::xr_replay
