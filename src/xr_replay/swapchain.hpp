#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "xr_replay/instance.hpp"

namespace attune::xr_replay {

/// Images a program draws into, and whose turn each is.
class Swapchain final : public Object {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_SWAPCHAIN;

  Swapchain(std::shared_ptr<Instance> owner, std::uint64_t session, std::shared_ptr<VulkanDevice> device,
            std::vector<VulkanDevice::Image> images, const XrSwapchainCreateInfo& info);
  [[nodiscard]] Instance& instance() override { return *owner_; }
  /// Its images go with its handle, whoever still refers to it.
  void on_destroy() override;

  [[nodiscard]] std::uint64_t session() const { return session_; }
  [[nodiscard]] const XrSwapchainCreateInfo& info() const { return info_; }
  [[nodiscard]] const std::vector<VulkanDevice::Image>& images() const { return images_; }

  /// The next image in turn, now the program's. Nothing: it has all of them, or had the one of a static
  /// swapchain.
  [[nodiscard]] std::optional<std::uint32_t> acquire();
  /// The oldest acquired image may be written now. False: there is none, or the one before was not released.
  [[nodiscard]] bool wait();
  /// Whether there is an image to release: one that was waited for.
  [[nodiscard]] bool can_release() const { return waited_; }
  /// That image is the runtime's again. False: the device failed.
  [[nodiscard]] bool release();
  /// Whether a layer may show it.
  [[nodiscard]] bool released_once() const { return released_once_; }
  /// Brings the images into the layout in which programs get them, once. False: the device failed.
  [[nodiscard]] bool prepare();

 private:
  std::shared_ptr<Instance> owner_;
  std::uint64_t session_;
  std::shared_ptr<VulkanDevice> device_;
  std::vector<VulkanDevice::Image> images_;
  XrSwapchainCreateInfo info_;
  std::deque<std::uint32_t> acquired_;  ///< oldest first
  std::uint32_t next_ = 0;
  bool waited_ = false;  ///< for the oldest
  bool acquired_once_ = false, released_once_ = false, prepared_ = false;
};

}  // namespace attune::xr_replay
