#include <algorithm>
#include <numbers>

#include "xr_replay/api.hpp"
#include "xr_replay/space.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay::api {
namespace {

constexpr float eye_distance_m = 0.063F;  // mean of adults: Dodgson, Proc. SPIE 5291 (2004)
// A lens shows a little more outwards and downwards than inwards and upwards.
constexpr float outward_rad = 49.0F * std::numbers::pi_v<float> / 180.0F;
constexpr float inward_rad = 46.0F * std::numbers::pi_v<float> / 180.0F;
constexpr float up_rad = 46.0F * std::numbers::pi_v<float> / 180.0F;
constexpr float down_rad = 49.0F * std::numbers::pi_v<float> / 180.0F;

constexpr XrReferenceSpaceType reference_spaces[]{XR_REFERENCE_SPACE_TYPE_VIEW, XR_REFERENCE_SPACE_TYPE_LOCAL,
                                                  XR_REFERENCE_SPACE_TYPE_STAGE};

XrResult check_reference(XrReferenceSpaceType type, Call& call) {
  if (std::find(std::begin(reference_spaces), std::end(reference_spaces), type) !=
      std::end(reference_spaces)) {
    return XR_SUCCESS;
  }
  return call.fail(XR_ERROR_REFERENCE_SPACE_UNSUPPORTED, "the runtime has no such reference space");
}

void fill_velocity(const Space& space, const Space& base, XrTime time, const Located& now,
                   XrSpaceVelocity& out) {
  out.velocityFlags = 0;
  out.linearVelocity = out.angularVelocity = {};
  const XrDuration back = space.session().period();
  if (time <= back) return;
  const Located before = space.in(base, time - back);
  const XrSpaceLocationFlags both = now.flags & before.flags;
  const Velocity moved = velocity(before.pose, now.pose, static_cast<float>(back) * 1e-9F);
  if ((both & XR_SPACE_LOCATION_POSITION_VALID_BIT) != 0) {
    out.velocityFlags |= XR_SPACE_VELOCITY_LINEAR_VALID_BIT;
    out.linearVelocity = {moved.linear_m_s.x, moved.linear_m_s.y, moved.linear_m_s.z};
  }
  if ((both & XR_SPACE_LOCATION_ORIENTATION_VALID_BIT) != 0) {
    out.velocityFlags |= XR_SPACE_VELOCITY_ANGULAR_VALID_BIT;
    out.angularVelocity = {moved.angular_rad_s.x, moved.angular_rad_s.y, moved.angular_rad_s.z};
  }
}

}  // namespace

XrResult XRAPI_CALL EnumerateReferenceSpaces(XrSession handle, uint32_t capacity, uint32_t* count,
                                             XrReferenceSpaceType* spaces) {
  return enter<Session>("xrEnumerateReferenceSpaces", handle, [&](Session&, Call& call) {
    return call.list<XrReferenceSpaceType>(capacity, count, spaces, reference_spaces);
  });
}

XrResult XRAPI_CALL CreateReferenceSpace(XrSession handle, const XrReferenceSpaceCreateInfo* createInfo,
                                         XrSpace* space) {
  return enter<Session>("xrCreateReferenceSpace", handle, [&](Session& session, Call& call) {
    if (!is(createInfo, XR_TYPE_REFERENCE_SPACE_CREATE_INFO) || space == nullptr) {
      return call.invalid("createInfo is null or mistyped, or space is null");
    }
    if (const XrResult bad = check_reference(createInfo->referenceSpaceType, call); XR_FAILED(bad))
      return bad;
    if (!valid(createInfo->poseInReferenceSpace)) {
      return call.fail(XR_ERROR_POSE_INVALID, "poseInReferenceSpace is no rigid pose");
    }
    *space = hand_out<XrSpace>(
        std::make_shared<Space>(Handles::all().find<Session>(session.handle()),
                                createInfo->referenceSpaceType, createInfo->poseInReferenceSpace),
        session);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL GetReferenceSpaceBoundsRect(XrSession handle, XrReferenceSpaceType type,
                                                XrExtent2Df* bounds) {
  return enter<Session>("xrGetReferenceSpaceBoundsRect", handle, [&](Session&, Call& call) {
    if (bounds == nullptr) return call.invalid("bounds is null");
    if (const XrResult bad = check_reference(type, call); XR_FAILED(bad)) return bad;
    *bounds = {0.0F, 0.0F};  // recordings do not tell how large the room was
    return XR_SPACE_BOUNDS_UNAVAILABLE;
  });
}

XrResult XRAPI_CALL CreateActionSpace(XrSession handle, const XrActionSpaceCreateInfo* createInfo,
                                      XrSpace* space) {
  return enter<Session>("xrCreateActionSpace", handle, [&](Session& session, Call& call) {
    if (!is(createInfo, XR_TYPE_ACTION_SPACE_CREATE_INFO) || space == nullptr) {
      return call.invalid("createInfo is null or mistyped, or space is null");
    }
    const auto action = Handles::all().find<Action>(number(createInfo->action));
    if (action == nullptr || &action->instance() != &call.instance()) {
      return call.fail(XR_ERROR_HANDLE_INVALID, "action is no action of this instance");
    }
    if (action->kind != XR_ACTION_TYPE_POSE_INPUT) {
      return call.fail(XR_ERROR_ACTION_TYPE_MISMATCH, "the action gives no pose");
    }
    if (!valid(createInfo->poseInActionSpace)) {
      return call.fail(XR_ERROR_POSE_INVALID, "poseInActionSpace is no rigid pose");
    }
    std::optional<User> user;
    if (const XrResult bad = find_subaction(*action, createInfo->subactionPath, call, user); XR_FAILED(bad)) {
      return bad;
    }
    *space = hand_out<XrSpace>(std::make_shared<Space>(Handles::all().find<Session>(session.handle()), action,
                                                       user, createInfo->poseInActionSpace),
                               session);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL LocateSpace(XrSpace handle, XrSpace baseSpace, XrTime time, XrSpaceLocation* location) {
  return enter<Space>("xrLocateSpace", handle, [&](Space& space, Call& call) {
    const auto base = Handles::all().find<Space>(number(baseSpace));
    if (base == nullptr || base->destroyed())
      return call.fail(XR_ERROR_HANDLE_INVALID, "baseSpace is no space");
    if (&base->session() != &space.session()) return call.invalid("the two spaces are of different sessions");
    if (!is(location, XR_TYPE_SPACE_LOCATION)) return call.invalid("location is null or mistyped");
    if (time <= 0) return call.fail(XR_ERROR_TIME_INVALID, "time is not positive");

    const Located found = space.in(*base, time);
    location->locationFlags = found.flags;
    location->pose = to_xr(found.pose);
    if (auto* const moving = out_chain<XrSpaceVelocity>(location->next, XR_TYPE_SPACE_VELOCITY)) {
      fill_velocity(space, *base, time, found, *moving);
    }
    if (call.instance().extensions.has(Extension::eye_gaze)) {
      if (auto* const sampled =
              out_chain<XrEyeGazeSampleTimeEXT>(location->next, XR_TYPE_EYE_GAZE_SAMPLE_TIME_EXT)) {
        const Session& session = space.session();
        const bool seen = space.is_gaze() && (found.flags & XR_SPACE_LOCATION_ORIENTATION_VALID_BIT) != 0;
        sampled->time = seen ? session.xr_time(session.played(time).gaze.time) : 0;
      }
    }
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL DestroySpace(XrSpace handle) {
  return enter<Space>("xrDestroySpace", handle, [&](Space& space, Call&) {
    Handles::all().destroy(space.handle());
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL LocateViews(XrSession handle, const XrViewLocateInfo* locateInfo, XrViewState* viewState,
                                uint32_t capacity, uint32_t* count, XrView* views) {
  return enter<Session>("xrLocateViews", handle, [&](Session& session, Call& call) {
    if (!is(locateInfo, XR_TYPE_VIEW_LOCATE_INFO) || !is(viewState, XR_TYPE_VIEW_STATE) || count == nullptr) {
      return call.invalid("viewLocateInfo or viewState is null or mistyped, or viewCountOutput is null");
    }
    if (const XrResult bad = check_views(locateInfo->viewConfigurationType, call); XR_FAILED(bad)) return bad;
    if (locateInfo->displayTime <= 0) return call.fail(XR_ERROR_TIME_INVALID, "displayTime is not positive");
    const auto base = Handles::all().find<Space>(number(locateInfo->space));
    if (base == nullptr || base->destroyed()) return call.fail(XR_ERROR_HANDLE_INVALID, "space is no space");
    if (&base->session() != &session) return call.invalid("space is of another session");
    *count = view_count;
    if (capacity != 0 && capacity < view_count)
      return call.fail(XR_ERROR_SIZE_INSUFFICIENT, "there are two views");

    const XrPosef nowhere{{0.0F, 0.0F, 0.0F, 1.0F}, {0.0F, 0.0F, 0.0F}};
    const Space head(Handles::all().find<Session>(session.handle()), XR_REFERENCE_SPACE_TYPE_VIEW, nowhere);
    const Located found = head.in(*base, locateInfo->displayTime);
    viewState->viewStateFlags = found.flags;  // the bits of both kinds of flags mean the same
    if (capacity == 0) return XR_SUCCESS;
    if (views == nullptr) return call.invalid("views is null");
    for (std::uint32_t i = 0; i < view_count; ++i) {
      if (views[i].type != XR_TYPE_VIEW) return call.invalid("an element of views is mistyped");
    }
    for (std::uint32_t eye = 0; eye < view_count; ++eye) {
      const bool left = eye == 0;
      const Rigid in_head{{(left ? -0.5F : 0.5F) * eye_distance_m, 0.0F, 0.0F}, {1.0F, 0.0F, 0.0F, 0.0F}};
      views[eye].pose = to_xr(found.pose * in_head);
      views[eye].fov = {left ? -outward_rad : -inward_rad, left ? inward_rad : outward_rad, up_rad,
                        -down_rad};
    }
    return XR_SUCCESS;
  });
}

static_assert(static_cast<XrFlags64>(XR_VIEW_STATE_ORIENTATION_VALID_BIT) ==
              XR_SPACE_LOCATION_ORIENTATION_VALID_BIT);
static_assert(static_cast<XrFlags64>(XR_VIEW_STATE_POSITION_VALID_BIT) ==
              XR_SPACE_LOCATION_POSITION_VALID_BIT);
static_assert(static_cast<XrFlags64>(XR_VIEW_STATE_ORIENTATION_TRACKED_BIT) ==
              XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT);
static_assert(static_cast<XrFlags64>(XR_VIEW_STATE_POSITION_TRACKED_BIT) ==
              XR_SPACE_LOCATION_POSITION_TRACKED_BIT);

}  // namespace attune::xr_replay::api
