#pragma once

#include <gmock/gmock.h>

#include "graphics.hpp"

namespace attune::xr_replay::test {

inline const std::vector<const char*> with_vulkan{XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME};

/// A session on a real Vulkan device, whose validation layer has nothing to say.
class OnVulkan : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_THAT(graphics_.complaints, testing::IsEmpty());
    graphics_.provoke();
    EXPECT_THAT(graphics_.complaints, testing::Not(testing::IsEmpty())) << "its silence would mean nothing";
  }
  [[nodiscard]] XrSwapchain make(const std::function<void(XrSwapchainCreateInfo&)>& change = [](auto&) {
  }) const {
    auto info = graphics_.swapchain_info();
    change(info);
    XrSwapchain swapchain = XR_NULL_HANDLE;
    EXPECT_EQ(xrCreateSwapchain(graphics_.session, &info, &swapchain), XR_SUCCESS);
    return swapchain;
  }
  [[nodiscard]] XrSpace stage() const {
    XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr,
                                    XR_REFERENCE_SPACE_TYPE_STAGE, identity};
    XrSpace space = XR_NULL_HANDLE;
    EXPECT_EQ(xrCreateReferenceSpace(graphics_.session, &info, &space), XR_SUCCESS);
    return space;
  }

  [[nodiscard]] static std::vector<const char*> every_layer() {
    return {XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME,
            XR_KHR_COMPOSITION_LAYER_CUBE_EXTENSION_NAME,
            XR_KHR_COMPOSITION_LAYER_CYLINDER_EXTENSION_NAME,
            XR_KHR_COMPOSITION_LAYER_DEPTH_EXTENSION_NAME,
            XR_KHR_COMPOSITION_LAYER_EQUIRECT_EXTENSION_NAME,
            XR_KHR_COMPOSITION_LAYER_EQUIRECT2_EXTENSION_NAME};
  }

  Rig rig_{Values{}, every_layer()};
  Graphics graphics_{rig_};
};

}  // namespace attune::xr_replay::test
