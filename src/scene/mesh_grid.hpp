#pragma once

#include <cmath>
#include <glm/vec2.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "scene/mesh_builder.hpp"

namespace attune::scene {

/// One large thing built as a grid of meshes, so that whoever draws it can leave out what is not in view.
/// The middle cell has the origin at its centre.
class MeshGrid {
 public:
  MeshGrid(std::string name, float cell_m) : name_(std::move(name)), cell_m_(cell_m) {}

  /// The mesh of the cell that holds a place (x, z).
  MeshBuilder& at(glm::vec2 place) {
    const auto cell = std::pair{std::lround(place.x / cell_m_), std::lround(place.y / cell_m_)};
    const auto [found, added] = cells_.try_emplace(
        cell, name_ + " " + std::to_string(cell.first) + " " + std::to_string(cell.second));
    return found->second;
  }

  /// Moves all meshes into a geometry. @return their indices, in the order of cells.
  std::vector<std::uint32_t> take_into(WorldGeometry& geometry) {
    std::vector<std::uint32_t> indices;
    for (auto& [cell, builder] : cells_) {
      if (builder.empty()) continue;
      indices.push_back(static_cast<std::uint32_t>(geometry.meshes.size()));
      geometry.meshes.push_back(builder.take());
    }
    return indices;
  }

 private:
  std::string name_;
  float cell_m_;
  std::map<std::pair<long, long>, MeshBuilder> cells_;
};

}  // namespace attune::scene
