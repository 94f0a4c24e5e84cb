#version 460
// How bright the picture is, as an eye in front of it sees it: sums for a few cells, from points spread over each.
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "colour.glsl"
#include "frame.glsl"

layout(set = 0, binding = 4) uniform sampler2DArray lit;
layout(location = 0) out vec2 sums;  // light times solid angle, solid angle

layout(constant_id = 0) const int cells = 16;  // along each side of the picture, one a fragment
const int points = 8;                          // along each side of a cell

void main() {
  Eye eye = frame.eyes[gl_ViewIndex];
  vec2 size = vec2(textureSize(lit, 0).xy);
  sums = vec2(0.0);
  for (int i = 0; i < points * points; ++i) {
    vec2 in_cell = (vec2(i % points, i / points) + 0.5) / float(points);
    vec2 at = (floor(gl_FragCoord.xy) + in_cell) / float(cells);
    vec3 scene = from_target(texelFetch(lit, ivec3(at * size, gl_ViewIndex), 0).rgb);
    float light = luminance(clamp(display_from_scene(scene), 0.0, 1.0));
    // The ray ends on the plane at distance 1, of which the same area fills less of the view the farther off it is.
    vec3 ray = eye.ray_corner.xyz + at.x * eye.ray_across.xyz + at.y * eye.ray_down.xyz;
    float nearness = inversesqrt(dot(ray, ray));
    sums += nearness * nearness * nearness * vec2(light, 1.0);
  }
}
