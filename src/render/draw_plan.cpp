#include "render/draw_plan.hpp"

#include <algorithm>
#include <cmath>
#include <glm/mat3x3.hpp>
#include <string>

namespace attune::render {
namespace {

constexpr auto glass = static_cast<std::uint32_t>(scene::Surface::glass);

InstanceData data_of(const scene::Instance& instance) {
  InstanceData out;
  const glm::mat3 axes(instance.to_session);
  const glm::mat3 normals = glm::transpose(glm::inverse(axes));
  for (int row = 0; row < 3; ++row) {
    const auto r = static_cast<std::size_t>(row);
    out.session_from_mesh[r] = {instance.to_session[0][row], instance.to_session[1][row],
                                instance.to_session[2][row], instance.to_session[3][row]};
    out.normal_row[r] = {normals[0][row], normals[1][row], normals[2][row], glm::length(axes[row])};
  }
  out.tint = instance.tint;
  return out;
}

InstanceData point_at(glm::vec3 place_m) {
  InstanceData out{};
  for (int row = 0; row < 3; ++row) out.session_from_mesh[static_cast<std::size_t>(row)].w = place_m[row];
  return out;
}

/// A part of an instance in session space: its box along the mesh's axes.
class PlacedPart {
 public:
  PlacedPart(const scene::Instance& instance, const Part& part) : axes_(instance.to_session), part_(part) {
    const glm::vec3 half = 0.5F * (part.high_m - part.low_m);
    const glm::vec3 corner =
        glm::abs(axes_[0]) * half.x + glm::abs(axes_[1]) * half.y + glm::abs(axes_[2]) * half.z;
    place_m_ = glm::vec3(instance.to_session[3]);
    centre_m = axes_ * (0.5F * (part.high_m + part.low_m)) + place_m_;
    radius_m = glm::length(corner);
  }
  /// From a point to the nearest one of the box.
  [[nodiscard]] float distance_m(glm::vec3 from_m) const {
    const glm::vec3 local = glm::inverse(axes_) * (from_m - place_m_);
    return glm::length(axes_ * (glm::clamp(local, part_.low_m, part_.high_m) - local));
  }

  glm::vec3 centre_m;
  float radius_m;

 private:
  glm::mat3 axes_;
  const Part& part_;
  glm::vec3 place_m_;
};

/// Fills the lists of a plan one after the other.
class Planner {
 public:
  Planner(const scene::DrawList& list, DrawPlan& out) : list_(list), out_(out) {
    out.instances.clear();
    out.order.clear();
    out.opaque.clear();
    out.blended.clear();
    for (auto& map : out.shadow) map.clear();
    out.panels.clear();
    out.candidates.clear();
  }
  void add(const DrawPlan::Candidate& candidate) { out_.candidates.push_back(candidate); }

  /// Sorts by distance (ties by place in the list, so that equal scenes give equal pictures) and groups by
  /// part.
  void finish(std::vector<Batch>& batches) {
    sort();
    for (const auto& candidate : out_.candidates) {
      const bool goes_on = !batches.empty() && batches.back().part == candidate.part &&
                           batches.back().far == candidate.far && !batches.back().ends_with_point &&
                           !candidate.clipped;
      if (!goes_on)
        batches.push_back(
            {candidate.part, static_cast<std::uint32_t>(out_.order.size()), 0, candidate.far, false});
      out_.order.push_back(candidate.instance);
      ++batches.back().count;
      if (!candidate.clipped) continue;
      batches.back().ends_with_point = true;
      out_.order.push_back(static_cast<std::uint32_t>(list_.instances.size()));
    }
    out_.candidates.clear();
  }
  void finish_panels() {
    sort();
    for (const auto& candidate : out_.candidates) out_.panels.push_back(candidate.instance);
    out_.candidates.clear();
  }

 private:
  void sort() {
    std::sort(out_.candidates.begin(), out_.candidates.end(), [](const auto& a, const auto& b) {
      if (a.distance_m != b.distance_m) return a.distance_m < b.distance_m;
      return a.part != b.part ? a.part < b.part : a.instance < b.instance;
    });
  }
  const scene::DrawList& list_;
  DrawPlan& out_;
};

}  // namespace

core::Result<void> plan(const scene::DrawList& list, std::span<const EyeUniforms, 2> eyes,
                        const std::array<ShadowMap, 2>& maps, const Geometry& geometry, DrawPlan& out) {
  Planner planner(list, out);
  for (const auto& instance : list.instances) {
    if (instance.mesh >= geometry.meshes().size())
      return core::bad_input("the scene draws mesh " + std::to_string(instance.mesh) + ", but only " +
                             std::to_string(geometry.meshes().size()) + " are loaded");
    out.instances.push_back(data_of(instance));
  }
  out.instances.push_back(point_at(point_before(eyes)));

  const auto for_each_part = [&](const auto& use) {
    for (std::uint32_t i = 0; i < list.instances.size(); ++i) {
      const auto& instance = list.instances[i];
      const auto& mesh = geometry.meshes()[instance.mesh];
      if (instance.tint.a <= 0.0F) continue;
      for (auto p = mesh.first_part; p < mesh.first_part + mesh.part_count; ++p) {
        const auto& part = geometry.parts()[p];
        use(i, p, instance, part.surface == glass, PlacedPart(instance, part));
      }
    }
  };
  const Frustum frustum(eyes);
  const glm::vec3 eyes_m = 0.5F * glm::vec3(eyes[0].position + eyes[1].position);
  const auto add_seen = [&](bool blended) {
    for_each_part([&](std::uint32_t i, std::uint32_t p, const scene::Instance& instance, bool is_glass,
                      const PlacedPart& placed) {
      if ((instance.tint.a < 1.0F || is_glass) != blended || !frustum.sees(placed.centre_m, placed.radius_m))
        return;
      const float distance_m = placed.distance_m(eyes_m);
      const bool far = !maps[0].covers(placed.centre_m, placed.radius_m) &&
                       !maps[1].covers(placed.centre_m, placed.radius_m);
      planner.add(
          {blended ? -distance_m : distance_m, i, p, far, !frustum.holds(placed.centre_m, placed.radius_m)});
    });
  };
  add_seen(false);
  planner.finish(out.opaque);
  add_seen(true);
  planner.finish(out.blended);

  for (std::size_t map = 0; map < maps.size(); ++map) {
    for_each_part([&](std::uint32_t i, std::uint32_t p, const scene::Instance& instance, bool is_glass,
                      const PlacedPart& placed) {
      const bool casts = instance.casts_shadow && instance.tint.a >= 0.5F && !is_glass;
      if (casts && maps[map].covers(placed.centre_m, placed.radius_m))
        planner.add({0.0F, i, p, false, false});
    });
    planner.finish(out.shadow[map]);
  }

  for (std::uint32_t i = 0; i < list.panels.size(); ++i)
    planner.add({-glm::length(glm::vec3(list.panels[i].to_session[3]) - eyes_m), i, 0, false, false});
  planner.finish_panels();
  return {};
}

}  // namespace attune::render
