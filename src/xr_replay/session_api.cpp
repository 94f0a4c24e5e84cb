#include "xr_replay/api.hpp"
#include "xr_replay/session.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay::api {
namespace {

/// The program's device of a session's binding; null for a headless one.
XrResult open_device(const XrSessionCreateInfo& info, Instance& instance, Call& call,
                     std::shared_ptr<VulkanDevice>& device) {
  const auto* const binding =
      in_chain<XrGraphicsBindingVulkanKHR>(info.next, XR_TYPE_GRAPHICS_BINDING_VULKAN_KHR);
  const bool vulkan =
      instance.extensions.has(Extension::vulkan_enable) || instance.extensions.has(Extension::vulkan_enable2);
  if (binding == nullptr || !vulkan) {
    if (binding == nullptr && instance.extensions.has(Extension::headless)) return XR_SUCCESS;
    return call.fail(XR_ERROR_GRAPHICS_DEVICE_INVALID,
                     "no binding of an enabled graphics extension, and XR_MND_headless is not enabled");
  }
  if (!instance.vulkan.requirements_read) {
    return call.fail(XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING,
                     "the graphics requirements were not asked for");
  }
  if (binding->instance == VK_NULL_HANDLE || binding->physicalDevice == VK_NULL_HANDLE ||
      binding->device == VK_NULL_HANDLE) {
    return call.fail(XR_ERROR_GRAPHICS_DEVICE_INVALID, "the graphics binding holds a null handle");
  }
  if (binding->physicalDevice != instance.vulkan.device(binding->instance, instance.settings.vulkan_device)) {
    return call.fail(XR_ERROR_GRAPHICS_DEVICE_INVALID, "physicalDevice is not the device that was named");
  }
  device = VulkanDevice::open(*binding, instance.vulkan);
  return device != nullptr ? XR_SUCCESS
                           : call.fail(XR_ERROR_GRAPHICS_DEVICE_INVALID, "the device has no such queue");
}

}  // namespace

XrResult XRAPI_CALL CreateSession(XrInstance handle, const XrSessionCreateInfo* createInfo,
                                  XrSession* session) {
  return enter<Instance>("xrCreateSession", handle, [&](Instance& instance, Call& call) {
    if (!is(createInfo, XR_TYPE_SESSION_CREATE_INFO) || session == nullptr || createInfo->createFlags != 0) {
      return call.invalid("createInfo is null or mistyped, or has flags, or session is null");
    }
    if (const XrResult bad = check_system(createInfo->systemId, call); XR_FAILED(bad)) return bad;
    if (const auto other = instance.session.lock(); other != nullptr && !other->destroyed()) {
      return call.fail(XR_ERROR_LIMIT_REACHED, "the instance has a session already");
    }
    std::shared_ptr<VulkanDevice> device;
    if (const XrResult bad = open_device(*createInfo, instance, call, device); XR_FAILED(bad)) return bad;
    auto source = instance.source.start();
    if (!source) return call.fail(XR_ERROR_RUNTIME_FAILURE, source.error().message);

    const auto made =
        std::make_shared<Session>(instance.shared_from_this(), std::move(*source), std::move(device));
    *session = hand_out<XrSession>(made, instance);
    instance.session = made;
    made->start();
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL DestroySession(XrSession handle) {
  return enter<Session>("xrDestroySession", handle, [&](Session& session, Call& call) {
    const SessionFigures& figures = session.figures;
    call.message(XR_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT, XR_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
                 std::to_string(figures.ended) + " frames ended, " + std::to_string(figures.discarded) +
                     " discarded, haptic pulses left " + std::to_string(figures.haptics[0]) + ", right " +
                     std::to_string(figures.haptics[1]));
    Handles::all().destroy(session.handle());
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL BeginSession(XrSession handle, const XrSessionBeginInfo* beginInfo) {
  return enter<Session>("xrBeginSession", handle, [&](Session& session, Call& call) {
    if (!is(beginInfo, XR_TYPE_SESSION_BEGIN_INFO)) return call.invalid("beginInfo is null or mistyped");
    if (const XrResult bad = check_views(beginInfo->primaryViewConfigurationType, call); XR_FAILED(bad))
      return bad;
    if (session.running()) return call.fail(XR_ERROR_SESSION_RUNNING, "the session is running already");
    if (session.state() != XR_SESSION_STATE_READY) {
      return call.fail(XR_ERROR_SESSION_NOT_READY, "the session's state is not READY");
    }
    session.begin();
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL EndSession(XrSession handle) {
  return enter<Session>("xrEndSession", handle, [&](Session& session, Call& call) {
    if (!session.running()) return call.fail(XR_ERROR_SESSION_NOT_RUNNING, "the session is not running");
    if (session.state() != XR_SESSION_STATE_STOPPING) {
      return call.fail(XR_ERROR_SESSION_NOT_STOPPING, "the session's state is not STOPPING");
    }
    session.end();
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL RequestExitSession(XrSession handle) {
  return enter<Session>("xrRequestExitSession", handle, [&](Session& session, Call& call) {
    if (!session.running()) return call.fail(XR_ERROR_SESSION_NOT_RUNNING, "the session is not running");
    session.leave(true);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL ApplyStimulusATTUNE(XrSession handle, const XrStimulusATTUNE* stimulus) {
  return enter<Session>("xrApplyStimulusATTUNE", handle, [&](Session& session, Call& call) {
    if (!is(stimulus, XR_TYPE_STIMULUS_ATTUNE) || stimulus->bytes != sizeof(telemetry::Stimulus)) {
      return call.invalid("stimulus is null, mistyped, or of another build");
    }
    if (!session.running()) return call.fail(XR_ERROR_SESSION_NOT_RUNNING, "the session is not running");
    session.source->show(stimulus->stimulus);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL GetPatientSignalsATTUNE(XrSession handle, XrTime time, XrPatientSignalsATTUNE* signals) {
  return enter<Session>("xrGetPatientSignalsATTUNE", handle, [&](Session& session, Call& call) {
    if (!is(signals, XR_TYPE_PATIENT_SIGNALS_ATTUNE) || signals->bytes != sizeof(telemetry::PatientSignals)) {
      return call.invalid("signals is null, mistyped, or of another build");
    }
    if (time <= 0) return call.fail(XR_ERROR_TIME_INVALID, "time is not positive");
    if (!session.running()) return call.fail(XR_ERROR_SESSION_NOT_RUNNING, "the session is not running");
    signals->signals = session.source->signals(session.session_time(time));
    return XR_SUCCESS;
  });
}

}  // namespace attune::xr_replay::api
