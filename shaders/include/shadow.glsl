// How much of the sun reaches a point.
#ifndef ATTUNE_SHADOW
#define ATTUNE_SHADOW

#include "frame.glsl"

layout(set = 0, binding = 3) uniform sampler2DArrayShadow shadow_map;

// 1 in full sun. Near map where it reaches, else the wide one, else sun. Four bilinear comparisons on a turned square
// make an edge some four texels soft. The point is moved along its normal by a texel or so, which keeps a surface out of
// its own shadow.
float sunlight(vec3 point, vec3 normal) {
  float slant = 1.0 - clamp(dot(normal, frame.to_sun.xyz), 0.0, 1.0);
  float away = 0.6 + 2.2 * slant;
  vec3 at = (frame.shadow_from_session[0] * vec4(point + normal * frame.shadow.y * away, 1.0)).xyz;
  vec2 from_centre = abs(at.xy - 0.5);
  float map = 0.0, beyond = 0.0;
  if (max(from_centre.x, from_centre.y) > 0.49) {
    at = (frame.shadow_from_session[1] * vec4(point + normal * frame.shadow.z * away, 1.0)).xyz;
    from_centre = abs(at.xy - 0.5);
    map = 1.0;
    beyond = smoothstep(0.42, 0.49, max(from_centre.x, from_centre.y));
  }
  at.z = min(at.z, 1.0);
  vec2 step_a = frame.shadow.x * vec2(1.15, 0.45), step_b = vec2(-step_a.y, step_a.x);
  float lit = texture(shadow_map, vec4(at.xy + step_a, map, at.z)) + texture(shadow_map, vec4(at.xy - step_a, map, at.z)) +
              texture(shadow_map, vec4(at.xy + step_b, map, at.z)) + texture(shadow_map, vec4(at.xy - step_b, map, at.z));
  return mix(0.25 * lit, 1.0, beyond);
}

#endif
