#pragma once

#include <array>
#include <filesystem>

#include "render/geometry.hpp"
#include "render/resources.hpp"
#include "render/target_format.hpp"

namespace attune::render {

/// The one descriptor set of a frame; numbers as in the shaders.
enum Binding : std::uint32_t {
  frame_binding = 0,
  instances_binding = 1,
  order_binding = 2,
  shadow_binding = 3,
  lit_binding = 4,
  atlas_binding = 5,
  panels_binding = 6,
  glyphs_binding = 7,
  binding_count = 8
};

constexpr VkFormat lit_format = VK_FORMAT_R16G16B16A16_SFLOAT;
constexpr VkFormat depth_format = VK_FORMAT_D32_SFLOAT;
constexpr VkFormat light_format = VK_FORMAT_R32G32_SFLOAT;
constexpr std::uint32_t both_eyes = 0b11;
constexpr std::uint32_t light_cells = 16;  ///< along each side of a picture whose light is measured

struct PipelineSpec {
  TargetFormat target;
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_4_BIT;
  bool depth_clamp = false;
  float atlas_spread_texels = 8.0F;
};

/// Every pipeline the renderer uses. Throws VulkanError when a shader is missing or refused.
class Pipelines {
 public:
  Pipelines(const Device& device, const PipelineSpec& spec, const std::filesystem::path& shader_folder);

  [[nodiscard]] VkDescriptorSetLayout set_layout() const { return set_layout_.get(); }
  [[nodiscard]] VkPipelineLayout layout() const { return layout_.get(); }

  PipelineHandle shadow;
  std::array<PipelineHandle, surface_kinds> opaque, blended;  ///< by scene::Surface
  std::array<PipelineHandle, surface_kinds> far_opaque;       ///< for what lies outside both shadow maps
  PipelineHandle sky, panel_body, panel_glyph, output, light;

 private:
  SetLayoutHandle set_layout_;
  PipelineLayoutHandle layout_;
};

/// `shaders` beside the running program, where the build puts them, else above it.
[[nodiscard]] std::filesystem::path shader_folder();

}  // namespace attune::render
