#pragma once

#include <openxr/openxr.h>

/// XR_EXT_user_presence, declared by hand: Debian 12's headers (1.0.20) are older than the extension. Names
/// and values are those of the Khronos registry, so that a newer openxr.h simply takes this file's place.
#ifndef XR_EXT_user_presence
#define XR_EXT_user_presence 1
#define XR_EXT_user_presence_SPEC_VERSION 1
#define XR_EXT_USER_PRESENCE_EXTENSION_NAME "XR_EXT_user_presence"

constexpr XrStructureType XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT =
    static_cast<XrStructureType>(1000470000);
constexpr XrStructureType XR_TYPE_SYSTEM_USER_PRESENCE_PROPERTIES_EXT =
    static_cast<XrStructureType>(1000470001);

/// The headset was put on or taken off; sent once at the start of a session with the state it finds.
typedef struct XrEventDataUserPresenceChangedEXT {
  XrStructureType type;
  const void* XR_MAY_ALIAS next;
  XrSession session;
  XrBool32 isUserPresent;
} XrEventDataUserPresenceChangedEXT;

/// Chained to XrSystemProperties: whether the system senses that it is worn.
typedef struct XrSystemUserPresencePropertiesEXT {
  XrStructureType type;
  void* XR_MAY_ALIAS next;
  XrBool32 supportsUserPresence;
} XrSystemUserPresencePropertiesEXT;
#endif
