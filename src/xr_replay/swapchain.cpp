#include "xr_replay/swapchain.hpp"

#include "xr_replay/formats.hpp"

namespace attune::xr_replay {

Swapchain::Swapchain(std::shared_ptr<Instance> owner, std::uint64_t session,
                     std::shared_ptr<VulkanDevice> device, std::vector<VulkanDevice::Image> images,
                     const XrSwapchainCreateInfo& info)
    : Object(object_type),
      owner_(std::move(owner)),
      session_(session),
      device_(std::move(device)),
      images_(std::move(images)),
      info_(info) {
  info_.next = nullptr;
}

void Swapchain::on_destroy() {
  // A program that goes while it holds an image may be drawing into it, which no fence tells.
  if (!acquired_.empty()) device_->finish();
  for (const auto& image : images_) device_->destroy(image);
}

std::optional<std::uint32_t> Swapchain::acquire() {
  const bool only_once = (info_.createFlags & XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT) != 0;
  if (acquired_.size() == images_.size() || (only_once && acquired_once_)) return std::nullopt;
  const std::uint32_t index = next_;
  next_ = (next_ + 1) % static_cast<std::uint32_t>(images_.size());
  acquired_.push_back(index);
  acquired_once_ = true;
  return index;
}

bool Swapchain::wait() {
  if (acquired_.empty() || waited_) return false;
  waited_ = true;
  return true;
}

bool Swapchain::release() {
  const std::uint32_t image = acquired_.front();
  acquired_.pop_front();
  waited_ = false;
  released_once_ = true;
  return device_->mark_drawn(images_[image]);
}

bool Swapchain::prepare() {
  if (prepared_) return true;
  const Format* const format = find_format(info_.format);
  prepared_ = device_->prepare(images_, format->aspect, format->layout());
  return prepared_;
}

}  // namespace attune::xr_replay
