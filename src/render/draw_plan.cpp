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

struct Sphere {
  glm::vec3 centre_m;
  float radius_m;
};

Sphere bounds(const scene::Instance& instance, const MeshRange& mesh) {
  const glm::mat3 axes(instance.to_session);
  const glm::vec3 half = 0.5F * (mesh.high_m - mesh.low_m);
  // The box's corners, not its largest axis: a flat ground must not count as a ball.
  const glm::vec3 corner =
      glm::abs(axes[0]) * half.x + glm::abs(axes[1]) * half.y + glm::abs(axes[2]) * half.z;
  return {instance.to_session * glm::vec4(0.5F * (mesh.high_m + mesh.low_m), 1.0F), glm::length(corner)};
}

/// From the eyes to the nearest point of the mesh's box, in session metres along its axes.
float distance_to_box(const scene::Instance& instance, const MeshRange& mesh, glm::vec3 eyes_m) {
  const glm::mat3 axes(instance.to_session);
  const glm::vec3 local = glm::inverse(axes) * (eyes_m - glm::vec3(instance.to_session[3]));
  const glm::vec3 nearest = glm::clamp(local, mesh.low_m, mesh.high_m);
  return glm::length(axes * (nearest - local));
}

bool has_glass(const MeshRange& mesh, const Geometry& geometry) {
  const auto first = geometry.parts().begin() + mesh.first_part;
  return std::any_of(first, first + mesh.part_count, [](const Part& part) { return part.surface == glass; });
}

bool only_glass(const MeshRange& mesh, const Geometry& geometry) {
  const auto first = geometry.parts().begin() + mesh.first_part;
  return std::all_of(first, first + mesh.part_count, [](const Part& part) { return part.surface == glass; });
}

}  // namespace

class Planner {
 public:
  Planner(const scene::DrawList& list, DrawPlan& out) : list_(list), out_(out) {}

  void clear() {
    out_.instances.clear();
    out_.order.clear();
    out_.opaque.clear();
    out_.blended.clear();
    for (auto& map : out_.shadow) map.clear();
    out_.panels.clear();
  }
  void start() { out_.candidates_.clear(); }
  void add(float distance_m, std::size_t index, bool clipped = false) {
    out_.candidates_.push_back({distance_m, static_cast<std::uint32_t>(index), clipped});
  }
  /// Sorts by distance (ties by place in the list, so that equal scenes give equal pictures) and groups by
  /// mesh.
  void finish(std::vector<Batch>& batches) {
    sort();
    for (const auto& candidate : out_.candidates_) {
      const auto& instance = list_.instances[candidate.index];
      const bool glass_only = &batches == &out_.blended && instance.tint.a >= 1.0F;
      const bool goes_on = !batches.empty() && batches.back().mesh == instance.mesh &&
                           batches.back().glass_only == glass_only && !batches.back().ends_with_point &&
                           !candidate.clipped;
      if (!goes_on)
        batches.push_back(
            {instance.mesh, static_cast<std::uint32_t>(out_.order.size()), 0, glass_only, false});
      out_.order.push_back(candidate.index);
      ++batches.back().count;
      if (candidate.clipped) {
        batches.back().ends_with_point = true;
        out_.order.push_back(static_cast<std::uint32_t>(list_.instances.size()));
      }
    }
  }
  void finish_panels() {
    sort();
    for (const auto& candidate : out_.candidates_) out_.panels.push_back(candidate.index);
  }

 private:
  void sort() {
    std::sort(out_.candidates_.begin(), out_.candidates_.end(), [](const auto& a, const auto& b) {
      return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.index < b.index;
    });
  }
  const scene::DrawList& list_;
  DrawPlan& out_;
};

core::Result<void> plan(const scene::DrawList& list, std::span<const EyeUniforms, 2> eyes,
                        const std::array<ShadowMap, 2>& maps, const Geometry& geometry, DrawPlan& out) {
  Planner planner(list, out);
  planner.clear();
  for (const auto& instance : list.instances) {
    if (instance.mesh >= geometry.meshes().size())
      return core::bad_input("the scene draws mesh " + std::to_string(instance.mesh) + ", but only " +
                             std::to_string(geometry.meshes().size()) + " are loaded");
    out.instances.push_back(data_of(instance));
  }

  out.instances.push_back(point_at(point_before(eyes)));

  const Frustum frustum(eyes);
  const glm::vec3 eyes_m = 0.5F * glm::vec3(eyes[0].position + eyes[1].position);
  const auto for_each_seen = [&](const auto& use) {
    for (std::size_t i = 0; i < list.instances.size(); ++i) {
      const auto& instance = list.instances[i];
      const auto& mesh = geometry.meshes()[instance.mesh];
      const auto sphere = bounds(instance, mesh);
      if (mesh.part_count > 0 && frustum.sees(sphere.centre_m, sphere.radius_m))
        use(i, instance, mesh, !frustum.holds(sphere.centre_m, sphere.radius_m));
    }
  };

  planner.start();
  for_each_seen([&](std::size_t i, const scene::Instance& instance, const MeshRange& mesh, bool clipped) {
    if (instance.tint.a >= 1.0F && !only_glass(mesh, geometry))
      planner.add(distance_to_box(instance, mesh, eyes_m), i, clipped);
  });
  planner.finish(out.opaque);

  planner.start();
  for_each_seen([&](std::size_t i, const scene::Instance& instance, const MeshRange& mesh, bool clipped) {
    if ((instance.tint.a < 1.0F && instance.tint.a > 0.0F) ||
        (instance.tint.a >= 1.0F && has_glass(mesh, geometry)))
      planner.add(-distance_to_box(instance, mesh, eyes_m), i, clipped);
  });
  planner.finish(out.blended);

  for (std::size_t map = 0; map < maps.size(); ++map) {
    planner.start();
    for (std::size_t i = 0; i < list.instances.size(); ++i) {
      const auto& instance = list.instances[i];
      const auto& mesh = geometry.meshes()[instance.mesh];
      if (!instance.casts_shadow || instance.tint.a < 0.5F || mesh.part_count == 0 ||
          only_glass(mesh, geometry))
        continue;
      const auto sphere = bounds(instance, mesh);
      if (maps[map].covers(sphere.centre_m, sphere.radius_m))
        planner.add(static_cast<float>(instance.mesh), i);
    }
    planner.finish(out.shadow[map]);
  }

  planner.start();
  for (std::size_t i = 0; i < list.panels.size(); ++i) {
    const auto& panel = list.panels[i];
    planner.add(-glm::length(glm::vec3(panel.to_session[3]) - eyes_m), i);
  }
  planner.finish_panels();
  return {};
}

}  // namespace attune::render
