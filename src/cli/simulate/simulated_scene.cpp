#include "cli/simulate/simulated_scene.hpp"

#include <algorithm>
#include <utility>

#include "attune/core/files.hpp"

namespace attune::cli {

namespace {

using telemetry::AoiRole;

/// A world that is built.
class BuiltWorld final : public SimulatedScene {
 public:
  explicit BuiltWorld(scene::World world) : world_(std::move(world)) {}

  void apply(const scene::Directive& directive, const telemetry::Pose& head) override {
    world_.advance(directive, {head, false});
  }
  [[nodiscard]] const scene::AoiList& aois() const override { return world_.aois(); }
  [[nodiscard]] telemetry::Stimulus stimulus() const override { return world_.stimulus(); }

 private:
  scene::World world_;
};

/// Areas of a scene whose world is not built yet, in metres around a head at (0, 1.6, 0) that faces −Z: what
/// is worked at, who is there, what is feared, what calms.
constexpr telemetry::AoiShape areas_by_role[] = {
    {1, AoiRole::task, {-0.25F, 1.15F, -0.75F}, {0.22F, 0.16F, 0.03F}},   // mail on a screen
    {2, AoiRole::task, {0.30F, 0.78F, -0.60F}, {0.20F, 0.02F, 0.15F}},    // documents on the desk
    {3, AoiRole::social, {1.60F, 1.30F, -2.20F}, {0.30F, 0.45F, 0.25F}},  // a colleague
    {4, AoiRole::social, {3.00F, 1.20F, -5.50F}, {1.60F, 0.80F, 0.60F}},  // a team at what it does together
    {5, AoiRole::threat, {-0.60F, 1.40F, -3.50F}, {0.80F, 0.70F, 0.30F}},
    {6, AoiRole::calm, {-2.40F, 1.30F, -2.60F}, {0.50F, 0.60F, 0.30F}},
    {7, AoiRole::neutral, {0.00F, 0.00F, -1.00F}, {3.00F, 0.02F, 3.00F}},  // the floor
};

/// Shows exactly what it is told, at once.
class AreasByRole final : public SimulatedScene {
 public:
  void apply(const scene::Directive& directive, const telemetry::Pose&) override {
    const bool hidden = directive.stimulus_hidden || directive.place != scene::Place::world;
    aois_.clear();
    if (!hidden && directive.fade < 1.0F) {
      for (const auto& area : areas_by_role) {
        // At a desk it is the work itself that weighs.
        if (area.role == AoiRole::threat && directive.activity == telemetry::Activity::work) continue;
        aois_.push_back(area);
      }
    }
    auto& shown = stimulus_;
    shown = {};
    shown.time = directive.time;
    shown.intensity = hidden ? 0.0F
                             : std::clamp(directive.intensity, 0.0F, 1.0F) *
                                   (1.0F - std::clamp(directive.fade, 0.0F, 1.0F));
    shown.calm_feedback = directive.calm_feedback;
    shown.gaze_lead = directive.gaze_lead;
    shown.guide_breaths_per_min = directive.guide_breaths_per_min;
    shown.question = directive.question.kind;
    shown.asked = directive.question.asked;
    shown.options = directive.question.options;
    shown.activity = directive.activity;
    shown.variant = directive.variant;
    shown.lead_to = directive.lead_to;
    shown.gaze_reward = directive.gaze_reward;
    shown.probe = directive.probe;
    shown.aois = aois_;
  }
  [[nodiscard]] const scene::AoiList& aois() const override { return aois_; }
  [[nodiscard]] telemetry::Stimulus stimulus() const override { return stimulus_; }

 private:
  scene::AoiList aois_;
  telemetry::Stimulus stimulus_;
};

}  // namespace

core::Result<SceneMaker> simulated_scenes(const std::string& world, scene::PanelTexts texts) {
  const auto built = scene::world_ids();
  if (std::find(built.begin(), built.end(), world) == built.end())
    return SceneMaker([] { return std::make_unique<AreasByRole>(); });
  const auto file = scene::world_file(world);
  const auto text = core::read_text(file);
  if (!text) return text.error();
  if (auto first = scene::parse_world(world, *text, file.string(), texts); !first) return first.error();
  return SceneMaker([world, file, text = *text, texts = std::move(texts)] {
    // What was accepted once is accepted again.
    auto again = scene::parse_world(world, text, file.string(), texts);
    return std::make_unique<BuiltWorld>(std::move(*again));
  });
}

core::Result<std::unique_ptr<SimulatedScene>> simulated_scene(const std::string& world,
                                                              scene::PanelTexts texts) {
  const auto scenes = simulated_scenes(world, std::move(texts));
  if (!scenes) return scenes.error();
  return (*scenes)();
}

}  // namespace attune::cli
