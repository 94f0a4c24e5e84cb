#include <cmath>
#include <limits>
#include <numbers>

#include "on_vulkan.hpp"

namespace attune::xr_replay::test {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr auto invalid = XR_ERROR_VALIDATION_FAILURE;

/// One way in which a layer may be wrong, or odd but right.
template <typename Layer>
struct Way {
  const char* what;
  std::function<void(Layer&)> change;
  XrResult result;
};

/// Layers of a visible session, each wrong in one way.
class Layers : public OnVulkan {
 protected:
  void SetUp() override {
    for (const XrSwapchain drawn : {swapchain_, cube_}) ASSERT_EQ(acquire_wait_release(drawn), XR_SUCCESS);
    const XrFrameState state = graphics_.begin_visible_frame();
    ASSERT_EQ(end_frame(graphics_.session, state.predictedDisplayTime), XR_SUCCESS);
  }
  /// The result of a frame with these layers.
  [[nodiscard]] XrResult submit(const std::vector<const XrCompositionLayerBaseHeader*>& layers) const {
    XrFrameState state{XR_TYPE_FRAME_STATE};
    EXPECT_EQ(xrWaitFrame(graphics_.session, nullptr, &state), XR_SUCCESS);
    EXPECT_TRUE(XR_SUCCEEDED(xrBeginFrame(graphics_.session, nullptr)));
    return end_frame(graphics_.session, state.predictedDisplayTime, layers);
  }
  template <typename Layer>
  [[nodiscard]] XrResult submit_one(const Layer& layer) const {
    return submit({reinterpret_cast<const XrCompositionLayerBaseHeader*>(&layer)});
  }
  template <typename Layer>
  void expect_each(const Layer& good, const std::vector<Way<Layer>>& ways) const {
    ASSERT_EQ(submit_one(good), XR_SUCCESS);
    for (const auto& way : ways) {
      Layer layer = good;
      way.change(layer);
      EXPECT_EQ(submit_one(layer), way.result) << way.what;
      EXPECT_EQ(submit_one(good), XR_SUCCESS) << "the next good frame works after: " << way.what;
    }
  }
  /// What quads, cylinders and equirect layers have in common.
  template <typename Layer>
  [[nodiscard]] std::vector<Way<Layer>> ways_of_surfaces() const {
    return {
        {"for the left eye", [](auto& l) { l.eyeVisibility = XR_EYE_VISIBILITY_LEFT; }, XR_SUCCESS},
        {"for a third eye", [](auto& l) { l.eyeVisibility = static_cast<XrEyeVisibility>(9); }, invalid},
        {"no space", [](auto& l) { l.space = XR_NULL_HANDLE; }, XR_ERROR_HANDLE_INVALID},
        {"unknown flags", [](auto& l) { l.layerFlags = 1U << 20; }, invalid},
        {"every flag", [](auto& l) { l.layerFlags = 7; }, XR_SUCCESS},
        {"pose that is none", [](auto& l) { l.pose.orientation = {}; }, XR_ERROR_POSE_INVALID},
        {"nowhere", [](auto& l) { l.pose.position.x = not_a_number; }, XR_ERROR_POSE_INVALID},
        {"no swapchain", [](auto& l) { l.subImage.swapchain = XR_NULL_HANDLE; }, XR_ERROR_HANDLE_INVALID},
        {"never drawn", [this](auto& l) { l.subImage.swapchain = untouched_; }, XR_ERROR_LAYER_INVALID},
        {"a cube's picture", [this](auto& l) { l.subImage.swapchain = cube_; }, invalid},
        {"beyond the picture", [](auto& l) { l.subImage.imageRect.offset.y = 1; },
         XR_ERROR_SWAPCHAIN_RECT_INVALID},
        {"no part of it", [](auto& l) { l.subImage.imageRect.extent = {}; }, XR_ERROR_SWAPCHAIN_RECT_INVALID},
        {"layer 1 of 1", [](auto& l) { l.subImage.imageArrayIndex = 1; }, invalid},
    };
  }

  const XrSwapchain swapchain_ = make(), untouched_ = make(),
                    cube_ = make([](auto&info) { info.faceCount = 6; });
  const XrSpace space_ = stage();
  const XrSwapchainSubImage image_{swapchain_, {{0, 0}, {64, 64}}, 0};
};

TEST_F(Layers, OfProjectionThatAreWrongInOneWayAreNamed) {
  struct Projection {
    XrCompositionLayerProjection layer;
    XrCompositionLayerProjectionView views[2];
    XrCompositionLayerDepthInfoKHR depth;
  };
  using Change = std::function<void(Projection&)>;
  const auto submit_changed = [&](const Change& change) {
    const XrCompositionLayerProjectionView view{
        XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW, nullptr, identity, {-0.8F, 0.8F, 0.8F, -0.8F}, image_};
    Projection p{{XR_TYPE_COMPOSITION_LAYER_PROJECTION, nullptr, 0, space_, 2, nullptr},
                 {view, view},
                 {XR_TYPE_COMPOSITION_LAYER_DEPTH_INFO_KHR, nullptr, image_, 0.0F, 1.0F, 0.1F, 100.0F}};
    p.layer.views = p.views;
    p.views[1].next = &p.depth;
    change(p);
    return submit_one(p.layer);
  };
  const Way<Projection> ways[]{
      {"nothing", [](auto&) {}, XR_SUCCESS},
      {"one view", [](auto& p) { p.layer.viewCount = 1; }, invalid},
      {"no views", [](auto& p) { p.layer.views = nullptr; }, invalid},
      {"a view of another type", [](auto& p) { p.views[1].type = XR_TYPE_VIEW; }, invalid},
      {"no space", [](auto& p) { p.layer.space = XR_NULL_HANDLE; }, XR_ERROR_HANDLE_INVALID},
      {"unknown flags", [](auto& p) { p.layer.layerFlags = 1U << 20; }, invalid},
      {"pose", [](auto& p) { p.views[1].pose.orientation.w = 0.5F; }, XR_ERROR_POSE_INVALID},
      {"no field of view", [](auto& p) { p.views[1].fov.angleUp = not_a_number; }, invalid},
      {"half a turn wide", [](auto& p) { p.views[1].fov.angleLeft = -1.6F; }, invalid},
      {"upside down", [](auto& p) { std::swap(p.views[1].fov.angleUp, p.views[1].fov.angleDown); },
       XR_SUCCESS},
      {"no swapchain", [](auto& p) { p.views[1].subImage.swapchain = XR_NULL_HANDLE; },
       XR_ERROR_HANDLE_INVALID},
      {"never drawn", [&](auto& p) { p.views[1].subImage.swapchain = untouched_; }, XR_ERROR_LAYER_INVALID},
      {"a cube's picture", [&](auto& p) { p.views[1].subImage.swapchain = cube_; }, invalid},
      {"before the image", [](auto& p) { p.views[1].subImage.imageRect.offset.x = -1; },
       XR_ERROR_SWAPCHAIN_RECT_INVALID},
      {"beyond it", [](auto& p) { p.views[1].subImage.imageRect.offset.x = 1; },
       XR_ERROR_SWAPCHAIN_RECT_INVALID},
      {"far beyond it", [](auto& p) { p.views[1].subImage.imageRect.extent.width = INT32_MAX; },
       XR_ERROR_SWAPCHAIN_RECT_INVALID},
      {"layer 1 of 1", [](auto& p) { p.views[1].subImage.imageArrayIndex = 1; }, invalid},
      {"depth below 0", [](auto& p) { p.depth.minDepth = -0.1F; }, invalid},
      {"depth above 1", [](auto& p) { p.depth.maxDepth = 1.1F; }, invalid},
      {"depths in the wrong order", [](auto& p) { p.depth.minDepth = 0.6F, p.depth.maxDepth = 0.5F; },
       invalid},
      {"planes in one place", [](auto& p) { p.depth.farZ = p.depth.nearZ; }, invalid},
      {"a plane behind the eye", [](auto& p) { p.depth.nearZ = -1.0F; }, invalid},
      {"reversed depth", [](auto& p) { std::swap(p.depth.nearZ, p.depth.farZ); }, XR_SUCCESS},
      {"depth to infinity", [](auto& p) { p.depth.farZ = infinity; }, XR_SUCCESS},
      {"depth never drawn", [&](auto& p) { p.depth.subImage.swapchain = untouched_; },
       XR_ERROR_LAYER_INVALID},
  };
  for (const auto& way : ways) {
    EXPECT_EQ(submit_changed(way.change), way.result) << way.what;
    EXPECT_EQ(submit_changed([](auto&) {}), XR_SUCCESS) << "the next good frame works after: " << way.what;
  }
}

TEST_F(Layers, OfQuadsThatAreWrongInOneWayAreNamed) {
  const XrCompositionLayerQuad good{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 0,        space_,
                                    XR_EYE_VISIBILITY_BOTH,         image_,  identity, {1.0F, 1.0F}};
  expect_each(good, ways_of_surfaces<XrCompositionLayerQuad>());
  expect_each<XrCompositionLayerQuad>(
      good, {{"of no size", [](auto& q) { q.size.width = not_a_number; }, invalid},
             {"of another type", [](auto& q) { q.type = XR_TYPE_FRAME_STATE; }, XR_ERROR_LAYER_INVALID}});
}

TEST_F(Layers, OfCylindersThatAreWrongInOneWayAreNamed) {
  const XrCompositionLayerCylinderKHR good{XR_TYPE_COMPOSITION_LAYER_CYLINDER_KHR,
                                           nullptr,
                                           0,
                                           space_,
                                           XR_EYE_VISIBILITY_BOTH,
                                           image_,
                                           identity,
                                           1.0F,
                                           1.0F,
                                           1.0F};
  expect_each(good, ways_of_surfaces<XrCompositionLayerCylinderKHR>());
  expect_each<XrCompositionLayerCylinderKHR>(
      good, {{"around nothing", [](auto& c) { c.radius = 0.0F; }, XR_SUCCESS},
             {"around everything", [](auto& c) { c.radius = infinity; }, XR_SUCCESS},
             {"inside out", [](auto& c) { c.radius = -1.0F; }, invalid},
             {"of no radius", [](auto& c) { c.radius = not_a_number; }, invalid},
             {"all around", [](auto& c) { c.centralAngle = 2.0F * std::numbers::pi_v<float>; }, XR_SUCCESS},
             {"more than around", [](auto& c) { c.centralAngle = 7.0F; }, invalid},
             {"of no height", [](auto& c) { c.aspectRatio = 0.0F; }, invalid}});
}

TEST_F(Layers, OfEquirectsThatAreWrongInOneWayAreNamed) {
  const XrCompositionLayerEquirectKHR good{XR_TYPE_COMPOSITION_LAYER_EQUIRECT_KHR,
                                           nullptr,
                                           0,
                                           space_,
                                           XR_EYE_VISIBILITY_BOTH,
                                           image_,
                                           identity,
                                           1.0F,
                                           {1.0F, 1.0F},
                                           {0.0F, 0.0F}};
  expect_each(good, ways_of_surfaces<XrCompositionLayerEquirectKHR>());
  expect_each<XrCompositionLayerEquirectKHR>(
      good, {{"around everything", [](auto& e) { e.radius = infinity; }, XR_SUCCESS},
             {"inside out", [](auto& e) { e.radius = -1.0F; }, invalid},
             {"of no scale", [](auto& e) { e.scale.x = infinity; }, invalid},
             {"of no bias", [](auto& e) { e.bias.y = not_a_number; }, invalid}});

  const XrCompositionLayerEquirect2KHR angles{XR_TYPE_COMPOSITION_LAYER_EQUIRECT2_KHR,
                                              nullptr,
                                              0,
                                              space_,
                                              XR_EYE_VISIBILITY_BOTH,
                                              image_,
                                              identity,
                                              1.0F,
                                              3.0F,
                                              1.0F,
                                              -1.0F};
  expect_each(angles, ways_of_surfaces<XrCompositionLayerEquirect2KHR>());
  expect_each<XrCompositionLayerEquirect2KHR>(
      angles, {{"inside out", [](auto& e) { e.radius = -1.0F; }, invalid},
               {"more than around", [](auto& e) { e.centralHorizontalAngle = 7.0F; }, invalid},
               {"over the top", [](auto& e) { e.upperVerticalAngle = 2.0F; }, invalid},
               {"below the bottom", [](auto& e) { e.lowerVerticalAngle = -2.0F; }, invalid}});
}

TEST_F(Layers, OfCubesThatAreWrongInOneWayAreNamed) {
  const XrCompositionLayerCubeKHR good{
      XR_TYPE_COMPOSITION_LAYER_CUBE_KHR, nullptr, 0, space_, XR_EYE_VISIBILITY_BOTH, cube_, 0, {0, 0, 0, 1}};
  expect_each<XrCompositionLayerCubeKHR>(
      good, {{"for the right eye", [](auto& c) { c.eyeVisibility = XR_EYE_VISIBILITY_RIGHT; }, XR_SUCCESS},
             {"for a third eye", [](auto& c) { c.eyeVisibility = static_cast<XrEyeVisibility>(9); }, invalid},
             {"not turned at all", [](auto& c) { c.orientation = {}; }, XR_ERROR_POSE_INVALID},
             {"no swapchain", [](auto& c) { c.swapchain = XR_NULL_HANDLE; }, XR_ERROR_HANDLE_INVALID},
             {"of one face", [this](auto& c) { c.swapchain = swapchain_; }, invalid},
             {"layer 1 of 1", [](auto& c) { c.imageArrayIndex = 1; }, invalid}});
}

TEST_F(Layers, AreAsManyAsTheSystemSaysAndNoMore) {
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES};
  ASSERT_EQ(xrGetSystemProperties(rig_.instance, rig_.system, &properties), XR_SUCCESS);
  const XrCompositionLayerQuad quad{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 0,        space_,
                                    XR_EYE_VISIBILITY_BOTH,         image_,  identity, {1.0F, 1.0F}};
  const auto* const one = reinterpret_cast<const XrCompositionLayerBaseHeader*>(&quad);
  const std::size_t most = properties.graphicsProperties.maxLayerCount;
  EXPECT_EQ(submit(std::vector(most + 1, one)), XR_ERROR_LAYER_LIMIT_EXCEEDED);
  EXPECT_EQ(submit(std::vector(most, one)), XR_SUCCESS);
  EXPECT_EQ(submit({one, nullptr}), XR_ERROR_LAYER_INVALID);
  const XrFrameEndInfo none{XR_TYPE_FRAME_END_INFO, nullptr, 1, XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 1, nullptr};
  EXPECT_EQ(xrEndFrame(graphics_.session, &none), invalid);
  EXPECT_EQ(submit({}), XR_SUCCESS);
}

TEST(LayersOfExtensions, AreInvalidWhereTheirExtensionIsNotEnabled) {
  const Rig rig(Values{}, with_vulkan);
  const Graphics graphics(rig);
  const XrFrameState state = graphics.begin_visible_frame();
  for (const XrStructureType type :
       {XR_TYPE_COMPOSITION_LAYER_CUBE_KHR, XR_TYPE_COMPOSITION_LAYER_CYLINDER_KHR,
        XR_TYPE_COMPOSITION_LAYER_EQUIRECT_KHR, XR_TYPE_COMPOSITION_LAYER_EQUIRECT2_KHR}) {
    const XrCompositionLayerBaseHeader layer{type, nullptr, 0, XR_NULL_HANDLE};
    EXPECT_EQ(end_frame(graphics.session, state.predictedDisplayTime, {&layer}), XR_ERROR_LAYER_INVALID)
        << type;
  }
  EXPECT_EQ(end_frame(graphics.session, state.predictedDisplayTime), XR_SUCCESS)
      << "and the frame can be mended";
}

}  // namespace
}  // namespace attune::xr_replay::test
