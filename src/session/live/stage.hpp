#pragma once

#include <memory>
#include <optional>
#include <string>

#include "attune/render/device.hpp"
#include "attune/render/renderer.hpp"
#include "attune/scene/world.hpp"
#include "attune/xr/headset.hpp"
#include "session/live/runtime_watch.hpp"

namespace attune::session {

/// What came of drawing a frame.
struct Drawn {
  bool shown = false;                                 ///< false: the runtime had no free image
  std::optional<core::Result<render::Picture>> left;  ///< what the left eye sees, where it was wanted
};

/// Headset and renderer bound to each other. Members stand in the order in which they must outlive each
/// other: the runtime's session uses the device, the renderer uses the session's pictures.
class Stage {
 public:
  /// Waits for a headset as `xr::Headset::open` does. `watch` is told of the calls that may not return.
  [[nodiscard]] static core::Result<Stage> open(double patience_s, const std::atomic<bool>* interrupted,
                                                RuntimeWatch& watch);
  Stage(Stage&&) = default;

  /// Uploads the world and the glyphs of all texts that may be shown.
  [[nodiscard]] core::Result<void> load(const scene::World& world, const std::vector<std::string>& texts);

  /// Draws and hands over one frame, between `begin_frame` and its end. `picture`: the left eye's is read
  /// back; whether that works has no say in what the patient sees.
  [[nodiscard]] core::Result<Drawn> draw(const xr::FrameTime& time, const std::array<xr::View, 2>& views,
                                         const scene::DrawList& list, bool picture);

  /// How many pictures were drawn, and the latest of them whose light is known.
  [[nodiscard]] std::uint64_t pictures() const { return renderer_->frames(); }
  [[nodiscard]] std::optional<render::ShownLight> light() const { return renderer_->light(); }

  [[nodiscard]] xr::Headset& headset() { return *headset_; }
  [[nodiscard]] const render::Device& device() const { return *device_; }

 private:
  Stage() = default;
  std::unique_ptr<render::Device> device_;
  std::unique_ptr<xr::Headset> headset_;
  std::unique_ptr<render::Renderer> renderer_;
};

}  // namespace attune::session
