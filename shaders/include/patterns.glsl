// Patterns that are computed instead of painted, each averaged over the pixel's footprint so that nothing shimmers.
#ifndef ATTUNE_PATTERNS
#define ATTUNE_PATTERNS

#include "noise.glsl"

// Share of [x - w/2, x + w/2] that is covered by a stripe [start, start + length] in every unit.
float stripes(float x, float w, float start, float length) {
  vec2 ends = vec2(x - 0.5 * w, x + 0.5 * w) - start;
  vec2 covered = floor(ends) * length + min(fract(ends), length);
  return (covered.y - covered.x) / w;
}

// Values that differ from cell to cell, and tend to `mean` where cells are smaller than pixels.
vec4 varied(ivec2 cell, float footprint, vec4 mean) {
  return mix(hash4(cell), mean, smoothstep(0.35, 1.1, footprint));
}

// The plane a pattern lies in, for a surface facing `normal` in the mesh's own directions.
vec2 across(vec3 p, vec3 normal) {
  vec3 n = abs(normal);
  return n.y > 0.6 ? p.xz : (n.x > n.z ? p.zy : p.xy);
}

// Grain of concrete, plaster, wood and soil: about 1, finer grain fading out with distance.
float grain(vec3 p, vec3 normal, float footprint_m) {
  vec2 at = across(p, normal);
  float broad = noise(at * 0.37 + 17.0) - 0.5;
  float fine = (noise(at * 11.0) - 0.5) * (1.0 - smoothstep(0.02, 0.10, footprint_m));
  return 1.0 + 0.10 * broad + 0.08 * fine;
}

#endif
