// What a frame is drawn with. The C++ twin of every block is in src/render/uniforms.hpp.
#ifndef ATTUNE_FRAME
#define ATTUNE_FRAME

struct Eye {
  mat4 clip_from_session;
  vec4 position;       // xyz metres
  vec4 ray_corner;     // direction through the top left corner of the picture
  vec4 ray_across;     // added over the whole width
  vec4 ray_down;       // added over the whole height
};

layout(set = 0, binding = 0, std140) uniform Frame {
  Eye eyes[2];
  mat4 shadow_from_session[2];  // near and wide map: x, y 0..1 of the map, z depth
  vec4 to_sun;                  // xyz unit, w: time in seconds
  vec4 sun_colour;              // w: exposure
  vec4 zenith_colour;           // w: haze, extinction per metre
  vec4 horizon_colour;          // w: fade
  vec4 ground_colour;
  vec4 shadow;                  // x: 1 / texels a side, y, z: metres a texel of near and wide map
} frame;

struct Instance {
  vec4 session_from_mesh[3];  // rows
  vec4 normal_row[3];         // rows of the inverse transpose; w: the mesh axis' scale
  vec4 tint;
};

layout(set = 0, binding = 1, std430) readonly buffer Instances { Instance instances[]; };
layout(set = 0, binding = 2, std430) readonly buffer Order { uint order[]; };  // of drawing: index into instances

#endif
