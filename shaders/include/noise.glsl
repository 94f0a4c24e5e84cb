// Value noise from integer hashes: the same bits on every GPU.
#ifndef ATTUNE_NOISE
#define ATTUNE_NOISE

uint mix_bits(uint x) {
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}
float hash(ivec2 cell) {
  return float(mix_bits(uint(cell.x) * 0x9e3779b9u + uint(cell.y)) >> 8) * (1.0 / 16777216.0);
}
// Four numbers for one cell, in steps of 1/256.
vec4 hash4(ivec2 cell) {
  uint bits = mix_bits(uint(cell.x) * 0x9e3779b9u + uint(cell.y));
  return vec4((uvec4(bits) >> uvec4(0, 8, 16, 24)) & 255u) * (1.0 / 256.0);
}

// Smooth noise, 0..1. The four corners share most of their hash.
float noise(vec2 p) {
  vec2 whole = floor(p), part = p - whole;
  ivec2 cell = ivec2(whole);
  uvec2 x = uvec2(cell.x, cell.x + 1) * 0x9e3779b9u;
  uvec2 y = uvec2(cell.y, cell.y + 1) * 0x85ebca6bu;
  uvec4 bits = uvec4(x.x, x.y, x.x, x.y) ^ uvec4(y.x, y.x, y.y, y.y);
  bits = (bits ^ (bits >> 15)) * 0x2c1b3c6du;
  bits = (bits ^ (bits >> 12)) * 0x297a2d39u;
  vec4 corners = vec4(bits >> 8) * (1.0 / 16777216.0);
  vec2 s = part * part * (3.0 - 2.0 * part);
  vec2 sides = mix(corners.xz, corners.yw, s.x);
  return mix(sides.x, sides.y, s.y);
}

#endif
