#include "attune/xr/headset.hpp"

#include "xr/check.hpp"
#include "xr/headset_openxr.hpp"

namespace attune::xr {

core::Result<std::unique_ptr<Headset>> Headset::open(double patience_s,
                                                     const std::atomic<bool>* interrupted) {
  auto instance = Instance::open(patience_s, interrupted);
  if (!instance) return instance.error();
  return std::unique_ptr<Headset>(std::make_unique<OpenXrHeadset>(std::move(*instance)));
}

OpenXrHeadset::~OpenXrHeadset() {
  swapchain_.reset();
  if (session_ != XR_NULL_HANDLE) xrDestroySession(session_);  // its spaces go with it
}

core::Result<void> OpenXrHeadset::start(const Graphics& graphics, const ChooseFormat& choose_format) {
  if (const auto made = create_session(graphics); !made) return made;
  if (const auto made = create_spaces(); !made) return made;
  auto swapchain = Swapchain::create(session_, choose_format, info().view_width, info().view_height);
  if (!swapchain) return swapchain.error();
  swapchain_.emplace(std::move(*swapchain));
  auto actions = Actions::create(instance_, session_);
  if (!actions) return actions.error();
  actions_.emplace(std::move(*actions));
  convert_time_ = instance_.function<ConvertTime>("xrConvertTimeToTimespecTimeKHR");
  if (info().stimulus) {
    apply_stimulus_ = instance_.function<PFN_xrApplyStimulusATTUNE>("xrApplyStimulusATTUNE");
    get_signals_ = instance_.function<PFN_xrGetPatientSignalsATTUNE>("xrGetPatientSignalsATTUNE");
  }
  return {};
}

core::Result<void> OpenXrHeadset::create_session(const Graphics& graphics) {
  XrGraphicsBindingVulkan2KHR binding{XR_TYPE_GRAPHICS_BINDING_VULKAN2_KHR};
  binding.instance = graphics.instance;
  binding.physicalDevice = graphics.physical;
  binding.device = graphics.device;
  binding.queueFamilyIndex = graphics.queue_family;
  binding.queueIndex = graphics.queue_index;
  XrSessionCreateInfo create{XR_TYPE_SESSION_CREATE_INFO, &binding, 0, instance_.system()};
  return check(xrCreateSession(instance_.handle(), &create, &session_), "starting the headset's session");
}

core::Result<void> OpenXrHeadset::create_spaces() {
  core::Result<void> outcome;
  const auto make = [&](XrReferenceSpaceType type, XrSpace& space) {
    XrReferenceSpaceCreateInfo create{XR_TYPE_REFERENCE_SPACE_CREATE_INFO};
    create.referenceSpaceType = type;
    create.poseInReferenceSpace.orientation.w = 1.0F;
    return xrCreateReferenceSpace(session_, &create, &space);
  };
  outcome = check(make(XR_REFERENCE_SPACE_TYPE_LOCAL, local_), "making the space around the patient");
  if (outcome) outcome = check(make(XR_REFERENCE_SPACE_TYPE_VIEW, view_), "making the space of the head");
  // STAGE is optional: without it the floor is taken from the head's height.
  if (XR_FAILED(make(XR_REFERENCE_SPACE_TYPE_STAGE, stage_))) stage_ = XR_NULL_HANDLE;
  return outcome;
}

void OpenXrHeadset::request_exit() {
  if (running_ && XR_SUCCEEDED(xrRequestExitSession(session_))) return;
  if (end_reason_.empty()) end("the session was ended while the headset was not running", false);
}

void OpenXrHeadset::end(std::string reason, bool lost) {
  if (!end_reason_.empty()) return;
  end_reason_ = std::move(reason);
  lost_ = lost;
}

}  // namespace attune::xr
