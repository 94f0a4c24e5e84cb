#include <array>
#include <cstdlib>
#include <cstring>

#include "attune/render/device.hpp"
#include "render/handle.hpp"
#include "render/validation.hpp"

namespace attune::render {
namespace {

constexpr const char* validation_layer = "VK_LAYER_KHRONOS_validation";

bool has_layer(const char* name) {
  std::uint32_t count = 0;
  vkEnumerateInstanceLayerProperties(&count, nullptr);
  std::vector<VkLayerProperties> layers(count);
  vkEnumerateInstanceLayerProperties(&count, layers.data());
  for (const auto& layer : layers) {
    if (std::strcmp(layer.layerName, name) == 0) return true;
  }
  return false;
}

}  // namespace

bool InstanceOptions::validation_from_environment() {
  const char* value = std::getenv("ATTUNE_VULKAN_VALIDATION");
  return value != nullptr && std::strcmp(value, "1") == 0;
}

struct InstanceRequest::State {
  std::string application;
  std::shared_ptr<ValidationLog> log;
  VkApplicationInfo application_info{};
  VkInstanceCreateInfo info{};
  std::vector<const char*> layers, extensions;
  std::array<VkValidationFeatureEnableEXT, 1> enabled{
      VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT};
  VkValidationFeaturesEXT features{};
  VkDebugUtilsMessengerCreateInfoEXT messenger{};
};

InstanceRequest::InstanceRequest(std::unique_ptr<State> state) : state_(std::move(state)) {}
InstanceRequest::InstanceRequest(InstanceRequest&&) noexcept = default;
InstanceRequest& InstanceRequest::operator=(InstanceRequest&&) noexcept = default;
InstanceRequest::~InstanceRequest() = default;

core::Result<InstanceRequest> InstanceRequest::make(const InstanceOptions& options) {
  if (volkInitialize() != VK_SUCCESS)
    return core::failed(
        "no Vulkan loader (libvulkan.so.1) on this machine: install libvulkan1 and a Vulkan driver");
  auto state = std::make_unique<State>();
  state->application = options.application;
  state->application_info.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
  state->application_info.pApplicationName = state->application.c_str();
  state->application_info.pEngineName = "Attune";
  state->application_info.apiVersion = VK_API_VERSION_1_3;
  state->info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  state->info.pApplicationInfo = &state->application_info;
  if (options.validation) {
    if (!has_layer(validation_layer))
      return core::failed(
          "Vulkan validation is wanted, but its layer is not installed: install vulkan-validationlayers");
    state->log = std::make_shared<ValidationLog>();
    state->layers.push_back(validation_layer);
    state->extensions = {VK_EXT_DEBUG_UTILS_EXTENSION_NAME, VK_EXT_VALIDATION_FEATURES_EXTENSION_NAME};
    state->messenger = messenger_info(*state->log);
    state->features.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT;
    state->features.enabledValidationFeatureCount = static_cast<std::uint32_t>(state->enabled.size());
    state->features.pEnabledValidationFeatures = state->enabled.data();
    state->features.pNext = &state->messenger;
    state->info.pNext = &state->features;
  }
  state->info.enabledLayerCount = static_cast<std::uint32_t>(state->layers.size());
  state->info.ppEnabledLayerNames = state->layers.data();
  state->info.enabledExtensionCount = static_cast<std::uint32_t>(state->extensions.size());
  state->info.ppEnabledExtensionNames = state->extensions.data();
  return InstanceRequest(std::move(state));
}

const VkInstanceCreateInfo& InstanceRequest::create_info() const { return state_->info; }
std::shared_ptr<ValidationLog> InstanceRequest::log() const { return state_->log; }

}  // namespace attune::render
