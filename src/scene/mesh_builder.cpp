#include "scene/mesh_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>
#include <map>
#include <vector>

#include "scene/dice.hpp"

namespace attune::scene {

namespace {

constexpr float turn = 6.283185307F;
constexpr float least_area_m2 = 1e-6F;

/// What counts as no area at a place: far from the origin floats are coarser.
float least_area(glm::vec3 at) {
  return least_area_m2 * (1.0F + std::abs(at.x) + std::abs(at.y) + std::abs(at.z));
}

std::uint32_t byte(float share) {
  return static_cast<std::uint32_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255.0F));
}

std::uint32_t packed_colour(glm::vec3 c) {
  return byte(c.r) | byte(c.g) << 8U | byte(c.b) << 16U | 0xFF000000U;
}

std::uint32_t packed_material(const Paint& paint) {
  return byte(paint.roughness) | byte(paint.emission) << 8U |
         static_cast<std::uint32_t>(paint.surface) << 16U | static_cast<std::uint32_t>(paint.style) << 24U;
}

/// A sphere of 20 · 4^detail triangles: corners on the unit sphere and triples of them.
struct Sphere {
  std::vector<glm::vec3> corners;
  std::vector<std::array<std::uint32_t, 3>> faces;
};

Sphere icosahedron() {
  const auto t = 1.618033989F;
  auto sphere = Sphere{{{-1, t, 0},
                        {1, t, 0},
                        {-1, -t, 0},
                        {1, -t, 0},
                        {0, -1, t},
                        {0, 1, t},
                        {0, -1, -t},
                        {0, 1, -t},
                        {t, 0, -1},
                        {t, 0, 1},
                        {-t, 0, -1},
                        {-t, 0, 1}},
                       {{0, 11, 5},  {0, 5, 1},  {0, 1, 7},  {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4},
                        {11, 10, 2}, {10, 7, 6}, {7, 1, 8},  {3, 9, 4},  {3, 4, 2},   {3, 2, 6}, {3, 6, 8},
                        {3, 8, 9},   {4, 9, 5},  {2, 4, 11}, {6, 2, 10}, {8, 6, 7},   {9, 8, 1}}};
  for (auto& corner : sphere.corners) corner = glm::normalize(corner);
  return sphere;
}

Sphere finer(const Sphere& coarse) {
  auto fine = Sphere{coarse.corners, {}};
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
  const auto middle = [&](std::uint32_t a, std::uint32_t b) {
    const auto [found, added] =
        middles.try_emplace(std::minmax(a, b), static_cast<std::uint32_t>(fine.corners.size()));
    if (added) fine.corners.push_back(glm::normalize(fine.corners[a] + fine.corners[b]));
    return found->second;
  };
  for (const auto& [a, b, c] : coarse.faces) {
    const auto ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
    fine.faces.insert(fine.faces.end(), {{a, ab, ca}, {b, bc, ab}, {c, ca, bc}, {ab, bc, ca}});
  }
  return fine;
}

const Sphere& sphere(int detail) {
  static const auto made = [] {
    std::array<Sphere, 4> all;
    all[0] = icosahedron();
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = finer(all[i - 1]);
    return all;
  }();
  return made[static_cast<std::size_t>(std::clamp(detail, 0, 3))];
}

}  // namespace

glm::vec3 srgb(std::uint32_t rrggbb) {
  const auto linear = [](std::uint32_t value) {
    const auto c = static_cast<float>(value & 0xFFU) / 255.0F;
    return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);  // IEC 61966-2-1
  };
  return {linear(rrggbb >> 16U), linear(rrggbb >> 8U), linear(rrggbb)};
}

std::uint32_t MeshBuilder::vertex(glm::vec3 position, glm::vec3 normal, const Paint& paint) {
  mesh_.vertices.push_back({position, packed_colour(paint.colour), normal, packed_material(paint)});
  return static_cast<std::uint32_t>(mesh_.vertices.size() - 1);
}

void MeshBuilder::triangle(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const auto& v = mesh_.vertices;
  const auto across = glm::cross(v[b].position_m - v[a].position_m, v[c].position_m - v[a].position_m);
  if (0.5F * glm::length(across) < least_area(v[a].position_m)) return;
  mesh_.indices.insert(mesh_.indices.end(), {a, b, c});
}

void MeshBuilder::polygon(std::span<const glm::vec3> corners, const Paint& paint) {
  if (corners.size() < 3) return;
  auto across = glm::vec3(0.0F);
  for (std::size_t i = 2; i < corners.size(); ++i) {
    across += glm::cross(corners[i - 1] - corners[0], corners[i] - corners[0]);
  }
  if (0.5F * glm::length(across) < least_area(corners[0])) return;
  const auto normal = glm::normalize(across);
  const auto first = static_cast<std::uint32_t>(mesh_.vertices.size());
  for (const auto& corner : corners) vertex(corner, normal, paint);
  for (std::uint32_t i = 2; i < corners.size(); ++i) triangle(first, first + i - 1, first + i);
}

void MeshBuilder::quad(glm::vec3 a, glm::vec3 b, glm::vec3 c, glm::vec3 d, const Paint& paint) {
  polygon(std::array{a, b, c, d}, paint);
}

void MeshBuilder::box(glm::vec3 low, glm::vec3 high, const Paint& paint, bool grounded) {
  const auto [x0, y0, z0] = std::array{low.x, low.y, low.z};
  const auto [x1, y1, z1] = std::array{high.x, high.y, high.z};
  quad({x0, y1, z0}, {x0, y1, z1}, {x1, y1, z1}, {x1, y1, z0}, paint);
  quad({x0, y0, z1}, {x1, y0, z1}, {x1, y1, z1}, {x0, y1, z1}, paint);
  quad({x1, y0, z0}, {x0, y0, z0}, {x0, y1, z0}, {x1, y1, z0}, paint);
  quad({x1, y0, z1}, {x1, y0, z0}, {x1, y1, z0}, {x1, y1, z1}, paint);
  quad({x0, y0, z0}, {x0, y0, z1}, {x0, y1, z1}, {x0, y1, z0}, paint);
  if (!grounded) quad({x0, y0, z0}, {x1, y0, z0}, {x1, y0, z1}, {x0, y0, z1}, paint);
}

void MeshBuilder::box(const glm::mat4& place, glm::vec3 half, const Paint& paint) {
  const auto at = [&](float x, float y, float z) {
    return glm::vec3(place * glm::vec4(half * glm::vec3(x, y, z), 1.0F));
  };
  quad(at(-1, 1, -1), at(-1, 1, 1), at(1, 1, 1), at(1, 1, -1), paint);
  quad(at(-1, -1, 1), at(1, -1, 1), at(1, 1, 1), at(-1, 1, 1), paint);
  quad(at(1, -1, -1), at(-1, -1, -1), at(-1, 1, -1), at(1, 1, -1), paint);
  quad(at(1, -1, 1), at(1, -1, -1), at(1, 1, -1), at(1, 1, 1), paint);
  quad(at(-1, -1, -1), at(-1, -1, 1), at(-1, 1, 1), at(-1, 1, -1), paint);
  quad(at(-1, -1, -1), at(1, -1, -1), at(1, -1, 1), at(-1, -1, 1), paint);
}

void MeshBuilder::prism(std::span<const glm::vec2> outline, float low_y, float high_y, const Paint& wall,
                        const Paint& lid) {
  std::vector<glm::vec3> top;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const auto a = outline[i], b = outline[(i + 1) % outline.size()];
    quad({a.x, low_y, a.y}, {b.x, low_y, b.y}, {b.x, high_y, b.y}, {a.x, high_y, a.y}, wall);
    top.emplace_back(a.x, high_y, a.y);
  }
  polygon(top, lid);
}

void MeshBuilder::tube(glm::vec3 from, glm::vec3 to, float from_radius, float to_radius, int sides,
                       const Paint& paint, bool capped) {
  const auto length = glm::length(to - from);
  if (length < 1e-5F) return;
  const auto along = (to - from) / length;
  const auto side =
      glm::normalize(glm::cross(along, std::abs(along.y) < 0.9F ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0)));
  const auto other = glm::cross(along, side);
  const auto lean = (from_radius - to_radius) / length;
  const auto first = static_cast<std::uint32_t>(mesh_.vertices.size());
  std::vector<glm::vec3> low, high;
  for (int i = 0; i < sides; ++i) {
    const auto angle = turn * static_cast<float>(i) / static_cast<float>(sides);
    const auto out = std::cos(angle) * side + std::sin(angle) * other;
    const auto normal = glm::normalize(out + lean * along);
    low.push_back(from + from_radius * out);
    high.push_back(to + to_radius * out);
    vertex(low.back(), normal, paint);
    vertex(high.back(), normal, paint);
  }
  const auto n = static_cast<std::uint32_t>(sides);
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto a = first + 2 * i, b = first + 2 * ((i + 1) % n);
    triangle(a, b, b + 1);
    triangle(a, b + 1, a + 1);
  }
  if (!capped) return;
  polygon(high, paint);
  std::reverse(low.begin(), low.end());
  polygon(low, paint);
}

void MeshBuilder::blob(glm::vec3 centre, glm::vec3 radii, int detail, float rough, std::uint64_t seed,
                       const Paint& paint) {
  const auto& unit = sphere(detail);
  auto dice = Dice(seed);
  std::vector<glm::vec3> points;
  for (const auto& corner : unit.corners) {
    points.push_back(centre + radii * corner * (1.0F + rough * dice.between(-1.0F, 1.0F)));
  }
  std::vector<glm::vec3> normals(points.size(), glm::vec3(0.0F));
  for (const auto& [a, b, c] : unit.faces) {
    const auto across = glm::cross(points[b] - points[a], points[c] - points[a]);
    normals[a] += across;
    normals[b] += across;
    normals[c] += across;
  }
  const auto first = static_cast<std::uint32_t>(mesh_.vertices.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Undersides are darker: little light comes there.
    const auto shade = 0.72F + 0.28F * std::clamp(0.5F + 0.7F * unit.corners[i].y, 0.0F, 1.0F);
    vertex(points[i], glm::normalize(normals[i]), rough > 0.0F ? paint.times(shade) : paint);
  }
  for (const auto& [a, b, c] : unit.faces) triangle(first + a, first + b, first + c);
}

void MeshBuilder::leaf(glm::vec3 centre, glm::vec3 along, glm::vec3 across, glm::vec3 normal,
                       const Paint& paint) {
  if (glm::dot(glm::cross(along, across), normal) < 0.0F) across = -across;
  const auto first = vertex(centre - along, normal, paint);
  vertex(centre + across, normal, paint);
  vertex(centre + along, normal, paint);
  vertex(centre - across, normal, paint);
  triangle(first, first + 3, first + 2);
  triangle(first, first + 2, first + 1);
}

void MeshBuilder::blade(glm::vec3 a, glm::vec3 b, glm::vec3 tip, const Paint& paint) {
  const auto across = glm::cross(b - a, tip - a);
  if (0.5F * glm::length(across) < least_area(a)) return;
  const auto normal = glm::normalize(glm::normalize(across) + glm::vec3(0.0F, 1.2F, 0.0F));
  const auto first = vertex(a, normal, paint.times(0.8F));
  vertex(b, normal, paint.times(0.8F));
  vertex(tip, normal, paint);
  triangle(first, first + 1, first + 2);
}

void MeshBuilder::disc(glm::vec3 centre, float radius_x, float radius_z, int sides, const Paint& paint) {
  std::vector<glm::vec3> rim;
  for (int i = 0; i < sides; ++i) {
    const auto angle = turn * static_cast<float>(i) / static_cast<float>(sides);
    rim.push_back(centre + glm::vec3(radius_x * std::cos(angle), 0.0F, -radius_z * std::sin(angle)));
  }
  polygon(rim, paint);
}

}  // namespace attune::scene
