#pragma once

#include <memory>
#include <string>

#include "xr_replay/instance.hpp"

namespace attune::xr_replay {

/// A program's ear for messages (XR_EXT_debug_utils).
class Messenger final : public Object {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_DEBUG_UTILS_MESSENGER_EXT;

  Messenger(std::shared_ptr<Instance> owner, const XrDebugUtilsMessengerCreateInfoEXT& info)
      : Object(object_type),
        severities_(info.messageSeverities),
        types_(info.messageTypes),
        callback_(info.userCallback),
        user_data_(info.userData),
        owner_(std::move(owner)) {}
  [[nodiscard]] Instance& instance() override { return *owner_; }

  void tell(XrDebugUtilsMessageSeverityFlagsEXT severity, XrDebugUtilsMessageTypeFlagsEXT type,
            const XrDebugUtilsMessengerCallbackDataEXT& data) const;
  /// Tells a messenger that lives only as long as one call.
  static void tell_once(const XrDebugUtilsMessengerCreateInfoEXT& info, const char* function,
                        const std::string& message);

 private:
  XrDebugUtilsMessageSeverityFlagsEXT severities_;
  XrDebugUtilsMessageTypeFlagsEXT types_;
  PFN_xrDebugUtilsMessengerCallbackEXT callback_;
  void* user_data_;
  std::shared_ptr<Instance> owner_;
};

}  // namespace attune::xr_replay
