// How much of the sun reaches a point.
#ifndef ATTUNE_SHADOW
#define ATTUNE_SHADOW

#include "frame.glsl"

layout(set = 0, binding = 3) uniform sampler2DArrayShadow shadow_map;

// Nine bilinear comparisons, one texel apart, weighted as a tent: an edge about four texels soft.
float shadow_tap(vec3 at, int map) {
  float texel = frame.shadow.x;
  float lit = 0.0;
  for (int y = -1; y <= 1; ++y) {
    for (int x = -1; x <= 1; ++x) {
      float weight = float((2 - abs(x)) * (2 - abs(y))) / 16.0;
      lit += weight * texture(shadow_map, vec4(at.xy + vec2(x, y) * texel, float(map), at.z));
    }
  }
  return lit;
}

// 1 in full sun. The point is moved along its normal by a texel or so, which keeps a surface out of its own shadow.
float sunlight(vec3 point, vec3 normal) {
  float slant = 1.0 - clamp(dot(normal, frame.to_sun.xyz), 0.0, 1.0);
  vec3 near = (frame.shadow_from_session[0] * vec4(point + normal * frame.shadow.y * (0.6 + 2.2 * slant), 1.0)).xyz;
  vec2 from_centre = abs(near.xy - 0.5) * 2.0;
  float outside = smoothstep(0.85, 0.97, max(from_centre.x, from_centre.y));
  if (outside <= 0.0) return shadow_tap(near, 0);
  vec3 wide = (frame.shadow_from_session[1] * vec4(point + normal * frame.shadow.z * (0.6 + 2.2 * slant), 1.0)).xyz;
  from_centre = abs(wide.xy - 0.5) * 2.0;
  float beyond = smoothstep(0.85, 0.98, max(from_centre.x, from_centre.y));
  if (beyond >= 1.0) return 1.0;
  float lit = mix(shadow_tap(wide, 1), 1.0, beyond);
  if (outside < 1.0) lit = mix(shadow_tap(near, 0), lit, outside);
  return lit;
}

#endif
