#include <algorithm>
#include <set>
#include <thread>

#include "on_vulkan.hpp"
#include "support/program.hpp"

namespace attune::xr_replay::test {
namespace {

TEST_F(OnVulkan, FormatsAreUniqueAndBeginWithEncodedColour) {
  const auto formats = formats_of(graphics_.session);
  ASSERT_FALSE(formats.empty());
  EXPECT_EQ(formats[0], VK_FORMAT_R8G8B8A8_SRGB);
  EXPECT_EQ(std::set<std::int64_t>(formats.begin(), formats.end()).size(), formats.size());
}

struct Odd {
  const char* what;
  std::function<void(XrSwapchainCreateInfo&)> change;
  XrResult result;
};

TEST_F(OnVulkan, OddSwapchainsAreMadeOrRefusedByTheRightName) {
  constexpr auto unsupported = XR_ERROR_FEATURE_UNSUPPORTED, invalid = XR_ERROR_VALIDATION_FAILURE;
  const Odd rows[]{
      {"ordinary", [](auto&) {}, XR_SUCCESS},
      {"1 x 1", [](auto& i) { i.width = i.height = 1; }, XR_SUCCESS},
      {"static", [](auto& i) { i.createFlags = XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT; }, XR_SUCCESS},
      {"two layers", [](auto& i) { i.arraySize = 2; }, XR_SUCCESS},
      {"mip maps", [](auto& i) { i.mipCount = 3; }, XR_SUCCESS},
      {"multisampled", [](auto& i) { i.sampleCount = 4; }, XR_SUCCESS},
      {"depth",
       [](auto& i) {
         i.format = VK_FORMAT_D32_SFLOAT;
         i.usageFlags = XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
       },
       XR_SUCCESS},
      {"for no use", [](auto& i) { i.usageFlags = 0; }, XR_SUCCESS},
      {"transfers and views of other formats",
       [](auto& i) {
         i.usageFlags |= XR_SWAPCHAIN_USAGE_TRANSFER_SRC_BIT | XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT |
                         XR_SWAPCHAIN_USAGE_SAMPLED_BIT | XR_SWAPCHAIN_USAGE_MUTABLE_FORMAT_BIT;
       },
       XR_SUCCESS},
      {"one above the limit", [](auto& i) { i.width = 4097; }, invalid},
      {"absurd", [](auto& i) { i.width = i.height = 0xFFFFFFFF; }, invalid},
      {"of no width", [](auto& i) { i.width = 0; }, invalid},
      {"of no layers", [](auto& i) { i.arraySize = 0; }, invalid},
      {"three faces", [](auto& i) { i.faceCount = 3; }, invalid},
      {"three samples", [](auto& i) { i.sampleCount = 3; }, invalid},
      {"unknown use", [](auto& i) { i.usageFlags = 1U << 30; }, invalid},
      {"cube", [](auto& i) { i.faceCount = 6; }, XR_SUCCESS},
      {"cube of many layers", [](auto& i) { i.faceCount = 6, i.arraySize = 0x8000'0000; }, unsupported},
      {"cube of another shape", [](auto& i) { i.faceCount = 6, i.width = 32; }, invalid},
      {"cube that is multisampled", [](auto& i) { i.faceCount = 6, i.sampleCount = 4; }, unsupported},
      {"mip maps that are multisampled", [](auto& i) { i.mipCount = 2, i.sampleCount = 4; }, unsupported},
      {"one mip map too many", [](auto& i) { i.mipCount = 8; }, unsupported},
      {"all mip maps", [](auto& i) { i.mipCount = 7; }, XR_SUCCESS},
      {"protected", [](auto& i) { i.createFlags = XR_SWAPCHAIN_CREATE_PROTECTED_CONTENT_BIT; }, unsupported},
      {"64 samples", [](auto& i) { i.sampleCount = 64; }, unsupported},
      {"too many layers", [](auto& i) { i.arraySize = 1'000'000; }, unsupported},
      {"more mip maps than pixels", [](auto& i) { i.mipCount = 30; }, unsupported},
      {"colour as depth", [](auto& i) { i.usageFlags = XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT; },
       unsupported},
      {"a format nobody has", [](auto& i) { i.format = 123'456; }, XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED},
  };
  for (const auto& row : rows) {
    auto info = graphics_.swapchain_info();
    row.change(info);
    XrSwapchain swapchain = XR_NULL_HANDLE;
    EXPECT_EQ(xrCreateSwapchain(graphics_.session, &info, &swapchain), row.result) << row.what;
    if (swapchain == XR_NULL_HANDLE) continue;
    EXPECT_EQ(acquire_wait_release(swapchain), XR_SUCCESS) << row.what;
    EXPECT_EQ(xrDestroySwapchain(swapchain), XR_SUCCESS) << row.what;
  }
}

TEST_F(OnVulkan, ImagesLargerThanTheMemoryAreRefused) {
  VkPhysicalDeviceMemoryProperties memory{};
  vkGetPhysicalDeviceMemoryProperties(graphics_.physical, &memory);
  VkDeviceSize largest = 0;
  for (std::uint32_t i = 0; i < memory.memoryHeapCount; ++i)
    largest = std::max(largest, memory.memoryHeaps[i].size);
  auto info = graphics_.swapchain_info();
  info.width = info.height = 4096;
  info.arraySize = static_cast<std::uint32_t>(largest / (std::uint64_t{info.width} * info.height * 4)) + 1;
  XrSwapchain swapchain = XR_NULL_HANDLE;
  const XrResult result = xrCreateSwapchain(graphics_.session, &info, &swapchain);
  EXPECT_TRUE(result == XR_ERROR_OUT_OF_MEMORY || result == XR_ERROR_FEATURE_UNSUPPORTED) << result;
  EXPECT_EQ(swapchain, XrSwapchain{XR_NULL_HANDLE});
  EXPECT_EQ(acquire_wait_release(make()), XR_SUCCESS) << "and the next good one is made";
}

TEST_F(OnVulkan, ImagesChangeHandsInTurn) {
  const XrSwapchain swapchain = make();
  std::uint32_t count = 0, index = 0;
  ASSERT_EQ(xrEnumerateSwapchainImages(swapchain, 0, &count, nullptr), XR_SUCCESS);
  std::vector<XrSwapchainImageVulkan2KHR> images(count,
                                                 {XR_TYPE_SWAPCHAIN_IMAGE_VULKAN2_KHR, nullptr, nullptr});
  ASSERT_EQ(xrEnumerateSwapchainImages(swapchain, count, &count,
                                       reinterpret_cast<XrSwapchainImageBaseHeader*>(images.data())),
            XR_SUCCESS);
  for (const auto& image : images) EXPECT_NE(image.image, VkImage{VK_NULL_HANDLE});

  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO, nullptr, 0};
  EXPECT_EQ(xrWaitSwapchainImage(swapchain, &wait), XR_ERROR_CALL_ORDER_INVALID);
  EXPECT_EQ(xrReleaseSwapchainImage(swapchain, nullptr), XR_ERROR_CALL_ORDER_INVALID);
  for (std::uint32_t i = 0; i < count; ++i) {
    ASSERT_EQ(xrAcquireSwapchainImage(swapchain, nullptr, &index), XR_SUCCESS);
    EXPECT_EQ(index, i);
    EXPECT_EQ(xrReleaseSwapchainImage(swapchain, nullptr), XR_ERROR_CALL_ORDER_INVALID) << "not waited for";
  }
  EXPECT_EQ(xrAcquireSwapchainImage(swapchain, nullptr, &index), XR_ERROR_CALL_ORDER_INVALID);
  for (std::uint32_t i = 0; i < count; ++i) {
    ASSERT_EQ(xrWaitSwapchainImage(swapchain, &wait), XR_SUCCESS);
    EXPECT_EQ(xrWaitSwapchainImage(swapchain, &wait), XR_ERROR_CALL_ORDER_INVALID);
    ASSERT_EQ(xrReleaseSwapchainImage(swapchain, nullptr), XR_SUCCESS);
  }
  EXPECT_EQ(acquire_wait_release(swapchain), XR_SUCCESS) << "and round again";

  const XrSwapchain once = make([](auto& i) { i.createFlags = XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT; });
  EXPECT_EQ(acquire_wait_release(once), XR_SUCCESS);
  EXPECT_EQ(acquire_wait_release(once), XR_ERROR_CALL_ORDER_INVALID) << "a static image is drawn once";
}

TEST_F(OnVulkan, FramesAreWantedOnlyAfterTheFirstWasTaken) {
  (void)rig_.poll_states();
  ASSERT_EQ(begin(graphics_.session), XR_SUCCESS);
  EXPECT_TRUE(rig_.poll_states().empty()) << "READY until a frame was submitted";
  XrFrameState state{XR_TYPE_FRAME_STATE};
  ASSERT_EQ(xrWaitFrame(graphics_.session, nullptr, &state), XR_SUCCESS);
  EXPECT_EQ(state.shouldRender, XR_FALSE);
  ASSERT_EQ(xrBeginFrame(graphics_.session, nullptr), XR_SUCCESS);
  ASSERT_EQ(end_frame(graphics_.session, state.predictedDisplayTime), XR_SUCCESS);
  EXPECT_EQ(rig_.poll_states(),
            (std::vector{XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_VISIBLE, XR_SESSION_STATE_FOCUSED}));
}

TEST_F(OnVulkan, ASessionMayGoWhileImagesAreHeldAndAFrameIsOpen) {
  const XrSwapchain swapchain = make();
  (void)graphics_.begin_visible_frame();
  std::uint32_t index = 0;
  ASSERT_EQ(xrAcquireSwapchainImage(swapchain, nullptr, &index), XR_SUCCESS);
  ASSERT_EQ(xrDestroySession(graphics_.session), XR_SUCCESS);
  EXPECT_EQ(xrReleaseSwapchainImage(swapchain, nullptr), XR_ERROR_HANDLE_INVALID);
  const auto bound = graphics_.binding();
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, &bound, 0, rig_.system};
  ASSERT_EQ(xrCreateSession(rig_.instance, &info, &graphics_.session), XR_SUCCESS) << "and come again";
  EXPECT_EQ(acquire_wait_release(make()), XR_SUCCESS);
}

TEST_F(OnVulkan, ABindingThatIsNotWhatWasNamedIsRefused) {
  ASSERT_EQ(xrDestroySession(graphics_.session), XR_SUCCESS);
  graphics_.session = XR_NULL_HANDLE;
  const auto create = [&](const std::function<void(XrGraphicsBindingVulkan2KHR&)>& change) {
    auto bound = graphics_.binding();
    change(bound);
    XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, &bound, 0, rig_.system};
    XrSession session = XR_NULL_HANDLE;
    const XrResult result = xrCreateSession(rig_.instance, &info, &session);
    if (session != XR_NULL_HANDLE) xrDestroySession(session);
    return result;
  };
  EXPECT_EQ(create([](auto& b) { b.device = VK_NULL_HANDLE; }), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(create([](auto& b) { b.physicalDevice = VK_NULL_HANDLE; }), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(create([](auto& b) { b.queueFamilyIndex = 99; }), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(create([](auto& b) { b.queueIndex = 99; }), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(create([](auto&) {}), XR_SUCCESS);
}

TEST(Formats, AreThoseOfTheSettingInItsOrder) {
  const Rig rig(Values{{"ATTUNE_XR_FORMATS", "B8G8R8A8_UNORM,no such format,R8G8B8A8_SRGB"}}, with_vulkan);
  const Graphics graphics(rig);
  EXPECT_EQ(formats_of(graphics.session),
            (std::vector<std::int64_t>{VK_FORMAT_B8G8R8A8_UNORM, VK_FORMAT_R8G8B8A8_SRGB}));
}

// --- Debian's example program, unchanged

/// Runs hello_xr on our runtime until the source's end. It ends at the first key press too, so its standard
/// input must stay open and silent.
attune::test::Outcome hello_xr(const std::string& arguments, const Folder& folder) {
  std::map<std::string, std::string> environment;
  for (const auto& [name, value] : settings({{"ATTUNE_XR_DURATION", "3"},
                                             {"ATTUNE_XR_VIEW_SIZE", "128x128"},
                                             {"ATTUNE_XR_REPORT", folder / "report.json"},
                                             {"XR_ENABLE_API_LAYERS", "XR_APILAYER_LUNARG_core_validation"},
                                             {"XR_CORE_VALIDATION_EXPORT_TYPE", "text"}})) {
    environment[name] = value;
  }
  return attune::test::run(
      {"sh", "-c",
       "mkfifo " + (folder / "keys") + "; exec hello_xr " + arguments + " <>" + (folder / "keys")},
      environment, 60);
}

TEST(CoreValidation, SpeaksWhenAProgramIsWrong) {
  testing::internal::CaptureStdout();
  {
    const Rig rig(Values{{"XR_ENABLE_API_LAYERS", "XR_APILAYER_LUNARG_core_validation"},
                         {"XR_CORE_VALIDATION_EXPORT_TYPE", "text"}});
    EXPECT_TRUE(XR_FAILED(xrGetInstanceProperties(rig.instance, nullptr)));
  }
  EXPECT_NE(testing::internal::GetCapturedStdout().find("VUID-xrGetInstanceProperties"), std::string::npos)
      << "or its silence below would mean nothing";
}

class HelloXr : public testing::TestWithParam<const char*> {};

TEST_P(HelloXr, RunsUnchangedAndTheValidationLayerIsSilent) {
  const Folder folder;
  const auto outcome = hello_xr(std::string("-g ") + GetParam(), folder);
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const std::string all = outcome.out + outcome.err;
  EXPECT_NE(all.find("Core Validation output type: text"), std::string::npos) << "the layer is there\n"
                                                                              << all;
  EXPECT_EQ(all.find("VUID"), std::string::npos) << all;
  EXPECT_NE(all.find("->XR_SESSION_STATE_EXITING"), std::string::npos) << all;
  const std::string report = attune::test::whole_file(folder / "report.json");
  EXPECT_NE(report.find("\"frames_ended\":272"), std::string::npos)
      << "3 s at 90 Hz, and the one after: " << report;
}

TEST(HelloXrTwice, RunsInTwoProcessesAtOnce) {
  const Folder folders[2];
  attune::test::Outcome outcomes[2];
  {
    std::vector<std::jthread> programs;
    for (int i = 0; i < 2; ++i) {
      programs.emplace_back([&, i] { outcomes[i] = hello_xr("-g Vulkan2", folders[i]); });
    }
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(outcomes[i].status, 0) << outcomes[i].out << outcomes[i].err;
    const std::string report = attune::test::whole_file(folders[i] / "report.json");
    EXPECT_NE(report.find("\"frames_ended\":272"), std::string::npos) << report;
  }
}

INSTANTIATE_TEST_SUITE_P(Graphics, HelloXr, testing::Values("Vulkan2", "Vulkan"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace attune::xr_replay::test
