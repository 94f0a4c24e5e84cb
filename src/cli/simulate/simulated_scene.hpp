#pragma once

#include <functional>
#include <memory>

#include "attune/scene/world.hpp"

namespace attune::cli {

/// What stands between directives and a virtual patient.
class SimulatedScene {
 public:
  virtual ~SimulatedScene() = default;
  /// One frame.
  virtual void apply(const scene::Directive& directive, const telemetry::Pose& head) = 0;
  /// As drawn by the last `apply`.
  [[nodiscard]] virtual const scene::AoiList& aois() const = 0;
  /// What the last `apply` shows.
  [[nodiscard]] virtual telemetry::Stimulus stimulus() const = 0;
};

/// Makes scenes of one programme; may be called from several threads at once.
using SceneMaker = std::function<std::unique_ptr<SimulatedScene>()>;

/// The scenes of a programme: its world where that is built, else areas by their roles around somebody who
/// sits. The world's file is read here and not again: whoever edits it during a long simulation changes
/// nothing. Errors: those of `scene::load_world`.
[[nodiscard]] core::Result<SceneMaker> simulated_scenes(const std::string& world,
                                                        scene::PanelTexts texts = {});
/// One of them.
[[nodiscard]] core::Result<std::unique_ptr<SimulatedScene>> simulated_scene(const std::string& world,
                                                                            scene::PanelTexts texts = {});

}  // namespace attune::cli
