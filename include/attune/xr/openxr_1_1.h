#pragma once

#include <openxr/openxr.h>

/// What OpenXR 1.1 added to the core and the replay runtime speaks, declared by hand: Debian 12's headers
/// (1.0.20) are older. Names and values are those of the Khronos registry, so that a newer openxr.h simply
/// takes this file's place. The four features came in as extensions, which a program of version 1.0 may still
/// enable.
#ifndef XR_VERSION_1_1
#define XR_VERSION_1_1 1
#define XR_API_VERSION_1_1 XR_MAKE_VERSION(1, 1, 41)

// --- XR_KHR_maintenance1: errors that later extensions share, and the pose of a hand's surface
#define XR_KHR_maintenance1_SPEC_VERSION 1
#define XR_KHR_MAINTENANCE1_EXTENSION_NAME "XR_KHR_maintenance1"
constexpr XrResult XR_ERROR_PERMISSION_INSUFFICIENT = static_cast<XrResult>(-1000710000);
constexpr XrResult XR_ERROR_EXTENSION_DEPENDENCY_NOT_ENABLED = static_cast<XrResult>(-1000710001);

// --- XR_EXT_uuid
#define XR_EXT_uuid_SPEC_VERSION 1
#define XR_EXT_UUID_EXTENSION_NAME "XR_EXT_uuid"
#define XR_UUID_SIZE 16
/// A universally unique identifier, in the byte order of RFC 4122.
typedef struct XrUuid {
  uint8_t data[XR_UUID_SIZE];
} XrUuid;

// --- XR_EXT_local_floor: LOCAL, but on the floor of STAGE
#define XR_EXT_local_floor_SPEC_VERSION 1
#define XR_EXT_LOCAL_FLOOR_EXTENSION_NAME "XR_EXT_local_floor"
constexpr XrReferenceSpaceType XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR =
    static_cast<XrReferenceSpaceType>(1000426000);

// --- XR_EXT_palm_pose: the older name of that surface, `palm_ext`
#define XR_EXT_palm_pose_SPEC_VERSION 3
#define XR_EXT_PALM_POSE_EXTENSION_NAME "XR_EXT_palm_pose"

// --- XR_VARJO_quad_views: a kind of views that a 1.1 runtime must know, though not have
constexpr XrViewConfigurationType XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO_WITH_FOVEATED_INSET =
    static_cast<XrViewConfigurationType>(1000037000);

// --- XR_KHR_locate_spaces: many spaces in one call
#define XR_KHR_locate_spaces_SPEC_VERSION 1
#define XR_KHR_LOCATE_SPACES_EXTENSION_NAME "XR_KHR_locate_spaces"
constexpr XrStructureType XR_TYPE_SPACES_LOCATE_INFO = static_cast<XrStructureType>(1000471000);
constexpr XrStructureType XR_TYPE_SPACE_LOCATIONS = static_cast<XrStructureType>(1000471001);
constexpr XrStructureType XR_TYPE_SPACE_VELOCITIES = static_cast<XrStructureType>(1000471002);

/// Which spaces to locate in which, and when.
typedef struct XrSpacesLocateInfo {
  XrStructureType type;
  const void* XR_MAY_ALIAS next;
  XrSpace baseSpace;
  XrTime time;
  uint32_t spaceCount;
  const XrSpace* spaces;
} XrSpacesLocateInfo;

typedef struct XrSpaceLocationData {
  XrSpaceLocationFlags locationFlags;
  XrPosef pose;
} XrSpaceLocationData;

/// Receives as many locations as spaces were asked for.
typedef struct XrSpaceLocations {
  XrStructureType type;
  void* XR_MAY_ALIAS next;
  uint32_t locationCount;
  XrSpaceLocationData* locations;
} XrSpaceLocations;

typedef struct XrSpaceVelocityData {
  XrSpaceVelocityFlags velocityFlags;
  XrVector3f linearVelocity;   ///< m/s
  XrVector3f angularVelocity;  ///< rad/s
} XrSpaceVelocityData;

/// Chained to XrSpaceLocations: receives as many velocities.
typedef struct XrSpaceVelocities {
  XrStructureType type;
  void* XR_MAY_ALIAS next;
  uint32_t velocityCount;
  XrSpaceVelocityData* velocities;
} XrSpaceVelocities;

typedef XrResult(XRAPI_PTR* PFN_xrLocateSpaces)(XrSession session, const XrSpacesLocateInfo* locateInfo,
                                                XrSpaceLocations* spaceLocations);

// --- interaction profiles that are core now
#ifndef XR_BD_CONTROLLER_INTERACTION_EXTENSION_NAME
#define XR_BD_controller_interaction_SPEC_VERSION 2
#define XR_BD_CONTROLLER_INTERACTION_EXTENSION_NAME "XR_BD_controller_interaction"
#endif
#ifndef XR_HTC_VIVE_FOCUS3_CONTROLLER_INTERACTION_EXTENSION_NAME
#define XR_HTC_vive_focus3_controller_interaction_SPEC_VERSION 2
#define XR_HTC_VIVE_FOCUS3_CONTROLLER_INTERACTION_EXTENSION_NAME "XR_HTC_vive_focus3_controller_interaction"
#endif
#ifndef XR_FB_TOUCH_CONTROLLER_PRO_EXTENSION_NAME
#define XR_FB_touch_controller_pro_SPEC_VERSION 1
#define XR_FB_TOUCH_CONTROLLER_PRO_EXTENSION_NAME "XR_FB_touch_controller_pro"
#endif
#ifndef XR_META_TOUCH_CONTROLLER_PLUS_EXTENSION_NAME
#define XR_META_touch_controller_plus_SPEC_VERSION 1
#define XR_META_TOUCH_CONTROLLER_PLUS_EXTENSION_NAME "XR_META_touch_controller_plus"
#endif
#ifndef XR_ML_ML2_CONTROLLER_INTERACTION_EXTENSION_NAME
#define XR_ML_ml2_controller_interaction_SPEC_VERSION 1
#define XR_ML_ML2_CONTROLLER_INTERACTION_EXTENSION_NAME "XR_ML_ml2_controller_interaction"
#endif

#endif
