#include "xr_replay/space.hpp"

#include <numbers>

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

/// The palm's surface as a hand that holds a controller has it. The grip's origin lies in the middle of the
/// handle, its +X leads away from the left palm and into the right one, and its +Y back along the
/// straightened fingers; the palm keeps +X and looks along the fingers (OpenXR 1.1, 6.3.2, `grip` and
/// `grip_surface`).
Rigid palm_in_grip(User user) {
  constexpr float half_a_handle_m = 0.017F;  // controllers' handles are 3 to 4 cm thick
  const float toward_palm = user == User::left ? -1.0F : 1.0F;
  return {{toward_palm * half_a_handle_m, 0.0F, 0.0F},
          glm::angleAxis(-0.5F * std::numbers::pi_v<float>, glm::vec3(1.0F, 0.0F, 0.0F))};
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
      default:  // STAGE and LOCAL_FLOOR: the source's own origin, straight below that of LOCAL
        return {{}, valid_flags | tracked_flags};
    }
  }
  const auto source = session_->input.pose_source(*action_, user_);
  if (!source) return {};
  const PlayedState state = session_->played(time);
  if (source->user == User::eyes) return located(state.gaze);
  const auto& hand = state.hands[static_cast<std::size_t>(source->user)];
  if (source->identifier == "aim") return xr_replay::located(hand.aim);
  Located result = xr_replay::located(hand.grip);
  const bool palm = source->identifier == "grip_surface" || source->identifier == "palm_ext";
  if (palm) result.pose = result.pose * palm_in_grip(source->user);
  return result;
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
