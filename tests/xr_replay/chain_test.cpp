#include <cstring>

#include "attune/xr/openxr_1_1.h"
#include "graphics.hpp"

namespace attune::xr_replay::test {
namespace {

/// Structures that nobody knows, two in a row, to hang on anything; whoever writes to them is found out.
class Unknown {
 public:
  Unknown() { fill(); }
  /// For a `next`: skipped, and left alone, as OpenXR wants it.
  [[nodiscard]] void* chain() { return &links_[0]; }
  [[nodiscard]] bool untouched() const {
    Unknown fresh;
    fresh.links_[0].next = const_cast<Link*>(&links_[1]);
    return std::memcmp(&links_, &fresh.links_, sizeof(links_)) == 0;
  }

 private:
  struct Link {
    XrStructureType type;
    std::uint32_t padding;
    void* next;
    std::uint64_t content[8];
  };
  void fill() {
    for (int i = 0; i < 2; ++i) {
      links_[i] = {static_cast<XrStructureType>(1'999'999'998 + i), 0, nullptr, {}};
      std::memset(links_[i].content, 0x5A, sizeof(links_[i].content));
    }
    links_[0].next = &links_[1];
  }
  Link links_[2];
};

/// Runs a call that must succeed whatever hangs on its structures.
#define EXPECT_SKIPPED(call)                   \
  do {                                         \
    EXPECT_EQ((call), XR_SUCCESS);             \
    EXPECT_TRUE(unknown.untouched()) << #call; \
  } while (false)

TEST(Unknown, StructuresAreNoticedWhenSomebodyWritesToThem) {
  Unknown unknown;
  EXPECT_TRUE(unknown.untouched());
  static_cast<XrBaseOutStructure*>(unknown.chain())->type = XR_TYPE_UNKNOWN;
  EXPECT_FALSE(unknown.untouched()) << "or the tests below would mean nothing";
}

TEST(Unknown, StructuresAreSkippedByInstanceAndSystem) {
  Unknown unknown;
  const Environment environment(settings());
  std::uint32_t count = 0;
  ASSERT_EQ(xrEnumerateInstanceExtensionProperties(nullptr, 0, &count, nullptr), XR_SUCCESS);
  std::vector<XrExtensionProperties> offered(count, {XR_TYPE_EXTENSION_PROPERTIES, unknown.chain(), "", 0});
  EXPECT_SKIPPED(xrEnumerateInstanceExtensionProperties(nullptr, count, &count, offered.data()));

  auto info = create_info({});
  info.next = unknown.chain();
  XrInstance instance = XR_NULL_HANDLE;
  EXPECT_SKIPPED(xrCreateInstance(&info, &instance));
  XrInstanceProperties properties{XR_TYPE_INSTANCE_PROPERTIES, unknown.chain(), 0, ""};
  EXPECT_SKIPPED(xrGetInstanceProperties(instance, &properties));
  XrSystemGetInfo get{XR_TYPE_SYSTEM_GET_INFO, unknown.chain(), XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY};
  XrSystemId system = XR_NULL_SYSTEM_ID;
  EXPECT_SKIPPED(xrGetSystem(instance, &get, &system));
  XrSystemProperties system_properties{XR_TYPE_SYSTEM_PROPERTIES, unknown.chain(), 0, 0, "", {}, {}};
  EXPECT_SKIPPED(xrGetSystemProperties(instance, system, &system_properties));
  constexpr auto stereo = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
  XrViewConfigurationProperties view_properties{XR_TYPE_VIEW_CONFIGURATION_PROPERTIES, unknown.chain(),
                                                stereo, 0};
  EXPECT_SKIPPED(xrGetViewConfigurationProperties(instance, system, stereo, &view_properties));
  std::vector<XrViewConfigurationView> views(
      2, {XR_TYPE_VIEW_CONFIGURATION_VIEW, unknown.chain(), 0, 0, 0, 0, 0, 0});
  EXPECT_SKIPPED(xrEnumerateViewConfigurationViews(instance, system, stereo, 2, &count, views.data()));
  EXPECT_EQ(xrDestroyInstance(instance), XR_SUCCESS);
}

TEST(Unknown, StructuresAreSkippedBySessionsSpacesAndEvents) {
  Unknown unknown;
  const Rig rig({}, {XR_MND_HEADLESS_EXTENSION_NAME, XR_ATTUNE_STIMULUS_EXTENSION_NAME,
                     XR_KHR_LOCATE_SPACES_EXTENSION_NAME});
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, unknown.chain(), 0, rig.system};
  XrSession session = XR_NULL_HANDLE;
  EXPECT_SKIPPED(xrCreateSession(rig.instance, &info, &session));
  constexpr auto stereo = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
  XrSessionBeginInfo begin_info{XR_TYPE_SESSION_BEGIN_INFO, unknown.chain(), stereo};
  EXPECT_SKIPPED(xrBeginSession(session, &begin_info));
  XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER, unknown.chain(), {}};
  EXPECT_SKIPPED(xrPollEvent(rig.instance, &event));
  EXPECT_EQ(event.next, unknown.chain()) << "the chain of the buffer is the program's";

  XrFrameWaitInfo wait{XR_TYPE_FRAME_WAIT_INFO, unknown.chain()};
  XrFrameState state{XR_TYPE_FRAME_STATE, unknown.chain(), 0, 0, XR_FALSE};
  EXPECT_SKIPPED(xrWaitFrame(session, &wait, &state));
  XrFrameBeginInfo frame_begin{XR_TYPE_FRAME_BEGIN_INFO, unknown.chain()};
  EXPECT_SKIPPED(xrBeginFrame(session, &frame_begin));

  XrReferenceSpaceCreateInfo reference{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, unknown.chain(),
                                       XR_REFERENCE_SPACE_TYPE_VIEW, identity};
  XrSpace view = XR_NULL_HANDLE;
  EXPECT_SKIPPED(xrCreateReferenceSpace(session, &reference, &view));
  XrSpaceVelocity moving{XR_TYPE_SPACE_VELOCITY, unknown.chain(), 0, {}, {}};
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION, &moving, 0, {}};
  EXPECT_SKIPPED(xrLocateSpace(view, view, state.predictedDisplayTime, &location));
  EXPECT_NE(moving.velocityFlags, 0U) << "what is known before the unknown is filled";
  const auto locate_spaces = rig.function<PFN_xrLocateSpaces>("xrLocateSpacesKHR");
  XrSpacesLocateInfo many{
      XR_TYPE_SPACES_LOCATE_INFO, unknown.chain(), view, state.predictedDisplayTime, 1, &view};
  XrSpaceLocationData found{};
  XrSpaceLocations locations{XR_TYPE_SPACE_LOCATIONS, unknown.chain(), 1, &found};
  EXPECT_SKIPPED(locate_spaces(session, &many, &locations));
  XrViewLocateInfo views_info{XR_TYPE_VIEW_LOCATE_INFO, unknown.chain(), stereo, state.predictedDisplayTime,
                              view};
  XrViewState view_state{XR_TYPE_VIEW_STATE, unknown.chain(), 0};
  std::vector<XrView> views(2, {XR_TYPE_VIEW, unknown.chain(), {}, {}});
  std::uint32_t count = 0;
  EXPECT_SKIPPED(xrLocateViews(session, &views_info, &view_state, 2, &count, views.data()));

  XrStimulusATTUNE stimulus;
  stimulus.next = unknown.chain();
  EXPECT_SKIPPED(rig.function<PFN_xrApplyStimulusATTUNE>("xrApplyStimulusATTUNE")(session, &stimulus));
  XrPatientSignalsATTUNE signals;
  signals.next = unknown.chain();
  EXPECT_SKIPPED(rig.function<PFN_xrGetPatientSignalsATTUNE>("xrGetPatientSignalsATTUNE")(
      session, state.predictedDisplayTime, &signals));
  XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO,
                     unknown.chain(),
                     state.predictedDisplayTime,
                     XR_ENVIRONMENT_BLEND_MODE_OPAQUE,
                     0,
                     nullptr};
  EXPECT_SKIPPED(xrEndFrame(session, &end));
}

TEST(Unknown, StructuresAreSkippedByActions) {
  Unknown unknown;
  const Rig rig;
  const HeadlessSession session(rig);
  XrActionSetCreateInfo set_info{XR_TYPE_ACTION_SET_CREATE_INFO, unknown.chain(), "set", "set", 0};
  XrActionSet set = XR_NULL_HANDLE;
  EXPECT_SKIPPED(xrCreateActionSet(rig.instance, &set_info, &set));
  const auto make = [&](const char* name, XrActionType type) {
    XrActionCreateInfo info{XR_TYPE_ACTION_CREATE_INFO, unknown.chain(), "", type, 0, nullptr, ""};
    std::strcpy(info.actionName, name);
    std::strcpy(info.localizedActionName, name);
    XrAction action = XR_NULL_HANDLE;
    EXPECT_SKIPPED(xrCreateAction(set, &info, &action));
    return action;
  };
  const XrAction press = make("press", XR_ACTION_TYPE_BOOLEAN_INPUT),
                 pull = make("pull", XR_ACTION_TYPE_FLOAT_INPUT),
                 push = make("push", XR_ACTION_TYPE_VECTOR2F_INPUT),
                 grip = make("grip", XR_ACTION_TYPE_POSE_INPUT),
                 buzz = make("buzz", XR_ACTION_TYPE_VIBRATION_OUTPUT);
  const XrActionSuggestedBinding bindings[]{{press, rig.path("/user/hand/left/input/x/click")},
                                            {pull, rig.path("/user/hand/left/input/trigger/value")},
                                            {push, rig.path("/user/hand/left/input/thumbstick")},
                                            {grip, rig.path("/user/hand/left/input/grip/pose")},
                                            {buzz, rig.path("/user/hand/left/output/haptic")}};
  XrInteractionProfileSuggestedBinding suggested{
      XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, unknown.chain(),
      rig.path("/interaction_profiles/oculus/touch_controller"), 5, bindings};
  EXPECT_SKIPPED(xrSuggestInteractionProfileBindings(rig.instance, &suggested));
  XrSessionActionSetsAttachInfo attach{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, unknown.chain(), 1, &set};
  EXPECT_SKIPPED(xrAttachSessionActionSets(session, &attach));
  session.frame();
  const XrActiveActionSet active{set, XR_NULL_PATH};
  XrActionsSyncInfo sync{XR_TYPE_ACTIONS_SYNC_INFO, unknown.chain(), 1, &active};
  EXPECT_SKIPPED(xrSyncActions(session, &sync));

  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO, unknown.chain(), press, XR_NULL_PATH};
  XrActionStateBoolean pressed{XR_TYPE_ACTION_STATE_BOOLEAN, unknown.chain(), 0, 0, 0, 0};
  EXPECT_SKIPPED(xrGetActionStateBoolean(session, &get, &pressed));
  get.action = pull;
  XrActionStateFloat pulled{XR_TYPE_ACTION_STATE_FLOAT, unknown.chain(), 0, 0, 0, 0};
  EXPECT_SKIPPED(xrGetActionStateFloat(session, &get, &pulled));
  get.action = push;
  XrActionStateVector2f pushed{XR_TYPE_ACTION_STATE_VECTOR2F, unknown.chain(), {}, 0, 0, 0};
  EXPECT_SKIPPED(xrGetActionStateVector2f(session, &get, &pushed));
  get.action = grip;
  XrActionStatePose held{XR_TYPE_ACTION_STATE_POSE, unknown.chain(), 0};
  EXPECT_SKIPPED(xrGetActionStatePose(session, &get, &held));
  EXPECT_TRUE(pressed.isActive && pulled.isActive && pushed.isActive && held.isActive)
      << "and they are filled";

  XrActionSpaceCreateInfo space_info{XR_TYPE_ACTION_SPACE_CREATE_INFO, unknown.chain(), grip, XR_NULL_PATH,
                                     identity};
  XrSpace space = XR_NULL_HANDLE;
  EXPECT_SKIPPED(xrCreateActionSpace(session, &space_info, &space));
  XrInteractionProfileState profile{XR_TYPE_INTERACTION_PROFILE_STATE, unknown.chain(), XR_NULL_PATH};
  EXPECT_SKIPPED(xrGetCurrentInteractionProfile(session, rig.path("/user/hand/left"), &profile));
  XrBoundSourcesForActionEnumerateInfo bound{XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO, unknown.chain(),
                                             pull};
  XrPath source = XR_NULL_PATH;
  std::uint32_t count = 0;
  EXPECT_SKIPPED(xrEnumerateBoundSourcesForAction(session, &bound, 1, &count, &source));
  XrInputSourceLocalizedNameGetInfo named{XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO, unknown.chain(),
                                          source, 7};
  char name[128];
  EXPECT_SKIPPED(xrGetInputSourceLocalizedName(session, &named, sizeof(name), &count, name));
  XrHapticActionInfo haptic{XR_TYPE_HAPTIC_ACTION_INFO, unknown.chain(), buzz, XR_NULL_PATH};
  XrHapticVibration vibration{XR_TYPE_HAPTIC_VIBRATION, unknown.chain(), XR_MIN_HAPTIC_DURATION,
                              XR_FREQUENCY_UNSPECIFIED, 0.5F};
  EXPECT_SKIPPED(
      xrApplyHapticFeedback(session, &haptic, reinterpret_cast<const XrHapticBaseHeader*>(&vibration)));
  EXPECT_SKIPPED(xrStopHapticFeedback(session, &haptic));
}

TEST(Unknown, StructuresAreSkippedBySwapchainsAndLayers) {
  Unknown unknown;
  const Rig rig({}, {XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME, XR_KHR_COMPOSITION_LAYER_DEPTH_EXTENSION_NAME});
  const Graphics graphics(rig, unknown.chain());
  EXPECT_TRUE(unknown.untouched()) << "requirements, VkInstance, device, VkDevice and binding";
  auto info = graphics.swapchain_info();
  info.next = unknown.chain();
  XrSwapchain swapchain = XR_NULL_HANDLE;
  EXPECT_SKIPPED(xrCreateSwapchain(graphics.session, &info, &swapchain));
  std::uint32_t count = 0, index = 0;
  ASSERT_EQ(xrEnumerateSwapchainImages(swapchain, 0, &count, nullptr), XR_SUCCESS);
  std::vector<XrSwapchainImageVulkan2KHR> images(
      count, {XR_TYPE_SWAPCHAIN_IMAGE_VULKAN2_KHR, unknown.chain(), nullptr});
  EXPECT_SKIPPED(xrEnumerateSwapchainImages(swapchain, count, &count,
                                            reinterpret_cast<XrSwapchainImageBaseHeader*>(images.data())));
  XrSwapchainImageAcquireInfo acquire{XR_TYPE_SWAPCHAIN_IMAGE_ACQUIRE_INFO, unknown.chain()};
  EXPECT_SKIPPED(xrAcquireSwapchainImage(swapchain, &acquire, &index));
  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO, unknown.chain(), XR_INFINITE_DURATION};
  EXPECT_SKIPPED(xrWaitSwapchainImage(swapchain, &wait));
  XrSwapchainImageReleaseInfo release{XR_TYPE_SWAPCHAIN_IMAGE_RELEASE_INFO, unknown.chain()};
  EXPECT_SKIPPED(xrReleaseSwapchainImage(swapchain, &release));

  const XrFrameState state = graphics.begin_visible_frame();
  XrReferenceSpaceCreateInfo reference{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr,
                                       XR_REFERENCE_SPACE_TYPE_STAGE, identity};
  XrSpace stage = XR_NULL_HANDLE;
  ASSERT_EQ(xrCreateReferenceSpace(graphics.session, &reference, &stage), XR_SUCCESS);
  const XrSwapchainSubImage image{swapchain, {{0, 0}, {64, 64}}, 0};
  const XrCompositionLayerDepthInfoKHR depth{
      XR_TYPE_COMPOSITION_LAYER_DEPTH_INFO_KHR, unknown.chain(), image, 0.0F, 1.0F, 0.1F, 100.0F};
  const XrCompositionLayerProjectionView view{
      XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW, &depth, identity, {-0.8F, 0.8F, 0.8F, -0.8F}, image};
  const XrCompositionLayerProjectionView views[]{view, view};
  const XrCompositionLayerProjection projection{
      XR_TYPE_COMPOSITION_LAYER_PROJECTION, unknown.chain(), 0, stage, 2, views};
  const XrCompositionLayerQuad quad{XR_TYPE_COMPOSITION_LAYER_QUAD, unknown.chain(), 0,        stage,
                                    XR_EYE_VISIBILITY_BOTH,         image,           identity, {1.0F, 1.0F}};
  EXPECT_SKIPPED(end_frame(graphics.session, state.predictedDisplayTime,
                           {reinterpret_cast<const XrCompositionLayerBaseHeader*>(&projection),
                            reinterpret_cast<const XrCompositionLayerBaseHeader*>(&quad)}));
}

}  // namespace
}  // namespace attune::xr_replay::test
