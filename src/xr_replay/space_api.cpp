#include <algorithm>
#include <vector>

#include "xr_replay/api.hpp"
#include "xr_replay/space.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay::api {
namespace {

std::vector<XrReferenceSpaceType> reference_spaces(const Instance& instance) {
  std::vector spaces{XR_REFERENCE_SPACE_TYPE_VIEW, XR_REFERENCE_SPACE_TYPE_LOCAL,
                     XR_REFERENCE_SPACE_TYPE_STAGE};
  if (instance.extensions.has(Extension::local_floor)) spaces.push_back(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR);
  return spaces;
}

XrResult check_reference(XrReferenceSpaceType type, Call& call) {
  const auto spaces = reference_spaces(call.instance());
  if (std::find(spaces.begin(), spaces.end(), type) != spaces.end()) return XR_SUCCESS;
  return call.fail(XR_ERROR_REFERENCE_SPACE_UNSUPPORTED, "the runtime has no such reference space");
}

}  // namespace

XrResult XRAPI_CALL EnumerateReferenceSpaces(XrSession handle, uint32_t capacity, uint32_t* count,
                                             XrReferenceSpaceType* spaces) {
  return enter<Session>("xrEnumerateReferenceSpaces", handle, [&](Session&, Call& call) {
    return call.list<XrReferenceSpaceType>(capacity, count, spaces, reference_spaces(call.instance()));
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

XrResult XRAPI_CALL DestroySpace(XrSpace handle) {
  return enter<Space>("xrDestroySpace", handle, [&](Space& space, Call&) {
    Handles::all().destroy(space.handle());
    return XR_SUCCESS;
  });
}

}  // namespace attune::xr_replay::api
