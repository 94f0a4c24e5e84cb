#include "session/live/stage.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace attune::session {

namespace {

core::Result<std::unique_ptr<render::Device>> make_device(xr::Headset& headset) {
  const auto instance_request = render::InstanceRequest::make();
  if (!instance_request) return instance_request.error();
  auto& maker = headset.vulkan();
  const auto instance = maker.make_instance(instance_request->create_info());
  if (!instance) return instance.error();
  // The renderer's functions come with the instance it is told of; asking for the device needs them already.
  volkLoadInstance(*instance);
  const auto physical = maker.choose_device(*instance);
  if (!physical) return physical.error();
  const auto device_request = render::DeviceRequest::make(*instance, *physical);
  if (!device_request) return device_request.error();
  const auto device = maker.make_device(*physical, device_request->create_info());
  if (!device) return device.error();
  auto adopted = render::Device::adopt({*instance, *physical, *device, device_request->queue_family()},
                                       *instance_request);
  if (!adopted) return adopted.error();
  return std::make_unique<render::Device>(std::move(*adopted));
}

scene::Eye eye_of(const xr::View& view) {
  return {view.pose.position_m, view.pose.orientation, view.left_rad,
          view.right_rad,       view.up_rad,           view.down_rad};
}

/// Texels along a side of the shadow maps: a headset's, or as many as a smaller picture can show.
std::uint32_t shadow_size(const xr::HeadsetInfo& info) {
  return std::clamp(std::bit_ceil(std::max(info.view_width, info.view_height)), 64U,
                    render::RendererSpec{}.shadow_size);
}

}  // namespace

core::Result<Stage> Stage::open(double patience_s, const std::atomic<bool>* interrupted,
                                RuntimeWatch& watch) {
  Stage stage;
  {
    const RuntimeCall call(watch, "looking for a headset");
    auto headset = xr::Headset::open(patience_s, interrupted);
    if (!headset) return headset.error();
    stage.headset_ = std::move(*headset);
  }
  auto device = make_device(*stage.headset_);
  if (!device) return device.error();
  stage.device_ = std::move(*device);

  const xr::Graphics graphics{stage.device_->instance(), stage.device_->physical(), stage.device_->handle(),
                              stage.device_->queue_family(), 0};
  if (const auto started = stage.headset_->start(graphics, render::Renderer::choose_format); !started)
    return started.error();

  const auto& info = stage.headset_->info();
  auto renderer = render::Renderer::make(
      *stage.device_, {.width = info.view_width,
                       .height = info.view_height,
                       .colour_format = static_cast<VkFormat>(stage.headset_->swapchain_format()),
                       .shadow_size = shadow_size(info)});
  if (!renderer) return renderer.error();
  stage.renderer_ = std::make_unique<render::Renderer>(std::move(*renderer));
  return stage;
}

core::Result<void> Stage::load(const scene::World& world, const std::vector<std::string>& texts) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  if (const auto prepared = renderer_->prepare_text(views); !prepared) return prepared;
  return renderer_->load(world.geometry());
}

core::Result<Drawn> Stage::draw(const xr::FrameTime& time, const std::array<xr::View, 2>& views,
                                const scene::DrawList& list, bool picture) {
  const auto image = headset_->acquire_image();
  if (!image) return image.error();
  if (*image == VK_NULL_HANDLE) {
    if (const auto ended = headset_->end_frame_empty(time); !ended) return ended.error();
    return Drawn{};
  }
  const std::array eyes{eye_of(views[0]), eye_of(views[1])};
  if (const auto drawn = renderer_->draw(list, eyes, *image); !drawn) return drawn.error();
  Drawn result{true, {}};
  if (picture) result.left = renderer_->read_back(*image, 0);
  if (const auto ended = headset_->end_frame(time, views); !ended) return ended.error();
  return result;
}

}  // namespace attune::session
