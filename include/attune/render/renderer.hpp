#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "attune/core/result.hpp"
#include "attune/render/device.hpp"
#include "attune/render/picture.hpp"
#include "attune/scene/draw_list.hpp"

namespace attune::render {

struct RendererSpec {
  std::uint32_t width = 0, height = 0;               ///< pixels an eye
  VkFormat colour_format = VK_FORMAT_R8G8B8A8_SRGB;  ///< of the targets: what `choose_format` gave
  std::uint32_t samples = 4;                         ///< 1 or 4
  std::uint32_t shadow_size = 1024;                  ///< texels along a side of each of the two shadow maps
};

/// What the GPU spent on one frame.
struct GpuTimes {
  double shadow_ms = 0, scene_ms = 0, output_ms = 0;
  double light_ms = 0;  ///< measuring how bright the picture is
  [[nodiscard]] double total_ms() const { return shadow_ms + scene_ms + output_ms + light_ms; }
};

/// How bright one of the pictures was.
struct ShownLight {
  std::uint64_t frame = 0;  ///< which: as `Renderer::frames` counted once it was submitted
  /// Mean luminance of both eyes' pictures, each direction weighing the same; 0 black, 1 the display's white.
  /// Of linear light with the weights of ITU-R BT.709, after tone mapping and fade, and of points spread over
  /// the picture.
  float luminance = 0.0F;
};

/// Draws a scene's draw lists, both eyes in one pass. Nothing is allocated for a frame once a few have been
/// drawn.
///
///     auto renderer = Renderer::make(device, {.width = 1440, .height = 1600, .colour_format = format});
///     renderer->prepare_text(texts);
///     renderer->load(world.geometry());
///     renderer->draw(draw_list, eyes, swapchain_image);
class Renderer {
 public:
  /// `device` must outlive the renderer. Errors, status 1: a format or size the device cannot do, a shader
  /// missing.
  [[nodiscard]] static core::Result<Renderer> make(Device& device, const RendererSpec& spec);
  Renderer(Renderer&&) noexcept;
  Renderer& operator=(Renderer&&) noexcept;
  ~Renderer();  ///< waits for the GPU

  /// The format to draw to of those that a runtime offers (VkFormat values), whose order is kept: the first
  /// that shows no bands; where there is none, the first that can be drawn to at all. Every one shows a
  /// compositor the same light: SRGB formats hold it encoded, all others linear (docs/worlds.md).
  [[nodiscard]] static std::optional<std::int64_t> choose_format(std::span<const std::int64_t> offered);
  [[nodiscard]] const RendererSpec& spec() const;

  /// Uploads a world's meshes in place of those before. Errors: an index outside its mesh, no memory.
  [[nodiscard]] core::Result<void> load(const scene::WorldGeometry& geometry);
  /// Makes glyphs for every character of `texts`; those of earlier calls stay. A character without a glyph,
  /// and one that was never prepared, is drawn as a box. Errors, status 1: no usable font is installed.
  [[nodiscard]] core::Result<void> prepare_text(std::span<const std::string_view> texts);

  /// Records and submits one frame into both layers of `target`, which needs colour-attachment usage (and
  /// transfer-source usage where it is read back), need not be in any layout and is left in
  /// COLOR_ATTACHMENT_OPTIMAL, as OpenXR wants. Waits only when the GPU is two frames behind. Errors, status
  /// 1: the device was lost; 2: an instance names a mesh that is not there.
  [[nodiscard]] core::Result<void> draw(const scene::DrawList& list, std::span<const scene::Eye, 2> eyes,
                                        VkImage target);
  /// Views of targets are kept by handle: call this (or destroy the renderer) before targets are destroyed.
  void forget_targets();

  /// One layer (0 left, 1 right) of a target that was just drawn; waits for it. The picture looks the same
  /// whatever the target's format. The target needs transfer-source usage, and is again in
  /// COLOR_ATTACHMENT_OPTIMAL afterwards.
  [[nodiscard]] core::Result<Picture> read_back(VkImage target, std::uint32_t layer);

  /// Of the frame two before the last one submitted, for which `draw` has waited anyway: which one it is
  /// hangs on no GPU's speed. Nothing until there are three.
  [[nodiscard]] std::optional<ShownLight> light() const;

  /// Of the last frame that the GPU is known to have finished; none before that, or without timestamps.
  [[nodiscard]] std::optional<GpuTimes> gpu_times() const;
  [[nodiscard]] std::uint64_t frames() const;  ///< submitted so far

 private:
  struct State;
  explicit Renderer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Two layers to draw into where there is no headset.
class StereoTarget {
 public:
  /// Errors, status 1: no memory, or a format the device cannot do.
  [[nodiscard]] static core::Result<StereoTarget> make(Device& device, std::uint32_t width,
                                                       std::uint32_t height, VkFormat format);
  StereoTarget(StereoTarget&&) noexcept;
  StereoTarget& operator=(StereoTarget&&) noexcept;
  ~StereoTarget();

  [[nodiscard]] VkImage image() const;

 private:
  struct State;
  explicit StereoTarget(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace attune::render
