#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "frame.glsl"

layout(location = 0) out vec3 direction;

// Two triangles that end where the picture does, at the far end of reverse depth: nothing of them needs clipping.
void main() {
  vec2 at = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1);
  Eye eye = frame.eyes[gl_ViewIndex];
  direction = eye.ray_corner.xyz + at.x * eye.ray_across.xyz + at.y * eye.ray_down.xyz;
  gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
}
