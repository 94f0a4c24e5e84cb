#include "render/frame_slot.hpp"

#include <bit>
#include <cstring>

namespace attune::render {
namespace {

constexpr VkDeviceSize first_bytes = VkDeviceSize{64} << 10;
constexpr std::size_t measured_cells = std::size_t{2} * light_cells * light_cells;
struct CellLight {
  float light_times_angle, angle;  // as shaders/light leaves them
};

}  // namespace

FrameSlot::FrameSlot(const Device& device, VkDescriptorSetLayout set_layout)
    : device_(&device),
      commands_(device),
      light_(device, measured_cells * sizeof(CellLight), VK_BUFFER_USAGE_TRANSFER_DST_BIT,
             Access::read_back) {
  const std::array<VkDescriptorPoolSize, 3> sizes{{{VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, 1},
                                                   {VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 4},
                                                   {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 3}}};
  VkDescriptorPoolCreateInfo set_pool_info{};
  set_pool_info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
  set_pool_info.maxSets = 1;
  set_pool_info.poolSizeCount = static_cast<std::uint32_t>(sizes.size());
  set_pool_info.pPoolSizes = sizes.data();
  VkDescriptorPool set_pool = VK_NULL_HANDLE;
  check(vkCreateDescriptorPool(device.handle(), &set_pool_info, nullptr, &set_pool),
        "make a descriptor pool");
  set_pool_ = DescriptorPoolHandle(device.handle(), set_pool);
  VkDescriptorSetAllocateInfo set_info{};
  set_info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
  set_info.descriptorPool = set_pool;
  set_info.descriptorSetCount = 1;
  set_info.pSetLayouts = &set_layout;
  check(vkAllocateDescriptorSets(device.handle(), &set_info, &set_), "make a descriptor set");

  if (device.timestamp_ns() > 0.0) {
    VkQueryPoolCreateInfo query_info{};
    query_info.sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO;
    query_info.queryType = VK_QUERY_TYPE_TIMESTAMP;
    query_info.queryCount = stamp_count;
    VkQueryPool queries = VK_NULL_HANDLE;
    check(vkCreateQueryPool(device.handle(), &query_info, nullptr, &queries), "make GPU time stamps");
    queries_ = QueryPoolHandle(device.handle(), queries);
  }
  for (const auto binding : {frame_binding, instances_binding, order_binding, panels_binding, glyphs_binding})
    copy(binding, nullptr, 0);
}

void FrameSlot::copy(Binding binding, const void* data, std::size_t bytes) {
  auto& buffer = buffers_[binding];
  const bool uniform = binding == frame_binding;
  const auto wanted =
      uniform ? sizeof(FrameUniforms) : std::max<VkDeviceSize>(first_bytes, std::bit_ceil(bytes));
  if (buffer.size() < wanted) {
    buffer = Buffer(*device_, wanted,
                    uniform ? VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT : VK_BUFFER_USAGE_STORAGE_BUFFER_BIT,
                    Access::upload);
    const VkDescriptorBufferInfo info{buffer.get(), 0, VK_WHOLE_SIZE};
    VkWriteDescriptorSet write{};
    write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    write.dstSet = set_;
    write.dstBinding = binding;
    write.descriptorCount = 1;
    write.descriptorType = uniform ? VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER : VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
    write.pBufferInfo = &info;
    vkUpdateDescriptorSets(device_->handle(), 1, &write, 0, nullptr);
  }
  if (bytes > 0) std::memcpy(buffer.mapped(), data, bytes);
}

void FrameSlot::bind_image(Binding binding, VkImageView view, VkSampler sampler, VkImageLayout layout) {
  const VkDescriptorImageInfo info{sampler, view, layout};
  VkWriteDescriptorSet write{};
  write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
  write.dstSet = set_;
  write.dstBinding = binding;
  write.descriptorCount = 1;
  write.descriptorType = VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER;
  write.pImageInfo = &info;
  vkUpdateDescriptorSets(device_->handle(), 1, &write, 0, nullptr);
}

void FrameSlot::fill(const FrameUniforms& uniforms, const DrawPlan& plan, const PanelBatch& panels) {
  const auto all = [this](Binding binding, const auto& items, std::size_t count) {
    copy(binding, items.data(), count * sizeof items[0]);
  };
  copy(frame_binding, &uniforms, sizeof uniforms);
  all(instances_binding, plan.instances, plan.instances.size());
  all(order_binding, plan.order, plan.order.size());
  all(panels_binding, panels.panels, panels.panels.size());
  const auto glyphs =
      panels.draws.empty() ? 0U : panels.draws.back().first_glyph + panels.draws.back().glyph_count + 1;
  all(glyphs_binding, panels.glyphs, glyphs);
}

VkCommandBuffer FrameSlot::begin() {
  commands_.begin();
  if (queries_) vkCmdResetQueryPool(commands(), queries_.get(), 0, stamp_count);
  return commands();
}

float FrameSlot::light() const {
  std::array<CellLight, measured_cells> cells;
  std::memcpy(cells.data(), light_.mapped(), sizeof cells);
  double light = 0.0, angle = 0.0;
  for (const auto& cell : cells) {
    light += static_cast<double>(cell.light_times_angle);
    angle += static_cast<double>(cell.angle);
  }
  return static_cast<float>(light / angle);
}

void FrameSlot::stamp(std::uint32_t index) {
  if (queries_) vkCmdWriteTimestamp2(commands(), VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, queries_.get(), index);
}

bool FrameSlot::stamps(std::array<std::uint64_t, stamp_count>& ticks) const {
  if (!queries_ || frame == 0) return false;
  return vkGetQueryPoolResults(device_->handle(), queries_.get(), 0, stamp_count, sizeof ticks, ticks.data(),
                               sizeof ticks[0], VK_QUERY_RESULT_64_BIT) == VK_SUCCESS;
}

}  // namespace attune::render
