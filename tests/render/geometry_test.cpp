#include "render/geometry.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "render/test_scene.hpp"
#include "render/view.hpp"

namespace attune::render::test {
namespace {

TEST(PackedWorld, KeepsEveryTriangleOnceInSmallPartsOfOneSurface) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> somewhere(-100.0F, 100.0F);
  scene::Mesh mesh{"cloud", {}, {}};
  std::map<std::array<std::uint32_t, 3>, int> wanted;
  for (std::uint32_t t = 0; t < 5000; ++t) {
    const glm::vec3 place{somewhere(random), somewhere(random), somewhere(random)};
    const auto kind = static_cast<scene::Surface>(random() % 5);
    for (std::uint32_t i = 0; i < 3; ++i) {
      mesh.vertices.push_back({place + glm::vec3(i == 1, i == 2, 0), 0, {0, 0, 1}, material(kind)});
      mesh.indices.push_back(3 * t + i);
    }
    ++wanted[{3 * t, 3 * t + 1, 3 * t + 2}];
  }
  const auto packed = pack({{box(glm::vec3(1.0F), 0, 0), mesh}});
  ASSERT_TRUE(packed) << packed.error().message;
  ASSERT_EQ(packed->meshes.size(), 2U);
  const auto& range = packed->meshes[1];
  for (auto p = range.first_part; p < range.first_part + range.part_count; ++p) {
    const auto& part = packed->parts[p];
    EXPECT_LE(part.index_count, 3 * part_triangles);
    for (std::uint32_t i = 0; i < part.index_count; i += 3) {
      const auto* corners = &packed->indices[part.first_index + i];
      --wanted[{corners[0], corners[1], corners[2]}];
      for (std::uint32_t c = 0; c < 3; ++c) {
        const auto& vertex = packed->vertices[static_cast<std::size_t>(part.vertex_offset) + corners[c]];
        ASSERT_EQ((vertex.material >> 16U) & 255U, part.surface);
        ASSERT_TRUE(glm::all(glm::lessThanEqual(part.low_m, vertex.position_m)));
        ASSERT_TRUE(glm::all(glm::greaterThanEqual(part.high_m, vertex.position_m)));
      }
    }
  }
  for (const auto& [corners, missing] : wanted) ASSERT_EQ(missing, 0) << corners[0];
}

TEST(PackedWorld, NamesTheMeshThatIsBroken) {
  auto broken = box(glm::vec3(1.0F), 0, 0);
  broken.name = "lamp post";
  broken.indices.pop_back();
  const auto odd = pack({{broken}});
  ASSERT_FALSE(odd);
  EXPECT_NE(odd.error().message.find("lamp post"), std::string::npos);
  const auto unknown = pack({{box(glm::vec3(1.0F), 0, 99U << 16U)}});
  EXPECT_FALSE(unknown);
}

TEST(Projection, PutsDepthOneAtTheNearPlaneAndZeroInfinitelyFar) {
  const auto p = projection(eyes()[0]);
  const auto depth = [&](float z) {
    const auto clip = p * glm::vec4(0, 0, z, 1);
    return clip.z / clip.w;
  };
  EXPECT_FLOAT_EQ(depth(-near_m), 1.0F);
  EXPECT_LT(depth(-1e6F), 1e-6F);
  EXPECT_GT(depth(-1e6F), 0.0F);
  EXPECT_GT(depth(-2.0F), depth(-3.0F));
}

TEST(Projection, MeetsThePicturesEdgesAtTheAnglesOfTheHeadset) {
  scene::Eye eye;
  eye.left_rad = -0.9F, eye.right_rad = 0.7F, eye.up_rad = 0.8F, eye.down_rad = -0.6F;
  const auto p = projection(eye);
  const auto at = [&](float x_rad, float y_rad) {
    const auto clip = p * glm::vec4(std::tan(x_rad), std::tan(y_rad), -1, 1);
    return glm::vec2(clip) / clip.w;
  };
  EXPECT_NEAR(at(-0.9F, 0.8F).x, -1.0F, 1e-5F);
  EXPECT_NEAR(at(-0.9F, 0.8F).y, -1.0F, 1e-5F) << "Vulkan's y points down";
  EXPECT_NEAR(at(0.7F, -0.6F).x, 1.0F, 1e-5F);
  EXPECT_NEAR(at(0.7F, -0.6F).y, 1.0F, 1e-5F);
}

TEST(Frustum, SeesWhatEitherEyeSeesAndHoldsWhatBothSeeWhole) {
  const auto pair = eyes({0, 0, 0});
  const std::array uniforms{eye_uniforms(pair[0]), eye_uniforms(pair[1])};
  const Frustum frustum(uniforms);
  EXPECT_TRUE(frustum.sees({0, 0, -5}, 0.1F));
  EXPECT_TRUE(frustum.holds({0, 0, -5}, 0.1F));
  EXPECT_FALSE(frustum.sees({0, 0, 5}, 0.1F)) << "behind";
  EXPECT_TRUE(frustum.sees({0, 0, 0}, 1.0F)) << "round the head";
  EXPECT_FALSE(frustum.holds({0, 0, 0}, 1.0F));
  const float edge_m = 5.0F * std::tan(0.70F);
  EXPECT_TRUE(frustum.sees({edge_m + 0.03F, 0, -5}, 0.0F)) << "the right eye sees a little further right";
  EXPECT_FALSE(frustum.sees({edge_m + 0.04F, 0, -5}, 0.0F));
  EXPECT_FALSE(frustum.holds({edge_m - 0.01F, 0, -5}, 0.0F)) << "the left one does not";
}

TEST(ShadowMap, MovesInWholeTexelsAndCoversItsRadius) {
  const auto to_sun = glm::normalize(glm::vec3(0.4F, 0.8F, 0.3F));
  const auto first = shadow_map(to_sun, {0, 0, 0}, 12.0F, 100.0F, 1024);
  for (int step = 1; step < 40; ++step) {
    const glm::vec3 centre{0.01F * static_cast<float>(step), 0, 0.007F * static_cast<float>(step)};
    const auto moved = shadow_map(to_sun, centre, 12.0F, 100.0F, 1024);
    const glm::vec4 point{1.3F, 0.4F, -2.1F, 1.0F};
    const glm::vec4 shift = (moved.map_from_session * point - first.map_from_session * point) * 1024.0F;
    EXPECT_NEAR(shift.x, std::round(shift.x), 2e-2F);
    EXPECT_NEAR(shift.y, std::round(shift.y), 2e-2F);
    EXPECT_TRUE(moved.covers(centre + glm::vec3(11, 0, 0), 0.0F));
    EXPECT_FALSE(moved.covers(centre + 30.0F * glm::normalize(glm::cross(to_sun, glm::vec3(0, 1, 0))), 1.0F));
  }
}

}  // namespace
}  // namespace attune::render::test
