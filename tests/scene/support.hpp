#pragma once

#include <gtest/gtest.h>

#include <glm/gtc/quaternion.hpp>

#include "attune/scene/world.hpp"

namespace attune::scene::test {

inline constexpr double frame_s = 1.0 / 72.0;

inline glm::quat turned(float yaw_deg, float pitch_deg = 0.0F) {
  return glm::angleAxis(glm::radians(yaw_deg), glm::vec3(0, 1, 0)) *
         glm::angleAxis(glm::radians(pitch_deg), glm::vec3(1, 0, 0));
}

/// A head at standing height. Yaw is positive to the left, pitch upwards.
inline telemetry::Pose head_at(float yaw_deg, float pitch_deg = 0.0F,
                               glm::vec3 position = {0.0F, 1.6F, 0.0F}) {
  telemetry::Pose head;
  head.position_m = position;
  head.orientation = turned(yaw_deg, pitch_deg);
  head.position_valid = head.orientation_valid = head.tracked = true;
  return head;
}

inline PanelTexts some_texts() {
  PanelTexts texts;
  texts.prompts = {"Let your eyes rest on the garden, then look over the railing when you are ready.",
                   "看看远处，慢慢呼吸。"};
  texts.questions = {{"How much distress do you feel right now?", {}}};
  return texts;
}

inline World loaded_heights() {
  auto world = load_world("heights", some_texts(), std::filesystem::path(ATTUNE_SOURCE_DIR) / "assets");
  if (!world) throw std::runtime_error(world.error().message);
  return std::move(world).value();
}

/// Feeds frames of 1/72 s and keeps the time.
class Player {
 public:
  explicit Player(World& world) : world_(world) {}
  Directive directive;
  WorldView view{head_at(0.0F, -8.0F), false};

  const DrawList& frame() {
    directive.time.ns += 13'888'889;
    return world_.apply(directive, view);
  }
  const DrawList& run(double seconds) {
    for (double t = frame_s; t < seconds; t += frame_s) frame();
    return frame();
  }

 private:
  World& world_;
};

}  // namespace attune::scene::test
