#include <gtest/gtest.h>

#include "render/resources.hpp"
#include "render/test_scene.hpp"

namespace attune::render::test {
namespace {

// Silence in the other tests means something only because these two are heard.

TEST(Validation, HearsAWrongCall) {
  auto device = Device::offscreen({.application = "provoked", .validation = true});
  ASSERT_TRUE(device) << device.error().message;
  ASSERT_NE(device->validation(), nullptr);
  ASSERT_EQ(device->validation()->count(), 0U) << all(device->validation()->messages());
  VkBufferCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  info.size = 0;  // not allowed
  info.usage = VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  VkBuffer buffer = VK_NULL_HANDLE;
  vkCreateBuffer(device->handle(), &info, nullptr, &buffer);
  const BufferHandle owned(device->handle(), buffer);
  ASSERT_EQ(device->validation()->count(), 1U);
  EXPECT_NE(device->validation()->messages().front().find("VUID-VkBufferCreateInfo-size-00912"),
            std::string::npos);
}

TEST(Validation, HearsAMissingBarrier) {
  auto device = Device::offscreen({.application = "provoked", .validation = true});
  ASSERT_TRUE(device) << device.error().message;
  {
    const Buffer buffer(*device, 64, VK_BUFFER_USAGE_TRANSFER_DST_BIT, Access::gpu);
    OneShot once(*device);
    vkCmdFillBuffer(once.commands(), buffer.get(), 0, 64, 1);
    vkCmdFillBuffer(once.commands(), buffer.get(), 0, 64, 2);  // may overtake the first
    once.run();
  }
  ASSERT_GE(device->validation()->count(), 1U);
  EXPECT_NE(device->validation()->messages().front().find("SYNC-HAZARD-WRITE-AFTER-WRITE"),
            std::string::npos);
}

}  // namespace
}  // namespace attune::render::test
