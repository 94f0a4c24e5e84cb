#include "rig.hpp"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "attune/record/recorder.hpp"

namespace attune::xr_replay::test {

Environment::Environment(const Values& values) {
  for (const auto& [name, value] : values) {
    const char* const before = std::getenv(name.c_str());
    before_.emplace_back(name, before != nullptr ? std::optional<std::string>(before) : std::nullopt);
    ::setenv(name.c_str(), value.c_str(), 1);
  }
}

Environment::~Environment() {
  for (auto entry = before_.rbegin(); entry != before_.rend(); ++entry) {
    const auto& [name, value] = *entry;
    value ? ::setenv(name.c_str(), value->c_str(), 1) : ::unsetenv(name.c_str());
  }
}

Folder::Folder() {
  auto name = (std::filesystem::temp_directory_path() / "attune-xr-replay-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Environment::Values settings(Environment::Values more) {
  Environment::Values values{{"XR_RUNTIME_JSON", ATTUNE_BUILD_DIR "/attune_xr_replay.json"},
                             {"XR_LOADER_DEBUG", "none"},
                             {"ATTUNE_XR_CLOCK", "virtual"}};
  values.insert(values.end(), more.begin(), more.end());
  return values;
}

XrInstanceCreateInfo create_info(const std::vector<const char*>& extensions) {
  XrInstanceCreateInfo info{XR_TYPE_INSTANCE_CREATE_INFO};
  std::strcpy(info.applicationInfo.applicationName, "a test");
  info.applicationInfo.apiVersion = XR_CURRENT_API_VERSION;
  info.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
  info.enabledExtensionNames = extensions.data();
  return info;
}

Rig::Rig(Environment::Values more, std::vector<const char*> extensions)
    : environment(settings(std::move(more))) {
  const auto info = create_info(extensions);
  EXPECT_EQ(xrCreateInstance(&info, &instance), XR_SUCCESS);
  XrSystemGetInfo get{XR_TYPE_SYSTEM_GET_INFO, nullptr, XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY};
  EXPECT_EQ(xrGetSystem(instance, &get, &system), XR_SUCCESS);
}

Rig::~Rig() {
  if (instance != XR_NULL_HANDLE) xrDestroyInstance(instance);
}

XrPath Rig::path(const std::string& text) const {
  XrPath path = XR_NULL_PATH;
  EXPECT_EQ(xrStringToPath(instance, text.c_str(), &path), XR_SUCCESS) << text;
  return path;
}

std::string Rig::text(XrPath path) const {
  char buffer[XR_MAX_PATH_LENGTH] = "";
  std::uint32_t length = 0;
  EXPECT_EQ(xrPathToString(instance, path, sizeof(buffer), &length, buffer), XR_SUCCESS);
  return buffer;
}

XrEventDataBuffer Rig::poll() const {
  XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
  if (xrPollEvent(instance, &event) != XR_SUCCESS) event.type = XR_TYPE_UNKNOWN;
  return event;
}

std::vector<XrSessionState> Rig::poll_states() const {
  std::vector<XrSessionState> states;
  for (auto event = poll(); event.type != XR_TYPE_UNKNOWN; event = poll()) {
    if (event.type != XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) continue;
    states.push_back(reinterpret_cast<const XrEventDataSessionStateChanged&>(event).state);
  }
  return states;
}

HeadlessSession::HeadlessSession(const Rig& rig, bool begin_it) {
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, nullptr, 0, rig.system};
  EXPECT_EQ(xrCreateSession(rig.instance, &info, &handle), XR_SUCCESS);
  if (begin_it) {
    EXPECT_EQ(begin(handle), XR_SUCCESS);
  }
}

HeadlessSession::~HeadlessSession() {
  if (handle != XR_NULL_HANDLE) xrDestroySession(handle);
}

XrFrameState HeadlessSession::frame() const {
  XrFrameState state{XR_TYPE_FRAME_STATE};
  EXPECT_EQ(xrWaitFrame(handle, nullptr, &state), XR_SUCCESS);
  EXPECT_EQ(xrBeginFrame(handle, nullptr), XR_SUCCESS);
  EXPECT_EQ(end_frame(handle, state.predictedDisplayTime), XR_SUCCESS);
  return state;
}

XrSpace HeadlessSession::space(XrReferenceSpaceType type) const {
  XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr, type, identity};
  XrSpace space = XR_NULL_HANDLE;
  EXPECT_EQ(xrCreateReferenceSpace(handle, &info, &space), XR_SUCCESS);
  return space;
}

XrSpaceLocation HeadlessSession::locate(XrSpace space, XrSpace base, XrTime time, void* next) const {
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION, next, 0, {}};
  EXPECT_EQ(xrLocateSpace(space, base, time, &location), XR_SUCCESS);
  return location;
}

XrResult begin(XrSession session) {
  XrSessionBeginInfo info{XR_TYPE_SESSION_BEGIN_INFO, nullptr, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO};
  return xrBeginSession(session, &info);
}

XrResult end_frame(XrSession session, XrTime time,
                   const std::vector<const XrCompositionLayerBaseHeader*>& layers) {
  XrFrameEndInfo info{XR_TYPE_FRAME_END_INFO,
                      nullptr,
                      time,
                      XR_ENVIRONMENT_BLEND_MODE_OPAQUE,
                      static_cast<std::uint32_t>(layers.size()),
                      layers.data()};
  return xrEndFrame(session, &info);
}

void write_recording(const std::string& path, const std::vector<telemetry::Frame>& frames, float rate_hz,
                     telemetry::GazeSource gaze) {
  const auto key = record::Key::generate();
  const auto key_path = std::filesystem::path(path).replace_extension(".key");
  ASSERT_TRUE(key.write_new(key_path).ok());
  record::Meta meta;
  meta.display_rate_hz = rate_hz;
  meta.gaze = gaze;
  auto recorder = record::Recorder::create(path, meta, key, {.wait_for_writer = true});
  ASSERT_TRUE(recorder.ok()) << recorder.error().message;
  for (const auto& frame : frames) (*recorder)->publish(frame);
  const auto closed = (*recorder)->close();
  ASSERT_TRUE(closed.ok()) << closed.error().message;
}

telemetry::Pose tracked_at(glm::vec3 position_m) {
  telemetry::Pose pose;
  pose.position_m = position_m;
  pose.position_valid = pose.orientation_valid = pose.tracked = true;
  return pose;
}

telemetry::Frame frame_at(double seconds, glm::vec3 position_m) {
  telemetry::Frame frame;
  frame.time = core::at_seconds(seconds);
  frame.headset = {true, true, true, true};
  frame.head = tracked_at(position_m);
  frame.gaze.time = frame.time;
  frame.gaze.origin_m = position_m;
  frame.gaze.source = telemetry::GazeSource::eye;
  return frame;
}

Input::Input(const Rig& used, const std::string& set_name, std::uint32_t priority) : rig(used) {
  XrActionSetCreateInfo info{XR_TYPE_ACTION_SET_CREATE_INFO};
  std::strcpy(info.actionSetName, set_name.c_str());
  std::strcpy(info.localizedActionSetName, set_name.c_str());
  info.priority = priority;
  EXPECT_EQ(xrCreateActionSet(rig.instance, &info, &set), XR_SUCCESS);
}

XrAction Input::add(const std::string& name, XrActionType type, const std::vector<std::string>& users) const {
  std::vector<XrPath> paths;
  for (const auto& user : users) paths.push_back(rig.path(user));
  XrActionCreateInfo info{XR_TYPE_ACTION_CREATE_INFO};
  std::strcpy(info.actionName, name.c_str());
  std::strcpy(info.localizedActionName, name.c_str());
  info.actionType = type;
  info.countSubactionPaths = static_cast<std::uint32_t>(paths.size());
  info.subactionPaths = paths.data();
  XrAction action = XR_NULL_HANDLE;
  EXPECT_EQ(xrCreateAction(set, &info, &action), XR_SUCCESS) << name;
  return action;
}

XrResult Input::suggest(const std::string& profile,
                        const std::vector<std::pair<XrAction, std::string>>& bindings) const {
  std::vector<XrActionSuggestedBinding> suggested;
  for (const auto& [action, path] : bindings) suggested.push_back({action, rig.path(path)});
  XrInteractionProfileSuggestedBinding info{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, nullptr,
                                            rig.path(profile), static_cast<std::uint32_t>(suggested.size()),
                                            suggested.data()};
  return xrSuggestInteractionProfileBindings(rig.instance, &info);
}

XrResult Input::attach(XrSession session) const {
  XrSessionActionSetsAttachInfo info{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr, 1, &set};
  return xrAttachSessionActionSets(session, &info);
}

XrResult Input::sync(XrSession session) const {
  XrActiveActionSet active{set, XR_NULL_PATH};
  XrActionsSyncInfo info{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 1, &active};
  return xrSyncActions(session, &info);
}

XrActionStateBoolean boolean(XrSession session, XrAction action, XrPath user) {
  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action, user};
  XrActionStateBoolean state{XR_TYPE_ACTION_STATE_BOOLEAN};
  EXPECT_EQ(xrGetActionStateBoolean(session, &get, &state), XR_SUCCESS);
  return state;
}

XrActionStateFloat number(XrSession session, XrAction action, XrPath user) {
  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action, user};
  XrActionStateFloat state{XR_TYPE_ACTION_STATE_FLOAT};
  EXPECT_EQ(xrGetActionStateFloat(session, &get, &state), XR_SUCCESS);
  return state;
}

XrActionStateVector2f vector(XrSession session, XrAction action, XrPath user) {
  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action, user};
  XrActionStateVector2f state{XR_TYPE_ACTION_STATE_VECTOR2F};
  EXPECT_EQ(xrGetActionStateVector2f(session, &get, &state), XR_SUCCESS);
  return state;
}

}  // namespace attune::xr_replay::test
