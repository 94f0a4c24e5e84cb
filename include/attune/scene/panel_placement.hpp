#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <optional>

#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::scene {

/// A panel's place: its centre and its x–y plane, facing +z towards the patient.
struct PlacedPanel {
  glm::mat4 to_session{1.0F};
  glm::vec2 size_m{1.0F, 0.5F};

  [[nodiscard]] glm::vec3 centre_m() const { return glm::vec3(to_session[3]); }
};

/// Where everything the patient reads or chooses stands in one frame.
struct PanelLayout {
  PlacedPanel prompt;        ///< while no question is open
  PlacedPanel prompt_above;  ///< while one is: above it
  PlacedPanel question;      ///< with its slider
  PlacedPanel stop;          ///< a disc: size is its diameter. Always there, always below the horizon
  glm::vec3 guide_m{0.0F};   ///< the breathing guide's centre
};

/// Places panels from the head alone, so that the decision path and the picture agree without knowing each
/// other: give both the same frames and they hold the same layout, bit for bit.
///
/// Panels stand 1.7 m away, slightly below the eyes, and keep still while the patient looks around. When the
/// head has been turned away by more than 36° for 1.5 s they come round at no more than 60°/s. The stop mark
/// stands 26° beside and 30° below straight ahead, where no panel, and little of interest, is; it is on a
/// leash of 40° to the head's yaw at all times, so that a look reaches it wherever the patient has turned.
class PanelPlacement {
 public:
  PanelPlacement();

  /// Once a frame. Nothing of a head whose pose is not valid is read. The first valid head, and one after
  /// `recentred`, is taken at once. Time that falls or leaps counts as a step of 0 … 0.1 s.
  void step(core::SessionTime time, const telemetry::Pose& head, bool recentred = false);
  void reset() { *this = PanelPlacement(); }

  [[nodiscard]] const PanelLayout& layout() const { return layout_; }

 private:
  void place();

  PanelLayout layout_;
  core::SessionTime last_{};
  bool started_ = false;
  bool turning_ = false;
  double away_s_ = 0.0;
  double yaw_rad_ = 0.0;  // where the panels face from; left positive
  double stop_yaw_rad_ = 0.0;
  glm::dvec3 eye_m_{0.0, 1.6, 0.0};  // the head, followed slowly
};

/// Where a ray meets a panel's plane from its front, in metres right of and above its centre; nothing when it
/// does not.
[[nodiscard]] std::optional<glm::vec2> meet(const PlacedPanel& panel, glm::vec3 origin_m,
                                            glm::vec3 direction);

/// The slider's value 0..1 under a ray, or nothing when the ray misses the question panel. Left and right of
/// the track the ends count.
[[nodiscard]] std::optional<float> slider_under(const PanelLayout& layout, glm::vec3 origin_m,
                                                glm::vec3 direction);

/// True when a ray points at the stop mark or misses its rim by no more than `tolerance_rad`.
[[nodiscard]] bool points_at_stop(const PanelLayout& layout, glm::vec3 origin_m, glm::vec3 direction,
                                  float tolerance_rad = 0.0F);

}  // namespace attune::scene
