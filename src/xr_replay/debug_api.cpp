#include <deque>
#include <optional>
#include <span>

#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"
#include "xr_replay/debug.hpp"
#include "xr_replay/session.hpp"

namespace attune::xr_replay {
namespace {

constexpr XrDebugUtilsMessageSeverityFlagsEXT every_severity =
    XR_DEBUG_UTILS_MESSAGE_SEVERITY_VERBOSE_BIT_EXT | XR_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT |
    XR_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | XR_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
constexpr XrDebugUtilsMessageTypeFlagsEXT every_type =
    XR_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT | XR_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT |
    XR_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT | XR_DEBUG_UTILS_MESSAGE_TYPE_CONFORMANCE_BIT_EXT;

std::vector<std::shared_ptr<Messenger>> alive(const Instance& instance) {
  std::vector<std::shared_ptr<Messenger>> messengers;
  for (const auto& weak : instance.messengers) {
    if (auto messenger = weak.lock(); messenger != nullptr && !messenger->destroyed()) {
      messengers.push_back(std::move(messenger));
    }
  }
  return messengers;
}

XrDebugUtilsMessengerCallbackDataEXT data_of(const char* function, const std::string& message) {
  XrDebugUtilsMessengerCallbackDataEXT data{XR_TYPE_DEBUG_UTILS_MESSENGER_CALLBACK_DATA_EXT};
  data.messageId = "attune_xr_replay";
  data.functionName = function;
  data.message = message.c_str();
  return data;
}

/// Objects of a message with the names they were given, and the labels of the sessions among them.
class Annotation {
 public:
  Annotation(const DebugNames& names, std::span<const XrDebugUtilsObjectNameInfoEXT> objects)
      : objects_(objects.begin(), objects.end()) {
    for (auto& object : objects_) {
      if (const auto name = names.objects.find(object.objectHandle); name != names.objects.end()) {
        object.objectName = keep(name->second);
      }
      const auto session = names.sessions.find(object.objectHandle);
      if (session == names.sessions.end() || object.objectType != XR_OBJECT_TYPE_SESSION) continue;
      const auto& [regions, individual] = session->second;
      if (individual) add_label(*individual);
      for (auto region = regions.rbegin(); region != regions.rend(); ++region) add_label(*region);
    }
  }
  /// The same message, annotated; valid as long as this.
  [[nodiscard]] XrDebugUtilsMessengerCallbackDataEXT of(XrDebugUtilsMessengerCallbackDataEXT data) {
    data.objectCount = static_cast<std::uint32_t>(objects_.size());
    data.objects = objects_.empty() ? nullptr : objects_.data();
    if (!labels_.empty()) {
      data.sessionLabelCount = static_cast<std::uint32_t>(labels_.size());
      data.sessionLabels = labels_.data();
    }
    return data;
  }

 private:
  const char* keep(const std::string& text) { return texts_.emplace_back(text).c_str(); }
  void add_label(const std::string& text) {
    labels_.push_back({XR_TYPE_DEBUG_UTILS_LABEL_EXT, nullptr, keep(text)});
  }

  std::deque<std::string> texts_;
  std::vector<XrDebugUtilsObjectNameInfoEXT> objects_;
  std::vector<XrDebugUtilsLabelEXT> labels_;
};

}  // namespace

void Messenger::tell(XrDebugUtilsMessageSeverityFlagsEXT severity, XrDebugUtilsMessageTypeFlagsEXT type,
                     const XrDebugUtilsMessengerCallbackDataEXT& data) const {
  if ((severities_ & severity) != 0 && (types_ & type) != 0) callback_(severity, type, &data, user_data_);
}

void Messenger::tell_once(const XrDebugUtilsMessengerCreateInfoEXT& info, const char* function,
                          const std::string& message) {
  if (info.userCallback == nullptr) return;
  Messenger(nullptr, info)
      .tell(XR_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT, XR_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
            data_of(function, message));
}

void Call::tell() noexcept {
  try {
    if (messages_.empty()) return;
    const auto messengers = alive(*instance_);
    Annotation annotation(instance_->names, {&subject_, 1});
    // Callbacks may call into the runtime again.
    lock_.unlock();
    for (const Message& message : messages_) {
      const auto data = annotation.of(data_of(function_, message.text));
      for (const auto& messenger : messengers) messenger->tell(message.severity, message.type, data);
    }
  } catch (...) {
    // A message that cannot be told is lost; the call it was about has its result.
  }
}

namespace api {

XrResult XRAPI_CALL SetDebugUtilsObjectNameEXT(XrInstance handle,
                                               const XrDebugUtilsObjectNameInfoEXT* nameInfo) {
  return enter<Instance>("xrSetDebugUtilsObjectNameEXT", handle, [&](Instance& instance, Call& call) {
    if (!is(nameInfo, XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT))
      return call.invalid("nameInfo is null or mistyped");
    if (nameInfo->objectHandle == 0) return call.fail(XR_ERROR_HANDLE_INVALID, "objectHandle is null");
    if (nameInfo->objectName == nullptr || nameInfo->objectName[0] == '\0') {
      instance.names.objects.erase(nameInfo->objectHandle);
    } else {
      instance.names.objects[nameInfo->objectHandle] = nameInfo->objectName;
    }
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL CreateDebugUtilsMessengerEXT(XrInstance handle,
                                                 const XrDebugUtilsMessengerCreateInfoEXT* createInfo,
                                                 XrDebugUtilsMessengerEXT* messenger) {
  return enter<Instance>("xrCreateDebugUtilsMessengerEXT", handle, [&](Instance& instance, Call& call) {
    if (!is(createInfo, XR_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT) || messenger == nullptr) {
      return call.invalid("createInfo is null or mistyped, or messenger is null");
    }
    if (createInfo->userCallback == nullptr) return call.invalid("userCallback is null");
    if (createInfo->messageSeverities == 0 || (createInfo->messageSeverities & ~every_severity) != 0 ||
        createInfo->messageTypes == 0 || (createInfo->messageTypes & ~every_type) != 0) {
      return call.invalid("messageSeverities or messageTypes is empty or holds unknown bits");
    }
    std::erase_if(instance.messengers, [](const auto& weak) { return weak.expired(); });
    auto made = std::make_shared<Messenger>(instance.shared_from_this(), *createInfo);
    instance.messengers.push_back(made);
    *messenger = hand_out<XrDebugUtilsMessengerEXT>(std::move(made), instance);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL DestroyDebugUtilsMessengerEXT(XrDebugUtilsMessengerEXT handle) {
  return enter<Messenger>("xrDestroyDebugUtilsMessengerEXT", handle, [&](Messenger& messenger, Call&) {
    Handles::all().destroy(messenger.handle());
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL SubmitDebugUtilsMessageEXT(XrInstance handle,
                                               XrDebugUtilsMessageSeverityFlagsEXT messageSeverity,
                                               XrDebugUtilsMessageTypeFlagsEXT messageTypes,
                                               const XrDebugUtilsMessengerCallbackDataEXT* callbackData) {
  std::vector<std::shared_ptr<Messenger>> messengers;
  std::optional<Annotation> annotation;
  const XrResult result =
      enter<Instance>("xrSubmitDebugUtilsMessageEXT", handle, [&](Instance& instance, Call& call) {
        if (!is(callbackData, XR_TYPE_DEBUG_UTILS_MESSENGER_CALLBACK_DATA_EXT) ||
            callbackData->message == nullptr) {
          return call.invalid("callbackData is null or mistyped, or has no message");
        }
        if ((messageSeverity & ~every_severity) != 0 || (messageTypes & ~every_type) != 0) {
          return call.invalid("messageSeverity or messageTypes holds unknown bits");
        }
        if (callbackData->objectCount > 0 && callbackData->objects == nullptr)
          return call.invalid("objects is null");
        messengers = alive(instance);
        annotation.emplace(instance.names, std::span(callbackData->objects, callbackData->objectCount));
        return XR_SUCCESS;
      });
  for (const auto& messenger : messengers) {
    messenger->tell(messageSeverity, messageTypes, annotation->of(*callbackData));
  }
  return result;
}

XrResult XRAPI_CALL SessionBeginDebugUtilsLabelRegionEXT(XrSession handle,
                                                         const XrDebugUtilsLabelEXT* labelInfo) {
  return enter<Session>("xrSessionBeginDebugUtilsLabelRegionEXT", handle, [&](Session& session, Call& call) {
    if (!is(labelInfo, XR_TYPE_DEBUG_UTILS_LABEL_EXT) || labelInfo->labelName == nullptr) {
      return call.invalid("labelInfo is null or mistyped, or has no name");
    }
    auto& labels = call.instance().names.sessions[session.handle()];
    labels.individual.reset();
    labels.regions.emplace_back(labelInfo->labelName);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL SessionEndDebugUtilsLabelRegionEXT(XrSession handle) {
  return enter<Session>("xrSessionEndDebugUtilsLabelRegionEXT", handle, [&](Session& session, Call& call) {
    auto& labels = call.instance().names.sessions[session.handle()];
    labels.individual.reset();
    if (!labels.regions.empty()) labels.regions.pop_back();
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL SessionInsertDebugUtilsLabelEXT(XrSession handle, const XrDebugUtilsLabelEXT* labelInfo) {
  return enter<Session>("xrSessionInsertDebugUtilsLabelEXT", handle, [&](Session& session, Call& call) {
    if (!is(labelInfo, XR_TYPE_DEBUG_UTILS_LABEL_EXT) || labelInfo->labelName == nullptr) {
      return call.invalid("labelInfo is null or mistyped, or has no name");
    }
    call.instance().names.sessions[session.handle()].individual = labelInfo->labelName;
    return XR_SUCCESS;
  });
}

}  // namespace api
}  // namespace attune::xr_replay
