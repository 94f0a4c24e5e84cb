#include "xr_replay/layers.hpp"

#include <cmath>
#include <numbers>

#include "xr_replay/space.hpp"
#include "xr_replay/swapchain.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
// Angles of whole turns that programs round to single precision.
constexpr float rounding_rad = 1e-4F;

constexpr XrCompositionLayerFlags every_layer_flag = XR_COMPOSITION_LAYER_CORRECT_CHROMATIC_ABERRATION_BIT |
                                                     XR_COMPOSITION_LAYER_BLEND_TEXTURE_SOURCE_ALPHA_BIT |
                                                     XR_COMPOSITION_LAYER_UNPREMULTIPLIED_ALPHA_BIT;

bool within(float value, float low, float high) { return value >= low && value <= high; }
/// A radius or a distance in metres: 0 and infinity have meanings of their own.
bool is_radius(float metres) { return metres >= 0.0F; }
bool finite(const XrVector2f& v) { return std::isfinite(v.x) && std::isfinite(v.y); }

XrResult check_space(XrSpace handle, const Session& session, Call& call) {
  const auto space = Handles::all().find<Space>(number(handle));
  if (space == nullptr || space->destroyed())
    return call.fail(XR_ERROR_HANDLE_INVALID, "a layer's space is no space");
  if (&space->session() != &session) return call.invalid("a layer's space is of another session");
  return XR_SUCCESS;
}

/// The swapchain that a layer shows one array layer of, `faces` at a time.
XrResult find_shown(XrSwapchain handle, std::uint32_t array_index, std::uint32_t faces,
                    const Session& session, Call& call, std::shared_ptr<Swapchain>& swapchain) {
  swapchain = Handles::all().find<Swapchain>(number(handle));
  if (swapchain == nullptr || swapchain->destroyed()) {
    return call.fail(XR_ERROR_HANDLE_INVALID, "a layer's swapchain is no swapchain");
  }
  if (swapchain->session() != session.handle())
    return call.invalid("a layer's swapchain is of another session");
  if (!swapchain->released_once()) {
    return call.fail(XR_ERROR_LAYER_INVALID, "no image of a layer's swapchain was ever released");
  }
  if (swapchain->info().faceCount != faces)
    return call.invalid("a layer's swapchain has not " + std::to_string(faces) + " faces");
  if (array_index >= swapchain->info().arraySize)
    return call.invalid("imageArrayIndex is beyond the swapchain's layers");
  return XR_SUCCESS;
}

XrResult check_image(const XrSwapchainSubImage& image, const Session& session, Call& call) {
  std::shared_ptr<Swapchain> swapchain;
  if (const XrResult bad = find_shown(image.swapchain, image.imageArrayIndex, 1, session, call, swapchain);
      XR_FAILED(bad)) {
    return bad;
  }
  const auto& info = swapchain->info();
  const auto& [offset, extent] = image.imageRect;
  const bool inside = offset.x >= 0 && offset.y >= 0 && extent.width > 0 && extent.height > 0 &&
                      static_cast<std::int64_t>(offset.x) + extent.width <= info.width &&
                      static_cast<std::int64_t>(offset.y) + extent.height <= info.height;
  return inside ? XR_SUCCESS
                : call.fail(XR_ERROR_SWAPCHAIN_RECT_INVALID,
                            "imageRect is empty or leaves the swapchain's image");
}

/// What all layers but the projection have: an eye, a pose, and a part of an image.
template <typename Layer>
XrResult check_surface(const Layer& layer, const Session& session, Call& call) {
  switch (layer.eyeVisibility) {
    case XR_EYE_VISIBILITY_BOTH:
    case XR_EYE_VISIBILITY_LEFT:
    case XR_EYE_VISIBILITY_RIGHT:
      break;
    default:
      return call.invalid("a layer's eyeVisibility is unknown");
  }
  if constexpr (std::is_same_v<Layer, XrCompositionLayerCubeKHR>) {
    if (!valid(XrPosef{layer.orientation, {}}))
      return call.fail(XR_ERROR_POSE_INVALID, "a cube's orientation is none");
    std::shared_ptr<Swapchain> swapchain;
    return find_shown(layer.swapchain, layer.imageArrayIndex, 6, session, call, swapchain);
  } else {
    if (!valid(layer.pose)) return call.fail(XR_ERROR_POSE_INVALID, "a layer's pose is no rigid pose");
    return check_image(layer.subImage, session, call);
  }
}

bool sensible(const XrFovf& fov) {
  constexpr float right_angle = 0.5F * pi;
  for (const float angle : {fov.angleLeft, fov.angleRight, fov.angleUp, fov.angleDown}) {
    if (!std::isfinite(angle) || std::abs(angle) >= right_angle) return false;
  }
  return true;
}

/// The depth of a projection view (XR_KHR_composition_layer_depth). A near plane beyond the far one, even at
/// infinity, is reversed depth; two in one place are none.
XrResult check_depth(const XrCompositionLayerDepthInfoKHR& depth, const Session& session, Call& call) {
  const bool range = within(depth.minDepth, 0.0F, 1.0F) && within(depth.maxDepth, 0.0F, 1.0F) &&
                     depth.minDepth <= depth.maxDepth;
  const bool planes = is_radius(depth.nearZ) && is_radius(depth.farZ) && depth.nearZ != depth.farZ;
  if (!range || !planes) return call.invalid("a view's depths or planes are out of range");
  return check_image(depth.subImage, session, call);
}

XrResult check(const XrCompositionLayerProjection& layer, const Session& session, Call& call) {
  if (layer.viewCount != view_count || layer.views == nullptr) {
    return call.invalid("a projection layer has two views here");
  }
  for (std::uint32_t i = 0; i < view_count; ++i) {
    const XrCompositionLayerProjectionView& view = layer.views[i];
    if (view.type != XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW)
      return call.invalid("a projection view is mistyped");
    if (!valid(view.pose))
      return call.fail(XR_ERROR_POSE_INVALID, "a projection view's pose is no rigid pose");
    if (!sensible(view.fov)) return call.invalid("a projection view's fov is not within a half space");
    if (const XrResult bad = check_image(view.subImage, session, call); XR_FAILED(bad)) return bad;
    const auto* const depth =
        in_chain<XrCompositionLayerDepthInfoKHR>(view.next, XR_TYPE_COMPOSITION_LAYER_DEPTH_INFO_KHR);
    if (depth == nullptr || !call.instance().extensions.has(Extension::layer_depth)) continue;
    if (const XrResult bad = check_depth(*depth, session, call); XR_FAILED(bad)) return bad;
  }
  return XR_SUCCESS;
}

XrResult check(const XrCompositionLayerQuad& layer, const Session& session, Call& call) {
  if (!std::isfinite(layer.size.width) || !std::isfinite(layer.size.height)) {
    return call.invalid("a quad's size is not finite");
  }
  return check_surface(layer, session, call);
}

XrResult check(const XrCompositionLayerCylinderKHR& layer, const Session& session, Call& call) {
  if (!is_radius(layer.radius) || !within(layer.centralAngle, 0.0F, 2.0F * pi + rounding_rad) ||
      !std::isfinite(layer.aspectRatio) || layer.aspectRatio <= 0.0F) {
    return call.invalid("a cylinder's radius, centralAngle or aspectRatio is out of range");
  }
  return check_surface(layer, session, call);
}

XrResult check(const XrCompositionLayerEquirectKHR& layer, const Session& session, Call& call) {
  if (!is_radius(layer.radius) || !finite(layer.scale) || !finite(layer.bias)) {
    return call.invalid("an equirect layer's radius, scale or bias is out of range");
  }
  return check_surface(layer, session, call);
}

XrResult check(const XrCompositionLayerEquirect2KHR& layer, const Session& session, Call& call) {
  constexpr float steepest = 0.5F * pi + rounding_rad;
  if (!is_radius(layer.radius) || !within(layer.centralHorizontalAngle, 0.0F, 2.0F * pi + rounding_rad) ||
      !within(layer.upperVerticalAngle, -steepest, steepest) ||
      !within(layer.lowerVerticalAngle, -steepest, steepest)) {
    return call.invalid("an equirect layer's radius or angles are out of range");
  }
  return check_surface(layer, session, call);
}

XrResult check(const XrCompositionLayerCubeKHR& layer, const Session& session, Call& call) {
  return check_surface(layer, session, call);
}

template <typename Layer>
XrResult check_as(const XrCompositionLayerBaseHeader& layer, const Session& session, Call& call) {
  return check(reinterpret_cast<const Layer&>(layer), session, call);
}

/// A kind of layer, and what must be enabled for it.
struct Kind {
  XrStructureType type;
  Extension needs;
  XrResult (*check)(const XrCompositionLayerBaseHeader&, const Session&, Call&);
};
constexpr Kind kinds[]{
    {XR_TYPE_COMPOSITION_LAYER_PROJECTION, Extension::none, check_as<XrCompositionLayerProjection>},
    {XR_TYPE_COMPOSITION_LAYER_QUAD, Extension::none, check_as<XrCompositionLayerQuad>},
    {XR_TYPE_COMPOSITION_LAYER_CYLINDER_KHR, Extension::layer_cylinder,
     check_as<XrCompositionLayerCylinderKHR>},
    {XR_TYPE_COMPOSITION_LAYER_EQUIRECT_KHR, Extension::layer_equirect,
     check_as<XrCompositionLayerEquirectKHR>},
    {XR_TYPE_COMPOSITION_LAYER_EQUIRECT2_KHR, Extension::layer_equirect2,
     check_as<XrCompositionLayerEquirect2KHR>},
    {XR_TYPE_COMPOSITION_LAYER_CUBE_KHR, Extension::layer_cube, check_as<XrCompositionLayerCubeKHR>},
};

const Kind* find_kind(XrStructureType type, const ExtensionSet& enabled) {
  for (const Kind& kind : kinds) {
    if (kind.type == type && enabled.has(kind.needs)) return &kind;
  }
  return nullptr;
}

}  // namespace

XrResult check_layers(const XrFrameEndInfo& info, const Session& session, Call& call) {
  if (info.layerCount > max_layers) {
    return call.fail(XR_ERROR_LAYER_LIMIT_EXCEEDED, "more than " + std::to_string(max_layers) + " layers");
  }
  if (info.layerCount > 0 && info.layers == nullptr) return call.invalid("layers is null");
  for (std::uint32_t i = 0; i < info.layerCount; ++i) {
    const XrCompositionLayerBaseHeader* const layer = info.layers[i];
    if (layer == nullptr) return call.fail(XR_ERROR_LAYER_INVALID, "a layer is null");
    const Kind* const kind = find_kind(layer->type, call.instance().extensions);
    if (kind == nullptr)
      return call.fail(XR_ERROR_LAYER_INVALID, "a layer is of a type that no enabled extension gives");
    if ((layer->layerFlags & ~every_layer_flag) != 0) return call.invalid("layerFlags holds unknown bits");
    if (const XrResult bad = check_space(layer->space, session, call); XR_FAILED(bad)) return bad;
    if (const XrResult bad = kind->check(*layer, session, call); XR_FAILED(bad)) return bad;
  }
  return XR_SUCCESS;
}

}  // namespace attune::xr_replay
