#pragma once

// What every file of the runtime needs of OpenXR and Vulkan: types only. Their functions are reached through
// pointers, so that no symbol of ours meets one of the program that loaded us.

#include <time.h>

#define VK_NO_PROTOTYPES
#include <vulkan/vulkan_core.h>

#define XR_NO_PROTOTYPES
#define XR_USE_GRAPHICS_API_VULKAN
#define XR_USE_TIMESPEC
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include "attune/xr/openxr_1_1.h"
#include "attune/xr/stimulus_extension.h"
#include "attune/xr/user_presence.h"
