#pragma once

#include <array>
#include <cstdint>
#include <glm/gtc/quaternion.hpp>
#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <glm/vec4.hpp>
#include <string>
#include <string_view>
#include <vector>

/// What `scene` hands to `render`: meshes once, when a world is loaded, and a draw list every frame.
namespace attune::scene {

/// One corner of a triangle. 32 bytes.
struct Vertex {
  glm::vec3 position_m{0.0F};
  std::uint32_t colour = 0xFFFFFFFF;  ///< linear-space albedo, RGBA8, R lowest
  glm::vec3 normal{0.0F, 1.0F, 0.0F};
  std::uint32_t material =
      0;  ///< roughness (bits 0–7, 255 = 1), emission (8–15), kind of surface (16–23), style (24–31)
};
static_assert(sizeof(Vertex) == 32);

/// What a surface does in the shader beyond plain shading (bits 16–23 of `Vertex::material`). A façade's
/// storeys are 3 m high and its bays 3 m wide, counted from y = 0 and x = z = 0 of the mesh's own frame, so
/// that windows stay where they are when the mesh moves; its style is 0 single windows in a wall, 1 bands of
/// windows, 2 a glass curtain.
enum class Surface : std::uint8_t { plain = 0, facade = 1, foliage = 2, water = 3, glass = 4 };

/// Triangles in the mesh's own frame, counter-clockwise seen from outside.
struct Mesh {
  std::string name;
  std::vector<Vertex> vertices;
  std::vector<std::uint32_t> indices;
};

/// A mesh drawn once: index into `WorldGeometry::meshes`.
struct Instance {
  std::uint32_t mesh = 0;
  glm::mat4 to_session{1.0F};  ///< the mesh's frame to session space
  glm::vec4 tint{1.0F};        ///< multiplies the vertex colour; alpha < 1 is blended, back to front
  bool casts_shadow = true;
};

/// Everything of a world that never changes while it is shown.
struct WorldGeometry {
  std::vector<Mesh> meshes;
};

/// Sun, sky and air. Colours are linear, scene-referred: 1 is a white sheet in full sun before exposure.
struct Environment {
  glm::vec3 to_sun{0.3F, 0.8F, 0.5F};  ///< unit
  glm::vec3 sun_colour{1.0F};
  glm::vec3 zenith_colour{0.2F, 0.4F, 0.8F};
  glm::vec3 horizon_colour{0.7F, 0.8F, 0.9F};
  glm::vec3 ground_colour{0.3F, 0.3F, 0.25F};
  float haze_per_m = 0.0008F;  ///< extinction
  float exposure = 1.0F;
  glm::vec3 shadow_centre_m{0.0F};  ///< sharp shadows are wanted around here
  float shadow_radius_m = 12.0F;
};

/// Where a panel's slider runs, in shares of the panel's size: as drawn, and as rays are answered.
inline constexpr float slider_half_length = 0.40F;   ///< of the width, to each side of the centre
inline constexpr float slider_below_centre = 0.22F;  ///< of the height

/// A flat panel with text, a slider, or a mark, standing in session space.
struct Panel {
  glm::mat4 to_session{1.0F};  ///< centre; the panel lies in its x–y plane and faces +z
  glm::vec2 size_m{1.0F, 0.5F};
  std::string_view text;  ///< UTF-8, lines broken at '\n' and wrapped; lives as long as the programme
  float text_height_m = 0.045F;
  glm::vec4 background{0.05F, 0.08F, 0.12F, 0.82F};
  glm::vec4 foreground{1.0F};
  float slider = -1.0F;        ///< 0..1: a slider with its handle there, under the text; negative: none
  unsigned slider_places = 0;  ///< of a choice: so many, marked on the track; 0: a scale, marked at tenths
  float progress = 0.0F;       ///< 0..1: a ring or bar that fills while a choice is held
  bool round = false;          ///< drawn as a disc, as the stop mark
};

/// One frame, for both eyes.
struct DrawList {
  Environment environment;
  std::vector<Instance> instances;  ///< capacity is kept between frames
  std::vector<Panel> panels;
  float fade = 0.0F;    ///< 0 the picture, 1 an even calm grey
  float time_s = 0.0F;  ///< for what moves by itself (leaves, haze)
};

/// One eye of the headset.
struct Eye {
  glm::vec3 position_m{0.0F};
  glm::quat orientation{1.0F, 0.0F, 0.0F, 0.0F};
  float left_rad = -0.785F, right_rad = 0.785F, up_rad = 0.785F, down_rad = -0.785F;  ///< as XrFovf
};

}  // namespace attune::scene
