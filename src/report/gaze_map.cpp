#include "report/gaze_map.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>

namespace attune::report {

namespace {

constexpr float widest_outline_deg = 150.0F;  // what is wider surrounds the eye and has no outline

float cross(const glm::vec2& o, const glm::vec2& a, const glm::vec2& b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/// Convex hull, counter-clockwise (Andrew's monotone chain).
std::vector<glm::vec2> hull_of(std::vector<glm::vec2> points) {
  std::ranges::sort(points, [](const auto& a, const auto& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  std::vector<glm::vec2> hull;
  for (int pass = 0; pass < 2; ++pass) {
    const auto start = hull.size();
    for (const auto& point : points) {
      while (hull.size() >= start + 2 && cross(hull[hull.size() - 2], hull.back(), point) <= 0.0F)
        hull.pop_back();
      hull.push_back(point);
    }
    hull.pop_back();
    std::ranges::reverse(points);
  }
  return hull;
}

}  // namespace

glm::vec2 to_degrees(const glm::vec3& direction) {
  return {glm::degrees(std::atan2(direction.x, -direction.z)),
          glm::degrees(std::asin(std::clamp(direction.y, -1.0F, 1.0F)))};
}

void GazeMap::add(const glm::vec3& direction, double seconds) {
  const auto angles = to_degrees(direction);
  const auto cell = [](float degrees, float from, int count) {
    return std::clamp(static_cast<int>(std::floor((degrees - from) / cell_deg)), 0, count - 1);
  };
  const int column = cell(angles.x, -180.0F, columns), row = cell(angles.y, -90.0F, rows);
  seconds_[static_cast<std::size_t>(row * columns + column)] += seconds;
  total_s_ += seconds;
}

void GazeMap::add_area(double time_s, const glm::vec3& eye_m, const telemetry::AoiShape& area) {
  auto& track = tracks_[area.id];
  if (time_s < track.next_s) return;
  track.next_s = time_s + 1.0;
  track.seen.push_back({eye_m, area});
}

std::vector<double> GazeMap::smoothed() const {
  constexpr std::array<double, 5> kernel{0.054, 0.244, 0.404, 0.244,
                                         0.054};  // Gaussian of one cell, sums to 1
  std::vector<double> across(seconds_.size()), out(seconds_.size());
  const auto at = [](int row, int column) { return static_cast<std::size_t>(row * columns + column); };
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      for (int k = -2; k <= 2; ++k) {
        across[at(row, (column + k + columns) % columns)] +=
            kernel[static_cast<std::size_t>(k + 2)] * seconds_[at(row, column)];
      }
    }
  }
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      for (int k = -2; k <= 2; ++k) {
        out[at(std::clamp(row + k, 0, rows - 1), column)] +=
            kernel[static_cast<std::size_t>(k + 2)] * across[at(row, column)];
      }
    }
  }
  return out;
}

std::vector<GazeMap::Outline> GazeMap::outlines() const {
  std::vector<Outline> all;
  for (const auto& [id, track] : tracks_) {
    const auto& [eye_m, area] = track.seen[track.seen.size() / 2];
    const auto offset = area.centre_m - eye_m;
    if (glm::length(offset) < 1e-3F) continue;
    Outline outline{.id = id, .corners = {}, .centre = to_degrees(glm::normalize(offset))};
    std::vector<glm::vec2> corners;
    for (int corner = 0; corner < 8; ++corner) {
      const glm::vec3 sign((corner & 1) != 0 ? 1.0F : -1.0F, (corner & 2) != 0 ? 1.0F : -1.0F,
                           (corner & 4) != 0 ? 1.0F : -1.0F);
      const auto to_corner = offset + sign * area.extent_m;
      if (glm::length(to_corner) < 1e-3F) continue;
      auto angles = to_degrees(glm::normalize(to_corner));
      // Unwrapped around the centre, so that an area behind the person stays in one piece.
      angles.x = outline.centre.x + std::remainder(angles.x - outline.centre.x, 360.0F);
      corners.push_back(angles);
    }
    const auto [low, high] = std::ranges::minmax(corners, {}, &glm::vec2::x);
    if (high.x - low.x > widest_outline_deg) continue;
    outline.corners = hull_of(std::move(corners));
    all.push_back(std::move(outline));
  }
  return all;
}

std::array<double, 6> class_bounds(double largest) {
  // The top class begins at the largest 1-2-5 number within 70 % of the maximum; each below is the next
  // smaller one.
  constexpr std::array<double, 3> steps{1.0, 2.0, 5.0};
  const auto number = [&](int index) {
    const int decade = static_cast<int>(std::floor(index / 3.0));
    return steps[static_cast<std::size_t>(index - 3 * decade)] * std::pow(10.0, decade);
  };
  int top = -30;
  while (number(top + 1) <= 0.7 * largest) ++top;
  std::array<double, 6> bounds{};
  for (int i = 0; i < 6; ++i) bounds[static_cast<std::size_t>(i)] = number(top - 5 + i);
  return bounds;
}

}  // namespace attune::report
