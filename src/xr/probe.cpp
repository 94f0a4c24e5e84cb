#include "attune/xr/probe.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "xr/check.hpp"
#include "xr/instance.hpp"
#include "xr/vulkan_maker.hpp"

namespace attune::xr {

namespace {

/// A session without pictures. It shows nothing, so it waits for nobody's attention; a runtime makes it READY
/// at once.
class HeadlessSession {
 public:
  explicit HeadlessSession(const Instance& instance) : instance_(instance) {
    const XrSessionCreateInfo create{XR_TYPE_SESSION_CREATE_INFO, nullptr, 0, instance.system()};
    if (XR_FAILED(xrCreateSession(instance.handle(), &create, &session_))) session_ = XR_NULL_HANDLE;
  }
  HeadlessSession(const HeadlessSession&) = delete;
  HeadlessSession& operator=(const HeadlessSession&) = delete;
  ~HeadlessSession() {
    if (session_ != XR_NULL_HANDLE) xrDestroySession(session_);
  }

  [[nodiscard]] bool made() const { return session_ != XR_NULL_HANDLE; }

  [[nodiscard]] bool has_stage() const {
    std::array<XrReferenceSpaceType, 32> spaces{};
    std::uint32_t count = 0;
    if (XR_FAILED(xrEnumerateReferenceSpaces(session_, static_cast<std::uint32_t>(spaces.size()), &count,
                                             spaces.data())))
      return false;
    const auto* end = spaces.data() + count;
    return std::find(static_cast<const XrReferenceSpaceType*>(spaces.data()), end,
                     XR_REFERENCE_SPACE_TYPE_STAGE) != end;
  }

  /// As the runtime tells it; nothing where it does not.
  void read_rates(SessionFacts& facts) const {
    const auto all =
        instance_.function<PFN_xrEnumerateDisplayRefreshRatesFB>("xrEnumerateDisplayRefreshRatesFB");
    const auto now = instance_.function<PFN_xrGetDisplayRefreshRateFB>("xrGetDisplayRefreshRateFB");
    if (all == nullptr || now == nullptr) return;
    std::array<float, 32> rates{};
    std::uint32_t count = 0;
    if (XR_SUCCEEDED(all(session_, static_cast<std::uint32_t>(rates.size()), &count, rates.data())))
      facts.rates_hz.assign(rates.begin(), rates.begin() + count);
    float rate_hz = 0.0F;
    // 0 stands for "the system decides".
    if (XR_SUCCEEDED(now(session_, &rate_hz)) && rate_hz > 0.0F) facts.rate_hz = rate_hz;
  }

  /// Of a few frames without pictures; none where the runtime gives none, or a period that cannot be.
  [[nodiscard]] std::optional<float> measure_rate_hz() {
    if (!begin()) return std::nullopt;
    XrDuration period = 0;
    for (int frame = 0; frame < 3; ++frame) {
      XrFrameState state{XR_TYPE_FRAME_STATE};
      if (XR_FAILED(xrWaitFrame(session_, nullptr, &state)) || XR_FAILED(xrBeginFrame(session_, nullptr)))
        return std::nullopt;
      const XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO,           nullptr, state.predictedDisplayTime,
                               XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 0,       nullptr};
      if (XR_FAILED(xrEndFrame(session_, &end))) return std::nullopt;
      period = state.predictedDisplayPeriod;
    }
    constexpr XrDuration shortest_ns = 1'000'000, longest_ns = 100'000'000;  // 1000 to 10 Hz
    if (period < shortest_ns || period > longest_ns) return std::nullopt;
    return static_cast<float>(1e9 / static_cast<double>(period));
  }

 private:
  /// Waits half a second at most for the runtime to be ready.
  [[nodiscard]] bool begin() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    while (std::chrono::steady_clock::now() < until) {
      XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
      const auto result = xrPollEvent(instance_.handle(), &event);
      if (XR_FAILED(result)) return false;
      if (result == XR_EVENT_UNAVAILABLE) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        continue;
      }
      const auto& changed = reinterpret_cast<const XrEventDataSessionStateChanged&>(event);
      if (event.type != XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED || changed.state != XR_SESSION_STATE_READY)
        continue;
      const XrSessionBeginInfo info{XR_TYPE_SESSION_BEGIN_INFO, nullptr,
                                    XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO};
      return XR_SUCCEEDED(xrBeginSession(session_, &info));
    }
    return false;
  }

  const Instance& instance_;
  XrSession session_ = XR_NULL_HANDLE;
};

}  // namespace

core::Result<std::vector<std::string>> installed_api_layers() {
  // The loader's own lines come before ours and say less; whoever wants them sets the variable.
  setenv("XR_LOADER_DEBUG", "none", 0);
  std::uint32_t count = 0;
  if (const auto asked = check(xrEnumerateApiLayerProperties(0, &count, nullptr), "asking for API layers");
      !asked)
    return asked.error();
  std::vector<XrApiLayerProperties> all(count, {XR_TYPE_API_LAYER_PROPERTIES, nullptr, {}, 0, 0, {}});
  if (const auto read = check(xrEnumerateApiLayerProperties(count, &count, all.data()), "listing API layers");
      !read)
    return read.error();
  std::vector<std::string> names;
  for (const auto& layer : all) names.emplace_back(layer.layerName);
  return names;
}

struct RuntimeProbe::State {
  explicit State(Instance started) : instance(std::move(started)), maker(instance) {}
  Instance instance;
  RuntimeVulkanMaker maker;
};

RuntimeProbe::RuntimeProbe(std::unique_ptr<State> state) : state_(std::move(state)) {}
RuntimeProbe::RuntimeProbe(RuntimeProbe&&) noexcept = default;
RuntimeProbe& RuntimeProbe::operator=(RuntimeProbe&&) noexcept = default;
RuntimeProbe::~RuntimeProbe() = default;

core::Result<RuntimeProbe> RuntimeProbe::open() {
  std::uint32_t count = 0;
  if (const auto result = xrEnumerateInstanceExtensionProperties(nullptr, 0, &count, nullptr);
      XR_FAILED(result))
    return core::failed("OpenXR: the runtime's library refuses to be used (" + name_of(result) +
                        "); install the runtime again, or choose another one");
  constexpr std::array also{XR_MND_HEADLESS_EXTENSION_NAME, XR_FB_DISPLAY_REFRESH_RATE_EXTENSION_NAME};
  auto started = Instance::start(also);
  if (!started) return started.error();
  return RuntimeProbe(std::make_unique<State>(std::move(*started)));
}

const std::string& RuntimeProbe::runtime() const { return state_->instance.info().runtime; }

core::Result<HeadsetInfo> RuntimeProbe::find_headset() {
  if (const auto found = state_->instance.find_headset(0.0, nullptr); !found) return found.error();
  return state_->instance.info();
}

VulkanMaker& RuntimeProbe::vulkan() { return state_->maker; }

std::optional<SessionFacts> RuntimeProbe::session_facts() {
  HeadlessSession session(state_->instance);
  if (!session.made()) return std::nullopt;
  SessionFacts facts;
  facts.floor = session.has_stage();
  session.read_rates(facts);
  if (!facts.rate_hz) {
    facts.rate_hz = session.measure_rate_hz();
    facts.rate_measured = facts.rate_hz.has_value();
  }
  return facts;
}

}  // namespace attune::xr
