#pragma once

#include <array>
#include <glm/vec3.hpp>

#include "attune/scene/draw_list.hpp"

namespace attune::scene {

/// The terrace the patient stands on, in session space, deck at y = 0: a bay with a railing in front, a roof
/// garden that reaches forward on the left, a planted wall behind, a windsock at the garden's far
/// corner.
///
///        x −6 … −1.7   roof garden  (z −5.2 … 4)
///        x −1.7 … 3.2  bay          (z −1 … 4), the patient at the origin, the gate before him (x −0.6 …
///        0.6)
struct TerraceShape {
  float left = -6.0F, inner = -1.7F, right = 3.2F;
  float back = 4.0F, front = -1.0F, garden_front = -5.2F;
  float gate_left = -0.6F, gate_right = 0.6F;
  float rail_m = 1.1F;  ///< hand rail over the deck: what building codes ask for
};

/// Indices of the terrace's meshes.
class Terrace {
 public:
  void build(WorldGeometry& geometry);

  /// @param railing 2 solid … 1 open … 0 partial, @param gap_m how far the gate has slid, @param wind 0..1.
  void draw(DrawList& list, float railing, float gap_m, float wind, double time_s) const;

  [[nodiscard]] const TerraceShape& shape() const { return shape_; }
  /// The small tree of the roof garden: what the eyes may rest on.
  [[nodiscard]] glm::vec3 garden_tree_m() const { return {-3.3F, 1.75F, -3.7F}; }

 private:
  void draw_windsock(DrawList& list, float wind, double time_s) const;
  void draw_leaves(DrawList& list, float wind, double time_s) const;

  TerraceShape shape_;
  std::uint32_t deck_ = 0, garden_ = 0, wall_ = 0, rails_ = 0, bars_ = 0, loose_bars_ = 0, panels_ = 0;
  std::uint32_t gate_rail_ = 0, gate_bars_ = 0, gate_panel_ = 0, leaf_ = 0;
  std::array<std::uint32_t, 4> windsock_{};
};

}  // namespace attune::scene
