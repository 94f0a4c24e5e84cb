#include <dlfcn.h>

#include <cstring>
#include <limits>
#include <set>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

TEST(Library, ExportsTheNegotiationAndNothingElse) {
  void* const library = dlopen(ATTUNE_BUILD_DIR "/libattune_xr_replay.so", RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << dlerror();
  EXPECT_NE(dlsym(library, "xrNegotiateLoaderRuntimeInterface"), nullptr);
  Dl_info info{};
  const void* const create = dlsym(library, "xrCreateInstance");
  const bool ours =
      create != nullptr && dladdr(create, &info) != 0 && std::strstr(info.dli_fname, "xr_replay");
  EXPECT_FALSE(ours);
  dlclose(library);
}

TEST(Library, RefusesALoaderItDoesNotUnderstand) {
  void* const library = dlopen(ATTUNE_BUILD_DIR "/libattune_xr_replay.so", RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << dlerror();
  const auto negotiate =
      reinterpret_cast<XrResult (*)(const void*, void*)>(dlsym(library, "xrNegotiateLoaderRuntimeInterface"));
  const std::uint64_t zeros[16]{};
  std::uint64_t request[16]{};
  EXPECT_EQ(negotiate(nullptr, request), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_EQ(negotiate(zeros, request), XR_ERROR_INITIALIZATION_FAILED);
  dlclose(library);
}

TEST(Instance, IsFoundByTheSystemsLoader) {
  const Rig rig;
  XrInstanceProperties properties{XR_TYPE_INSTANCE_PROPERTIES};
  ASSERT_EQ(xrGetInstanceProperties(rig.instance, &properties), XR_SUCCESS);
  EXPECT_STREQ(properties.runtimeName, "Attune replay");
}

TEST(Instance, OffersItsExtensions) {
  const Environment environment(settings());
  std::uint32_t count = 0;
  ASSERT_EQ(xrEnumerateInstanceExtensionProperties(nullptr, 0, &count, nullptr), XR_SUCCESS);
  std::vector<XrExtensionProperties> properties(count, {XR_TYPE_EXTENSION_PROPERTIES, nullptr, "", 0});
  ASSERT_EQ(xrEnumerateInstanceExtensionProperties(nullptr, count, &count, properties.data()), XR_SUCCESS);
  std::set<std::string> names;
  for (const auto& property : properties) names.insert(property.extensionName);
  for (const char* const name :
       {"XR_KHR_vulkan_enable", "XR_KHR_vulkan_enable2", "XR_EXT_eye_gaze_interaction", "XR_EXT_debug_utils",
        "XR_EXT_user_presence", "XR_MND_headless", "XR_KHR_convert_timespec_time", "XR_ATTUNE_stimulus"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

/// The result of creating an instance after `change` spoiled, or did not spoil, its description.
XrResult create_with(const std::function<void(XrInstanceCreateInfo&)>& change) {
  const Environment environment(settings());
  auto info = create_info({});
  change(info);
  XrInstance instance = XR_NULL_HANDLE;
  const XrResult result = xrCreateInstance(&info, &instance);
  if (instance != XR_NULL_HANDLE) xrDestroyInstance(instance);
  return result;
}

TEST(Instance, IsRefusedWithTheRightError) {
  const char* const unknown[]{"XR_EXT_nobody_has_this"};
  const char* const wrong_case[]{"xr_mnd_HEADLESS"};
  EXPECT_EQ(create_with([](auto&) {}), XR_SUCCESS);
  EXPECT_EQ(create_with([](auto& info) { info.createFlags = 0x42; }), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(create_with([](auto& info) { info.applicationInfo.applicationName[0] = '\0'; }),
            XR_ERROR_NAME_INVALID);
  EXPECT_EQ(create_with([](auto& info) {
              std::memset(info.applicationInfo.engineName, 'e', XR_MAX_ENGINE_NAME_SIZE);
            }),
            XR_ERROR_NAME_INVALID);
  EXPECT_EQ(create_with([](auto& info) { info.applicationInfo.apiVersion = XR_MAKE_VERSION(99, 0, 0); }),
            XR_ERROR_API_VERSION_UNSUPPORTED);
  EXPECT_EQ(create_with([](auto& info) { info.applicationInfo.apiVersion = 0; }),
            XR_ERROR_API_VERSION_UNSUPPORTED);
  EXPECT_EQ(create_with([&](auto& info) {
              info.enabledExtensionCount = 1;
              info.enabledExtensionNames = unknown;
            }),
            XR_ERROR_EXTENSION_NOT_PRESENT);
  EXPECT_EQ(create_with([&](auto& info) {
              info.enabledExtensionCount = 1;
              info.enabledExtensionNames = wrong_case;
            }),
            XR_ERROR_EXTENSION_NOT_PRESENT);
}

TEST(Instance, IsRefusedWhenASettingOrTheInputIsWrong) {
  const Environment::Values wrong{
      {"ATTUNE_XR_CLOCK", "sundial"},    {"ATTUNE_XR_RATE", "0"},
      {"ATTUNE_XR_RATE", "fast"},        {"ATTUNE_XR_DURATION", "-1"},
      {"ATTUNE_XR_END", "never"},        {"ATTUNE_XR_STATES", "guessed"},
      {"ATTUNE_XR_VIEW_SIZE", "1024"},   {"ATTUNE_XR_VIEW_SIZE", "1x1"},
      {"ATTUNE_XR_CONTROLLER", "wand"},  {"ATTUNE_XR_INPUT", "/no/such.attune"},
      {"ATTUNE_XR_INPUT", "/etc/hosts"}, {"ATTUNE_XR_INPUT", "patient:nobody-of-that-name"}};
  for (const auto& value : wrong) {
    const Environment environment(settings({value}));
    const auto info = create_info({});
    XrInstance instance = XR_NULL_HANDLE;
    testing::internal::CaptureStderr();
    EXPECT_EQ(xrCreateInstance(&info, &instance), XR_ERROR_INITIALIZATION_FAILED)
        << value.first << value.second;
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find(value.first), std::string::npos) << "'" << said << "' names " << value.first;
  }
}

TEST(Instance, KnowsOnlyTheFunctionsOfItsExtensions) {
  const Rig rig({}, {});
  PFN_xrVoidFunction function = nullptr;
  EXPECT_EQ(xrGetInstanceProcAddr(rig.instance, "xrLocateSpace", &function), XR_SUCCESS);
  EXPECT_EQ(xrGetInstanceProcAddr(rig.instance, "xrConvertTimeToTimespecTimeKHR", &function),
            XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_EQ(function, nullptr);
  EXPECT_EQ(xrGetInstanceProcAddr(rig.instance, "xrApplyStimulusATTUNE", &function),
            XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_EQ(xrGetInstanceProcAddr(rig.instance, "not a function", &function), XR_ERROR_FUNCTION_UNSUPPORTED);
}

TEST(Instance, NamesResultsAndStructures) {
  const Rig rig;
  char text[XR_MAX_RESULT_STRING_SIZE];
  ASSERT_EQ(xrResultToString(rig.instance, XR_ERROR_POSE_INVALID, text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_ERROR_POSE_INVALID");
  ASSERT_EQ(xrResultToString(rig.instance, static_cast<XrResult>(-123456), text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_UNKNOWN_FAILURE_-123456");
  ASSERT_EQ(xrResultToString(rig.instance, static_cast<XrResult>(123456), text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_UNKNOWN_SUCCESS_123456");
  ASSERT_EQ(xrStructureTypeToString(rig.instance, XR_TYPE_FRAME_STATE, text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_TYPE_FRAME_STATE");
  ASSERT_EQ(xrStructureTypeToString(rig.instance, XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT, text),
            XR_SUCCESS);
  EXPECT_STREQ(text, "XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT");
}

TEST(Paths, AreWellFormedOrRefused) {
  const Rig rig;
  const std::string longest = "/" + std::string(XR_MAX_PATH_LENGTH - 2, 'a');
  const std::vector<std::string> good{"/foo", "/f/o", "/.f", "/a./.a/a.a", "/.....ok", "/-/_", longest};
  const std::vector<std::string> bad{"",     "/",   "//", "/a/",     "/a//a", "\\a",        "/ ",
                                     "/aaA", "foo", "/.", "/../foo", "/a/..", longest + "a"};
  XrPath path = XR_NULL_PATH;
  for (const auto& text : good) {
    ASSERT_EQ(xrStringToPath(rig.instance, text.c_str(), &path), XR_SUCCESS) << text;
    EXPECT_EQ(rig.text(path), text);
    EXPECT_EQ(rig.path(text), path) << "the same text is the same path";
  }
  for (const auto& text : bad) {
    EXPECT_EQ(xrStringToPath(rig.instance, text.c_str(), &path), XR_ERROR_PATH_FORMAT_INVALID) << text;
  }
  char buffer[8];
  std::uint32_t length = 0;
  EXPECT_EQ(xrPathToString(rig.instance, 0x123456, 8, &length, buffer), XR_ERROR_PATH_INVALID);
  EXPECT_EQ(xrPathToString(rig.instance, rig.path("/foo"), 2, &length, buffer), XR_ERROR_SIZE_INSUFFICIENT);
  EXPECT_EQ(length, 5U);
}

TEST(System, IsOneHeadsetWithTwoViews) {
  const Rig rig(Values{{"ATTUNE_XR_VIEW_SIZE", "320x240"}});
  XrSystemGetInfo get{XR_TYPE_SYSTEM_GET_INFO, nullptr, XR_FORM_FACTOR_HANDHELD_DISPLAY};
  XrSystemId other = XR_NULL_SYSTEM_ID;
  EXPECT_EQ(xrGetSystem(rig.instance, &get, &other), XR_ERROR_FORM_FACTOR_UNSUPPORTED);
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES};
  EXPECT_EQ(xrGetSystemProperties(rig.instance, 77, &properties), XR_ERROR_SYSTEM_INVALID);

  std::uint32_t count = 0;
  std::vector<XrViewConfigurationView> views(2, {XR_TYPE_VIEW_CONFIGURATION_VIEW, nullptr, 0, 0, 0, 0, 0, 0});
  EXPECT_EQ(xrEnumerateViewConfigurationViews(
                rig.instance, rig.system, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_MONO, 2, &count, views.data()),
            XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED);
  EXPECT_EQ(xrEnumerateViewConfigurationViews(
                rig.instance, rig.system, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO, 1, &count, views.data()),
            XR_ERROR_SIZE_INSUFFICIENT);
  ASSERT_EQ(xrEnumerateViewConfigurationViews(
                rig.instance, rig.system, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO, 2, &count, views.data()),
            XR_SUCCESS);
  EXPECT_EQ(count, 2U);
  EXPECT_EQ(views[0].recommendedImageRectWidth, 320U);
  EXPECT_EQ(views[1].recommendedImageRectHeight, 240U);
}

TEST(Chains, SkipWhatTheyDoNotKnowAndLeaveItAlone) {
  const Rig rig;
  struct Unknown {
    XrStructureType type;
    void* next;
    std::uint64_t content;
  };
  XrSystemEyeGazeInteractionPropertiesEXT gaze{XR_TYPE_SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT, nullptr,
                                               XR_FALSE};
  Unknown unknown{static_cast<XrStructureType>(1'999'999'999), &gaze, 0x5A5A5A5A};
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES, &unknown, 0, 0, "", {}, {}};
  ASSERT_EQ(xrGetSystemProperties(rig.instance, rig.system, &properties), XR_SUCCESS);
  EXPECT_EQ(gaze.supportsEyeGazeInteraction, XR_TRUE) << "what comes after it is found";
  EXPECT_EQ(unknown.content, 0x5A5A5A5AU);
  EXPECT_EQ(unknown.next, &gaze);
}

TEST(Timespec, IsTheMonotonicClockBothWays) {
  const Rig rig({}, {XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME});
  const auto to_time = rig.function<PFN_xrConvertTimespecTimeToTimeKHR>("xrConvertTimespecTimeToTimeKHR");
  const auto to_timespec = rig.function<PFN_xrConvertTimeToTimespecTimeKHR>("xrConvertTimeToTimespecTimeKHR");
  timespec moment{12, 345'678'901}, back{};
  XrTime time = 0;
  ASSERT_EQ(to_time(rig.instance, &moment, &time), XR_SUCCESS);
  EXPECT_EQ(time, 12'345'678'901);
  ASSERT_EQ(to_timespec(rig.instance, time, &back), XR_SUCCESS);
  EXPECT_EQ(back.tv_sec, moment.tv_sec);
  EXPECT_EQ(back.tv_nsec, moment.tv_nsec);
  EXPECT_EQ(to_timespec(rig.instance, 0, &back), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(to_timespec(rig.instance, -1, &back), XR_ERROR_TIME_INVALID);
  timespec absurd{std::numeric_limits<time_t>::max(), 0};
  EXPECT_EQ(to_time(rig.instance, &absurd, &time), XR_ERROR_TIME_INVALID);
}

TEST(DebugUtils, TellWhatWasWrong) {
  const Rig rig({}, {XR_EXT_DEBUG_UTILS_EXTENSION_NAME, XR_MND_HEADLESS_EXTENSION_NAME});
  struct Heard {
    std::string function, message;
    XrInstance instance;
  } heard{"", "", rig.instance};
  XrDebugUtilsMessengerCreateInfoEXT info{XR_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT};
  info.messageSeverities = XR_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  info.messageTypes = XR_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;
  info.userData = &heard;
  info.userCallback = [](XrDebugUtilsMessageSeverityFlagsEXT, XrDebugUtilsMessageTypeFlagsEXT,
                         const XrDebugUtilsMessengerCallbackDataEXT* data, void* user) -> XrBool32 {
    auto& out = *static_cast<Heard*>(user);
    out.function = data->functionName;
    out.message = data->message;
    char text[XR_MAX_RESULT_STRING_SIZE];
    EXPECT_EQ(xrResultToString(out.instance, XR_SUCCESS, text), XR_SUCCESS)
        << "a callback may call the runtime";
    return XR_FALSE;
  };
  XrDebugUtilsMessengerEXT messenger = XR_NULL_HANDLE;
  const auto create = rig.function<PFN_xrCreateDebugUtilsMessengerEXT>("xrCreateDebugUtilsMessengerEXT");
  ASSERT_EQ(create(rig.instance, &info, &messenger), XR_SUCCESS);

  const HeadlessSession session(rig);
  EXPECT_EQ(xrBeginFrame(session, nullptr), XR_ERROR_CALL_ORDER_INVALID);
  EXPECT_EQ(heard.function, "xrBeginFrame");
  EXPECT_NE(heard.message.find("xrWaitFrame"), std::string::npos) << heard.message;
}

TEST(DebugUtils, NameObjectsAndWhatTheirSessionIsDoing) {
  std::string heard;  // object, then labels; outlives the session, of whose end the messenger tells too
  const Rig rig({}, {XR_EXT_DEBUG_UTILS_EXTENSION_NAME, XR_MND_HEADLESS_EXTENSION_NAME});
  const HeadlessSession session(rig);
  XrDebugUtilsMessengerCreateInfoEXT info{XR_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT};
  info.messageSeverities = XR_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT;
  info.messageTypes = XR_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT;
  info.userData = &heard;
  info.userCallback = [](XrDebugUtilsMessageSeverityFlagsEXT, XrDebugUtilsMessageTypeFlagsEXT,
                         const XrDebugUtilsMessengerCallbackDataEXT* data, void* user) -> XrBool32 {
    auto& text = *static_cast<std::string*>(user);
    text = data->objects[0].objectName != nullptr ? data->objects[0].objectName : "nameless";
    for (std::uint32_t i = 0; i < data->sessionLabelCount; ++i)
      text += std::string(" ") + data->sessionLabels[i].labelName;
    return XR_FALSE;
  };
  XrDebugUtilsMessengerEXT messenger = XR_NULL_HANDLE;
  ASSERT_EQ(rig.function<PFN_xrCreateDebugUtilsMessengerEXT>("xrCreateDebugUtilsMessengerEXT")(
                rig.instance, &info, &messenger),
            XR_SUCCESS);
  const auto set_name = rig.function<PFN_xrSetDebugUtilsObjectNameEXT>("xrSetDebugUtilsObjectNameEXT");
  const auto submit = rig.function<PFN_xrSubmitDebugUtilsMessageEXT>("xrSubmitDebugUtilsMessageEXT");
  const auto open =
      rig.function<PFN_xrSessionBeginDebugUtilsLabelRegionEXT>("xrSessionBeginDebugUtilsLabelRegionEXT");
  const auto close =
      rig.function<PFN_xrSessionEndDebugUtilsLabelRegionEXT>("xrSessionEndDebugUtilsLabelRegionEXT");
  const auto insert =
      rig.function<PFN_xrSessionInsertDebugUtilsLabelEXT>("xrSessionInsertDebugUtilsLabelEXT");
  const auto hear = [&] {
    XrDebugUtilsObjectNameInfoEXT object{XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT, nullptr,
                                         XR_OBJECT_TYPE_SESSION,
                                         reinterpret_cast<std::uint64_t>(session.handle), nullptr};
    XrDebugUtilsMessengerCallbackDataEXT data{XR_TYPE_DEBUG_UTILS_MESSENGER_CALLBACK_DATA_EXT};
    data.messageId = data.functionName = data.message = "m";
    data.objectCount = 1;
    data.objects = &object;
    EXPECT_EQ(submit(rig.instance, XR_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT,
                     XR_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT, &data),
              XR_SUCCESS);
    return heard;
  };
  const auto label = [](const char* name) {
    return XrDebugUtilsLabelEXT{XR_TYPE_DEBUG_UTILS_LABEL_EXT, nullptr, name};
  };
  XrDebugUtilsObjectNameInfoEXT name{XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT, nullptr,
                                     XR_OBJECT_TYPE_SESSION, reinterpret_cast<std::uint64_t>(session.handle),
                                     "mine"};
  EXPECT_EQ(hear(), "nameless");
  ASSERT_EQ(set_name(rig.instance, &name), XR_SUCCESS);
  const auto outer = label("outer"), inner = label("inner"), mark = label("mark"), other = label("other");
  ASSERT_EQ(open(session, &outer), XR_SUCCESS);
  ASSERT_EQ(insert(session, &mark), XR_SUCCESS);
  EXPECT_EQ(hear(), "mine mark outer");
  ASSERT_EQ(insert(session, &other), XR_SUCCESS);
  EXPECT_EQ(hear(), "mine other outer");
  ASSERT_EQ(open(session, &inner), XR_SUCCESS);
  EXPECT_EQ(hear(), "mine inner outer");
  ASSERT_EQ(close(session), XR_SUCCESS);
  EXPECT_EQ(hear(), "mine outer");
  ASSERT_EQ(close(session), XR_SUCCESS);
  EXPECT_EQ(hear(), "mine");
}

}  // namespace
}  // namespace attune::xr_replay::test
