#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <memory>
#include <string>
#include <vector>

#include "attune/core/config.hpp"
#include "attune/scene/world.hpp"

namespace attune::scene {

/// What moves a setting in one frame.
struct SettingInput {
  double dt_s = 0.0;         ///< 0 … 0.1
  double time_s = 0.0;       ///< of the session; for what repeats by itself
  float intensity = 0.0F;    ///< asked, 0..1
  bool hold = false;         ///< a fade closes over it: come to rest
  std::uint8_t variant = 0;  ///< of stimulus and context, 0..4
};

/// Surroundings of the patient that can be shown: a world, or the safe place. A world is one class derived
/// from this, in one file of `src/scene/worlds`, and one folder below `assets/worlds`.
class Setting {
 public:
  virtual ~Setting() = default;

  /// Meshes, added once; called before anything else.
  virtual void build(WorldGeometry& geometry) = 0;
  /// Areas of interest this setting may report; ids 1 … 99 are a world's, 100 … 149 the safe place's, the
  /// rest panels'.
  [[nodiscard]] virtual std::vector<AoiName> aoi_names() const = 0;

  /// Shows `intensity` at once. Only called while nothing of it can be seen.
  virtual void jump_to(float intensity) = 0;
  /// Follows the asked intensity within the comfort limits.
  /// @return false when it cannot be reached in comfort: the caller fades and calls `jump_to`.
  virtual bool step(const SettingInput& input) = 0;

  [[nodiscard]] virtual float shown_intensity() const = 0;
  [[nodiscard]] virtual float wind() const { return 0.0F; }
  /// Where a lead of the gaze goes: something calm to look at, in session space.
  [[nodiscard]] virtual glm::vec3 calm_target_m() const = 0;
  /// Adds instances and sets the environment.
  virtual void draw(DrawList& list) const = 0;
  virtual void add_aois(AoiList& aois) const = 0;
};

/// Makes a world from its file. What is wrong in the file is left in it as problems.
using SettingMaker = std::unique_ptr<Setting> (*)(core::ConfigTable& file);

/// The calm garden at ground level, the same for every world.
std::unique_ptr<Setting> make_safe_place();

}  // namespace attune::scene
