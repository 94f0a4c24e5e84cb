#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "direct.hpp"

namespace attune::xr_replay::test {
namespace {

constexpr XrVersion v1_0 = XR_MAKE_VERSION(1, 0, 0), v1_1 = XR_MAKE_VERSION(1, 1, 0);
constexpr const char* left = "/user/hand/left";
constexpr const char* right = "/user/hand/right";

// --- loaders

struct Meeting {
  const char* what;
  std::function<void(LoaderInfo&)> change;
  XrResult result;
  XrVersion agreed;  ///< major and minor
};

TEST(Negotiation, AgreesOnTheNewestVersionBothSpeakOrOnNone) {
  const Library library;
  const Meeting rows[]{
      {"newer than the runtime", [](auto&) {}, XR_SUCCESS, v1_1},
      {"ends at 1.1", [](auto& i) { i.max_api = XR_MAKE_VERSION(1, 1, 99); }, XR_SUCCESS, v1_1},
      {"ends at 1.0", [](auto& i) { i.max_api = XR_MAKE_VERSION(1, 0, 20); }, XR_SUCCESS, v1_0},
      {"begins at 1.2", [](auto& i) { i.min_api = XR_MAKE_VERSION(1, 2, 0); }, XR_ERROR_INITIALIZATION_FAILED,
       0},
      {"ends at 0.9", [](auto& i) { i.min_api = 0, i.max_api = XR_MAKE_VERSION(0, 9, 0); },
       XR_ERROR_INITIALIZATION_FAILED, 0},
      {"knows newer interfaces too", [](auto& i) { i.max_interface = 7; }, XR_SUCCESS, v1_1},
      {"knows newer interfaces only", [](auto& i) { i.min_interface = 2, i.max_interface = 7; },
       XR_ERROR_INITIALIZATION_FAILED, 0},
      {"is no loader", [](auto& i) { i.type = 2; }, XR_ERROR_INITIALIZATION_FAILED, 0},
      {"is of another size", [](auto& i) { i.size += 8; }, XR_ERROR_INITIALIZATION_FAILED, 0},
  };
  for (const auto& row : rows) {
    LoaderInfo info;
    row.change(info);
    RuntimeRequest request;
    EXPECT_EQ(library.negotiate(&info, &request), row.result) << row.what;
    EXPECT_EQ(XR_VERSION_MAJOR(request.api), XR_VERSION_MAJOR(row.agreed)) << row.what;
    EXPECT_EQ(XR_VERSION_MINOR(request.api), XR_VERSION_MINOR(row.agreed)) << row.what;
    EXPECT_EQ(request.get != nullptr, XR_SUCCEEDED(row.result)) << row.what;
  }
  const LoaderInfo good;
  RuntimeRequest request;
  EXPECT_EQ(library.negotiate(&good, nullptr), XR_ERROR_INITIALIZATION_FAILED);
  request.size -= 8;
  EXPECT_EQ(library.negotiate(&good, &request), XR_ERROR_INITIALIZATION_FAILED);
}

TEST(Version, IsOneThatTheRuntimeSpeaksOrIsRefusedByItsCode) {
  const Direct direct(v1_1);
  const auto create = [&](XrVersion version) {
    XrInstance other = XR_NULL_HANDLE;
    const XrResult result = direct.create(version, {}, other);
    if (other != XR_NULL_HANDLE) direct.function<PFN_xrDestroyInstance>("xrDestroyInstance")(other);
    return result;
  };
  EXPECT_EQ(create(XR_MAKE_VERSION(1, 0, 0)), XR_SUCCESS);
  EXPECT_EQ(create(XR_MAKE_VERSION(1, 0, 9999)), XR_SUCCESS);
  EXPECT_EQ(create(XR_MAKE_VERSION(1, 1, 0)), XR_SUCCESS);
  EXPECT_EQ(create(XR_MAKE_VERSION(1, 1, 9999)), XR_SUCCESS);
  EXPECT_EQ(create(XR_MAKE_VERSION(1, 2, 0)), XR_ERROR_API_VERSION_UNSUPPORTED);
  EXPECT_EQ(create(XR_MAKE_VERSION(2, 0, 0)), XR_ERROR_API_VERSION_UNSUPPORTED);
  EXPECT_EQ(create(XR_MAKE_VERSION(0, 90, 0)), XR_ERROR_API_VERSION_UNSUPPORTED);
  EXPECT_EQ(create(1), XR_ERROR_API_VERSION_UNSUPPORTED);
  EXPECT_EQ(create(0), XR_ERROR_API_VERSION_UNSUPPORTED);
}

// --- what OpenXR 1.1 took into the core

std::set<XrReferenceSpaceType> reference_spaces(const Direct& direct, XrSession session) {
  XrReferenceSpaceType types[16];
  std::uint32_t count = 0;
  EXPECT_EQ(direct.function<PFN_xrEnumerateReferenceSpaces>("xrEnumerateReferenceSpaces")(session, 16, &count,
                                                                                          types),
            XR_SUCCESS);
  return {types, types + count};
}

struct Wish {
  XrVersion version;
  std::vector<const char*> extensions;
  bool granted;
};

TEST(LocalFloor, IsThereByVersionOrByExtensionAndLiesOnTheFloorBelowLocal) {
  const Wish rows[]{{v1_0, {}, false}, {v1_0, {XR_EXT_LOCAL_FLOOR_EXTENSION_NAME}, true}, {v1_1, {}, true}};
  for (const auto& row : rows) {
    auto extensions = row.extensions;
    extensions.push_back(XR_MND_HEADLESS_EXTENSION_NAME);
    const Direct direct(row.version, extensions);
    const XrSession session = direct.begin_session();
    const XrTime time = direct.frame(session);
    EXPECT_EQ(reference_spaces(direct, session).contains(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR), row.granted);
    const XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr,
                                          XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR, identity};
    XrSpace floor = XR_NULL_HANDLE;
    const XrResult created =
        direct.function<PFN_xrCreateReferenceSpace>("xrCreateReferenceSpace")(session, &info, &floor);
    EXPECT_EQ(created, row.granted ? XR_SUCCESS : XR_ERROR_REFERENCE_SPACE_UNSUPPORTED);
    if (!row.granted) continue;
    const auto locate = direct.function<PFN_xrLocateSpace>("xrLocateSpace");
    XrSpaceLocation in_local{XR_TYPE_SPACE_LOCATION}, in_stage{XR_TYPE_SPACE_LOCATION};
    ASSERT_EQ(locate(floor, direct.space(session, XR_REFERENCE_SPACE_TYPE_LOCAL), time, &in_local),
              XR_SUCCESS);
    ASSERT_EQ(locate(floor, direct.space(session, XR_REFERENCE_SPACE_TYPE_STAGE), time, &in_stage),
              XR_SUCCESS);
    EXPECT_FLOAT_EQ(in_local.pose.position.x, 0.0F);
    EXPECT_FLOAT_EQ(in_local.pose.position.y, -1.6F);
    EXPECT_FLOAT_EQ(in_local.pose.position.z, 0.0F);
    EXPECT_FLOAT_EQ(in_local.pose.orientation.w, 1.0F);
    EXPECT_FLOAT_EQ(in_stage.pose.position.y, 0.0F) << "the floor is that of STAGE";
  }
}

TEST(LocateSpaces, IsThereByVersionOrByExtension) {
  {
    const Direct direct(v1_0, {XR_MND_HEADLESS_EXTENSION_NAME});
    EXPECT_EQ(direct.lookup("xrLocateSpacesKHR"), XR_ERROR_FUNCTION_UNSUPPORTED);
    // The suite of 1.1.41 asks instances of 1.0 for it too; to them it says so when it is called.
    const XrSession session = direct.begin_session();
    const XrSpacesLocateInfo info{XR_TYPE_SPACES_LOCATE_INFO};
    XrSpaceLocations locations{XR_TYPE_SPACE_LOCATIONS};
    EXPECT_EQ(direct.function<PFN_xrLocateSpaces>("xrLocateSpaces")(session, &info, &locations),
              XR_ERROR_FUNCTION_UNSUPPORTED);
  }
  {
    const Direct direct(v1_0, {XR_KHR_LOCATE_SPACES_EXTENSION_NAME});
    EXPECT_EQ(direct.lookup("xrLocateSpacesKHR"), XR_SUCCESS);
  }
  const Direct direct(v1_1);
  EXPECT_EQ(direct.lookup("xrLocateSpaces"), XR_SUCCESS);
  EXPECT_EQ(direct.lookup("xrLocateSpacesKHR"), XR_ERROR_FUNCTION_UNSUPPORTED) << "a name of the extension";
}

/// Somebody who walks along X by 1 m/s and turns left by 0.5 rad/s. Returns the recording's path.
std::string write_walk(const std::string& path) {
  std::vector<telemetry::Frame> frames;
  for (int i = 0; i <= 20; ++i) {
    const double s = 0.1 * i;
    auto frame = frame_at(s, {static_cast<float>(s), 1.7F, 0.0F});
    frame.head.orientation = glm::angleAxis(static_cast<float>(0.5 * s), glm::vec3(0, 1, 0));
    frames.push_back(frame);
  }
  write_recording(path, frames, 10.0F);
  return path;
}

class ManySpaces : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 10; ++i) time_ = direct_.frame(session_);
  }
  [[nodiscard]] XrResult locate(
      const std::function<void(XrSpacesLocateInfo&, XrSpaceLocations&, XrSpaceVelocities&)>& change =
          [](auto&, auto&, auto&) {}) {
    const std::vector<XrSpace> spaces = spaces_;
    XrSpacesLocateInfo info{XR_TYPE_SPACES_LOCATE_INFO,
                            nullptr,
                            base_,
                            time_,
                            static_cast<std::uint32_t>(spaces.size()),
                            spaces.data()};
    XrSpaceVelocities moving{XR_TYPE_SPACE_VELOCITIES, nullptr,
                             static_cast<std::uint32_t>(velocities_.size()), velocities_.data()};
    XrSpaceLocations locations{XR_TYPE_SPACE_LOCATIONS, &moving,
                               static_cast<std::uint32_t>(locations_.size()), locations_.data()};
    change(info, locations, moving);
    return direct_.function<PFN_xrLocateSpaces>("xrLocateSpaces")(session_, &info, &locations);
  }

  Folder folder_;
  std::string recording_ = write_walk(folder_ / "walk.attune");
  Direct direct_{v1_1, {XR_MND_HEADLESS_EXTENSION_NAME}, {{"ATTUNE_XR_INPUT", recording_}}};
  XrSession session_ = direct_.begin_session();
  XrTime time_ = 0;
  XrSpace base_ = direct_.space(session_, XR_REFERENCE_SPACE_TYPE_STAGE);
  std::vector<XrSpace> spaces_{
      direct_.space(session_, XR_REFERENCE_SPACE_TYPE_VIEW),
      direct_.space(session_, XR_REFERENCE_SPACE_TYPE_LOCAL),
      direct_.space(session_, XR_REFERENCE_SPACE_TYPE_VIEW, {{0, 0.6F, 0, 0.8F}, {1, 2, 3}}), base_};
  std::vector<XrSpaceLocationData> locations_ = std::vector<XrSpaceLocationData>(4);
  std::vector<XrSpaceVelocityData> velocities_ = std::vector<XrSpaceVelocityData>(4);
};

TEST_F(ManySpaces, AreLocatedAsOneByOne) {
  ASSERT_EQ(locate(), XR_SUCCESS);
  for (std::size_t i = 0; i < spaces_.size(); ++i) {
    XrSpaceVelocity moving{XR_TYPE_SPACE_VELOCITY};
    XrSpaceLocation alone{XR_TYPE_SPACE_LOCATION, &moving, 0, {}};
    ASSERT_EQ(direct_.function<PFN_xrLocateSpace>("xrLocateSpace")(spaces_[i], base_, time_, &alone),
              XR_SUCCESS);
    EXPECT_EQ(locations_[i].locationFlags, alone.locationFlags);
    EXPECT_EQ(std::memcmp(&locations_[i].pose, &alone.pose, sizeof(XrPosef)), 0) << i;
    EXPECT_EQ(velocities_[i].velocityFlags, moving.velocityFlags);
    EXPECT_EQ(std::memcmp(&velocities_[i].linearVelocity, &moving.linearVelocity, sizeof(XrVector3f)), 0)
        << i;
    EXPECT_EQ(std::memcmp(&velocities_[i].angularVelocity, &moving.angularVelocity, sizeof(XrVector3f)), 0)
        << i;
  }
  EXPECT_NEAR(velocities_[0].linearVelocity.x, 1.0F, 1e-3F) << "or equality would mean nothing";
  EXPECT_NEAR(locations_[0].pose.position.x, 0.9F, 1e-3F);
}

TEST_F(ManySpaces, AreRefusedByTheRightCodeWhenSomethingIsWrong) {
  const XrSpace gone = direct_.space(session_, XR_REFERENCE_SPACE_TYPE_VIEW);
  ASSERT_EQ(direct_.function<PFN_xrDestroySpace>("xrDestroySpace")(gone), XR_SUCCESS);
  constexpr auto invalid = XR_ERROR_VALIDATION_FAILURE;
  EXPECT_EQ(locate(), XR_SUCCESS);
  EXPECT_EQ(locate([](auto& i, auto&, auto&) { i.type = XR_TYPE_UNKNOWN; }), invalid);
  EXPECT_EQ(locate([](auto&, auto& l, auto&) { l.type = XR_TYPE_UNKNOWN; }), invalid);
  EXPECT_EQ(locate([](auto& i, auto& l, auto&) { i.spaceCount = l.locationCount = 0; }), invalid);
  EXPECT_EQ(locate([](auto& i, auto&, auto&) { i.spaces = nullptr; }), invalid);
  EXPECT_EQ(locate([](auto&, auto& l, auto&) { l.locations = nullptr; }), invalid);
  EXPECT_EQ(locate([](auto&, auto& l, auto&) { l.locationCount = 3; }), invalid);
  EXPECT_EQ(locate([](auto& i, auto&, auto&) { i.spaceCount = 3; }), invalid);
  EXPECT_EQ(locate([](auto&, auto&, auto& v) { v.velocityCount = 3; }), invalid);
  EXPECT_EQ(locate([](auto&, auto&, auto& v) { v.velocities = nullptr; }), invalid);
  EXPECT_EQ(locate([](auto& i, auto&, auto&) { i.time = 0; }), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(locate([](auto& i, auto&, auto&) { i.time = -42; }), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(locate([&](auto& i, auto&, auto&) { i.baseSpace = gone; }), XR_ERROR_HANDLE_INVALID);
  spaces_[2] = gone;
  EXPECT_EQ(locate(), XR_ERROR_HANDLE_INVALID);
  spaces_[2] = XR_NULL_HANDLE;
  EXPECT_EQ(locate(), XR_ERROR_HANDLE_INVALID);
  spaces_[2] = spaces_[0];
  EXPECT_EQ(locate(), XR_SUCCESS) << "and one space twice is right";
}

// --- interaction profiles

struct Bound {
  const char* profile;
  const char* path;
  std::vector<const char*> extensions;  ///< any of these brings it to 1.0; none: 1.1 alone does
  bool core = true;                     ///< 1.1 brings it
};

TEST(Profiles, OfTheCoreOf1_1NeedTheirExtensionIn1_0) {
  constexpr const char* simple = "/interaction_profiles/khr/simple_controller";
  const Bound rows[]{
      {simple, "/user/hand/left/input/grip_surface/pose", {XR_KHR_MAINTENANCE1_EXTENSION_NAME}},
      {simple, "/user/hand/left/input/palm_ext/pose", {XR_EXT_PALM_POSE_EXTENSION_NAME}, false},
      {"/interaction_profiles/oculus/touch_controller", "/user/hand/left/input/trigger/proximity", {}},
      {"/interaction_profiles/meta/touch_plus_controller", "/user/hand/left/input/trigger_curl/value", {}},
      {"/interaction_profiles/meta/touch_pro_controller", "/user/hand/right/output/haptic_thumb", {}},
      {"/interaction_profiles/meta/touch_controller_quest_2", "/user/hand/left/input/x/click", {}},
      {"/interaction_profiles/meta/touch_controller_quest_1_rift_s", "/user/hand/left/input/x/click", {}},
      {"/interaction_profiles/meta/touch_controller_rift_cv1", "/user/hand/right/input/thumbrest/touch", {}},
      {"/interaction_profiles/bytedance/pico4_controller",
       "/user/hand/left/input/menu/click",
       {XR_BD_CONTROLLER_INTERACTION_EXTENSION_NAME}},
      {"/interaction_profiles/bytedance/pico_neo3_controller",
       "/user/hand/right/input/menu/click",
       {XR_BD_CONTROLLER_INTERACTION_EXTENSION_NAME}},
      {"/interaction_profiles/bytedance/pico_g3_controller",
       "/user/hand/right/input/menu/click",
       {XR_BD_CONTROLLER_INTERACTION_EXTENSION_NAME}},
      {"/interaction_profiles/htc/vive_cosmos_controller",
       "/user/hand/left/input/shoulder/click",
       {XR_HTC_VIVE_COSMOS_CONTROLLER_INTERACTION_EXTENSION_NAME}},
      {"/interaction_profiles/htc/vive_focus3_controller",
       "/user/hand/left/input/squeeze/touch",
       {XR_HTC_VIVE_FOCUS3_CONTROLLER_INTERACTION_EXTENSION_NAME}},
      {"/interaction_profiles/hp/mixed_reality_controller",
       "/user/hand/left/input/x/click",
       {XR_EXT_HP_MIXED_REALITY_CONTROLLER_EXTENSION_NAME}},
      {"/interaction_profiles/samsung/odyssey_controller",
       "/user/hand/left/input/trackpad/touch",
       {XR_EXT_SAMSUNG_ODYSSEY_CONTROLLER_EXTENSION_NAME}},
      {"/interaction_profiles/facebook/touch_controller_pro",
       "/user/hand/left/input/trigger/curl_fb",
       {XR_FB_TOUCH_CONTROLLER_PRO_EXTENSION_NAME},
       false},
      {"/interaction_profiles/meta/touch_controller_plus",
       "/user/hand/left/input/trigger/slide_meta",
       {XR_META_TOUCH_CONTROLLER_PLUS_EXTENSION_NAME},
       false},
      {"/interaction_profiles/ml/ml2_controller",
       "/user/hand/right/input/home/click",
       {XR_ML_ML2_CONTROLLER_INTERACTION_EXTENSION_NAME}},
  };
  const auto suggest = [](const Direct& direct, const Bound& row) {
    XrActionSetCreateInfo set_info{XR_TYPE_ACTION_SET_CREATE_INFO, nullptr, "set", "set", 0};
    XrActionSet set = XR_NULL_HANDLE;
    EXPECT_EQ(direct.function<PFN_xrCreateActionSet>("xrCreateActionSet")(direct.instance, &set_info, &set),
              XR_SUCCESS);
    XrActionCreateInfo action_info{
        XR_TYPE_ACTION_CREATE_INFO, nullptr, "act", XR_ACTION_TYPE_BOOLEAN_INPUT, 0, nullptr, "act"};
    XrAction action = XR_NULL_HANDLE;
    EXPECT_EQ(direct.function<PFN_xrCreateAction>("xrCreateAction")(set, &action_info, &action), XR_SUCCESS);
    const XrActionSuggestedBinding binding{action, direct.path(row.path)};
    const XrInteractionProfileSuggestedBinding info{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, nullptr,
                                                    direct.path(row.profile), 1, &binding};
    return direct.function<PFN_xrSuggestInteractionProfileBindings>("xrSuggestInteractionProfileBindings")(
        direct.instance, &info);
  };
  for (const auto& row : rows) {
    EXPECT_EQ(suggest(Direct(v1_0), row), XR_ERROR_PATH_UNSUPPORTED) << row.path;
    EXPECT_EQ(suggest(Direct(v1_1), row), row.core ? XR_SUCCESS : XR_ERROR_PATH_UNSUPPORTED) << row.path;
    if (!row.extensions.empty()) {
      EXPECT_EQ(suggest(Direct(v1_0, row.extensions), row), XR_SUCCESS) << row.path;
      EXPECT_EQ(suggest(Direct(v1_1, row.extensions), row), XR_SUCCESS) << row.path;
    }
  }
}

// --- the palm

TEST(Palm, LiesBehindTheHandleAndLooksAlongTheFingers) {
  // Two extensions and the core name the same pose.
  const std::pair<const char*, std::vector<const char*>> names[]{
      {"grip_surface", {XR_MND_HEADLESS_EXTENSION_NAME, XR_KHR_MAINTENANCE1_EXTENSION_NAME}},
      {"palm_ext", {XR_MND_HEADLESS_EXTENSION_NAME, XR_EXT_PALM_POSE_EXTENSION_NAME}}};
  for (const auto& [name, extensions] : names) {
    const Rig rig({}, extensions);
    const HeadlessSession session(rig);
    const Input input(rig, "play");
    const XrAction palm = input.add("palm", XR_ACTION_TYPE_POSE_INPUT, {left, right});
    const XrAction grip = input.add("grip", XR_ACTION_TYPE_POSE_INPUT, {left, right});
    std::vector<std::pair<XrAction, std::string>> bindings;
    for (const std::string hand : {left, right}) {
      bindings.emplace_back(palm, hand + "/input/" + name + "/pose");
      bindings.emplace_back(grip, hand + "/input/grip/pose");
    }
    ASSERT_EQ(input.suggest("/interaction_profiles/khr/simple_controller", bindings), XR_SUCCESS);
    ASSERT_EQ(input.attach(session), XR_SUCCESS);
    const XrTime time = session.frame().predictedDisplayTime;
    ASSERT_EQ(input.sync(session), XR_SUCCESS);
    for (const char* const hand : {left, right}) {
      const auto space_of = [&](XrAction action) {
        const XrActionSpaceCreateInfo info{XR_TYPE_ACTION_SPACE_CREATE_INFO, nullptr, action, rig.path(hand),
                                           identity};
        XrSpace space = XR_NULL_HANDLE;
        EXPECT_EQ(xrCreateActionSpace(session, &info, &space), XR_SUCCESS);
        return space;
      };
      const auto found = session.locate(space_of(palm), space_of(grip), time);
      ASSERT_EQ(found.locationFlags & XR_SPACE_LOCATION_POSITION_VALID_BIT,
                XR_SPACE_LOCATION_POSITION_VALID_BIT);
      // The grip's +X leaves the left palm and enters the right one; the handle is in front of either.
      const bool behind = hand == left ? found.pose.position.x < -0.01F : found.pose.position.x > 0.01F;
      EXPECT_TRUE(behind) << hand << found.pose.position.x;
      EXPECT_FLOAT_EQ(found.pose.position.y, 0.0F);
      // The grip's +Y points back along the straightened fingers, so that the palm's -Z is its -Y.
      const auto& q = found.pose.orientation;
      const glm::quat turn(q.w, q.x, q.y, q.z);
      const glm::vec3 forward = turn * glm::vec3(0, 0, -1), side = turn * glm::vec3(1, 0, 0);
      EXPECT_NEAR(forward.y, -1.0F, 1e-5F);
      EXPECT_NEAR(side.x, 1.0F, 1e-5F);
    }
  }
}

// --- names and views

TEST(Names, OfThingsNewerThanTheHeadersAreKnown) {
  const Rig rig;
  char text[XR_MAX_RESULT_STRING_SIZE];
  ASSERT_EQ(xrResultToString(rig.instance, XR_ERROR_EXTENSION_DEPENDENCY_NOT_ENABLED, text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_ERROR_EXTENSION_DEPENDENCY_NOT_ENABLED");
  ASSERT_EQ(xrResultToString(rig.instance, XR_ERROR_PERMISSION_INSUFFICIENT, text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_ERROR_PERMISSION_INSUFFICIENT");
  ASSERT_EQ(xrStructureTypeToString(rig.instance, XR_TYPE_SPACE_VELOCITIES, text), XR_SUCCESS);
  EXPECT_STREQ(text, "XR_TYPE_SPACE_VELOCITIES");
}

TEST(Views, WithAnInsetAreKnownIn1_1ButNotHere) {
  for (const auto& [version, result] : {std::pair{v1_0, XR_ERROR_VALIDATION_FAILURE},
                                        std::pair{v1_1, XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED}}) {
    const Direct direct(version);
    XrViewConfigurationProperties properties{XR_TYPE_VIEW_CONFIGURATION_PROPERTIES};
    EXPECT_EQ(direct.function<PFN_xrGetViewConfigurationProperties>("xrGetViewConfigurationProperties")(
                  direct.instance, direct.system,
                  XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO_WITH_FOVEATED_INSET, &properties),
              result);
  }
}

}  // namespace
}  // namespace attune::xr_replay::test
