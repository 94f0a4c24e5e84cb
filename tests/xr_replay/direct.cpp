#include "direct.hpp"

#include <dlfcn.h>

namespace attune::xr_replay::test {

Library::Library() : handle_(dlopen(ATTUNE_BUILD_DIR "/libattune_xr_replay.so", RTLD_NOW | RTLD_LOCAL)) {
  EXPECT_NE(handle_, nullptr) << dlerror();
}

Library::~Library() { dlclose(handle_); }

XrResult Library::negotiate(const LoaderInfo* loader, RuntimeRequest* request) const {
  const auto function =
      reinterpret_cast<XrResult (*)(const void*, void*)>(dlsym(handle_, "xrNegotiateLoaderRuntimeInterface"));
  return function(loader, request);
}

Direct::Direct(XrVersion version, const std::vector<const char*>& extensions, Environment::Values more)
    : environment_(settings(std::move(more))) {
  const LoaderInfo loader;
  RuntimeRequest request;
  EXPECT_EQ(library_.negotiate(&loader, &request), XR_SUCCESS);
  get_ = request.get;
  EXPECT_EQ(create(version, extensions, instance), XR_SUCCESS);
  XrSystemGetInfo info{XR_TYPE_SYSTEM_GET_INFO, nullptr, XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY};
  EXPECT_EQ(function<PFN_xrGetSystem>("xrGetSystem")(instance, &info, &system), XR_SUCCESS);
}

Direct::~Direct() {
  if (instance != XR_NULL_HANDLE) function<PFN_xrDestroyInstance>("xrDestroyInstance")(instance);
}

XrResult Direct::lookup(const char* name) const {
  PFN_xrVoidFunction found = nullptr;
  const XrResult result = get_(instance, name, &found);
  EXPECT_EQ(result == XR_SUCCESS, found != nullptr) << name;
  return result;
}

XrResult Direct::create(XrVersion version, const std::vector<const char*>& extensions,
                        XrInstance& created) const {
  PFN_xrVoidFunction found = nullptr;
  EXPECT_EQ(get_(XR_NULL_HANDLE, "xrCreateInstance", &found), XR_SUCCESS);
  auto info = create_info(extensions);
  info.applicationInfo.apiVersion = version;
  return reinterpret_cast<PFN_xrCreateInstance>(found)(&info, &created);
}

XrPath Direct::path(const std::string& text) const {
  XrPath path = XR_NULL_PATH;
  EXPECT_EQ(function<PFN_xrStringToPath>("xrStringToPath")(instance, text.c_str(), &path), XR_SUCCESS)
      << text;
  return path;
}

XrSession Direct::begin_session() const {
  const XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, nullptr, 0, system};
  XrSession session = XR_NULL_HANDLE;
  EXPECT_EQ(function<PFN_xrCreateSession>("xrCreateSession")(instance, &info, &session), XR_SUCCESS);
  const XrSessionBeginInfo begin{XR_TYPE_SESSION_BEGIN_INFO, nullptr,
                                 XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO};
  EXPECT_EQ(function<PFN_xrBeginSession>("xrBeginSession")(session, &begin), XR_SUCCESS);
  return session;
}

XrTime Direct::frame(XrSession session) const {
  XrFrameState state{XR_TYPE_FRAME_STATE};
  EXPECT_EQ(function<PFN_xrWaitFrame>("xrWaitFrame")(session, nullptr, &state), XR_SUCCESS);
  EXPECT_EQ(function<PFN_xrBeginFrame>("xrBeginFrame")(session, nullptr), XR_SUCCESS);
  const XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO,           nullptr, state.predictedDisplayTime,
                           XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 0,       nullptr};
  EXPECT_EQ(function<PFN_xrEndFrame>("xrEndFrame")(session, &end), XR_SUCCESS);
  return state.predictedDisplayTime;
}

XrSpace Direct::space(XrSession session, XrReferenceSpaceType type, const XrPosef& pose) const {
  const XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr, type, pose};
  XrSpace space = XR_NULL_HANDLE;
  EXPECT_EQ(function<PFN_xrCreateReferenceSpace>("xrCreateReferenceSpace")(session, &info, &space),
            XR_SUCCESS);
  return space;
}

}  // namespace attune::xr_replay::test
