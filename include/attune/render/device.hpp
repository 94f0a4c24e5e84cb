#pragma once

#include <volk.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

/// Vulkan 1.3 without a window: how a device is asked for, made or taken over, and drawn with.
namespace attune::render {

/// What the validation layer said: warnings and errors, in order. Filled from any thread that calls Vulkan.
class ValidationLog {
 public:
  ValidationLog();
  ~ValidationLog();
  ValidationLog(const ValidationLog&) = delete;
  ValidationLog& operator=(const ValidationLog&) = delete;

  void add(std::string message);
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] std::vector<std::string> messages() const;
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// How a Vulkan instance is wanted.
struct InstanceOptions {
  std::string application = "Attune";
  /// Khronos' validation layer with synchronisation validation. Default: on when ATTUNE_VULKAN_VALIDATION
  /// is 1.
  bool validation = validation_from_environment();

  [[nodiscard]] static bool validation_from_environment();
};

/// The instance as the renderer wants it: layers, extensions, application, in a create info that stays valid
/// as long as this object. Whoever makes it (this module, or an OpenXR runtime) may add to it.
class InstanceRequest {
 public:
  /// Errors, status 1: no Vulkan loader on this machine; validation wanted and its layer not installed.
  [[nodiscard]] static core::Result<InstanceRequest> make(const InstanceOptions& options = {});
  InstanceRequest(InstanceRequest&&) noexcept;
  InstanceRequest& operator=(InstanceRequest&&) noexcept;
  ~InstanceRequest();

  [[nodiscard]] const VkInstanceCreateInfo& create_info() const;
  /// Where messages about the instance, and everything made from it, go; null without validation.
  [[nodiscard]] std::shared_ptr<ValidationLog> log() const;

 private:
  struct State;
  explicit InstanceRequest(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The device as the renderer wants it: one graphics queue, features of Vulkan 1.3, no extensions. Valid as
/// long as this object.
class DeviceRequest {
 public:
  /// Errors, status 1: the device is older than Vulkan 1.3 or lacks a feature; it is named with what it
  /// lacks.
  [[nodiscard]] static core::Result<DeviceRequest> make(VkInstance instance, VkPhysicalDevice physical);
  DeviceRequest(DeviceRequest&&) noexcept;
  DeviceRequest& operator=(DeviceRequest&&) noexcept;
  ~DeviceRequest();

  [[nodiscard]] const VkDeviceCreateInfo& create_info() const;
  [[nodiscard]] std::uint32_t queue_family() const;

 private:
  struct State;
  explicit DeviceRequest(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Handles that were made from the two requests, by whomever. The device takes them over and destroys them.
struct DeviceHandles {
  VkInstance instance = VK_NULL_HANDLE;
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  VkDevice device = VK_NULL_HANDLE;
  std::uint32_t queue_family = 0;
};

class MemoryArena;

/// The device that draws: queue 0 of its family, memory, pipeline cache. It may be moved; what was made from
/// it must be gone before it is.
class Device {
 public:
  /// The best Vulkan 1.3 device of this machine, without a headset: for tests and tools. A real GPU goes
  /// before a software one. Errors, status 1: none there, with what to install.
  [[nodiscard]] static core::Result<Device> offscreen(const InstanceOptions& options = {});
  /// A device that an OpenXR runtime made from our requests.
  [[nodiscard]] static core::Result<Device> adopt(const DeviceHandles& handles,
                                                  const InstanceRequest& request);
  Device(Device&&) noexcept;
  Device& operator=(Device&&) noexcept;
  ~Device();

  [[nodiscard]] VkInstance instance() const;
  [[nodiscard]] VkPhysicalDevice physical() const;
  [[nodiscard]] VkDevice handle() const;
  [[nodiscard]] std::uint32_t queue_family() const;
  [[nodiscard]] VkQueue queue() const;
  [[nodiscard]] VkPipelineCache pipeline_cache() const;
  [[nodiscard]] MemoryArena& memory() const;
  /// Name, driver and version, for people.
  [[nodiscard]] const std::string& description() const;
  /// Nanoseconds a tick of a GPU timestamp; 0 when the queue has none.
  [[nodiscard]] double timestamp_ns() const;
  /// Null without validation.
  [[nodiscard]] ValidationLog* validation() const;

  void wait_idle() const;
  /// Writes the pipelines compiled so far to `$XDG_CACHE_HOME/attune` (else `~/.cache/attune`), where the
  /// next start finds them. Also done, errors ignored, when the device goes.
  [[nodiscard]] core::Result<void> save_pipeline_cache() const;

 private:
  struct State;
  explicit Device(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What a device is, for people.
struct DeviceDescription {
  std::string text;       ///< name, Vulkan's version, driver and its version
  std::string lacks;      ///< what it lacks for the renderer, in words; empty when it will do
  bool software = false;  ///< draws on the processor
};

/// Any device of an instance whose functions volk has loaded.
[[nodiscard]] DeviceDescription describe_device(VkPhysicalDevice physical);
/// All Vulkan devices of this machine. Errors, status 1: no Vulkan loader, or no driver.
[[nodiscard]] core::Result<std::vector<DeviceDescription>> describe_devices();

}  // namespace attune::render
