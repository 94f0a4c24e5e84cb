#pragma once

#include <memory>
#include <optional>

#include "xr_replay/action.hpp"
#include "xr_replay/pose.hpp"
#include "xr_replay/session.hpp"

namespace attune::xr_replay {

/// A frame of reference: one of the three that every session has, or what a pose action gives.
class Space final : public Object {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_SPACE;

  Space(std::shared_ptr<Session> session, XrReferenceSpaceType type, const XrPosef& offset)
      : Object(object_type), session_(std::move(session)), reference_(type), offset_(from(offset)) {}
  Space(std::shared_ptr<Session> session, std::shared_ptr<Action> action, std::optional<User> user,
        const XrPosef& offset)
      : Object(object_type),
        session_(std::move(session)),
        action_(std::move(action)),
        user_(user),
        offset_(from(offset)) {}
  [[nodiscard]] Instance& instance() override { return session_->instance(); }

  [[nodiscard]] Session& session() const { return *session_; }
  [[nodiscard]] bool is_gaze() const;
  /// Where this space is in `base` at a time.
  [[nodiscard]] Located in(const Space& base, XrTime time) const;

 private:
  /// Where it is in the source's own space, before its offset.
  [[nodiscard]] Located origin(XrTime time) const;

  std::shared_ptr<Session> session_;
  std::optional<XrReferenceSpaceType> reference_;  ///< nothing: an action's
  std::shared_ptr<Action> action_;
  std::optional<User> user_;
  Rigid offset_;
};

/// Linear and angular velocity from two poses `seconds` apart, in the space that both are in.
struct Velocity {
  glm::vec3 linear_m_s{0.0F}, angular_rad_s{0.0F};
};
[[nodiscard]] Velocity velocity(const Rigid& before, const Rigid& now, float seconds);

}  // namespace attune::xr_replay
