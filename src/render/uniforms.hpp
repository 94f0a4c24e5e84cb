#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

/// The C++ twins of what shaders read. Declared there in shaders/include/frame.glsl and panels.glsl.
namespace attune::render {

struct EyeUniforms {
  glm::mat4 clip_from_session{1.0F};
  glm::vec4 position{0.0F};
  glm::vec4 ray_corner{0.0F}, ray_across{0.0F}, ray_down{0.0F};
};
static_assert(sizeof(EyeUniforms) == 128);
static_assert(offsetof(EyeUniforms, position) == 64 && offsetof(EyeUniforms, ray_down) == 112);

struct FrameUniforms {
  std::array<EyeUniforms, 2> eyes;
  std::array<glm::mat4, 2> shadow_from_session{glm::mat4(1.0F), glm::mat4(1.0F)};
  glm::vec4 to_sun{0.0F};          ///< w: time in seconds
  glm::vec4 sun_colour{0.0F};      ///< w: exposure
  glm::vec4 zenith_colour{0.0F};   ///< w: haze, extinction per metre
  glm::vec4 horizon_colour{0.0F};  ///< w: fade
  glm::vec4 ground_colour{0.0F};
  glm::vec4 shadow{0.0F};  ///< x: 1 / texels a side, y, z: metres a texel of near and wide map
};
static_assert(sizeof(FrameUniforms) == 480);
static_assert(offsetof(FrameUniforms, shadow_from_session) == 256 && offsetof(FrameUniforms, to_sun) == 384 &&
              offsetof(FrameUniforms, shadow) == 464);

struct InstanceData {
  std::array<glm::vec4, 3> session_from_mesh;  ///< rows
  std::array<glm::vec4, 3> normal_row;         ///< rows of the inverse transpose; w: the mesh axis' scale
  glm::vec4 tint{1.0F};
};
static_assert(sizeof(InstanceData) == 112);
static_assert(offsetof(InstanceData, normal_row) == 48 && offsetof(InstanceData, tint) == 96);

struct PanelData {
  glm::mat4 session_from_panel{1.0F};
  glm::vec4 background{0.0F}, foreground{1.0F};
  glm::vec4 shape{0.0F};  ///< half width, half height, corner radius, 1 when a disc
  glm::vec4 marks{
      0.0F};  ///< slider 0..1 or negative, progress 0..1, half length and depth below the centre of the track
  glm::vec4 choice{0.0F};  ///< how many places the slider has; 0: it is a scale
};
static_assert(sizeof(PanelData) == 144);
static_assert(offsetof(PanelData, background) == 64 && offsetof(PanelData, marks) == 112 &&
              offsetof(PanelData, choice) == 128);

struct GlyphData {
  glm::vec4 place{0.0F};  ///< left, bottom, right, top in metres on the panel
  glm::vec4 atlas{0.0F};  ///< the same in the atlas, 0..1
  std::array<std::uint32_t, 4> panel{};
};
static_assert(sizeof(GlyphData) == 48);
static_assert(offsetof(GlyphData, atlas) == 16 && offsetof(GlyphData, panel) == 32);

}  // namespace attune::render
