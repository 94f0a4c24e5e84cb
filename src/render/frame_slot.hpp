#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "render/draw_plan.hpp"
#include "render/panel_data.hpp"
#include "render/pipelines.hpp"
#include "render/resources.hpp"

namespace attune::render {

constexpr std::uint32_t frames_in_flight = 2;
constexpr std::uint32_t stamp_count = 5;  ///< GPU times taken in a frame: at its start and after each pass

/// What one frame needs for itself while the GPU works on it. Two of them take turns.
class FrameSlot {
 public:
  FrameSlot(const Device& device, VkDescriptorSetLayout set_layout);

  /// Points the set at an image, for all frames to come. The slot must be idle.
  void bind_image(Binding binding, VkImageView view, VkSampler sampler, VkImageLayout layout);
  /// Copies a frame's data to where the GPU reads it, with larger buffers if need be. The slot must be idle.
  void fill(const FrameUniforms& frame, const DrawPlan& plan, const PanelBatch& panels);

  /// Starts recording anew. The slot must be idle.
  [[nodiscard]] VkCommandBuffer begin();
  void stamp(std::uint32_t index);  ///< a GPU time stamp, below `stamp_count`
  /// The stamps of the last recording in ticks; false when they are not known.
  [[nodiscard]] bool stamps(std::array<std::uint64_t, stamp_count>& ticks) const;

  /// Where the GPU leaves how bright the picture is: light and solid angle of every cell of both eyes.
  [[nodiscard]] VkBuffer light_buffer() const { return light_.get(); }
  /// What it left there, mean over the view: 0 black, 1 the display's white. The slot must be idle.
  [[nodiscard]] float light() const;

  [[nodiscard]] VkCommandBuffer commands() const { return commands_.get(); }
  [[nodiscard]] VkDescriptorSet set() const { return set_; }
  std::uint64_t frame = 0;  ///< its number, as the time line counts; 0: never used

 private:
  void copy(Binding binding, const void* data, std::size_t bytes);

  const Device* device_;
  Commands commands_;
  DescriptorPoolHandle set_pool_;
  VkDescriptorSet set_ = VK_NULL_HANDLE;
  QueryPoolHandle queries_;
  std::array<Buffer, binding_count> buffers_;
  Buffer light_;
};

}  // namespace attune::render
