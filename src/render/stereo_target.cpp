#include "attune/render/renderer.hpp"
#include "render/resources.hpp"

namespace attune::render {

struct StereoTarget::State {
  Image image;
};

StereoTarget::StereoTarget(std::unique_ptr<State> state) : state_(std::move(state)) {}
StereoTarget::StereoTarget(StereoTarget&&) noexcept = default;
StereoTarget& StereoTarget::operator=(StereoTarget&&) noexcept = default;
StereoTarget::~StereoTarget() = default;

core::Result<StereoTarget> StereoTarget::make(Device& device, std::uint32_t width, std::uint32_t height,
                                              VkFormat format) {
  try {
    return StereoTarget(std::make_unique<State>(State{
        Image(device, {.format = format,
                       .width = width,
                       .height = height,
                       .layers = 2,
                       .usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT})}));
  } catch (const VulkanError& error) {
    return core::failed(error.what());
  }
}

VkImage StereoTarget::image() const { return state_->image.get(); }

}  // namespace attune::render
