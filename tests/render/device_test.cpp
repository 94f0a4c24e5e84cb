#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "render/pipeline_cache.hpp"
#include "render/resources.hpp"
#include "render/test_scene.hpp"

namespace attune::render::test {
namespace {

/// Sets an environment variable for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    if (before_)
      setenv(name_, before_->c_str(), 1);
    else
      unsetenv(name_);
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(Device, SaysInOneSentenceWhatToInstallWhereThereIsNoGpu) {
  const Environment none("VK_ICD_FILENAMES", "/nonexistent/driver.json");
  const Environment none_new("VK_DRIVER_FILES", "/nonexistent/driver.json");
  const auto device = Device::offscreen({.application = "no GPU", .validation = false});
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().kind, core::Error::Kind::failed);
  EXPECT_NE(device.error().message.find("no Vulkan device"), std::string::npos) << device.error().message;
  EXPECT_NE(device.error().message.find("install"), std::string::npos) << device.error().message;
  EXPECT_EQ(device.error().message.find('\n'), std::string::npos);
}

TEST(Device, AsksForVulkan13AndHasValidationOnlyWhenWanted) {
  const auto plain = InstanceRequest::make({.application = "plain", .validation = false});
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_EQ(plain->create_info().pApplicationInfo->apiVersion, VK_API_VERSION_1_3);
  EXPECT_EQ(plain->create_info().enabledLayerCount, 0U);
  EXPECT_EQ(plain->log(), nullptr);
  const auto checked = InstanceRequest::make({.application = "checked", .validation = true});
  ASSERT_TRUE(checked) << checked.error().message;
  ASSERT_EQ(checked->create_info().enabledLayerCount, 1U);
  EXPECT_STREQ(checked->create_info().ppEnabledLayerNames[0], "VK_LAYER_KHRONOS_validation");
  EXPECT_NE(checked->log(), nullptr);
}

TEST(Device, IsTakenOverFromWhoeverMadeItFromOurRequests) {
  // As an OpenXR runtime does: instance and device are made elsewhere, from what we asked for.
  const auto request = InstanceRequest::make({.application = "adopted", .validation = true});
  ASSERT_TRUE(request);
  DeviceHandles made;
  ASSERT_EQ(vkCreateInstance(&request->create_info(), nullptr, &made.instance), VK_SUCCESS);
  volkLoadInstance(made.instance);
  std::uint32_t count = 1;
  vkEnumeratePhysicalDevices(made.instance, &count, &made.physical);
  ASSERT_EQ(count, 1U);
  const auto wanted = DeviceRequest::make(made.instance, made.physical);
  ASSERT_TRUE(wanted) << wanted.error().message;
  made.queue_family = wanted->queue_family();
  ASSERT_EQ(vkCreateDevice(made.physical, &wanted->create_info(), nullptr, &made.device), VK_SUCCESS);
  auto adopted = Device::adopt(made, *request);
  ASSERT_TRUE(adopted) << adopted.error().message;
  EXPECT_EQ(adopted->handle(), made.device);
  EXPECT_FALSE(adopted->description().empty());
  auto renderer = Renderer::make(*adopted, {.width = 16, .height = 16});
  EXPECT_TRUE(renderer) << renderer.error().message;
  EXPECT_EQ(adopted->validation()->count(), 0U) << all(adopted->validation()->messages());
}

/// As long as it lives, counts what the validation layer has to say of an instance and all that is made from
/// it.
class Ear {
 public:
  explicit Ear(VkInstance instance) : instance_(instance) {
    VkDebugUtilsMessengerCreateInfoEXT info{VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT};
    info.messageSeverity =
        VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
    info.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;
    info.pUserData = this;
    info.pfnUserCallback = [](auto, auto, const VkDebugUtilsMessengerCallbackDataEXT* data, void* ear) {
      static_cast<Ear*>(ear)->heard += std::string(data->pMessage) + "\n";
      return VK_FALSE;
    };
    vkCreateDebugUtilsMessengerEXT(instance, &info, nullptr, &messenger_);
  }
  Ear(const Ear&) = delete;
  Ear& operator=(const Ear&) = delete;
  ~Ear() { vkDestroyDebugUtilsMessengerEXT(instance_, messenger_, nullptr); }

  std::string heard;

 private:
  VkInstance instance_;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
};

TEST(Device, MayBeMadeByARuntimeThatAddsWhatItNeedsItself) {
  // Runtimes put features of their own before ours (Monado, WiVRn: time lines), unless ours have that very
  // structure.
  const auto request = InstanceRequest::make({.application = "runtime", .validation = true});
  ASSERT_TRUE(request);
  VkInstance instance = VK_NULL_HANDLE;
  ASSERT_EQ(vkCreateInstance(&request->create_info(), nullptr, &instance), VK_SUCCESS);
  volkLoadInstance(instance);
  std::uint32_t count = 1;
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  vkEnumeratePhysicalDevices(instance, &count, &physical);
  {
    Ear ear(instance);
    const auto wanted = DeviceRequest::make(instance, physical);
    ASSERT_TRUE(wanted) << wanted.error().message;
    auto info = wanted->create_info();
    VkPhysicalDeviceTimelineSemaphoreFeatures theirs{};
    theirs.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_TIMELINE_SEMAPHORE_FEATURES;
    theirs.timelineSemaphore = VK_TRUE;
    theirs.pNext = const_cast<void*>(info.pNext);
    bool there = false;
    for (auto* next = static_cast<const VkBaseInStructure*>(info.pNext); next != nullptr; next = next->pNext)
      there = there || next->sType == theirs.sType;
    if (!there) info.pNext = &theirs;
    VkDevice device = VK_NULL_HANDLE;
    ASSERT_EQ(vkCreateDevice(physical, &info, nullptr, &device), VK_SUCCESS);
    vkDestroyDevice(device, nullptr);
    EXPECT_EQ(ear.heard, "");
  }
  vkDestroyInstance(instance, nullptr);
}

TEST(Device, KeepsCompiledPipelinesOnDiskAndIgnoresADamagedFile) {
  const auto folder = std::filesystem::temp_directory_path() / "attune-render-cache-test";
  std::filesystem::remove_all(folder);
  const Environment cache("XDG_CACHE_HOME", folder.string());
  const auto draw_once = [] {
    auto device = Device::offscreen({.application = "cache", .validation = true});
    ASSERT_TRUE(device) << device.error().message;
    auto renderer = Renderer::make(*device, {.width = 16, .height = 16});
    ASSERT_TRUE(renderer) << renderer.error().message;
    const auto saved = device->save_pipeline_cache();
    EXPECT_TRUE(saved) << saved.error().message;
    EXPECT_EQ(device->validation()->count(), 0U) << all(device->validation()->messages());
  };
  draw_once();
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder / "attune"))
    files.push_back(file.path());
  ASSERT_EQ(files.size(), 1U);
  const auto size = std::filesystem::file_size(files.front());
  EXPECT_GT(size, 64U);
  draw_once();
  std::filesystem::resize_file(files.front(), size - 1);
  draw_once();
  std::ofstream(files.front(), std::ios::trunc) << "no pipelines at all";
  draw_once();
  EXPECT_GE(std::filesystem::file_size(files.front()), 64U) << "a damaged file is replaced";
  std::filesystem::remove_all(folder);
}

TEST(MemoryArena, SharesBlocksAndGivesThemBack) {
  auto& memory = device().memory();
  const auto blocks = memory.blocks();
  const auto bytes = memory.bytes_in_use();
  {
    std::vector<Buffer> buffers;
    for (int i = 0; i < 100; ++i)
      buffers.emplace_back(device(), 1000 + 100 * i, VK_BUFFER_USAGE_STORAGE_BUFFER_BIT, Access::upload);
    EXPECT_LE(memory.blocks(), blocks + 1) << "a hundred buffers take one block at most";
    EXPECT_GE(memory.bytes_in_use(), bytes + 100 * 1000);
    ASSERT_NE(buffers[3].mapped(), nullptr);
    buffers[3].mapped()[0] = std::byte{7};
    buffers[4].mapped()[0] = std::byte{9};
    EXPECT_EQ(buffers[3].mapped()[0], std::byte{7});
    buffers.erase(buffers.begin() + 10, buffers.begin() + 50);
  }
  EXPECT_EQ(memory.blocks(), blocks);
  EXPECT_EQ(memory.bytes_in_use(), bytes);
}

TEST(MemoryArena, TakesWhatIsLargerThanABlock) {
  const auto blocks = device().memory().blocks();
  const Buffer large(device(), VkDeviceSize{48} << 20, VK_BUFFER_USAGE_STORAGE_BUFFER_BIT, Access::gpu);
  EXPECT_EQ(device().memory().blocks(), blocks + 1);
  EXPECT_EQ(device().validation()->count(), 0U);
}

}  // namespace
}  // namespace attune::render::test
