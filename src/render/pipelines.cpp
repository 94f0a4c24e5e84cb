#include "render/pipelines.hpp"

#include <bit>
#include <cstring>
#include <string>
#include <vector>

#include "attune/core/files.hpp"

namespace attune::render {
namespace {

ShaderHandle load_shader(const Device& device, const std::filesystem::path& path) {
  const auto text = core::read_text(path);
  if (!text) throw VulkanError("a compiled shader cannot be read: " + text.error().message);
  if (text->empty() || text->size() % 4 != 0) throw VulkanError(path.string() + " is no compiled shader");
  std::vector<std::uint32_t> code(text->size() / 4);
  std::memcpy(code.data(), text->data(), text->size());
  VkShaderModuleCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
  info.codeSize = text->size();
  info.pCode = code.data();
  VkShaderModule shader = VK_NULL_HANDLE;
  check(vkCreateShaderModule(device.handle(), &info, nullptr, &shader), "load a shader");
  return {device.handle(), shader};
}

SetLayoutHandle make_set_layout(const Device& device) {
  std::array<VkDescriptorSetLayoutBinding, binding_count> bindings{};
  for (std::uint32_t i = 0; i < binding_count; ++i) {
    bindings[i].binding = i;
    bindings[i].descriptorCount = 1;
    bindings[i].stageFlags = VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT;
    const bool image = i == shadow_binding || i == lit_binding || i == atlas_binding;
    bindings[i].descriptorType = i == frame_binding ? VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER
                                 : image            ? VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER
                                                    : VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
  }
  VkDescriptorSetLayoutCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
  info.bindingCount = binding_count;
  info.pBindings = bindings.data();
  VkDescriptorSetLayout layout = VK_NULL_HANDLE;
  check(vkCreateDescriptorSetLayout(device.handle(), &info, nullptr, &layout), "describe the shaders' input");
  return {device.handle(), layout};
}

PipelineLayoutHandle make_layout(const Device& device, VkDescriptorSetLayout set) {
  const VkPushConstantRange push{VK_SHADER_STAGE_VERTEX_BIT, 0, 64};
  VkPipelineLayoutCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
  info.setLayoutCount = 1;
  info.pSetLayouts = &set;
  info.pushConstantRangeCount = 1;
  info.pPushConstantRanges = &push;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  check(vkCreatePipelineLayout(device.handle(), &info, nullptr, &layout), "describe the shaders' input");
  return {device.handle(), layout};
}

/// What differs between our pipelines.
struct Recipe {
  const char* vertex = nullptr;
  const char* fragment = nullptr;            ///< null: depth alone
  std::array<std::uint32_t, 2> constants{};  ///< bits of constants 0 and 1 of both stages
  bool mesh = false;                         ///< reads scene::Vertex
  bool strip = false;
  bool blend = false;
  VkFormat colour = VK_FORMAT_UNDEFINED, depth = VK_FORMAT_UNDEFINED;
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
  std::uint32_t views = 0;
  bool depth_write = false, depth_clamp = false, depth_bias = false;
  VkCompareOp depth_compare = VK_COMPARE_OP_ALWAYS;
  VkCullModeFlags cull = VK_CULL_MODE_NONE;
};

class Maker {
 public:
  Maker(const Device& device, VkPipelineLayout layout, const std::filesystem::path& folder)
      : device_(device), layout_(layout), folder_(folder) {}

  PipelineHandle make(const Recipe& recipe) const {
    const std::array<VkSpecializationMapEntry, 2> entries{{{0, 0, 4}, {1, 4, 4}}};
    const VkSpecializationInfo constants{2, entries.data(), sizeof recipe.constants, recipe.constants.data()};
    std::vector<ShaderHandle> shaders;
    std::vector<VkPipelineShaderStageCreateInfo> stages;
    const auto add_stage = [&](const char* name, VkShaderStageFlagBits stage) {
      if (name == nullptr) return;
      shaders.push_back(load_shader(device_, folder_ / name));
      VkPipelineShaderStageCreateInfo info{};
      info.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
      info.stage = stage;
      info.module = shaders.back().get();
      info.pName = "main";
      info.pSpecializationInfo = &constants;  // a shader without them overlooks it
      stages.push_back(info);
    };
    add_stage(recipe.vertex, VK_SHADER_STAGE_VERTEX_BIT);
    add_stage(recipe.fragment, VK_SHADER_STAGE_FRAGMENT_BIT);

    const VkVertexInputBindingDescription vertex{0, sizeof(scene::Vertex), VK_VERTEX_INPUT_RATE_VERTEX};
    const std::array<VkVertexInputAttributeDescription, 4> attributes{{
        {0, 0, VK_FORMAT_R32G32B32_SFLOAT, offsetof(scene::Vertex, position_m)},
        {1, 0, VK_FORMAT_R8G8B8A8_UNORM, offsetof(scene::Vertex, colour)},
        {2, 0, VK_FORMAT_R32G32B32_SFLOAT, offsetof(scene::Vertex, normal)},
        {3, 0, VK_FORMAT_R32_UINT, offsetof(scene::Vertex, material)},
    }};
    VkPipelineVertexInputStateCreateInfo input{};
    input.sType = VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO;
    if (recipe.mesh) {
      input.vertexBindingDescriptionCount = 1;
      input.pVertexBindingDescriptions = &vertex;
      // Depth alone needs positions alone.
      input.vertexAttributeDescriptionCount = recipe.fragment == nullptr ? 1U : 4U;
      input.pVertexAttributeDescriptions = attributes.data();
    }
    VkPipelineInputAssemblyStateCreateInfo assembly{};
    assembly.sType = VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO;
    assembly.topology =
        recipe.strip ? VK_PRIMITIVE_TOPOLOGY_TRIANGLE_STRIP : VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
    VkPipelineViewportStateCreateInfo viewport{};
    viewport.sType = VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO;
    viewport.viewportCount = 1;
    viewport.scissorCount = 1;
    VkPipelineRasterizationStateCreateInfo raster{};
    raster.sType = VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO;
    raster.depthClampEnable = recipe.depth_clamp ? VK_TRUE : VK_FALSE;
    raster.polygonMode = VK_POLYGON_MODE_FILL;
    raster.cullMode = recipe.cull;
    raster.frontFace = VK_FRONT_FACE_COUNTER_CLOCKWISE;
    raster.depthBiasEnable = recipe.depth_bias ? VK_TRUE : VK_FALSE;
    raster.depthBiasConstantFactor = 1.0F;
    raster.depthBiasSlopeFactor = 1.6F;
    raster.lineWidth = 1.0F;
    VkPipelineMultisampleStateCreateInfo multisample{};
    multisample.sType = VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO;
    multisample.rasterizationSamples = recipe.samples;
    VkPipelineDepthStencilStateCreateInfo depth{};
    depth.sType = VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO;
    depth.depthTestEnable = recipe.depth != VK_FORMAT_UNDEFINED ? VK_TRUE : VK_FALSE;
    depth.depthWriteEnable = recipe.depth_write ? VK_TRUE : VK_FALSE;
    depth.depthCompareOp = recipe.depth_compare;
    VkPipelineColorBlendAttachmentState blend{};
    blend.blendEnable = recipe.blend ? VK_TRUE : VK_FALSE;
    blend.srcColorBlendFactor = VK_BLEND_FACTOR_SRC_ALPHA;
    blend.dstColorBlendFactor = VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA;
    blend.srcAlphaBlendFactor = VK_BLEND_FACTOR_ONE;
    blend.dstAlphaBlendFactor = VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA;
    blend.colorWriteMask = 0xF;
    VkPipelineColorBlendStateCreateInfo blending{};
    blending.sType = VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO;
    blending.attachmentCount = recipe.colour != VK_FORMAT_UNDEFINED ? 1U : 0U;
    blending.pAttachments = &blend;
    const std::array<VkDynamicState, 2> states{VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
    VkPipelineDynamicStateCreateInfo dynamic{};
    dynamic.sType = VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO;
    dynamic.dynamicStateCount = 2;
    dynamic.pDynamicStates = states.data();
    VkPipelineRenderingCreateInfo rendering{};
    rendering.sType = VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO;
    rendering.viewMask = recipe.views;
    rendering.colorAttachmentCount = blending.attachmentCount;
    rendering.pColorAttachmentFormats = &recipe.colour;
    rendering.depthAttachmentFormat = recipe.depth;

    VkGraphicsPipelineCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO;
    info.pNext = &rendering;
    info.stageCount = static_cast<std::uint32_t>(stages.size());
    info.pStages = stages.data();
    info.pVertexInputState = &input;
    info.pInputAssemblyState = &assembly;
    info.pViewportState = &viewport;
    info.pRasterizationState = &raster;
    info.pMultisampleState = &multisample;
    info.pDepthStencilState = &depth;
    info.pColorBlendState = &blending;
    info.pDynamicState = &dynamic;
    info.layout = layout_;
    VkPipeline pipeline = VK_NULL_HANDLE;
    check(vkCreateGraphicsPipelines(device_.handle(), device_.pipeline_cache(), 1, &info, nullptr, &pipeline),
          "make a graphics pipeline");
    return {device_.handle(), pipeline};
  }

 private:
  const Device& device_;
  VkPipelineLayout layout_;
  std::filesystem::path folder_;
};

}  // namespace

Pipelines::Pipelines(const Device& device, const PipelineSpec& spec, const std::filesystem::path& folder)
    : set_layout_(make_set_layout(device)), layout_(make_layout(device, set_layout_.get())) {
  const Maker maker(device, layout_.get(), folder);
  Recipe caster{.vertex = "shadow/depth.vert.spv"};
  caster.mesh = true;
  caster.depth = depth_format;
  caster.depth_write = caster.depth_bias = true;
  caster.depth_clamp = spec.depth_clamp;
  caster.depth_compare = VK_COMPARE_OP_LESS_OR_EQUAL;
  shadow = maker.make(caster);

  Recipe lit{.vertex = nullptr};
  lit.colour = lit_format;
  lit.depth = depth_format;
  lit.samples = spec.samples;
  lit.views = both_eyes;
  lit.depth_compare = VK_COMPARE_OP_GREATER;  // reverse depth

  for (std::uint32_t kind = 0; kind < surface_kinds; ++kind) {
    Recipe solid = lit;
    solid.vertex = "scene/surface.vert.spv";
    solid.fragment = "scene/surface.frag.spv";
    solid.constants = {kind, VK_TRUE};
    solid.mesh = solid.depth_write = true;
    solid.cull = VK_CULL_MODE_BACK_BIT;
    if (kind != static_cast<std::uint32_t>(scene::Surface::glass)) {
      opaque[kind] = maker.make(solid);
      solid.constants[1] = VK_FALSE;
      far_opaque[kind] = maker.make(solid);
      solid.constants[1] = VK_TRUE;
    }
    solid.depth_write = false;
    solid.blend = true;
    blended[kind] = maker.make(solid);
  }

  Recipe far = lit;
  far.vertex = "sky/sky.vert.spv";
  far.fragment = "sky/sky.frag.spv";
  far.depth_compare = VK_COMPARE_OP_GREATER_OR_EQUAL;
  far.strip = true;
  sky = maker.make(far);

  Recipe flat = lit;
  flat.strip = flat.blend = true;
  flat.depth_compare =
      VK_COMPARE_OP_ALWAYS;  // nothing stands before what a patient reads, the stop mark above all
  flat.vertex = "panel/body.vert.spv";
  flat.fragment = "panel/body.frag.spv";
  panel_body = maker.make(flat);
  flat.vertex = "panel/glyph.vert.spv";
  flat.fragment = "panel/glyph.frag.spv";
  flat.constants[0] = std::bit_cast<std::uint32_t>(spec.atlas_spread_texels);
  panel_glyph = maker.make(flat);

  Recipe last{.vertex = "output/output.vert.spv", .fragment = "output/output.frag.spv"};
  last.constants = {static_cast<std::uint32_t>(spec.target.encoding),
                    std::bit_cast<std::uint32_t>(static_cast<float>(spec.target.coarse_steps))};
  last.colour = spec.target.format;
  last.views = both_eyes;
  last.strip = true;
  output = maker.make(last);

  Recipe meter{.vertex = "output/output.vert.spv", .fragment = "light/light.frag.spv"};
  meter.constants[0] = light_cells;
  meter.colour = light_format;
  meter.views = both_eyes;
  meter.strip = true;
  light = maker.make(meter);
}

std::filesystem::path shader_folder() {
  const auto beside = core::program_folder() / "shaders";
  if (std::filesystem::exists(beside)) return beside;
  return core::program_folder().parent_path() / "shaders";
}

}  // namespace attune::render
