#pragma once

#include <array>

#include "render/draw_plan.hpp"
#include "render/frame_slot.hpp"
#include "render/geometry.hpp"
#include "render/panel_data.hpp"
#include "render/pipelines.hpp"
#include "render/resources.hpp"

namespace attune::render {

/// The pictures between the passes. One of each serves all frames, since one queue draws them in order.
struct Attachments {
  Attachments(const Device& device, std::uint32_t width, std::uint32_t height, VkSampleCountFlagBits samples,
              std::uint32_t shadow_size);

  Image shadow;                            ///< two layers: near and wide
  std::array<ViewHandle, 2> shadow_layer;  ///< each alone, to draw into
  Image sampled, depth;                    ///< both eyes, multisampled; `sampled` is empty with one sample
  Image lit;                               ///< both eyes, resolved
  Image light;                             ///< both eyes, the light of each cell of `lit`
};

/// All that the passes read.
struct PassInput {
  FrameSlot& slot;
  const Pipelines& pipelines;
  const Attachments& attachments;
  const Geometry& geometry;
  const DrawPlan& plan;
  const PanelBatch& panels;
  const std::array<ShadowMap, 2>& maps;
};

/// Casters into both shadow maps.
void record_shadow_pass(const PassInput& in);
/// Surfaces, sky, what is blended, panels; both eyes at once, into `lit`.
void record_scene_pass(const PassInput& in);
/// Tone mapping, fade and encoding, from `lit` into a target.
void record_output_pass(const PassInput& in, VkImage target, VkImageView view);
/// How bright `lit` is where it is shown, from `lit` into the slot's own buffer.
void record_light_pass(const PassInput& in);

}  // namespace attune::render
