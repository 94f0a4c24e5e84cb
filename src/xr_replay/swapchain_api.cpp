#include "xr_replay/swapchain.hpp"

#include <algorithm>

#include "xr_replay/api.hpp"
#include "xr_replay/formats.hpp"
#include "xr_replay/session.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay::api {
namespace {

constexpr std::uint32_t images_of_a_swapchain = 3;
constexpr std::uint32_t faces_of_a_cube = 6;
constexpr XrSwapchainUsageFlags every_usage =
    XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT | XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT |
    XR_SWAPCHAIN_USAGE_UNORDERED_ACCESS_BIT | XR_SWAPCHAIN_USAGE_TRANSFER_SRC_BIT |
    XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT | XR_SWAPCHAIN_USAGE_SAMPLED_BIT |
    XR_SWAPCHAIN_USAGE_MUTABLE_FORMAT_BIT;

/// What a session offers: formats its device can do, those of the setting only, in its order.
std::vector<std::int64_t> offered_formats(Session& session) {
  std::vector<std::int64_t> offered;
  if (session.headless()) return offered;
  const auto offer = [&](const Format& format) {
    if ((session.device->features(format.format) & format.needs()) == format.needs()) {
      offered.push_back(format.format);
    }
  };
  const auto& wanted = session.instance().settings.formats;
  if (wanted.empty()) {
    for (const Format& format : all_formats) {
      if (!format.on_request) offer(format);
    }
  }
  for (const std::string& name : wanted) {
    for (const Format& format : all_formats) {
      if (format.name == name) offer(format);
    }
  }
  return offered;
}

VkImageCreateInfo image_info(const XrSwapchainCreateInfo& info, const Format& format) {
  VkImageCreateInfo image{VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  image.imageType = VK_IMAGE_TYPE_2D;
  image.format = format.format;
  image.extent = {info.width, info.height, 1};
  image.mipLevels = info.mipCount;
  image.arrayLayers = info.arraySize * info.faceCount;
  image.samples = static_cast<VkSampleCountFlagBits>(info.sampleCount);
  image.tiling = VK_IMAGE_TILING_OPTIMAL;
  image.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  image.initialLayout = VK_IMAGE_LAYOUT_UNDEFINED;
  // Images change hands as attachments, whatever else they are for.
  image.usage =
      format.is_color() ? VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT : VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
  const auto use = [&](XrSwapchainUsageFlags asked, VkImageUsageFlags usage) {
    if ((info.usageFlags & asked) != 0) image.usage |= usage;
  };
  use(XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT, VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT);
  use(XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT, VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT);
  use(XR_SWAPCHAIN_USAGE_UNORDERED_ACCESS_BIT, VK_IMAGE_USAGE_STORAGE_BIT);
  use(XR_SWAPCHAIN_USAGE_TRANSFER_SRC_BIT, VK_IMAGE_USAGE_TRANSFER_SRC_BIT);
  use(XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT, VK_IMAGE_USAGE_TRANSFER_DST_BIT);
  use(XR_SWAPCHAIN_USAGE_SAMPLED_BIT, VK_IMAGE_USAGE_SAMPLED_BIT);
  if ((info.usageFlags & XR_SWAPCHAIN_USAGE_MUTABLE_FORMAT_BIT) != 0)
    image.flags |= VK_IMAGE_CREATE_MUTABLE_FORMAT_BIT;
  if (info.faceCount == faces_of_a_cube) image.flags |= VK_IMAGE_CREATE_CUBE_COMPATIBLE_BIT;
  return image;
}

/// XR_SUCCESS, or what is wrong with a swapchain that a program wants.
XrResult check(const XrSwapchainCreateInfo& info, Session& session, Call& call) {
  constexpr XrSwapchainCreateFlags every_flag =
      XR_SWAPCHAIN_CREATE_PROTECTED_CONTENT_BIT | XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT;
  if ((info.createFlags & ~every_flag) != 0) return call.invalid("createFlags holds unknown bits");
  if ((info.usageFlags & ~every_usage) != 0) return call.invalid("usageFlags holds unknown bits");
  if (info.width == 0 || info.height == 0 || info.arraySize == 0 || info.mipCount == 0) {
    return call.invalid("width, height, arraySize or mipCount is 0");
  }
  if (info.width > max_swapchain_side || info.height > max_swapchain_side) {
    return call.invalid("width or height is above the system's limit of " +
                        std::to_string(max_swapchain_side));
  }
  const bool cube = info.faceCount == faces_of_a_cube;
  if (info.faceCount != 1 && !cube) return call.invalid("faceCount is neither 1 nor 6");
  if (cube && info.width != info.height) return call.invalid("the faces of a cube are square");
  if (info.sampleCount == 0 || info.sampleCount > 64 || (info.sampleCount & (info.sampleCount - 1)) != 0) {
    return call.invalid("sampleCount is no power of two from 1 to 64");
  }
  const auto offered = offered_formats(session);
  if (std::find(offered.begin(), offered.end(), info.format) == offered.end()) {
    return call.fail(XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED, "format is not one that was offered");
  }
  if ((info.createFlags & XR_SWAPCHAIN_CREATE_PROTECTED_CONTENT_BIT) != 0) {
    return call.fail(XR_ERROR_FEATURE_UNSUPPORTED, "protected content is not supported");
  }
  const Format& format = *find_format(info.format);
  const bool countable = std::uint64_t{info.arraySize} * info.faceCount <= UINT32_MAX;
  if (!countable || !session.device->can_make(image_info(info, format), format.texel_bytes)) {
    return call.fail(XR_ERROR_FEATURE_UNSUPPORTED, "the Vulkan device cannot make such images");
  }
  return XR_SUCCESS;
}

}  // namespace

XrResult XRAPI_CALL EnumerateSwapchainFormats(XrSession handle, uint32_t capacity, uint32_t* count,
                                              int64_t* formats) {
  return enter<Session>("xrEnumerateSwapchainFormats", handle, [&](Session& session, Call& call) {
    return call.list<std::int64_t>(capacity, count, formats, offered_formats(session));
  });
}

XrResult XRAPI_CALL CreateSwapchain(XrSession handle, const XrSwapchainCreateInfo* createInfo,
                                    XrSwapchain* swapchain) {
  return enter<Session>("xrCreateSwapchain", handle, [&](Session& session, Call& call) {
    if (!is(createInfo, XR_TYPE_SWAPCHAIN_CREATE_INFO) || swapchain == nullptr) {
      return call.invalid("createInfo is null or mistyped, or swapchain is null");
    }
    if (session.headless()) return call.invalid("a headless session has no swapchains");
    if (const XrResult bad = check(*createInfo, session, call); XR_FAILED(bad)) return bad;

    const bool only_one = (createInfo->createFlags & XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT) != 0;
    const VkImageCreateInfo info = image_info(*createInfo, *find_format(createInfo->format));
    std::vector<VulkanDevice::Image> images;
    for (std::uint32_t i = 0; i < (only_one ? 1 : images_of_a_swapchain); ++i) {
      const auto image = session.device->make(info);
      if (!image) {
        for (const auto& made : images) session.device->destroy(made);
        return call.fail(XR_ERROR_OUT_OF_MEMORY, "the Vulkan device has no memory for the images");
      }
      images.push_back(*image);
    }
    *swapchain = hand_out<XrSwapchain>(
        std::make_shared<Swapchain>(call.instance().shared_from_this(), session.handle(), session.device,
                                    std::move(images), *createInfo),
        session);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL DestroySwapchain(XrSwapchain handle) {
  return enter<Swapchain>("xrDestroySwapchain", handle, [&](Swapchain& swapchain, Call&) {
    Handles::all().destroy(swapchain.handle());
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL EnumerateSwapchainImages(XrSwapchain handle, uint32_t capacity, uint32_t* count,
                                             XrSwapchainImageBaseHeader* images) {
  return enter<Swapchain>("xrEnumerateSwapchainImages", handle, [&](Swapchain& swapchain, Call& call) {
    if (count == nullptr) return call.invalid("imageCountOutput is null");
    *count = static_cast<std::uint32_t>(swapchain.images().size());
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < *count) return call.fail(XR_ERROR_SIZE_INSUFFICIENT, "the array is too small");
    auto* const out = reinterpret_cast<XrSwapchainImageVulkanKHR*>(images);
    for (std::uint32_t i = 0; i < *count; ++i) {
      if (out == nullptr || out[i].type != XR_TYPE_SWAPCHAIN_IMAGE_VULKAN_KHR) {
        return call.invalid("images is null or an element of it is mistyped");
      }
    }
    for (std::uint32_t i = 0; i < *count; ++i) out[i].image = swapchain.images()[i].image;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL AcquireSwapchainImage(XrSwapchain handle, const XrSwapchainImageAcquireInfo* acquireInfo,
                                          uint32_t* index) {
  return enter<Swapchain>("xrAcquireSwapchainImage", handle, [&](Swapchain& swapchain, Call& call) {
    if (!is_or_null(acquireInfo, XR_TYPE_SWAPCHAIN_IMAGE_ACQUIRE_INFO) || index == nullptr) {
      return call.invalid("acquireInfo is mistyped or index is null");
    }
    if (!swapchain.prepare()) return call.fail(XR_ERROR_RUNTIME_FAILURE, "the Vulkan device failed");
    const auto acquired = swapchain.acquire();
    if (!acquired) return call.fail(XR_ERROR_CALL_ORDER_INVALID, "no image is left to acquire");
    *index = *acquired;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL WaitSwapchainImage(XrSwapchain handle, const XrSwapchainImageWaitInfo* waitInfo) {
  return enter<Swapchain>("xrWaitSwapchainImage", handle, [&](Swapchain& swapchain, Call& call) {
    if (!is(waitInfo, XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO)) return call.invalid("waitInfo is null or mistyped");
    // The runtime never reads an image, so that an acquired one is free at once and no timeout ever expires.
    return swapchain.wait() ? XR_SUCCESS
                            : call.fail(XR_ERROR_CALL_ORDER_INVALID, "no acquired image is to be waited for");
  });
}

XrResult XRAPI_CALL ReleaseSwapchainImage(XrSwapchain handle,
                                          const XrSwapchainImageReleaseInfo* releaseInfo) {
  return enter<Swapchain>("xrReleaseSwapchainImage", handle, [&](Swapchain& swapchain, Call& call) {
    if (!is_or_null(releaseInfo, XR_TYPE_SWAPCHAIN_IMAGE_RELEASE_INFO))
      return call.invalid("releaseInfo is mistyped");
    if (!swapchain.can_release()) return call.fail(XR_ERROR_CALL_ORDER_INVALID, "no image was waited for");
    return swapchain.release() ? XR_SUCCESS : call.fail(XR_ERROR_RUNTIME_FAILURE, "the Vulkan device failed");
  });
}

}  // namespace attune::xr_replay::api
