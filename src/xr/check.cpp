#include "xr/check.hpp"

#include <openxr/openxr_reflection.h>

namespace attune::xr {

namespace {

const char* advice(XrResult result) {
  switch (result) {
    case XR_ERROR_RUNTIME_UNAVAILABLE:
      return "; no OpenXR runtime is active: start SteamVR, Monado or WiVRn and make it the active runtime, "
             "or use --xr replay";
    case XR_ERROR_RUNTIME_FAILURE:
      return "; the OpenXR runtime failed: restart it, check that its headset is connected, then start again";
    case XR_ERROR_INITIALIZATION_FAILED:
      return "; the OpenXR runtime did not start: is it running, and is its headset connected?";
    case XR_ERROR_FORM_FACTOR_UNAVAILABLE:
      return "; the headset is not connected or switched off: connect it, then start again";
    case XR_ERROR_FORM_FACTOR_UNSUPPORTED:
      return "; the active OpenXR runtime is not for headsets: choose another one";
    case XR_ERROR_SESSION_LOST:
      return "; the runtime lost the headset: restart the runtime, then start again";
    case XR_ERROR_INSTANCE_LOST:
      return "; the runtime went away: restart it, then start again";
    case XR_ERROR_LIMIT_REACHED:
      return "; another program holds the headset: close it first";
    case XR_ERROR_FILE_ACCESS_ERROR:
    case XR_ERROR_FILE_CONTENTS_INVALID:
      return "; the active runtime's manifest is broken or points nowhere: set the active runtime anew";
    default:
      return "";
  }
}

}  // namespace

std::string name_of(XrResult result) {
#define ATTUNE_NAME(name, value) \
  case name:                     \
    return #name;
  switch (result) {
    XR_LIST_ENUM_XrResult(ATTUNE_NAME) default : return "XrResult " +
                                                 std::to_string(static_cast<int>(result));
  }
#undef ATTUNE_NAME
}

core::Result<void> check(XrResult result, const std::string& tried) {
  if (XR_SUCCEEDED(result)) return {};
  return core::failed("OpenXR: " + tried + ": " + name_of(result) + advice(result));
}

}  // namespace attune::xr
