#include <cmath>
#include <numbers>
#include <vector>

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

/// `Out`: what xrLocateSpace or xrLocateSpaces gives a velocity in; their members are the same.
template <typename Out>
void fill_velocity(const Space& space, const Space& base, XrTime time, const Located& now, Out& out) {
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

/// The space of a handle, if it is one of this session.
XrResult find_space(XrSpace handle, const Session& session, Call& call, std::shared_ptr<Space>& space) {
  space = Handles::all().find<Space>(number(handle));
  if (space == nullptr || space->destroyed())
    return call.fail(XR_ERROR_HANDLE_INVALID, "one of the spaces is no space");
  if (&space->session() != &session) return call.invalid("one of the spaces is of another session");
  return XR_SUCCESS;
}

/// Everything of xrLocateSpaces that can be wrong, and the spaces it is about.
XrResult read(const XrSpacesLocateInfo& info, const XrSpaceLocations& out, const Session& session, Call& call,
              std::shared_ptr<Space>& base, std::vector<std::shared_ptr<Space>>& spaces) {
  if (info.spaceCount == 0 || info.spaces == nullptr) return call.invalid("no spaces are asked for");
  if (out.locationCount != info.spaceCount || out.locations == nullptr)
    return call.invalid("locations are not as many as spaces");
  if (const auto* const moving = out_chain<XrSpaceVelocities>(out.next, XR_TYPE_SPACE_VELOCITIES);
      moving != nullptr && (moving->velocityCount != info.spaceCount || moving->velocities == nullptr)) {
    return call.invalid("velocities are not as many as spaces");
  }
  if (const XrResult bad = find_space(info.baseSpace, session, call, base); XR_FAILED(bad)) return bad;
  for (std::uint32_t i = 0; i < info.spaceCount; ++i) {
    if (const XrResult bad = find_space(info.spaces[i], session, call, spaces.emplace_back()); XR_FAILED(bad))
      return bad;
  }
  if (info.time <= 0) return call.fail(XR_ERROR_TIME_INVALID, "time is not positive");
  return XR_SUCCESS;
}

}  // namespace

XrResult XRAPI_CALL LocateSpace(XrSpace handle, XrSpace baseSpace, XrTime time, XrSpaceLocation* location) {
  return enter<Space>("xrLocateSpace", handle, [&](Space& space, Call& call) {
    std::shared_ptr<Space> base;
    if (const XrResult bad = find_space(baseSpace, space.session(), call, base); XR_FAILED(bad)) return bad;
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

XrResult XRAPI_CALL LocateSpaces(XrSession handle, const XrSpacesLocateInfo* locateInfo,
                                 XrSpaceLocations* spaceLocations) {
  return enter<Session>("xrLocateSpaces", handle, [&](Session& session, Call& call) {
    if (!call.instance().extensions.has(Extension::locate_spaces)) {
      return call.fail(XR_ERROR_FUNCTION_UNSUPPORTED,
                       "neither OpenXR 1.1 nor XR_KHR_locate_spaces was asked for");
    }
    if (!is(locateInfo, XR_TYPE_SPACES_LOCATE_INFO) || !is(spaceLocations, XR_TYPE_SPACE_LOCATIONS)) {
      return call.invalid("locateInfo or spaceLocations is null or mistyped");
    }
    std::shared_ptr<Space> base;
    std::vector<std::shared_ptr<Space>> spaces;
    if (const XrResult bad = read(*locateInfo, *spaceLocations, session, call, base, spaces); XR_FAILED(bad))
      return bad;
    auto* const moving = out_chain<XrSpaceVelocities>(spaceLocations->next, XR_TYPE_SPACE_VELOCITIES);
    for (std::size_t i = 0; i < spaces.size(); ++i) {
      const Located found = spaces[i]->in(*base, locateInfo->time);
      spaceLocations->locations[i] = {found.flags, to_xr(found.pose)};
      if (moving != nullptr) {
        fill_velocity(*spaces[i], *base, locateInfo->time, found, moving->velocities[i]);
      }
    }
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
    std::shared_ptr<Space> base;
    if (const XrResult bad = find_space(locateInfo->space, session, call, base); XR_FAILED(bad)) return bad;
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
