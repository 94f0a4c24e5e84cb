#include "attune/render/renderer.hpp"

#include <algorithm>
#include <array>

#include "render/atlas_texture.hpp"
#include "render/draw_plan.hpp"
#include "render/font.hpp"
#include "render/frame_slot.hpp"
#include "render/passes.hpp"
#include "render/pipelines.hpp"
#include "render/read_back.hpp"
#include "render/target_format.hpp"
#include "render/view.hpp"

namespace attune::render {
namespace {

// The wide map reaches this many times as far as the sharp one.
constexpr float wide_over_near = 8.0F;
// How far towards the sun, and away from it, a map reaches: as many of its radii and as many metres.
constexpr float depth_radii = 3.0F;
constexpr float depth_extra_m = 150.0F;

VkFormatFeatureFlags features(const Device& device, VkFormat format) {
  VkFormatProperties properties{};
  vkGetPhysicalDeviceFormatProperties(device.physical(), format, &properties);
  return properties.optimalTilingFeatures;
}

core::Result<void> check_spec(const Device& device, const RendererSpec& spec) {
  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(device.physical(), &properties);
  const auto most = properties.limits.maxImageDimension2D;
  if (spec.width == 0 || spec.height == 0 || spec.width > most || spec.height > most)
    return core::failed("a picture of " + std::to_string(spec.width) + " × " + std::to_string(spec.height) +
                        " pixels cannot be drawn: 1 to " + std::to_string(most) + " a side are possible");
  if (spec.samples != 1 && spec.samples != 4)
    return core::failed(std::to_string(spec.samples) +
                        " samples a pixel cannot be drawn: 1 or 4 are possible");
  if (spec.shadow_size == 0 || spec.shadow_size > most)
    return core::failed("shadow maps of " + std::to_string(spec.shadow_size) +
                        " texels a side cannot be made");
  if (find_target_format(spec.colour_format) == nullptr ||
      (features(device, spec.colour_format) & VK_FORMAT_FEATURE_COLOR_ATTACHMENT_BIT) == 0)
    return core::failed("the picture format " + std::to_string(spec.colour_format) +
                        " (a VkFormat) is none the renderer can draw to");
  return {};
}

SamplerHandle make_sampler(const Device& device, VkSamplerCreateInfo info) {
  info.sType = VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO;
  VkSampler sampler = VK_NULL_HANDLE;
  check(vkCreateSampler(device.handle(), &info, nullptr, &sampler), "make a sampler");
  return {device.handle(), sampler};
}

SamplerHandle make_shadow_sampler(const Device& device) {
  VkSamplerCreateInfo info{};
  info.magFilter = info.minFilter = VK_FILTER_NEAREST;  // the shader gathers texels and weights them itself
  info.addressModeU = info.addressModeV = info.addressModeW = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_BORDER;
  info.borderColor = VK_BORDER_COLOR_FLOAT_OPAQUE_WHITE;  // outside the map the sun shines
  info.compareEnable = VK_TRUE;
  info.compareOp = VK_COMPARE_OP_LESS_OR_EQUAL;
  return make_sampler(device, info);
}

SamplerHandle make_atlas_sampler(const Device& device) {
  VkPhysicalDeviceFeatures has{};
  vkGetPhysicalDeviceFeatures(device.physical(), &has);
  VkSamplerCreateInfo info{};
  info.magFilter = info.minFilter = VK_FILTER_LINEAR;
  info.mipmapMode = VK_SAMPLER_MIPMAP_MODE_LINEAR;
  info.addressModeU = info.addressModeV = info.addressModeW = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  info.maxLod = VK_LOD_CLAMP_NONE;
  info.anisotropyEnable = has.samplerAnisotropy;
  info.maxAnisotropy = 4.0F;
  return make_sampler(device, info);
}

SamplerHandle make_exact_sampler(const Device& device) {
  VkSamplerCreateInfo info{};
  info.addressModeU = info.addressModeV = info.addressModeW = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  return make_sampler(device, info);
}

SemaphoreHandle make_time_line(const Device& device) {
  VkSemaphoreTypeCreateInfo type{};
  type.sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO;
  type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE;
  VkSemaphoreCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO;
  info.pNext = &type;
  VkSemaphore semaphore = VK_NULL_HANDLE;
  check(vkCreateSemaphore(device.handle(), &info, nullptr, &semaphore), "make a time line");
  return {device.handle(), semaphore};
}

PipelineSpec pipeline_spec(const Device& device, const RendererSpec& spec) {
  VkPhysicalDeviceFeatures has{};
  vkGetPhysicalDeviceFeatures(device.physical(), &has);
  return {.target = *find_target_format(spec.colour_format),
          .samples = spec.samples == 4 ? VK_SAMPLE_COUNT_4_BIT : VK_SAMPLE_COUNT_1_BIT,
          .depth_clamp = has.depthClamp == VK_TRUE,
          .atlas_spread_texels = GlyphAtlas::spread_texels};
}

GlyphAtlas no_glyphs() { return *GlyphAtlas::open(std::span<const std::filesystem::path>{}); }

FrameUniforms uniforms_of(const scene::DrawList& list, std::span<const scene::Eye, 2> eyes,
                          const std::array<ShadowMap, 2>& maps, std::uint32_t shadow_size) {
  const auto& air = list.environment;
  FrameUniforms out;
  for (std::size_t e = 0; e < 2; ++e) {
    out.eyes[e] = eye_uniforms(eyes[e]);
    out.shadow_from_session[e] = maps[e].map_from_session;
  }
  out.to_sun = {glm::normalize(air.to_sun), list.time_s};
  out.sun_colour = {air.sun_colour, air.exposure};
  out.zenith_colour = {air.zenith_colour, air.haze_per_m};
  out.horizon_colour = {air.horizon_colour, std::clamp(list.fade, 0.0F, 1.0F)};
  out.ground_colour = {air.ground_colour, 0.0F};
  out.shadow = {1.0F / static_cast<float>(shadow_size), maps[0].texel_m, maps[1].texel_m, 0.0F};
  return out;
}

struct TargetView {
  VkImage image;
  ViewHandle view;
};

}  // namespace

struct Renderer::State {
  Device& device;
  RendererSpec spec;
  Pipelines pipelines;
  Attachments attachments;
  SamplerHandle shadow_sampler, atlas_sampler, exact_sampler;
  SemaphoreHandle time_line;
  GlyphAtlas atlas = no_glyphs();
  bool has_font = false;
  Image atlas_image;
  Geometry geometry;
  std::vector<TargetView> targets;
  DrawPlan plan;
  PanelBatch panels;
  std::uint64_t frame = 0;  // the last one submitted
  std::optional<ShownLight> light;
  std::array<FrameSlot, frames_in_flight> slots;

  State(Device& on, const RendererSpec& wanted)
      : device(on),
        spec(wanted),
        pipelines(on, pipeline_spec(on, wanted), shader_folder()),
        attachments(on, wanted.width, wanted.height,
                    wanted.samples == 4 ? VK_SAMPLE_COUNT_4_BIT : VK_SAMPLE_COUNT_1_BIT, wanted.shadow_size),
        shadow_sampler(make_shadow_sampler(on)),
        atlas_sampler(make_atlas_sampler(on)),
        exact_sampler(make_exact_sampler(on)),
        time_line(make_time_line(on)),
        atlas_image(upload_atlas(on, atlas)),
        slots{FrameSlot(on, pipelines.set_layout()), FrameSlot(on, pipelines.set_layout())} {
    for (auto& slot : slots) {
      slot.bind_image(shadow_binding, attachments.shadow.view(), shadow_sampler.get(),
                      VK_IMAGE_LAYOUT_DEPTH_READ_ONLY_OPTIMAL);
      slot.bind_image(lit_binding, attachments.lit.view(), exact_sampler.get(),
                      VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL);
    }
    bind_atlas();
    targets.reserve(8);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { vkDeviceWaitIdle(device.handle()); }

  void bind_atlas() {
    for (auto& slot : slots)
      slot.bind_image(atlas_binding, atlas_image.view(), atlas_sampler.get(),
                      VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL);
  }

  void wait_for(std::uint64_t value) const {
    const auto semaphore = time_line.get();
    VkSemaphoreWaitInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO;
    info.semaphoreCount = 1;
    info.pSemaphores = &semaphore;
    info.pValues = &value;
    check(vkWaitSemaphores(device.handle(), &info, UINT64_MAX), "wait for the GPU");
  }

  VkImageView view_of(VkImage target) {
    for (const auto& known : targets) {
      if (known.image == target) return known.view.get();
    }
    targets.push_back(
        {target, make_view(device.handle(), target, spec.colour_format, VK_IMAGE_ASPECT_COLOR_BIT, 0, 2)});
    return targets.back().view.get();
  }

  void submit(const FrameSlot& slot) {
    VkCommandBufferSubmitInfo commands{};
    commands.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO;
    commands.commandBuffer = slot.commands();
    VkSemaphoreSubmitInfo done{};
    done.sType = VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO;
    done.semaphore = time_line.get();
    done.value = slot.frame;
    done.stageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
    VkSubmitInfo2 info{};
    info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO_2;
    info.commandBufferInfoCount = 1;
    info.pCommandBufferInfos = &commands;
    info.signalSemaphoreInfoCount = 1;
    info.pSignalSemaphoreInfos = &done;
    check(vkQueueSubmit2(device.queue(), 1, &info, VK_NULL_HANDLE), "submit a frame");
  }

  core::Result<void> draw(const scene::DrawList& list, std::span<const scene::Eye, 2> eyes, VkImage target) {
    const auto next = frame + 1;
    auto& slot = slots[next % frames_in_flight];
    wait_for(slot.frame);
    if (slot.frame > 0) light = ShownLight{slot.frame, slot.light()};

    const auto& air = list.environment;
    const auto map_of = [&](float radius_m) {
      return shadow_map(air.to_sun, air.shadow_centre_m, radius_m, depth_radii * radius_m + depth_extra_m,
                        spec.shadow_size);
    };
    const std::array maps{map_of(air.shadow_radius_m), map_of(wide_over_near * air.shadow_radius_m)};
    const auto uniforms = uniforms_of(list, eyes, maps, spec.shadow_size);
    if (auto planned = attune::render::plan(list, uniforms.eyes, maps, geometry, plan); !planned)
      return planned;
    lay_out_panels(list.panels, plan.panels, point_before(uniforms.eyes), atlas, panels);
    slot.fill(uniforms, plan, panels);
    const auto view = view_of(target);

    const PassInput input{slot, pipelines, attachments, geometry, plan, panels, maps};
    const auto commands = slot.begin();
    slot.stamp(0);
    record_shadow_pass(input);
    slot.stamp(1);
    record_scene_pass(input);
    slot.stamp(2);
    record_output_pass(input, target, view);
    slot.stamp(3);
    record_light_pass(input);
    slot.stamp(4);
    check(vkEndCommandBuffer(commands), "end a command buffer");
    slot.frame = next;
    submit(slot);
    frame = next;
    return {};
  }
};

namespace {

/// Runs what may throw a VulkanError and gives it back as an error.
template <typename Work>
auto guarded(const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const VulkanError& error) {
    return core::failed(error.what());
  }
}

}  // namespace

Renderer::Renderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

core::Result<Renderer> Renderer::make(Device& device, const RendererSpec& spec) {
  if (auto fits = check_spec(device, spec); !fits) return fits.error();
  return guarded([&]() -> core::Result<Renderer> { return Renderer(std::make_unique<State>(device, spec)); });
}

std::optional<std::int64_t> Renderer::choose_format(std::span<const std::int64_t> offered) {
  std::optional<std::int64_t> last_resort;
  for (const auto format : offered) {
    const auto* known = find_target_format(static_cast<VkFormat>(format));
    if (known == nullptr) continue;
    if (!known->last_resort) return format;
    if (!last_resort) last_resort = format;
  }
  return last_resort;
}

const RendererSpec& Renderer::spec() const { return state_->spec; }

core::Result<void> Renderer::load(const scene::WorldGeometry& geometry) {
  auto packed = pack(geometry);
  if (!packed) return packed.error();
  return guarded([&]() -> core::Result<void> {
    state_->device.wait_idle();
    state_->geometry = Geometry(state_->device, *std::move(packed));
    return {};
  });
}

core::Result<void> Renderer::prepare_text(std::span<const std::string_view> texts) {
  if (!state_->has_font) {
    auto opened = GlyphAtlas::open();
    if (!opened) return opened.error();
    state_->atlas = *std::move(opened);
    state_->has_font = true;
  }
  bool changed = false;
  for (const auto text : texts) changed = state_->atlas.add(text) || changed;
  if (!changed) return {};
  return guarded([&]() -> core::Result<void> {
    state_->device.wait_idle();
    state_->atlas_image = upload_atlas(state_->device, state_->atlas);
    state_->bind_atlas();
    return {};
  });
}

core::Result<void> Renderer::draw(const scene::DrawList& list, std::span<const scene::Eye, 2> eyes,
                                  VkImage target) {
  return guarded([&] { return state_->draw(list, eyes, target); });
}

void Renderer::forget_targets() {
  state_->device.wait_idle();
  state_->targets.clear();
}

core::Result<Picture> Renderer::read_back(VkImage target, std::uint32_t layer) {
  if (layer > 1) return core::failed("a target has the layers 0 and 1, not " + std::to_string(layer));
  return guarded([&]() -> core::Result<Picture> {
    return read_layer(state_->device, target, *find_target_format(state_->spec.colour_format),
                      state_->spec.width, state_->spec.height, layer);
  });
}

std::optional<GpuTimes> Renderer::gpu_times() const {
  std::uint64_t finished = 0;
  if (vkGetSemaphoreCounterValue(state_->device.handle(), state_->time_line.get(), &finished) != VK_SUCCESS)
    return std::nullopt;
  const FrameSlot* latest = nullptr;
  for (const auto& slot : state_->slots) {
    if (slot.frame > 0 && slot.frame <= finished && (latest == nullptr || slot.frame > latest->frame))
      latest = &slot;
  }
  std::array<std::uint64_t, stamp_count> ticks{};
  if (latest == nullptr || !latest->stamps(ticks)) return std::nullopt;
  const auto ms = [&](std::size_t from) {
    return static_cast<double>(ticks[from + 1] - ticks[from]) * state_->device.timestamp_ns() * 1e-6;
  };
  return GpuTimes{ms(0), ms(1), ms(2), ms(3)};
}

std::optional<ShownLight> Renderer::light() const { return state_->light; }

std::uint64_t Renderer::frames() const { return state_->frame; }

}  // namespace attune::render
