#include "xr_replay/layers.hpp"

#include <cmath>

#include "xr_replay/space.hpp"
#include "xr_replay/swapchain.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay {
namespace {

constexpr XrCompositionLayerFlags every_layer_flag = XR_COMPOSITION_LAYER_CORRECT_CHROMATIC_ABERRATION_BIT |
                                                     XR_COMPOSITION_LAYER_BLEND_TEXTURE_SOURCE_ALPHA_BIT |
                                                     XR_COMPOSITION_LAYER_UNPREMULTIPLIED_ALPHA_BIT;

XrResult check_space(XrSpace handle, const Session& session, Call& call) {
  const auto space = Handles::all().find<Space>(number(handle));
  if (space == nullptr || space->destroyed())
    return call.fail(XR_ERROR_HANDLE_INVALID, "a layer's space is no space");
  if (&space->session() != &session) return call.invalid("a layer's space is of another session");
  return XR_SUCCESS;
}

XrResult check_image(const XrSwapchainSubImage& image, const Session& session, Call& call) {
  const auto swapchain = Handles::all().find<Swapchain>(number(image.swapchain));
  if (swapchain == nullptr || swapchain->destroyed()) {
    return call.fail(XR_ERROR_HANDLE_INVALID, "a layer's swapchain is no swapchain");
  }
  if (swapchain->session() != session.handle())
    return call.invalid("a layer's swapchain is of another session");
  if (!swapchain->released_once()) {
    return call.fail(XR_ERROR_LAYER_INVALID, "no image of a layer's swapchain was ever released");
  }
  const auto& info = swapchain->info();
  if (image.imageArrayIndex >= info.arraySize)
    return call.invalid("imageArrayIndex is beyond the swapchain's layers");
  const auto& [offset, extent] = image.imageRect;
  const bool inside = offset.x >= 0 && offset.y >= 0 && extent.width > 0 && extent.height > 0 &&
                      static_cast<std::int64_t>(offset.x) + extent.width <= info.width &&
                      static_cast<std::int64_t>(offset.y) + extent.height <= info.height;
  return inside ? XR_SUCCESS
                : call.fail(XR_ERROR_SWAPCHAIN_RECT_INVALID,
                            "imageRect is empty or leaves the swapchain's image");
}

bool sensible(const XrFovf& fov) {
  constexpr float right_angle = 1.5707964F;
  for (const float angle : {fov.angleLeft, fov.angleRight, fov.angleUp, fov.angleDown}) {
    if (!std::isfinite(angle) || std::abs(angle) >= right_angle) return false;
  }
  return true;
}

XrResult check_projection(const XrCompositionLayerProjection& layer, const Session& session, Call& call) {
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
  }
  return XR_SUCCESS;
}

XrResult check_quad(const XrCompositionLayerQuad& layer, const Session& session, Call& call) {
  switch (layer.eyeVisibility) {
    case XR_EYE_VISIBILITY_BOTH:
    case XR_EYE_VISIBILITY_LEFT:
    case XR_EYE_VISIBILITY_RIGHT:
      break;
    default:
      return call.invalid("a quad's eyeVisibility is unknown");
  }
  if (!valid(layer.pose)) return call.fail(XR_ERROR_POSE_INVALID, "a quad's pose is no rigid pose");
  if (!std::isfinite(layer.size.width) || !std::isfinite(layer.size.height)) {
    return call.invalid("a quad's size is not finite");
  }
  return check_image(layer.subImage, session, call);
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
    const bool projection = layer->type == XR_TYPE_COMPOSITION_LAYER_PROJECTION;
    if (!projection && layer->type != XR_TYPE_COMPOSITION_LAYER_QUAD) {
      return call.fail(XR_ERROR_LAYER_INVALID, "a layer is of a type that no enabled extension gives");
    }
    if ((layer->layerFlags & ~every_layer_flag) != 0) return call.invalid("layerFlags holds unknown bits");
    if (const XrResult bad = check_space(layer->space, session, call); XR_FAILED(bad)) return bad;
    const XrResult result =
        projection
            ? check_projection(*reinterpret_cast<const XrCompositionLayerProjection*>(layer), session, call)
            : check_quad(*reinterpret_cast<const XrCompositionLayerQuad*>(layer), session, call);
    if (XR_FAILED(result)) return result;
  }
  return XR_SUCCESS;
}

}  // namespace attune::xr_replay
