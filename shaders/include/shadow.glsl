// How much of the sun reaches a point.
#ifndef ATTUNE_SHADOW
#define ATTUNE_SHADOW

#include "frame.glsl"
#include "surface.glsl"

layout(set = 0, binding = 3) uniform sampler2DArrayShadow shadow_map;

// 1 in full sun. Near map where it reaches, else the wide one, else sun. The sixteen texels round the point, compared one
// by one and weighted as a box three texels wide that slides over them, make an edge that is soft and has no steps; it
// needs no linear filter for depths, which not every GPU has. The point is moved along its normal by a texel or so, which
// keeps a surface out of its own shadow. A loop, because that is what every GPU leaves early when no pixel goes on.
float sunlight(vec3 point, vec3 normal) {
  float slant = dot(normal, frame.to_sun.xyz);
  float open_sun = slant > 0.0 || lit_from_behind ? 1.0 : 0.0;
  if (!in_shadow_maps) return open_sun;
  float away = 2.8 - 2.0 * clamp(slant, 0.0, 1.0);
  vec3 at = (frame.shadow_from_session[0] * vec4(point + normal * frame.shadow.y * away, 1.0)).xyz;
  vec2 from_centre = abs(at.xy - 0.5);
  float map = 0.0, beyond = 0.0;
  int gathers = 4;
  if (max(from_centre.x, from_centre.y) > 0.49) {
    at = (frame.shadow_from_session[1] * vec4(point + normal * frame.shadow.z * away, 1.0)).xyz;
    from_centre = abs(at.xy - 0.5);
    map = 1.0;
    beyond = smoothstep(0.42, 0.49, max(from_centre.x, from_centre.y));
    if (beyond >= 1.0) gathers = 0;
  }
  if (slant <= 0.0 && !lit_from_behind) gathers = 0;
  if (gathers == 0) at = vec3(0.5);

  vec2 texel = at.xy / frame.shadow.x - 0.5;
  vec2 part = fract(texel);
  vec2 corner = (floor(texel) + 1.0) * frame.shadow.x;  // between the middle four
  float depth = min(at.z, 1.0), lit = 0.0;
  for (int i = 0; i < gathers; ++i) {
    bool right = (i & 1) == 1, low = i >= 2;
    vec2 side = vec2(right ? 1.0 : -1.0, low ? 1.0 : -1.0);
    vec4 four = textureGather(shadow_map, vec3(corner + side * frame.shadow.x, map), depth);
    vec2 x = right ? vec2(1.0, part.x) : vec2(1.0 - part.x, 1.0);
    vec2 y = low ? vec2(1.0, part.y) : vec2(1.0 - part.y, 1.0);
    lit += dot(four, vec4(x.x * y.y, x.y * y.y, x.y * y.x, x.x * y.x));
  }
  return gathers > 0 ? mix(lit / 9.0, 1.0, beyond) : open_sun;
}

#endif
