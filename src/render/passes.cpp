#include "render/passes.hpp"

namespace attune::render {
namespace {

constexpr VkImageAspectFlags colour_aspect = VK_IMAGE_ASPECT_COLOR_BIT;
constexpr VkImageAspectFlags depth_aspect = VK_IMAGE_ASPECT_DEPTH_BIT;

constexpr Use sampled_colour{VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT,
                             VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL};
constexpr Use sampled_depth{VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT,
                            VK_IMAGE_LAYOUT_DEPTH_READ_ONLY_OPTIMAL};
constexpr Use drawn_colour{VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                           VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT | VK_ACCESS_2_COLOR_ATTACHMENT_READ_BIT,
                           VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL};
constexpr Use drawn_depth{
    VK_PIPELINE_STAGE_2_EARLY_FRAGMENT_TESTS_BIT | VK_PIPELINE_STAGE_2_LATE_FRAGMENT_TESTS_BIT,
    VK_ACCESS_2_DEPTH_STENCIL_ATTACHMENT_WRITE_BIT | VK_ACCESS_2_DEPTH_STENCIL_ATTACHMENT_READ_BIT,
    VK_IMAGE_LAYOUT_DEPTH_ATTACHMENT_OPTIMAL};

constexpr Use copied_from{VK_PIPELINE_STAGE_2_COPY_BIT, VK_ACCESS_2_TRANSFER_READ_BIT,
                          VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL};

/// What an image was used for before, with its content no longer wanted.
constexpr Use forgotten(const Use& use) { return {use.stage, use.access, VK_IMAGE_LAYOUT_UNDEFINED}; }

void set_area(VkCommandBuffer commands, VkExtent2D size) {
  const VkViewport viewport{0.0F, 0.0F, static_cast<float>(size.width), static_cast<float>(size.height),
                            0.0F, 1.0F};
  const VkRect2D scissor{{0, 0}, size};
  vkCmdSetViewport(commands, 0, 1, &viewport);
  vkCmdSetScissor(commands, 0, 1, &scissor);
}

VkRenderingAttachmentInfo attachment(VkImageView view, VkImageLayout layout, VkAttachmentLoadOp load,
                                     VkAttachmentStoreOp store) {
  VkRenderingAttachmentInfo info{};
  info.sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO;
  info.imageView = view;
  info.imageLayout = layout;
  info.loadOp = load;
  info.storeOp = store;
  return info;
}

VkRenderingInfo rendering(VkExtent2D size, std::uint32_t views, const VkRenderingAttachmentInfo* colour,
                          const VkRenderingAttachmentInfo* depth) {
  VkRenderingInfo info{};
  info.sType = VK_STRUCTURE_TYPE_RENDERING_INFO;
  info.renderArea = {{0, 0}, size};
  info.layerCount = 1;
  info.viewMask = views;
  info.colorAttachmentCount = colour != nullptr ? 1U : 0U;
  info.pColorAttachments = colour;
  info.pDepthAttachment = depth;
  return info;
}

void bind_set(const PassInput& in) {
  const auto set = in.slot.set();
  vkCmdBindDescriptorSets(in.slot.commands(), VK_PIPELINE_BIND_POINT_GRAPHICS, in.pipelines.layout(), 0, 1,
                          &set, 0, nullptr);
}

void bind_geometry(const PassInput& in) {
  if (in.geometry.vertices() == VK_NULL_HANDLE) return;
  const auto vertices = in.geometry.vertices();
  const VkDeviceSize start = 0;
  vkCmdBindVertexBuffers(in.slot.commands(), 0, 1, &vertices, &start);
  vkCmdBindIndexBuffer(in.slot.commands(), in.geometry.indices(), 0, VK_INDEX_TYPE_UINT32);
}

/// Draws batches, each with the pipeline that `pipeline_of` gives for it and its kind of surface.
template <typename PipelineOf>
void draw_batches(const PassInput& in, const std::vector<Batch>& batches, const PipelineOf& pipeline_of) {
  const auto commands = in.slot.commands();
  VkPipeline bound = VK_NULL_HANDLE;
  for (const auto& batch : batches) {
    const auto& part = in.geometry.parts()[batch.part];
    const VkPipeline pipeline = pipeline_of(batch, part.surface);
    if (pipeline != bound) vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, pipeline);
    bound = pipeline;
    vkCmdDrawIndexed(commands, part.index_count, batch.count + (batch.ends_with_point ? 1U : 0U),
                     part.first_index, part.vertex_offset, batch.first);
  }
}

void draw_panels(const PassInput& in) {
  const auto commands = in.slot.commands();
  for (std::uint32_t i = 0; i < in.panels.draws.size(); ++i) {
    const auto& panel = in.panels.draws[i];
    vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, in.pipelines.panel_body.get());
    vkCmdDraw(commands, 4, 2, 0, 2 * i);
    if (panel.glyph_count == 0) continue;
    vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, in.pipelines.panel_glyph.get());
    vkCmdDraw(commands, 4, panel.glyph_count + 1, 0, panel.first_glyph);
  }
}

}  // namespace

Attachments::Attachments(const Device& device, std::uint32_t width, std::uint32_t height,
                         VkSampleCountFlagBits samples, std::uint32_t shadow_size)
    : shadow(device, {.format = depth_format,
                      .width = shadow_size,
                      .height = shadow_size,
                      .layers = 2,
                      .usage = VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT,
                      .aspect = depth_aspect}),
      depth(device, {.format = depth_format,
                     .width = width,
                     .height = height,
                     .layers = 2,
                     .samples = samples,
                     .usage = VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT,
                     .aspect = depth_aspect}),
      lit(device, {.format = lit_format,
                   .width = width,
                   .height = height,
                   .layers = 2,
                   .usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT}),
      light(device, {.format = light_format,
                     .width = light_cells,
                     .height = light_cells,
                     .layers = 2,
                     .usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT}) {
  for (std::uint32_t layer = 0; layer < 2; ++layer)
    shadow_layer[layer] = make_view(device.handle(), shadow.get(), depth_format, depth_aspect, layer, 1);
  if (samples != VK_SAMPLE_COUNT_1_BIT)
    sampled = Image(device, {.format = lit_format,
                             .width = width,
                             .height = height,
                             .layers = 2,
                             .samples = samples,
                             .usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT});
}

void record_shadow_pass(const PassInput& in) {
  const auto commands = in.slot.commands();
  const auto& shadow = in.attachments.shadow;
  const VkExtent2D size{shadow.spec().width, shadow.spec().height};
  Use before = forgotten(sampled_depth);
  before.stage |= drawn_depth.stage;
  before.access = drawn_depth.access;
  barrier(commands, shadow.get(), depth_aspect, before, drawn_depth);
  bind_set(in);
  bind_geometry(in);
  for (std::size_t map = 0; map < in.maps.size(); ++map) {
    auto depth = attachment(in.attachments.shadow_layer[map].get(), VK_IMAGE_LAYOUT_DEPTH_ATTACHMENT_OPTIMAL,
                            VK_ATTACHMENT_LOAD_OP_CLEAR, VK_ATTACHMENT_STORE_OP_STORE);
    depth.clearValue.depthStencil.depth = 1.0F;
    const auto info = rendering(size, 0, nullptr, &depth);
    vkCmdBeginRendering(commands, &info);
    set_area(commands, size);
    vkCmdPushConstants(commands, in.pipelines.layout(), VK_SHADER_STAGE_VERTEX_BIT, 0, sizeof(glm::mat4),
                       &in.maps[map].clip_from_session);
    draw_batches(in, in.plan.shadow[map],
                 [&](const Batch&, std::uint32_t) { return in.pipelines.shadow.get(); });
    vkCmdEndRendering(commands);
  }
  barrier(commands, shadow.get(), depth_aspect, drawn_depth, sampled_depth);
}

void record_scene_pass(const PassInput& in) {
  const auto commands = in.slot.commands();
  const auto& pictures = in.attachments;
  const VkExtent2D size{pictures.lit.spec().width, pictures.lit.spec().height};
  const bool resolves = pictures.sampled.get() != VK_NULL_HANDLE;
  Use lit_before = forgotten(sampled_colour);
  lit_before.stage |= drawn_colour.stage;
  lit_before.access = VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT;
  barrier(commands, pictures.lit.get(), colour_aspect, lit_before, drawn_colour);
  barrier(commands, pictures.depth.get(), depth_aspect, forgotten(drawn_depth), drawn_depth);
  if (resolves)
    barrier(commands, pictures.sampled.get(), colour_aspect, forgotten(drawn_colour), drawn_colour);

  // The sky covers what nothing else does, so no colour needs clearing; reverse depth starts infinitely far,
  // at 0.
  auto colour = attachment(resolves ? pictures.sampled.view() : pictures.lit.view(),
                           VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL, VK_ATTACHMENT_LOAD_OP_DONT_CARE,
                           resolves ? VK_ATTACHMENT_STORE_OP_DONT_CARE : VK_ATTACHMENT_STORE_OP_STORE);
  if (resolves) {
    colour.resolveMode = VK_RESOLVE_MODE_AVERAGE_BIT;
    colour.resolveImageView = pictures.lit.view();
    colour.resolveImageLayout = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
  }
  const auto depth = attachment(pictures.depth.view(), VK_IMAGE_LAYOUT_DEPTH_ATTACHMENT_OPTIMAL,
                                VK_ATTACHMENT_LOAD_OP_CLEAR, VK_ATTACHMENT_STORE_OP_DONT_CARE);
  const auto info = rendering(size, both_eyes, &colour, &depth);
  vkCmdBeginRendering(commands, &info);
  set_area(commands, size);
  bind_set(in);
  bind_geometry(in);
  draw_batches(in, in.plan.opaque, [&](const Batch& batch, std::uint32_t kind) {
    return (batch.far ? in.pipelines.far_opaque : in.pipelines.opaque)[kind].get();
  });
  vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, in.pipelines.sky.get());
  vkCmdDraw(commands, 4, 1, 0, 0);
  draw_batches(in, in.plan.blended,
               [&](const Batch&, std::uint32_t kind) { return in.pipelines.blended[kind].get(); });
  draw_panels(in);
  vkCmdEndRendering(commands);
  barrier(commands, pictures.lit.get(), colour_aspect, drawn_colour, sampled_colour);
}

void record_output_pass(const PassInput& in, VkImage target, VkImageView view) {
  const auto commands = in.slot.commands();
  const VkExtent2D size{in.attachments.lit.spec().width, in.attachments.lit.spec().height};
  barrier(commands, target, colour_aspect, forgotten(drawn_colour), drawn_colour);
  const auto colour = attachment(view, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                                 VK_ATTACHMENT_LOAD_OP_DONT_CARE, VK_ATTACHMENT_STORE_OP_STORE);
  const auto info = rendering(size, both_eyes, &colour, nullptr);
  vkCmdBeginRendering(commands, &info);
  set_area(commands, size);
  bind_set(in);
  vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, in.pipelines.output.get());
  vkCmdDraw(commands, 4, 1, 0, 0);
  vkCmdEndRendering(commands);
}

void record_light_pass(const PassInput& in) {
  const auto commands = in.slot.commands();
  const auto& light = in.attachments.light;
  const VkExtent2D size{light_cells, light_cells};
  barrier(commands, light.get(), colour_aspect, forgotten(copied_from), drawn_colour);
  const auto colour = attachment(light.view(), VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                                 VK_ATTACHMENT_LOAD_OP_DONT_CARE, VK_ATTACHMENT_STORE_OP_STORE);
  const auto info = rendering(size, both_eyes, &colour, nullptr);
  vkCmdBeginRendering(commands, &info);
  set_area(commands, size);
  bind_set(in);
  vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, in.pipelines.light.get());
  vkCmdDraw(commands, 4, 1, 0, 0);
  vkCmdEndRendering(commands);
  barrier(commands, light.get(), colour_aspect, drawn_colour, copied_from);
  VkBufferImageCopy region{};
  region.imageSubresource = {colour_aspect, 0, 0, 2};
  region.imageExtent = {size.width, size.height, 1};
  vkCmdCopyImageToBuffer(commands, light.get(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, in.slot.light_buffer(),
                         1, &region);
  make_copies_visible(commands);
}

}  // namespace attune::render
