#include "render/validation.hpp"

#include <spdlog/spdlog.h>

#include <mutex>

namespace attune::render {

struct ValidationLog::State {
  mutable std::mutex guard;
  std::vector<std::string> messages;
};

ValidationLog::ValidationLog() : state_(std::make_unique<State>()) {}
ValidationLog::~ValidationLog() = default;

void ValidationLog::add(std::string message) {
  const std::scoped_lock lock(state_->guard);
  state_->messages.push_back(std::move(message));
}

std::size_t ValidationLog::count() const {
  const std::scoped_lock lock(state_->guard);
  return state_->messages.size();
}

std::vector<std::string> ValidationLog::messages() const {
  const std::scoped_lock lock(state_->guard);
  return state_->messages;
}

void ValidationLog::clear() {
  const std::scoped_lock lock(state_->guard);
  state_->messages.clear();
}

namespace {

VKAPI_ATTR VkBool32 VKAPI_CALL receive(VkDebugUtilsMessageSeverityFlagBitsEXT,
                                       VkDebugUtilsMessageTypeFlagsEXT,
                                       const VkDebugUtilsMessengerCallbackDataEXT* data, void* log) {
  const std::string message = data->pMessage != nullptr ? data->pMessage : "(no text)";
  spdlog::warn("Vulkan validation: {}", message);
  static_cast<ValidationLog*>(log)->add(message);
  return VK_FALSE;
}

}  // namespace

VkDebugUtilsMessengerCreateInfoEXT messenger_info(ValidationLog& log) {
  VkDebugUtilsMessengerCreateInfoEXT info{};
  info.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT;
  info.messageSeverity =
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  info.messageType =
      VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
  info.pfnUserCallback = receive;
  info.pUserData = &log;
  return info;
}

}  // namespace attune::render
