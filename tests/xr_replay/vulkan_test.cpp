#include <fstream>
#include <set>
#include <sstream>

#include "direct.hpp"
#include "on_vulkan.hpp"

namespace attune::xr_replay::test {
namespace {

// --- a machine with two devices

/// Two drivers: the machine's software rasterizer, under two names.
class TwoDevices : public testing::Test {
 protected:
  /// Empty when the machine has no manifest of it.
  static std::string manifest() {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/share/vulkan/icd.d", none)) {
      if (entry.path().filename().string().starts_with("lvp_icd")) return entry.path().string();
    }
    return "";
  }
  std::string copy(const std::string& name) {
    std::filesystem::copy_file(manifest(), folder_ / name);
    return folder_ / name;
  }
  [[nodiscard]] std::vector<VkPhysicalDevice> devices(VkInstance instance) const {
    std::uint32_t count = 0;
    EXPECT_EQ(vkEnumeratePhysicalDevices(instance, &count, nullptr), VK_SUCCESS);
    std::vector<VkPhysicalDevice> all(count);
    EXPECT_EQ(vkEnumeratePhysicalDevices(instance, &count, all.data()), VK_SUCCESS);
    return all;
  }

  Folder folder_;
  const std::string drivers_ = copy("first.json") + ":" + copy("second.json");
  const Environment two_drivers_{{{"VK_DRIVER_FILES", drivers_}, {"VK_ICD_FILENAMES", drivers_}}};
};

TEST_F(TwoDevices, OneIsNamedAndKeptTo) {
  const Rig rig(Values{}, with_vulkan);
  Graphics graphics(rig);
  const auto all = devices(graphics.instance);
  ASSERT_EQ(all.size(), 2U) << "the machine of this test has two";
  ASSERT_NE(all[0], all[1]);
  const VkPhysicalDevice other = graphics.physical == all[0] ? all[1] : all[0];
  const XrVulkanGraphicsDeviceGetInfoKHR get{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR, nullptr, rig.system,
                                             graphics.instance};
  for (int i = 0; i < 5; ++i) {
    VkPhysicalDevice named = VK_NULL_HANDLE;
    ASSERT_EQ(rig.function<PFN_xrGetVulkanGraphicsDevice2KHR>("xrGetVulkanGraphicsDevice2KHR")(rig.instance,
                                                                                               &get, &named),
              XR_SUCCESS);
    EXPECT_EQ(named, graphics.physical);
  }
  const XrVulkanDeviceCreateInfoKHR elsewhere{XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR,
                                              nullptr,
                                              rig.system,
                                              0,
                                              vkGetInstanceProcAddr,
                                              other,
                                              &graphics.device_info,
                                              nullptr};
  VkDevice device = VK_NULL_HANDLE;
  VkResult result = VK_SUCCESS;
  EXPECT_EQ(rig.function<PFN_xrCreateVulkanDeviceKHR>("xrCreateVulkanDeviceKHR")(rig.instance, &elsewhere,
                                                                                 &device, &result),
            XR_ERROR_HANDLE_INVALID);

  ASSERT_EQ(xrDestroySession(graphics.session), XR_SUCCESS);
  graphics.session = XR_NULL_HANDLE;
  auto bound = graphics.binding();
  bound.physicalDevice = other;
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, &bound, 0, rig.system};
  EXPECT_EQ(xrCreateSession(rig.instance, &info, &graphics.session), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  bound = graphics.binding();
  ASSERT_EQ(xrCreateSession(rig.instance, &info, &graphics.session), XR_SUCCESS)
      << "and that it named works still";
  XrSwapchain swapchain = XR_NULL_HANDLE;
  const auto wanted = graphics.swapchain_info();
  ASSERT_EQ(xrCreateSwapchain(graphics.session, &wanted, &swapchain), XR_SUCCESS);
  EXPECT_EQ(acquire_wait_release(swapchain), XR_SUCCESS);
}

/// Words of a list as the runtime gives lists of extensions: parted by spaces.
std::set<std::string> words(const char* text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

TEST_F(TwoDevices, AreAskedOnlyForExtensionsThatTheyHave) {
  const Rig rig(Values{}, {XR_KHR_VULKAN_ENABLE_EXTENSION_NAME, XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME});
  const Graphics graphics(rig);
  const auto list = [&](const char* function) {
    const auto get = rig.function<PFN_xrGetVulkanDeviceExtensionsKHR>(function);
    std::uint32_t length = 0;
    EXPECT_EQ(get(rig.instance, rig.system, 0, &length, nullptr), XR_SUCCESS);
    std::vector<char> text(length);
    EXPECT_EQ(get(rig.instance, rig.system, length, &length, text.data()), XR_SUCCESS);
    return words(text.data());
  };
  std::uint32_t count = 0;
  ASSERT_EQ(vkEnumerateDeviceExtensionProperties(graphics.physical, nullptr, &count, nullptr), VK_SUCCESS);
  std::vector<VkExtensionProperties> offered(count);
  ASSERT_EQ(vkEnumerateDeviceExtensionProperties(graphics.physical, nullptr, &count, offered.data()),
            VK_SUCCESS);
  std::set<std::string> has;
  for (const auto& extension : offered) has.insert(extension.extensionName);
  ASSERT_FALSE(has.empty());
  for (const auto& wanted : list("xrGetVulkanDeviceExtensionsKHR"))
    EXPECT_TRUE(has.contains(wanted)) << wanted;
  EXPECT_TRUE(list("xrGetVulkanInstanceExtensionsKHR").empty()) << "nothing is shown, so nothing is needed";
}

// --- a program that makes its Vulkan anew

/// A Vulkan whose second VkInstance gives its device the address that the first one's had: what an allocator
/// may do at any time, here every time. It notes what is asked of the first after it is gone.
namespace reused {
const auto first = reinterpret_cast<VkInstance>(std::uintptr_t{0x1000});
const auto second = reinterpret_cast<VkInstance>(std::uintptr_t{0x2000});
const auto device = reinterpret_cast<VkPhysicalDevice>(std::uintptr_t{0x3000});
const auto made = reinterpret_cast<VkDevice>(std::uintptr_t{0x4000});
VkInstance alive = VK_NULL_HANDLE;
bool asked_the_dead = false;

VkResult VKAPI_PTR create_instance(const VkInstanceCreateInfo*, const VkAllocationCallbacks*,
                                   VkInstance* instance) {
  alive = alive == VK_NULL_HANDLE ? first : second;
  *instance = alive;
  return VK_SUCCESS;
}
VkResult VKAPI_PTR enumerate(VkInstance, std::uint32_t* count, VkPhysicalDevice* devices) {
  *count = 1;
  if (devices != nullptr) *devices = device;
  return VK_SUCCESS;
}
void VKAPI_PTR properties(VkPhysicalDevice, VkPhysicalDeviceProperties* out) { *out = {}; }
VkResult VKAPI_PTR create_device(VkPhysicalDevice, const VkDeviceCreateInfo*, const VkAllocationCallbacks*,
                                 VkDevice* out) {
  *out = made;
  return VK_SUCCESS;
}
PFN_vkVoidFunction VKAPI_PTR get(VkInstance instance, const char* name) {
  if (instance != VK_NULL_HANDLE && instance != alive) asked_the_dead = true;
  const std::string_view wanted = name;
  if (wanted == "vkCreateInstance") return reinterpret_cast<PFN_vkVoidFunction>(create_instance);
  if (wanted == "vkEnumeratePhysicalDevices") return reinterpret_cast<PFN_vkVoidFunction>(enumerate);
  if (wanted == "vkGetPhysicalDeviceProperties") return reinterpret_cast<PFN_vkVoidFunction>(properties);
  if (wanted == "vkCreateDevice") return reinterpret_cast<PFN_vkVoidFunction>(create_device);
  return nullptr;
}
}  // namespace reused

TEST(Vulkan, MayBeMadeAnewWithADeviceAtTheOldAddress) {
  reused::alive = VK_NULL_HANDLE;
  reused::asked_the_dead = false;
  const Rig rig(Values{}, with_vulkan);
  const auto create_instance = rig.function<PFN_xrCreateVulkanInstanceKHR>("xrCreateVulkanInstanceKHR");
  const auto name_device = rig.function<PFN_xrGetVulkanGraphicsDevice2KHR>("xrGetVulkanGraphicsDevice2KHR");
  const auto create_device = rig.function<PFN_xrCreateVulkanDeviceKHR>("xrCreateVulkanDeviceKHR");
  const VkInstanceCreateInfo instance_info{VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO};
  const VkDeviceCreateInfo device_info{VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO};
  for (const VkInstance expected : {reused::first, reused::second}) {
    const XrVulkanInstanceCreateInfoKHR info{XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR,
                                             nullptr,
                                             rig.system,
                                             0,
                                             reused::get,
                                             &instance_info,
                                             nullptr};
    VkInstance instance = VK_NULL_HANDLE;
    VkResult result = VK_ERROR_UNKNOWN;
    ASSERT_EQ(create_instance(rig.instance, &info, &instance, &result), XR_SUCCESS);
    ASSERT_EQ(instance, expected);
    const XrVulkanGraphicsDeviceGetInfoKHR get{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR, nullptr,
                                               rig.system, instance};
    VkPhysicalDevice device = VK_NULL_HANDLE;
    ASSERT_EQ(name_device(rig.instance, &get, &device), XR_SUCCESS);
    const XrVulkanDeviceCreateInfoKHR wanted{XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR,
                                             nullptr,
                                             rig.system,
                                             0,
                                             reused::get,
                                             device,
                                             &device_info,
                                             nullptr};
    VkDevice made = VK_NULL_HANDLE;
    ASSERT_EQ(create_device(rig.instance, &wanted, &made, &result), XR_SUCCESS);
    EXPECT_EQ(made, reused::made);
  }
  EXPECT_FALSE(reused::asked_the_dead) << "a VkInstance that is gone is asked for nothing";
}

TEST(Vulkan, RequirementsThatWereNeverReadAreAskedForByName) {
  const Rig rig(Values{}, with_vulkan);
  Graphics graphics(rig);
  ASSERT_EQ(xrDestroySession(graphics.session), XR_SUCCESS);
  graphics.session = XR_NULL_HANDLE;
  // The same device, with an instance that did not read them: each must (XR_KHR_vulkan_enable2).
  const Direct careless(XR_MAKE_VERSION(1, 0, 0), with_vulkan);
  const XrVulkanGraphicsDeviceGetInfoKHR get{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR, nullptr,
                                             careless.system, graphics.instance};
  VkPhysicalDevice named = VK_NULL_HANDLE;
  ASSERT_EQ(careless.function<PFN_xrGetVulkanGraphicsDevice2KHR>("xrGetVulkanGraphicsDevice2KHR")(
                careless.instance, &get, &named),
            XR_SUCCESS);
  const auto bound = graphics.binding();
  const XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, &bound, 0, careless.system};
  XrSession session = XR_NULL_HANDLE;
  const auto create = careless.function<PFN_xrCreateSession>("xrCreateSession");
  EXPECT_EQ(create(careless.instance, &info, &session), XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING);
  XrGraphicsRequirementsVulkan2KHR requirements{XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN2_KHR};
  ASSERT_EQ(careless.function<PFN_xrGetVulkanGraphicsRequirements2KHR>("xrGetVulkanGraphicsRequirements2KHR")(
                careless.instance, careless.system, &requirements),
            XR_SUCCESS);
  EXPECT_EQ(create(careless.instance, &info, &session), XR_SUCCESS) << "and then it may go on";
  EXPECT_EQ(careless.function<PFN_xrDestroySession>("xrDestroySession")(session), XR_SUCCESS);
}

}  // namespace
}  // namespace attune::xr_replay::test
