#include "render/resources.hpp"

namespace attune::render {

Buffer::Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, Access access)
    : size_(size) {
  VkBufferCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  info.size = size;
  info.usage = usage;
  info.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  VkBuffer buffer = VK_NULL_HANDLE;
  check(vkCreateBuffer(device.handle(), &info, nullptr, &buffer), "make a buffer");
  buffer_ = BufferHandle(device.handle(), buffer);
  VkMemoryRequirements need{};
  vkGetBufferMemoryRequirements(device.handle(), buffer, &need);
  memory_ = device.memory().allocate(need, access, false);
  check(vkBindBufferMemory(device.handle(), buffer, memory_.memory(), memory_.offset()),
        "bind a buffer's memory");
}

Image::Image(const Device& device, const ImageSpec& spec) : spec_(spec) {
  VkImageCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO;
  info.imageType = VK_IMAGE_TYPE_2D;
  info.format = spec.format;
  info.extent = {spec.width, spec.height, 1};
  info.mipLevels = spec.mips;
  info.arrayLayers = spec.layers;
  info.samples = spec.samples;
  info.tiling = VK_IMAGE_TILING_OPTIMAL;
  info.usage = spec.usage;
  info.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  info.initialLayout = VK_IMAGE_LAYOUT_UNDEFINED;
  VkImage image = VK_NULL_HANDLE;
  check(vkCreateImage(device.handle(), &info, nullptr, &image), "make an image");
  image_ = ImageHandle(device.handle(), image);
  VkMemoryRequirements need{};
  vkGetImageMemoryRequirements(device.handle(), image, &need);
  memory_ = device.memory().allocate(need, Access::gpu, true);
  check(vkBindImageMemory(device.handle(), image, memory_.memory(), memory_.offset()),
        "bind an image's memory");
  constexpr VkImageUsageFlags viewed = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT |
                                       VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
  if ((spec.usage & viewed) != 0)
    view_ = make_view(device.handle(), image, spec.format, spec.aspect, 0, spec.layers, spec.mips);
}

ViewHandle make_view(VkDevice device, VkImage image, VkFormat format, VkImageAspectFlags aspect,
                     std::uint32_t first_layer, std::uint32_t layers, std::uint32_t mips) {
  VkImageViewCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO;
  info.image = image;
  info.viewType = VK_IMAGE_VIEW_TYPE_2D_ARRAY;
  info.format = format;
  info.subresourceRange = {aspect, 0, mips, first_layer, layers};
  VkImageView view = VK_NULL_HANDLE;
  check(vkCreateImageView(device, &info, nullptr, &view), "make a view of an image");
  return {device, view};
}

void barrier(VkCommandBuffer commands, VkImage image, VkImageAspectFlags aspect, const Use& before,
             const Use& after) {
  VkImageMemoryBarrier2 info{};
  info.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2;
  info.srcStageMask = before.stage;
  info.srcAccessMask = before.access;
  info.dstStageMask = after.stage;
  info.dstAccessMask = after.access;
  info.oldLayout = before.layout;
  info.newLayout = after.layout;
  info.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  info.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  info.image = image;
  info.subresourceRange = {aspect, 0, VK_REMAINING_MIP_LEVELS, 0, VK_REMAINING_ARRAY_LAYERS};
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.imageMemoryBarrierCount = 1;
  dependency.pImageMemoryBarriers = &info;
  vkCmdPipelineBarrier2(commands, &dependency);
}

void make_copies_visible(VkCommandBuffer commands) {
  VkMemoryBarrier2 seen{};
  seen.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  seen.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  seen.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  seen.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  seen.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &seen;
  vkCmdPipelineBarrier2(commands, &dependency);
}

Commands::Commands(const Device& device, VkCommandPoolCreateFlags flags) : device_(&device) {
  VkCommandPoolCreateInfo pool_info{};
  pool_info.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
  pool_info.flags = flags;
  pool_info.queueFamilyIndex = device.queue_family();
  VkCommandPool pool = VK_NULL_HANDLE;
  check(vkCreateCommandPool(device.handle(), &pool_info, nullptr, &pool), "make a command pool");
  pool_ = CommandPoolHandle(device.handle(), pool);
  VkCommandBufferAllocateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
  info.commandPool = pool;
  info.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  info.commandBufferCount = 1;
  check(vkAllocateCommandBuffers(device.handle(), &info, &buffer_), "make a command buffer");
}

void Commands::begin() {
  check(vkResetCommandPool(device_->handle(), pool_.get(), 0), "reset a command pool");
  VkCommandBufferBeginInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
  info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  check(vkBeginCommandBuffer(buffer_, &info), "begin a command buffer");
}

OneShot::OneShot(const Device& device)
    : device_(&device), commands_(device, VK_COMMAND_POOL_CREATE_TRANSIENT_BIT) {
  commands_.begin();
}

void OneShot::run() {
  check(vkEndCommandBuffer(commands()), "end a command buffer");
  VkCommandBufferSubmitInfo buffer{};
  buffer.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO;
  buffer.commandBuffer = commands();
  VkSubmitInfo2 submit{};
  submit.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO_2;
  submit.commandBufferInfoCount = 1;
  submit.pCommandBufferInfos = &buffer;
  check(vkQueueSubmit2(device_->queue(), 1, &submit, VK_NULL_HANDLE), "submit commands");
  check(vkQueueWaitIdle(device_->queue()), "wait for the GPU");
}

}  // namespace attune::render
