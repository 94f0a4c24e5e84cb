#include "xr/swapchain.hpp"

#include <string>
#include <utility>

#include "xr/check.hpp"

namespace attune::xr {

namespace {

// Longer than any compositor needs; a picture that comes later is not worth a stalled frame.
constexpr XrDuration longest_wait_ns = 200'000'000;

}  // namespace

core::Result<Swapchain> Swapchain::create(XrSession session, const ChooseFormat& choose_format,
                                          std::uint32_t width, std::uint32_t height) {
  std::uint32_t count = 0;
  if (const auto counted =
          check(xrEnumerateSwapchainFormats(session, 0, &count, nullptr), "asking for picture formats");
      !counted) {
    return counted.error();
  }
  std::vector<std::int64_t> formats(count);
  if (const auto read = check(xrEnumerateSwapchainFormats(session, count, &count, formats.data()),
                              "reading picture formats");
      !read) {
    return read.error();
  }
  const auto chosen = choose_format(formats);
  if (!chosen) {
    std::string offered;
    for (const auto format : formats) offered += (offered.empty() ? "" : ", ") + std::to_string(format);
    return core::failed("OpenXR: the runtime offers none of the picture formats that Attune draws" +
                        (offered.empty() ? "" : ", only (as VkFormat) " + offered) +
                        ": update the runtime, or choose another one");
  }
  Swapchain made;
  made.format_ = *chosen;
  made.area_ = {{0, 0}, {static_cast<std::int32_t>(width), static_cast<std::int32_t>(height)}};

  XrSwapchainCreateInfo create{XR_TYPE_SWAPCHAIN_CREATE_INFO};
  create.usageFlags = XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT | XR_SWAPCHAIN_USAGE_TRANSFER_SRC_BIT;
  create.format = made.format_;
  create.sampleCount = 1;
  create.width = width;
  create.height = height;
  create.faceCount = 1;
  create.arraySize = 2;
  create.mipCount = 1;
  if (const auto done =
          check(xrCreateSwapchain(session, &create, &made.handle_), "making the picture buffers");
      !done) {
    return done.error();
  }
  if (const auto counted =
          check(xrEnumerateSwapchainImages(made.handle_, 0, &count, nullptr), "asking for picture buffers");
      !counted) {
    return counted.error();
  }
  std::vector<XrSwapchainImageVulkan2KHR> images(
      count, {XR_TYPE_SWAPCHAIN_IMAGE_VULKAN2_KHR, nullptr, VK_NULL_HANDLE});
  if (const auto read =
          check(xrEnumerateSwapchainImages(made.handle_, count, &count,
                                           reinterpret_cast<XrSwapchainImageBaseHeader*>(images.data())),
                "reading the picture buffers");
      !read) {
    return read.error();
  }
  for (const auto& image : images) made.images_.push_back(image.image);
  return made;
}

Swapchain::Swapchain(Swapchain&& other) noexcept
    : handle_(std::exchange(other.handle_, XR_NULL_HANDLE)),
      format_(other.format_),
      area_(other.area_),
      images_(std::move(other.images_)),
      awaited_(other.awaited_) {}

Swapchain::~Swapchain() {
  if (handle_ != XR_NULL_HANDLE) xrDestroySwapchain(handle_);
}

core::Result<VkImage> Swapchain::acquire() {
  if (!awaited_) {
    std::uint32_t index = 0;
    if (const auto result = xrAcquireSwapchainImage(handle_, nullptr, &index); XR_FAILED(result)) {
      return check(result, "taking a picture buffer").error();
    }
    if (index >= images_.size())
      return core::failed("OpenXR: the runtime names a picture buffer that is not there");
    awaited_ = images_[index];
  }
  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO, nullptr, longest_wait_ns};
  const auto result = xrWaitSwapchainImage(handle_, &wait);
  if (XR_FAILED(result)) return check(result, "waiting for a picture buffer").error();
  if (result == XR_TIMEOUT_EXPIRED) return VkImage{VK_NULL_HANDLE};
  return std::exchange(awaited_, VK_NULL_HANDLE);
}

core::Result<void> Swapchain::release() {
  if (const auto result = xrReleaseSwapchainImage(handle_, nullptr); XR_FAILED(result)) {
    return check(result, "giving a picture buffer back");
  }
  return {};
}

}  // namespace attune::xr
