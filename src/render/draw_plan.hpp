#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/scene/draw_list.hpp"
#include "render/geometry.hpp"
#include "render/view.hpp"

namespace attune::render {

/// A part, drawn for a run of instances: `order[first .. first + count)`.
///
/// Mesa's software GPU (seen in 22.3) gathers clipped triangles until something unclipped comes, and gives
/// those of both eyes to the first. So a draw that may be clipped ends with one more instance, shrunk to a
/// point before the eyes: it shows nothing anywhere, and there it parts the eyes.
struct Batch {
  std::uint32_t part = 0;
  std::uint32_t first = 0, count = 0;
  bool far = false;              ///< outside both shadow maps
  bool ends_with_point = false;  ///< one more entry in `order` names the point
};

/// What of a draw list is drawn, in which order. Room is kept between frames.
struct DrawPlan {
  std::vector<InstanceData> instances;       ///< as in the draw list, and the point last
  std::vector<std::uint32_t> order;          ///< indices into instances
  std::vector<Batch> opaque;                 ///< near before far
  std::vector<Batch> blended;                ///< far before near; drawn over the opaque ones
  std::array<std::vector<Batch>, 2> shadow;  ///< casters of the near and the wide map
  std::vector<std::uint32_t> panels;         ///< indices into the draw list's, far before near

  /// A part of an instance on its way into a list.
  struct Candidate {
    float distance_m;
    std::uint32_t instance, part;
    bool far;      ///< outside both shadow maps
    bool clipped;  ///< may be, for either eye
  };
  std::vector<Candidate> candidates;
};

/// Leaves out what neither eye, or no map, can see, and sorts the rest. Glass is always blended.
/// Errors: an instance names a mesh that is not there.
[[nodiscard]] core::Result<void> plan(const scene::DrawList& list, std::span<const EyeUniforms, 2> eyes,
                                      const std::array<ShadowMap, 2>& maps, const Geometry& geometry,
                                      DrawPlan& out);

}  // namespace attune::render
