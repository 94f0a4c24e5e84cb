#include <glm/geometric.hpp>

#include "attune/core/files.hpp"
#include "scene/mesh_builder.hpp"
#include "scene/sun_shadows.hpp"
#include "scene/support.hpp"

namespace attune::scene::test {

namespace {

std::string hash_of(const WorldGeometry& geometry) {
  std::string bytes;
  for (const auto& mesh : geometry.meshes) {
    bytes += mesh.name;
    bytes.append(reinterpret_cast<const char*>(mesh.vertices.data()), mesh.vertices.size() * sizeof(Vertex));
    bytes.append(reinterpret_cast<const char*>(mesh.indices.data()),
                 mesh.indices.size() * sizeof(std::uint32_t));
  }
  return core::hash_hex(bytes);
}

glm::vec3 corner(const Mesh& mesh, std::size_t i) { return mesh.vertices[mesh.indices[i]].position_m; }

glm::vec3 across(const Mesh& mesh, std::size_t i) {
  return glm::cross(corner(mesh, i + 1) - corner(mesh, i), corner(mesh, i + 2) - corner(mesh, i));
}

/// Of a closed surface: positive when its triangles face outwards.
double volume(const Mesh& mesh) {
  auto six = 0.0;
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    six +=
        static_cast<double>(glm::dot(corner(mesh, i), glm::cross(corner(mesh, i + 1), corner(mesh, i + 2))));
  }
  return six / 6.0;
}

double upward_area(const Mesh& mesh) {
  auto area = 0.0;
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3)
    area += 0.5 * static_cast<double>(across(mesh, i).y);
  return area;
}

}  // namespace

TEST(Geometry, TwoBuildsOfAWorldAreEqualByteForByte) {
  const auto one = loaded_heights(), other = loaded_heights();
  EXPECT_EQ(hash_of(one.geometry()), hash_of(other.geometry()));
}

TEST(Geometry, EveryTriangleHasAreaAFiniteUnitNormalAndFacesWhereItsNormalsPoint) {
  const auto world = loaded_heights();
  for (const auto& mesh : world.geometry().meshes) {
    ASSERT_FALSE(mesh.indices.empty()) << mesh.name;
    ASSERT_EQ(mesh.indices.size() % 3, 0U) << mesh.name;
    for (const auto& v : mesh.vertices) {
      ASSERT_TRUE(glm::all(glm::lessThan(glm::abs(v.position_m), glm::vec3(1e5F))))
          << mesh.name;  // false for NaN
      ASSERT_NEAR(glm::length(v.normal), 1.0F, 1e-3F) << mesh.name;
    }
    for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
      for (std::size_t k = 0; k < 3; ++k) ASSERT_LT(mesh.indices[i + k], mesh.vertices.size()) << mesh.name;
      const auto normal = across(mesh, i);
      ASSERT_GT(glm::length(normal), 1e-7F) << mesh.name << " triangle " << i / 3;
      auto mean = glm::vec3(0.0F);
      for (std::size_t k = 0; k < 3; ++k) mean += mesh.vertices[mesh.indices[i + k]].normal;
      ASSERT_GT(glm::dot(normal, mean), 0.0F) << mesh.name << " triangle " << i / 3;
    }
  }
}

TEST(Geometry, AFrameListsNoMoreTrianglesThanASoftwareRendererCanBear) {
  auto world = loaded_heights();
  auto player = Player(world);
  for (const auto place : {Place::world, Place::safe_place}) {
    player.directive.place = place;
    player.directive.intensity = 1.0F;
    player.run(3.0);
    auto triangles = std::size_t{0};
    for (const auto& instance : player.frame().instances) {
      triangles += world.geometry().meshes[instance.mesh].indices.size() / 3;
    }
    EXPECT_LT(triangles, 150'000U);
    EXPECT_GT(triangles, 10'000U);
    RecordProperty(place == Place::world ? "triangles_world" : "triangles_garden",
                   static_cast<int>(triangles));
  }
}

TEST(MeshBuilder, ClosedSolidsFaceOutwardsAndHoldTheirVolume) {
  auto box = MeshBuilder("box");
  box.box({1.0F, 2.0F, 3.0F}, {2.0F, 4.0F, 6.0F}, {});
  EXPECT_NEAR(volume(box.take()), 6.0, 1e-4);
  auto turned_box = MeshBuilder("turned box");
  turned_box.box(glm::mat4(glm::mat4_cast(turned(33.0F, 20.0F))), {0.5F, 1.0F, 1.5F}, {});
  EXPECT_NEAR(volume(turned_box.take()), 6.0, 1e-4);
  auto tube = MeshBuilder("tube");
  tube.tube({0, 0, 0}, {0, 2, 0}, 1.0F, 1.0F, 64, {});
  EXPECT_NEAR(volume(tube.take()), 6.283, 0.02);
  auto ball = MeshBuilder("ball");
  ball.blob({5, 5, 5}, glm::vec3(1.0F), 3, 0.0F, 0, {});
  EXPECT_NEAR(volume(ball.take()), 4.189, 0.05);
  auto prism = MeshBuilder("prism");
  prism.prism(std::array{glm::vec2(0, 0), glm::vec2(0, 2), glm::vec2(2, 2), glm::vec2(2, 0)}, 0.0F, 3.0F, {},
              {});
  EXPECT_NEAR(volume(prism.take()), 12.0, 1e-4) << "its open foot lies in y = 0 and adds nothing";
}

TEST(MeshBuilder, LeavesOutWhatHasNoArea) {
  auto builder = MeshBuilder("nothing");
  builder.quad({0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {});
  builder.tube({1, 1, 1}, {1, 1, 1}, 1.0F, 1.0F, 8, {});
  EXPECT_TRUE(builder.empty());
}

TEST(SunShadows, PiecesCoverTheGroundOnceAndTheShadowIsAsLargeAsItShouldBe) {
  auto shadows = SunShadows(glm::normalize(glm::vec3(1.0F, 1.0F, 0.0F)));  // 45° from +x: shadows fall to −x
  const std::array house{glm::vec2(10, 0), glm::vec2(10, 10), glm::vec2(20, 10), glm::vec2(20, 0)};
  shadows.add_caster(house, 12.0F);
  auto ground = MeshBuilder("ground");
  const auto paint = Paint{glm::vec3(0.8F)};
  shadows.lay(ground, {-30.0F, -20.0F}, {40.0F, 30.0F}, 0.0F, paint);
  const auto mesh = ground.take();
  EXPECT_NEAR(upward_area(mesh), 70.0 * 50.0, 0.5);

  auto dark = 0.0;
  const auto lit = mesh.vertices[mesh.indices.back()].colour;
  auto reference = MeshBuilder("lit");
  reference.quad({0, 0, 0}, {0, 0, 1}, {1, 0, 1}, {1, 0, 0}, paint);
  const auto sunny = reference.take().vertices[0].colour;
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    if (mesh.vertices[mesh.indices[i]].colour != sunny) dark += 0.5 * static_cast<double>(across(mesh, i).y);
  }
  EXPECT_NEAR(dark, (10.0 + 12.0) * 10.0, 0.5) << "house and shadow, 12 m long";
  EXPECT_EQ(lit, sunny);
  EXPECT_TRUE(shadows.covers({0.0F, 0.0F, 5.0F}));
  EXPECT_FALSE(shadows.covers({-3.0F, 0.0F, 5.0F}));
  EXPECT_FALSE(shadows.covers({25.0F, 0.0F, 5.0F})) << "the sunny side";
}

TEST(SunShadows, OverlappingShadowsDarkenOnlyOnce) {
  auto shadows = SunShadows(glm::normalize(glm::vec3(1.0F, 1.0F, 0.3F)));
  for (int i = 0; i < 6; ++i) {
    const auto x = 3.0F * static_cast<float>(i);
    shadows.add_caster(std::array{glm::vec2(x, 0), glm::vec2(x, 4), glm::vec2(x + 4, 4), glm::vec2(x + 4, 0)},
                       10.0F);
  }
  auto ground = MeshBuilder("ground");
  shadows.lay(ground, {-40.0F, -40.0F}, {40.0F, 40.0F}, 0.0F, {});
  EXPECT_NEAR(upward_area(ground.take()), 6400.0, 1.0);
}

}  // namespace attune::scene::test
